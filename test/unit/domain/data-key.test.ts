import { describe, expect, it } from 'vitest';
import { KEPT_ANSWER_LIFE_SECONDS } from '../../../shared/domain/connect-session.ts';
import { DATA_KEY_RETENTION_SECONDS, isDataKeyDisposable } from '../../../shared/domain/data-key.ts';

const RETIRED = { keyId: 'old', createdAtEpochSeconds: 0, retiredAtEpochSeconds: 1_000 };

describe('isDataKeyDisposable', () => {
  it('keeps a key for longer than anything that is sealed under it without standing in a connection', () => {
    expect(DATA_KEY_RETENTION_SECONDS).toBeGreaterThanOrEqual(KEPT_ANSWER_LIFE_SECONDS + 3_600);
    expect(isDataKeyDisposable(RETIRED, 'new', 1_000 + DATA_KEY_RETENTION_SECONDS - 1)).toBe(false);
    expect(isDataKeyDisposable(RETIRED, 'new', 1_000 + DATA_KEY_RETENTION_SECONDS)).toBe(true);
  });

  it('never gives up the one that seals, however long ago a rotation away from it broke off', () => {
    expect(isDataKeyDisposable(RETIRED, 'old', 1e9)).toBe(false);
  });

  it('counts from its making for one that was never used', () => {
    const orphan = { keyId: 'orphan', createdAtEpochSeconds: 500 };
    expect(isDataKeyDisposable(orphan, 'new', 500 + DATA_KEY_RETENTION_SECONDS - 1)).toBe(false);
    expect(isDataKeyDisposable(orphan, 'new', 500 + DATA_KEY_RETENTION_SECONDS)).toBe(true);
  });
});
