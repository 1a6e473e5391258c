/** Counts what held, what did not, and what could not be tried, and prints a line for each. */
export class Tally {
  readonly #name: string;
  #passed = 0;
  #failed = 0;
  #skipped = 0;

  /** @param name - begins the last line */
  constructor(name: string) {
    this.#name = name;
  }

  get hasFailed(): boolean {
    return this.#failed > 0;
  }

  /** @param seen - what was there instead; printed only when the check fails, so it must hold no secret */
  check(rule: string, holds: boolean, seen: () => unknown = () => ''): boolean {
    if (holds) {
      this.#passed += 1;
      console.log(`ok       ${rule}`);
      return true;
    }
    this.#failed += 1;
    const found = seen();
    console.log(`FAILED   ${rule}`);
    if (found !== '') console.log(`         ${typeof found === 'string' ? found : JSON.stringify(found)}`);
    return false;
  }

  /** For a rule that nothing here can show. */
  skip(rule: string, reason: string): void {
    this.#skipped += 1;
    console.log(`SKIPPED  ${rule}: ${reason}`);
  }

  /** Prints the last line. @returns the exit code */
  finish(): 0 | 1 {
    const skipped = this.#skipped === 0 ? '' : `, ${this.#skipped} skipped`;
    console.log(`${this.#name}: ${this.#passed} passed, ${this.#failed} failed${skipped}`);
    return this.hasFailed ? 1 : 0;
  }
}
