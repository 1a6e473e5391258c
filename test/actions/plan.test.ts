import { describe, expect, it } from 'vitest';
import { catalogue } from '../../shared/catalogue/index.ts';
import { ACTION_CASES } from './cases/index.ts';
import { countCases, nameCheck, planChecks, type Check } from './plan-checks.ts';

const planned = catalogue.map((action) => ({ action, checks: planChecks(action) }));

describe('the checks of actions', () => {
  it('know how to call every action, and no other', () => {
    const missing = catalogue.filter((action) => countCases(action) === 0).map(({ id }) => id);
    const count = catalogue.reduce((sum, action) => sum + countCases(action), 0);

    process.stdout.write(`actions: ${catalogue.length} actions, ${count} checks, ${missing.length} missing\n`);
    expect(missing).toEqual([]);
    expect(Object.keys(ACTION_CASES).toSorted()).toEqual(catalogue.map(({ id }) => id).toSorted());
  });

  it('miss an action that nobody knows how to call', () => {
    const [action] = catalogue;

    expect(action === undefined ? 1 : countCases({ ...action, id: 'new.action' })).toBe(0);
  });

  it.each(planned.map(({ action, checks }) => [action.id, { action, checks }] as const))(
    'try everything that %s names',
    (_, { action, checks }) => {
      const of = <K extends Check['kind']>(kind: K) =>
        checks.filter((check): check is Extract<Check, { readonly kind: K }> => check.kind === kind);
      const refused = (side: string) =>
        of('permission').flatMap((check) => (check.side === side ? [check.permission] : []));

      expect(of('success').length).toBeGreaterThan(0);
      expect(of('dry_run').length).toBe(of('success').length);
      expect(refused('actor')).toEqual(expect.arrayContaining([...action.needs.permissions]));
      expect(refused('bot')).toEqual(expect.arrayContaining([...action.needs.permissions]));
      expect(of('intent').map(({ intent }) => intent)).toEqual(action.needs.intents);
      const limited = new Set(of('limit').map(({ where, what }) => `${where} ${what}`));
      const parameters = [
        ...Object.keys(action.pathParameters).map((name) => `path ${name}`),
        ...Object.keys(action.query).map((name) => `query ${name}`),
      ];
      expect([...limited]).toEqual(expect.arrayContaining(parameters));
      expect(of('unknown').map(({ where }) => where)).toEqual(
        action.body === undefined ? ['query'] : ['query', 'body'],
      );
      expect(new Set(checks.map(nameCheck)).size).toBe(checks.length);
    },
  );
});
