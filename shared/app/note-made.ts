import type { ActionCall } from './action-call.ts';
import type { Connection } from '../domain/connection.ts';
import { toEpochSeconds } from '../domain/epoch-seconds.ts';
import { readText } from '../domain/json-fields.ts';
import type { Clock, MadeStore } from './ports.ts';

export interface NoteMadeDeps {
  readonly made: MadeStore;
  readonly clock: Clock;
}

/**
 * Remembers what an action has made for its connection, or forgets what it has taken back, so that only this connection may
 * change it without further permission.
 * @param text - JSON of the success; empty when it had no body
 * @throws OutageError
 */
export async function noteMade(
  { made, clock }: NoteMadeDeps,
  connection: Connection,
  { action, pathParameters }: ActionCall,
  text: string,
): Promise<void> {
  const at = (name: string): string => pathParameters.get(name) ?? '';
  const nowEpochSeconds = toEpochSeconds(clock.nowEpochMs());
  const reaction = `${at('message_id')}#${at('emoji_name')}`;
  const note = (kind: 'MESSAGE' | 'REACTION', id: string, channelId: string): Promise<void> =>
    made.note(connection.id, { kind, id, channelId }, nowEpochSeconds);
  switch (action.id) {
    case 'message.create': {
      const id = readText(JSON.parse(text), 'id');
      if (id !== undefined) await note('MESSAGE', id, at('channel_id'));
      return;
    }
    case 'thread.create': {
      // The first message of a post in a forum has the id of its thread.
      const id = readText(JSON.parse(text), 'id');
      if (id !== undefined) await note('MESSAGE', id, id);
      return;
    }
    case 'reaction.add':
      return note('REACTION', reaction, at('channel_id'));
    case 'reaction.remove_own':
      return made.forget(connection.id, 'REACTION', reaction);
    case 'message.delete':
      return made.forget(connection.id, 'MESSAGE', at('message_id'));
    default:
      return;
  }
}
