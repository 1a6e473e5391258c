import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  applyStatus,
  computeStatus,
  DISCONNECT_REASONS,
  RECONNECT_REASONS,
  type DisconnectReason,
  type ReconnectReason,
  type StatusEvent,
  type StatusFields,
} from '../../../shared/domain/connection-status.ts';

const reconnectReasons = Object.keys(RECONNECT_REASONS) as ReconnectReason[];
const disconnectReasons = Object.keys(DISCONNECT_REASONS) as DisconnectReason[];

const event: fc.Arbitrary<StatusEvent> = fc.oneof(
  fc.constant({ type: 'connected' } as const),
  fc.constant({ type: 'tokens_rotated' } as const),
  fc.constantFrom(...reconnectReasons).map((reason) => ({ type: 'reconnect_needed', reason }) as const),
  fc.constantFrom(...disconnectReasons).map((reason) => ({ type: 'disconnected', reason }) as const),
);

const active: StatusFields = { status: 'active' };
const dead: StatusFields = { status: 'reconnect_required', statusReason: 'grant_dead' };
const gone: StatusFields = { status: 'disconnected', statusReason: 'idle_expired' };

describe('computeStatus', () => {
  it.each<[string, StatusFields | undefined, StatusEvent, StatusFields | undefined]>([
    ['connects for the first time', undefined, { type: 'connected' }, active],
    ['connects again in place', gone, { type: 'connected' }, active],
    ['is mended by the user', dead, { type: 'connected' }, active],
    ['stays active with a new pair', active, { type: 'tokens_rotated' }, active],
    ['comes back when a lost pair turns up', dead, { type: 'tokens_rotated' }, active],
    ['stays given up, whatever a late refresh brings', gone, { type: 'tokens_rotated' }, gone],
    [
      'needs its user',
      active,
      { type: 'reconnect_needed', reason: 'revoked_by_user' },
      { status: 'reconnect_required', statusReason: 'revoked_by_user' },
    ],
    ['keeps the first reason', dead, { type: 'reconnect_needed', reason: 'token_rejected' }, undefined],
    ['is not to be mended once given up', gone, { type: 'reconnect_needed', reason: 'grant_dead' }, undefined],
    [
      'is given up while it needs its user',
      dead,
      { type: 'disconnected', reason: 'disconnected_by_user' },
      { status: 'disconnected', statusReason: 'disconnected_by_user' },
    ],
    ['is given up once', gone, { type: 'disconnected', reason: 'disconnected_by_app' }, undefined],
    ['is nothing before it is connected', undefined, { type: 'tokens_rotated' }, undefined],
  ])('%s', (_, current, happening, expected) => {
    expect(computeStatus(current, happening)).toEqual(expected);
  });

  it('has a reason in every status but active, and leaves disconnected by connecting only', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 20 }), (events) => {
        let current: StatusFields | undefined;
        for (const happening of events) {
          const next = computeStatus(current, happening);
          if (current?.status === 'disconnected' && next?.status === 'active') expect(happening.type).toBe('connected');
          current = next ?? current;
          expect(current === undefined || (current.status === 'active') === (current.statusReason === undefined)).toBe(
            true,
          );
        }
      }),
    );
  });
});

describe('applyStatus', () => {
  it('keeps everything else, and drops a reason that no longer holds', () => {
    expect(applyStatus({ ...dead, id: 'x' }, { type: 'connected' })).toEqual({ status: 'active', id: 'x' });
    expect(applyStatus({ ...gone, id: 'x' }, { type: 'reconnect_needed', reason: 'grant_dead' })).toBeUndefined();
  });
});
