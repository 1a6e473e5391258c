/** Counts rules that held and rules that did not, and says so line by line. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  /** Runs one rule. @returns whether it held */
  readonly check: (rule: string, run: () => Promise<void> | void) => Promise<boolean>;
}

/** A tally that prints to standard output. */
export function createTally(): Tally {
  const counts = { passed: 0, failed: 0 };
  return {
    get passed() {
      return counts.passed;
    },
    get failed() {
      return counts.failed;
    },
    check: async (rule, run) => {
      const startedAtMs = performance.now();
      try {
        await run();
      } catch (error) {
        counts.failed += 1;
        console.log(`  FAILED  ${rule}\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
        return false;
      }
      counts.passed += 1;
      console.log(`  ok      ${rule} (${Math.round(performance.now() - startedAtMs)} ms)`);
      return true;
    },
  };
}
