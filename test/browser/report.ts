import { stripVTControlCharacters } from 'node:util';

/** Thrown when a step fails on which the rest of its scenario depends. */
export class StepFailedError extends Error {
  override name = 'StepFailedError';
}

/** Prints and counts the checks. */
export class Report {
  #passed = 0;
  #failed = 0;

  get failedCount(): number {
    return this.#failed;
  }

  section(title: string): void {
    console.log(`\n${title}`);
  }

  /** Runs one check: it passes unless `run` throws. The rest of the scenario goes on either way. */
  async check(name: string, run: () => Promise<void> | void): Promise<boolean> {
    try {
      await run();
      this.#passed += 1;
      console.log(`  ok      ${name}`);
      return true;
    } catch (error) {
      this.#failed += 1;
      console.log(`  FAILED  ${name}\n${indent(error instanceof Error ? error.message : String(error))}`);
      return false;
    }
  }

  /** As {@link check}, but without it the rest of the scenario makes no sense. @throws StepFailedError when it fails */
  async step(name: string, run: () => Promise<void> | void): Promise<void> {
    if (!(await this.check(name, run))) throw new StepFailedError(name);
  }

  /** A check that passes when nothing was found. */
  none(name: string, faults: readonly string[]): Promise<boolean> {
    return this.check(name, () => {
      if (faults.length > 0) throw new Error(faults.join('\n'));
    });
  }

  summarize(): string {
    return `browser: ${this.#passed} passed, ${this.#failed} failed`;
  }
}

function indent(text: string): string {
  return stripVTControlCharacters(text).trimEnd().replaceAll(/^/gm, '          ');
}
