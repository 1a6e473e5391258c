import type { MadeStore } from '../app/ports.ts';
import { TABLE } from '../table.ts';
import { keys } from './keys.ts';
import type { TableClient } from './table-client.ts';

/** Seconds. After this a message or reaction counts as anybody's: who edits later needs the permission for it. */
const MADE_LIFE_SECONDS = 90 * 86_400;

/** What was made for connections; see {@link MadeStore}. */
export function createMadeStore(table: TableClient): MadeStore {
  return {
    find: async (connectionId, kind, id) => {
      const item = await table.get(keys.made(connectionId, kind, id));
      return typeof item?.['channelId'] === 'string' ? item['channelId'] : undefined;
    },
    note: async (connectionId, { kind, id, channelId }, nowEpochSeconds) => {
      await table.put(keys.made(connectionId, kind, id), {
        channelId,
        madeAtEpochSeconds: nowEpochSeconds,
        [TABLE.ttlAttribute]: nowEpochSeconds + MADE_LIFE_SECONDS,
      });
    },
    forget: async (connectionId, kind, id) => {
      await table.delete(keys.made(connectionId, kind, id));
    },
  };
}
