import type { ConnectionStatus } from '../wire.ts';
import type { Tone } from './badge.tsx';

/** States of a connection in words. */
export const STATUS_WORDS: Readonly<Record<ConnectionStatus, string>> = {
  active: 'works',
  reconnect_required: 'must connect again',
  disconnected: 'disconnected',
};

export const STATUS_TONES: Readonly<Record<ConnectionStatus, Tone>> = {
  active: 'good',
  reconnect_required: 'warn',
  disconnected: 'plain',
};
