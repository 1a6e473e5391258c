import { describe, expect, it } from 'vitest';
import {
  computeHoldMs,
  isHoldOn,
  isLeaseHeld,
  isLeaseStale,
  MAX_AHEAD_MS,
} from '../../../shared/domain/refresh-lease.ts';

const lease = { owner: 'a', untilEpochMs: 10_000 };

describe('a lease', () => {
  it('is held until its time, and stale from then on', () => {
    expect([isLeaseHeld(lease, 9_999), isLeaseStale(lease, 9_999)]).toEqual([true, false]);
    expect([isLeaseHeld(lease, 10_000), isLeaseStale(lease, 10_000)]).toEqual([false, true]);
  });

  it('is neither when there is none', () => {
    expect([isLeaseHeld(undefined, 0), isLeaseStale(undefined, 0)]).toEqual([false, false]);
  });

  it('of a clock that was far ahead binds nobody', () => {
    const absurd = { owner: 'a', untilEpochMs: MAX_AHEAD_MS + 1 };
    expect([isLeaseHeld(absurd, 0), isLeaseStale(absurd, 0)]).toEqual([false, true]);
    expect(isHoldOn({ untilEpochMs: MAX_AHEAD_MS + 1, reason: 'discord_timeout' }, 0)).toBe(false);
    expect(isHoldOn({ untilEpochMs: MAX_AHEAD_MS, reason: 'discord_timeout' }, 0)).toBe(true);
  });
});

describe('computeHoldMs', () => {
  it('is longer while nobody waits, follows what was asked, and ends', () => {
    expect(computeHoldMs(true)).toBe(30_000);
    expect(computeHoldMs(false)).toBe(5_000);
    expect(computeHoldMs(false, 12)).toBe(12_000);
    expect(computeHoldMs(true, 12)).toBe(30_000);
    expect(computeHoldMs(false, 1e9)).toBe(MAX_AHEAD_MS);
  });
});
