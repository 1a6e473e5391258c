import { describe, expect, it } from 'vitest';
import type { TraceEntry } from '../processes/child/messages.ts';
import { planAllKills, planFewKills, planManyKills } from './plan-kills.ts';
import type { Scenario } from './scenario.ts';

const scenario = (name: string, start?: string): Scenario => ({
  name,
  ...(start === undefined ? {} : { start }),
  prepare: () => Promise.reject(new Error('is not run')),
});

const moment = (point: string, position: 'start' | 'settled', nth = 1): TraceEntry => ({
  kind: 'moment',
  point,
  nth,
  position,
});
const aws = (operation: string, status = 200): TraceEntry => ({ kind: 'answer', service: 'aws', operation, status });
const discord = (operation: string, status = 200): TraceEntry => ({
  kind: 'answer',
  service: 'discord',
  operation,
  status,
});

const TRACE: readonly TraceEntry[] = [
  moment('read', 'start'),
  aws('GetItem'),
  moment('read', 'settled'),
  moment('ask', 'start'),
  discord('POST /api/oauth2/token'),
  moment('ask', 'settled'),
  moment('save', 'start'),
  aws('PutItem CONNECTION', 400),
  moment('save', 'start', 2),
  aws('PutItem CONNECTION'),
  moment('save', 'settled'),
  aws('PutItem AUDIT'),
  discord('GET /api/v10/users/@me'),
  moment('use', 'settled'),
];

const describeKills = (kills: ReturnType<typeof planAllKills>) =>
  kills.map(({ scenario: { name }, at, repair, state, isInNamedWindow }) =>
    [name, `${at.position} ${at.point} ${at.nth}`, repair, state, ...(isInNamedWindow ? ['window'] : [])].join(' | '),
  );

describe('planAllKills', () => {
  it('kills at every await in every state of the world, and knows the window between answer and first write', () => {
    expect(describeKills(planAllKills([{ scenario: scenario('one'), trace: TRACE }]))).toEqual([
      'one | start read 1 | abandoned | untouched',
      'one | settled read 1 | repeated | untouched',
      'one | start ask 1 | abandoned | untouched',
      'one | settled ask 1 | repeated | one > POST /api/oauth2/token | window',
      'one | start save 1 | abandoned | one > POST /api/oauth2/token | window',
      'one | settled save 1 | repeated | one > POST /api/oauth2/token > PutItem CONNECTION',
      'one | settled use 1 | repeated | one > POST /api/oauth2/token > PutItem CONNECTION',
    ]);
  });

  it('lets any write end the window', () => {
    const early = [discord('POST /api/oauth2/token'), aws('PutItem AUDIT'), moment('save', 'start')];
    const [kill] = planAllKills([{ scenario: scenario('one'), trace: early }]);

    expect(kill?.isInNamedWindow).toBe(false);
  });

  it('does not repeat a kill that leaves the same world in another scenario with the same start', () => {
    const [one, two, other] = [scenario('one', 'same'), scenario('two', 'same'), scenario('other')];
    const longer = [...TRACE, aws('DeleteItem'), moment('tidy', 'settled')];
    const kills = planAllKills([
      { scenario: one, trace: TRACE },
      { scenario: two, trace: longer },
      { scenario: other, trace: TRACE },
    ]);

    expect(kills.filter(({ scenario: { name } }) => name === 'two').map(({ at }) => at.point)).toEqual(['tidy']);
    // Its untouched world is everybody's, what it changed is its own.
    expect(kills.filter(({ scenario: { name } }) => name === 'other').map(({ at }) => at.point)).toEqual([
      ...['ask', 'save', 'save', 'use'],
    ]);
  });
});

describe('planManyKills', () => {
  it('strikes every await at its start and end, and every state with both ways on', () => {
    const recordings = [
      { scenario: scenario('one'), trace: TRACE },
      { scenario: scenario('two'), trace: TRACE },
    ];
    const all = planAllKills(recordings);
    const many = planManyKills(recordings);
    const awaits = (kills: typeof all) => new Set(kills.map(({ at }) => `${at.position} ${at.point}`));
    const worlds = (kills: typeof all) => new Set(kills.map(({ state, repair }) => `${state} ${repair}`));

    expect(awaits(many)).toEqual(awaits(all));
    expect(worlds(many)).toEqual(worlds(all));
    expect(many.length).toBeLessThan(all.length);
  });
});

describe('planFewKills', () => {
  it('leaves out no state of the world, and takes both ways on from them in turn', () => {
    const few = planFewKills([{ scenario: scenario('one'), trace: TRACE }]);

    expect(describeKills(few)).toEqual([
      'one | settled read 1 | repeated | untouched',
      'one | start save 1 | abandoned | one > POST /api/oauth2/token | window',
      'one | settled use 1 | repeated | one > POST /api/oauth2/token > PutItem CONNECTION',
    ]);
  });
});
