import { DISCONNECT_REASONS, RECONNECT_REASONS } from '../../../../shared/domain/connection-status.ts';
import type { ConnectionStatus } from '../wire.ts';

/** States of a connection in words. */
export const STATUS_WORDS: Readonly<Record<ConnectionStatus, string>> = {
  active: 'works',
  reconnect_required: 'must connect again',
  disconnected: 'disconnected',
};

const REASONS: Readonly<Record<string, string>> = { ...STATUS_WORDS, ...RECONNECT_REASONS, ...DISCONNECT_REASONS };

/** A state, or why a connection is in it, in words; what is not known here stays as it is. */
export function describeReason(code: string): string {
  return REASONS[code] ?? code;
}
