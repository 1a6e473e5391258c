import type { Reporter, TestCase } from 'vitest/node';

/** How many hostile cases there are; each is numbered, and tests name theirs by `[hostile N]`. */
export const HOSTILE_CASES = 40;

/** What became of one test. */
export interface TaggedResult {
  readonly name: string;
  /** Whether it tests one function by itself, not the running handlers. */
  readonly isUnit: boolean;
  readonly state: 'passed' | 'failed' | 'skipped' | 'pending';
}

/** Numbers of the hostile cases by what their tests say, each list ascending. */
export interface HostileTally {
  /** At least one test passed and none failed. */
  readonly withstood: readonly number[];
  /** Those of them that no test has shown on the running handlers. */
  readonly inUnitsOnly: readonly number[];
  readonly failed: readonly number[];
  /** No test ran. */
  readonly uncovered: readonly number[];
  /** Tags that name no case: a slip of the pen. */
  readonly unknown: readonly number[];
}

/** Counts the tags in the names of tests. One name may hold several, and several tests one number. Pure. */
export function tallyHostile(results: readonly TaggedResult[]): HostileTally {
  const passed = new Set<number>();
  const failed = new Set<number>();
  const running = new Set<number>();
  for (const { name, state, isUnit } of results) {
    for (const number of readTags(name)) {
      if (state === 'passed') passed.add(number);
      if (state === 'passed' && !isUnit) running.add(number);
      if (state === 'failed') failed.add(number);
    }
  }
  const cases = Array.from({ length: HOSTILE_CASES }, (_, index) => index + 1);
  const tagged = new Set(results.flatMap(({ name }) => readTags(name)));
  const withstood = cases.filter((number) => passed.has(number) && !failed.has(number));
  return {
    withstood,
    inUnitsOnly: withstood.filter((number) => !running.has(number)),
    failed: cases.filter((number) => failed.has(number)),
    uncovered: cases.filter((number) => !passed.has(number) && !failed.has(number)),
    unknown: [...tagged].filter((number) => !cases.includes(number)).toSorted((a, b) => a - b),
  };
}

function readTags(name: string): number[] {
  return [...name.matchAll(/\[hostile (\d+)\]/g)].map((match) => Number(match[1]));
}

/** The lines that the reporter prints. Pure. */
export function describeTally(tally: HostileTally): string[] {
  const list = (numbers: readonly number[]) => numbers.join(', ');
  return [
    `withstood ${tally.withstood.length} of ${HOSTILE_CASES}`,
    ...(tally.inUnitsOnly.length > 0 ? [`of these shown by unit tests only: ${list(tally.inUnitsOnly)}`] : []),
    ...(tally.failed.length > 0 ? [`hostile cases that failed: ${list(tally.failed)}`] : []),
    ...(tally.uncovered.length > 0 ? [`hostile cases not yet covered: ${list(tally.uncovered)}`] : []),
    ...(tally.unknown.length > 0 ? [`tags that name no hostile case: ${list(tally.unknown)}`] : []),
  ];
}

/** Vitest reporter: after the run it says how many of the hostile cases the tests that ran have withstood. */
export default class HostileReporter implements Reporter {
  readonly #print: (line: string) => void;
  #results = new Map<string, TaggedResult>();

  /** @param options - as vitest hands them over; `print` is where the lines go */
  constructor({ print }: { readonly print?: (line: string) => void } = {}) {
    this.#print = print ?? ((line) => console.log(line));
  }

  onTestRunStart(): void {
    this.#results = new Map();
  }

  /** By id, so that a test which is run again counts once. */
  onTestCaseResult(testCase: TestCase): void {
    const isUnit = testCase.module.moduleId.includes('/test/unit/');
    this.#results.set(testCase.id, { name: testCase.name, isUnit, state: testCase.result().state });
  }

  onTestRunEnd(): void {
    for (const line of describeTally(tallyHostile([...this.#results.values()]))) this.#print(line);
  }
}
