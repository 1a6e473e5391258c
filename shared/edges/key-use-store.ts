import type { KeyUse, KeyUseStore } from '../app/ports.ts';
import { keys } from './keys.ts';
import { parseKeyUse } from './records.ts';
import type { TableClient } from './table-client.ts';

/** Milliseconds that a call may be held up by the note that its key was used, retries included. */
const MAX_RECORD_MS = 1_000;

/** BatchGetItem takes at most this many keys. */
const BATCH_LIMIT = 100;

/** When API keys were used: one unconditional write, of which only the first one of all sets the beginning. */
export function createKeyUseStore(table: TableClient): KeyUseStore {
  return {
    record: async (keyId, useId, nowEpochSeconds) => {
      const parts = {
        UpdateExpression:
          'SET lastUsedAtEpochSeconds = :now, ' +
          'firstUsedAtEpochSeconds = if_not_exists(firstUsedAtEpochSeconds, :now), ' +
          'firstUseId = if_not_exists(firstUseId, :use)',
        ExpressionAttributeValues: { ':now': nowEpochSeconds, ':use': useId },
      };
      const options = { abortSignal: AbortSignal.timeout(MAX_RECORD_MS) };
      const use = parseKeyUse(await table.update(keys.keyUse(keyId), parts, options));
      if (use === undefined) throw new Error('an unconditional update gave no item');
      return use;
    },
    load: async (keyIds) => {
      const found = new Map<string, KeyUse>();
      for (let start = 0; start < keyIds.length; start += BATCH_LIMIT) {
        const batch = keyIds.slice(start, start + BATCH_LIMIT);
        const items = await table.getAll(batch.map((keyId) => keys.keyUse(keyId)));
        for (const [index, keyId] of batch.entries()) {
          const use = parseKeyUse(items[index]);
          if (use !== undefined) found.set(keyId, use);
        }
      }
      return found;
    },
    remove: async (keyId) => {
      await table.delete(keys.keyUse(keyId));
    },
  };
}
