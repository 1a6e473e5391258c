import { describe, expect, it } from 'vitest';
import { isIdle } from '../../../shared/domain/idle-expiry.ts';

const DAY = 86_400;
const connection = { status: 'active', tokenExpiresAtEpochSeconds: 1_000 } as const;

describe('isIdle', () => {
  it('counts days from the end of the last access token', () => {
    expect(isIdle(connection, 30, 1_000 + 30 * DAY)).toBe(false);
    expect(isIdle(connection, 30, 1_001 + 30 * DAY)).toBe(true);
  });

  it('includes those whose user has to connect again, and not those that are disconnected', () => {
    expect(isIdle({ ...connection, status: 'reconnect_required' }, 1, 1e9)).toBe(true);
    expect(isIdle({ ...connection, status: 'disconnected' }, 1, 1e9)).toBe(false);
  });

  it('knows no idle connection while it is off', () => {
    expect(isIdle(connection, undefined, 1e12)).toBe(false);
  });
});
