import { describe, expect, it } from 'vitest';
import {
  countActions,
  findCommonObstacle,
  GROUPS,
  toGroups,
  type Diagnosis,
  type Obstacle,
} from '../../functions/portal/app/connections/diagnosis.ts';
import { catalogue } from '../../shared/catalogue/index.ts';
import { toResource } from '../../shared/catalogue/resource.ts';

const ENDED: Obstacle = { code: 'connection_disconnected', title: 'Ended', detail: '.', mended_by: 'end_user' };
const SCOPE: Obstacle = { code: 'scope_missing', title: 'Scope', detail: '.', mended_by: 'end_user' };

function diagnose(action: string, change: Partial<Diagnosis> = {}): Diagnosis {
  const problems = change.problems ?? [];
  return {
    action,
    group: 'user',
    summary: action,
    is_allowed: problems.length === 0,
    depends_on: [],
    ...change,
    problems,
  };
}

describe('what the Doctor shows of one connection', () => {
  it('has a heading in words for whatever the catalogue has actions about', () => {
    const used = new Set(catalogue.map(toResource));

    expect([...used].filter((group) => GROUPS[group] === undefined)).toEqual([]);
    expect(Object.keys(GROUPS).filter((group) => !used.has(group))).toEqual([]);
  });

  it('sorts actions by group, in the order of the headings, those of an unknown group at the end', () => {
    const items = [
      diagnose('c', { group: 'future' }),
      diagnose('b', { group: 'webhook' }),
      diagnose('a', { group: 'user' }),
      diagnose('d', { group: 'webhook' }),
    ];

    expect(toGroups(items).map(([group, members]) => [group, members.map(({ action }) => action)])).toEqual([
      ['user', ['a']],
      ['webhook', ['b', 'd']],
      ['future', ['c']],
    ]);
  });

  it('finds the one thing that stands against every action, and only that', () => {
    const ended = { problems: [ENDED] };

    expect(findCommonObstacle([diagnose('a', ended), diagnose('b', ended)])).toBe(ENDED);
    expect(findCommonObstacle([diagnose('a', ended), diagnose('b')])).toBeUndefined();
    expect(findCommonObstacle([diagnose('a', ended), diagnose('b', { problems: [SCOPE] })])).toBeUndefined();
    expect(findCommonObstacle([diagnose('a', ended), diagnose('b', { problems: [ENDED, SCOPE] })])).toBeUndefined();
    expect(findCommonObstacle([diagnose('a'), diagnose('b')])).toBeUndefined();
    expect(findCommonObstacle([])).toBeUndefined();
  });

  it('counts what would work, and tells apart what depends on more', () => {
    const items = [diagnose('a'), diagnose('b', { problems: [SCOPE] }), diagnose('c', { depends_on: ['the guild'] })];

    expect(countActions(items)).toBe('2 of 3 actions would work; of these, 1 depend on what is said beside them.');
    expect(countActions(items.slice(0, 2))).toBe('1 of 2 actions would work.');
  });
});
