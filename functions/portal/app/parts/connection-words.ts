import type { Connection, ConnectionStatus } from '../wire.ts';
import type { Tone } from './badge.tsx';

export { describeReason, STATUS_WORDS } from './reason-words.ts';

export const STATUS_TONES: Readonly<Record<ConnectionStatus, Tone>> = {
  active: 'good',
  reconnect_required: 'warn',
  disconnected: 'plain',
};

/** The name that people know of the account at Discord. It is others' text: nothing is ever made of it but text. */
export function toDisplayName({ discord_user: { global_name, username } }: Pick<Connection, 'discord_user'>): string {
  return global_name === null || global_name.trim() === '' ? username : global_name;
}
