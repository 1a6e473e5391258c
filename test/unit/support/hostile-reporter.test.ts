import { describe, expect, it } from 'vitest';
import type { TestCase } from 'vitest/node';
import HostileReporter, { describeTally, HOSTILE_CASES, tallyHostile } from '../../support/hostile-reporter.ts';

function run(...results: readonly (readonly [string, 'passed' | 'failed' | 'skipped'])[]) {
  return tallyHostile(results.map(([name, state]) => ({ name, state, isUnit: name.startsWith('unit') })));
}

describe('tallyHostile', () => {
  it('counts a case whose tests all passed', () => {
    expect(run(['a [hostile 3]', 'passed'], ['b [hostile 3]', 'passed'], ['c', 'passed']).withstood).toEqual([3]);
  });

  it('counts no case of which one test failed', () => {
    const tally = run(['a [hostile 3]', 'passed'], ['b [hostile 3]', 'failed']);

    expect([tally.withstood, tally.failed]).toEqual([[], [3]]);
    expect(tally.uncovered).not.toContain(3);
  });

  it('takes a skipped test for one that was not run', () => {
    expect(run(['a [hostile 3]', 'passed'], ['b [hostile 3]', 'skipped']).withstood).toEqual([3]);
    expect(run(['a [hostile 3]', 'skipped']).uncovered).toContain(3);
  });

  it('tells what only unit tests have shown', () => {
    const tally = run(['unit [hostile 3]', 'passed'], ['unit [hostile 4]', 'passed'], ['wire [hostile 4]', 'passed']);

    expect([tally.withstood, tally.inUnitsOnly]).toEqual([[3, 4], [3]]);
  });

  it('reads several tags of one name', () => {
    expect(run(['a [hostile 40] [hostile 1]', 'passed']).withstood).toEqual([1, 40]);
  });

  it('names the cases not covered and the tags that name none', () => {
    const tally = run(['a [hostile 41]', 'passed'], ['b [hostile 0]', 'skipped'], ['c [hostile 12]', 'passed']);

    expect(tally.unknown).toEqual([0, 41]);
    expect(tally.uncovered).toHaveLength(HOSTILE_CASES - 1);
    expect(tally.uncovered).not.toContain(12);
  });

  it('takes nothing else for a tag', () => {
    expect(run(['hostile 3', 'passed'], ['[hostile x]', 'passed'], ['[Hostile 3]', 'passed']).withstood).toEqual([]);
  });
});

describe('describeTally', () => {
  it('says the sum first, then what is missing', () => {
    const tally = { withstood: [1, 2], inUnitsOnly: [2], failed: [3], uncovered: [4, 5], unknown: [77] };

    expect(describeTally(tally)).toEqual([
      'withstood 2 of 40',
      'of these shown by unit tests only: 2',
      'hostile cases that failed: 3',
      'hostile cases not yet covered: 4, 5',
      'tags that name no hostile case: 77',
    ]);
  });

  it('is one line when all is well', () => {
    expect(describeTally({ withstood: [1], inUnitsOnly: [], failed: [], uncovered: [], unknown: [] })).toEqual([
      'withstood 1 of 40',
    ]);
  });
});

describe('HostileReporter', () => {
  it('collects results by test and prints them at the end of each run', () => {
    const lines: string[] = [];
    const reporter = new HostileReporter({ print: (line) => lines.push(line) });
    const report = (id: string, name: string, state: 'passed' | 'failed') => {
      const module = { moduleId: '/project/test/unit/a.test.ts' };
      reporter.onTestCaseResult({ id, name, module, result: () => ({ state }) } as unknown as TestCase);
    };

    reporter.onTestRunStart();
    report('1', 'is refused [hostile 7]', 'failed');
    report('1', 'is refused [hostile 7]', 'passed');
    report('2', 'is refused too [hostile 8]', 'passed');
    reporter.onTestRunEnd();
    expect(lines.slice(0, 2)).toEqual(['withstood 2 of 40', 'of these shown by unit tests only: 7, 8']);

    lines.length = 0;
    reporter.onTestRunStart();
    reporter.onTestRunEnd();
    expect(lines[0]).toBe('withstood 0 of 40');
  });
});
