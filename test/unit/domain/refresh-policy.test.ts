import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computeJitter, isRefreshDue, isStillUsable } from '../../../shared/domain/refresh-policy.ts';

const WEEK = 604_800;
const token = { obtainedAtEpochSeconds: 1_000_000, expiresAtEpochSeconds: 1_000_000 + WEEK };
const end = token.expiresAtEpochSeconds;

const times = fc
  .record({ obtainedAtEpochSeconds: fc.integer({ min: 0, max: 2e9 }), life: fc.integer({ min: 0, max: WEEK }) })
  .map(({ obtainedAtEpochSeconds, life }) => ({
    obtainedAtEpochSeconds,
    expiresAtEpochSeconds: obtainedAtEpochSeconds + life,
  }));

const jitter = fc.double({ min: 0, max: 1, noNaN: true });

describe('isRefreshDue', () => {
  it('begins with the last tenth of the life at the latest, with the last fifth at the earliest', () => {
    expect(isRefreshDue(token, end - WEEK / 10 - 1, 0)).toBe(false);
    expect(isRefreshDue(token, end - WEEK / 10, 0)).toBe(true);
    expect(isRefreshDue(token, end - WEEK / 5 - 1, 1)).toBe(false);
    expect(isRefreshDue(token, end - WEEK / 5, 1)).toBe(true);
  });

  it('leaves at least a minute, however short the life', () => {
    const short = { obtainedAtEpochSeconds: 0, expiresAtEpochSeconds: 300 };

    expect(isRefreshDue(short, 239, 0)).toBe(false);
    expect(isRefreshDue(short, 240, 0)).toBe(true);
  });

  it('is at once for a token whose life is not known', () => {
    expect(isRefreshDue({ obtainedAtEpochSeconds: 5, expiresAtEpochSeconds: 5 }, 5, 0)).toBe(true);
  });

  it('stays due once it is', () => {
    fc.assert(
      fc.property(times, fc.nat(WEEK), fc.nat(WEEK), jitter, (of, at, later, j) => {
        const now = of.obtainedAtEpochSeconds + at;
        if (isRefreshDue(of, now, j)) expect(isRefreshDue(of, now + later, j)).toBe(true);
      }),
    );
  });
});

describe('computeJitter', () => {
  it('spreads connections evenly from 0 to 1 and is the same each time', () => {
    const jitters = Array.from({ length: 1000 }, (_, index) => computeJitter(`con_${index}`));
    const tenths = new Map<number, number>();
    for (const value of jitters) tenths.set(Math.floor(value * 10), (tenths.get(Math.floor(value * 10)) ?? 0) + 1);

    expect(Math.min(...jitters)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...jitters)).toBeLessThanOrEqual(1);
    expect([...tenths.values()].every((count) => count > 60 && count < 140)).toBe(true);
    expect(computeJitter('con_7')).toBe(jitters[7]);
  });
});

describe('isStillUsable', () => {
  it('ends a minute before the token does', () => {
    expect(isStillUsable(token, end - 61)).toBe(true);
    expect(isStillUsable(token, end - 60)).toBe(false);
    expect(isStillUsable(token, end + 1)).toBe(false);
  });

  it('holds for every token that need not be refreshed', () => {
    fc.assert(
      fc.property(times, fc.nat(2 * WEEK), jitter, (of, at, j) => {
        const now = of.obtainedAtEpochSeconds + at;
        if (!isRefreshDue(of, now, j)) expect(isStillUsable(of, now)).toBe(true);
      }),
    );
  });
});
