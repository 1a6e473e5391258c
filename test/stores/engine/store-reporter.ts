import type { Reporter, TestCase } from 'vitest/node';

/** Vitest reporter: after the run it says on which DynamoDB the store suites ran, and how they ended there. */
export default class StoreReporter implements Reporter {
  readonly #print: (line: string) => void;
  #results = new Map<string, { readonly engine: string; readonly state: string }>();

  /** @param options - as vitest hands them over; `print` is where the lines go */
  constructor({ print }: { readonly print?: (line: string) => void } = {}) {
    this.#print = print ?? ((line) => console.log(line));
  }

  onTestRunStart(): void {
    this.#results = new Map();
  }

  /** By id, so that a test which is run again counts once. */
  onTestCaseResult(testCase: TestCase): void {
    const engine = testCase.meta().storeEngine;
    if (engine !== undefined) this.#results.set(testCase.id, { engine, state: testCase.result().state });
  }

  onTestRunEnd(): void {
    for (const line of describeEngines([...this.#results.values()])) this.#print(line);
  }
}

/** One line for each engine, such as `stores: dynalite 4.0.0, 120 passed, 0 failed`. Pure. */
export function describeEngines(results: readonly { readonly engine: string; readonly state: string }[]): string[] {
  const engines = [...new Set(results.map(({ engine }) => engine))].toSorted();
  return engines.map((name) => {
    const count = (wanted: string) => results.filter(({ engine, state }) => engine === name && state === wanted).length;
    const skipped = count('skipped') === 0 ? '' : `, ${count('skipped')} skipped`;
    return `stores: ${name}, ${count('passed')} passed, ${count('failed')} failed${skipped}`;
  });
}
