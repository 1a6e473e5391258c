import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRefreshDue, isStillUsable } from '../../../shared/domain/refresh-policy.ts';

const WEEK = 604_800;
const token = { obtainedAtEpochSeconds: 1_000_000, expiresAtEpochSeconds: 1_000_000 + WEEK };
const end = token.expiresAtEpochSeconds;

const times = fc
  .record({ obtainedAtEpochSeconds: fc.integer({ min: 0, max: 2e9 }), life: fc.integer({ min: 0, max: WEEK }) })
  .map(({ obtainedAtEpochSeconds, life }) => ({
    obtainedAtEpochSeconds,
    expiresAtEpochSeconds: obtainedAtEpochSeconds + life,
  }));

describe('isRefreshDue', () => {
  it('begins with the last tenth of the life', () => {
    expect(isRefreshDue(token, end - WEEK / 10 - 1)).toBe(false);
    expect(isRefreshDue(token, end - WEEK / 10)).toBe(true);
  });

  it('leaves at least a minute, however short the life', () => {
    const short = { obtainedAtEpochSeconds: 0, expiresAtEpochSeconds: 300 };

    expect(isRefreshDue(short, 239)).toBe(false);
    expect(isRefreshDue(short, 240)).toBe(true);
  });

  it('is at once for a token whose life is not known', () => {
    expect(isRefreshDue({ obtainedAtEpochSeconds: 5, expiresAtEpochSeconds: 5 }, 5)).toBe(true);
  });

  it('stays due once it is', () => {
    fc.assert(
      fc.property(times, fc.nat(WEEK), fc.nat(WEEK), (of, at, later) => {
        const now = of.obtainedAtEpochSeconds + at;
        if (isRefreshDue(of, now)) expect(isRefreshDue(of, now + later)).toBe(true);
      }),
    );
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
      fc.property(times, fc.nat(2 * WEEK), (of, at) => {
        const now = of.obtainedAtEpochSeconds + at;
        if (!isRefreshDue(of, now)) expect(isStillUsable(of, now)).toBe(true);
      }),
    );
  });
});
