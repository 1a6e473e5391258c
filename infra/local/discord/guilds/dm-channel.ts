import type { Simulation } from '../simulation.ts';
import type { DmRecord } from '../state/message-record.ts';
import { findAccount } from './accounts.ts';

/** The conversation of a bot with a user, as the bot reads it. */
export function toDmChannel(simulation: Simulation, { id, userId }: DmRecord): Readonly<Record<string, unknown>> {
  return {
    id,
    type: 1,
    last_message_id: simulation.messages.listInChannel(id)[0]?.id ?? null,
    flags: 0,
    recipients: [findAccount(simulation, userId)?.json ?? { id: userId }],
  };
}
