import { isDeepStrictEqual } from 'node:util';
import type { ConnectionTokenStore } from '../app/ports.ts';
import { keys } from './keys.ts';
import { parseConnectionTokenRecord } from './records.ts';
import type { TableClient } from './table-client.ts';

/** Connection tokens, stored as hashes until TTL takes them. They are read with the caller, not here. */
export function createConnectionTokenStore(table: TableClient): ConnectionTokenStore {
  return {
    create: async (token) => {
      const key = keys.token(token.tokenId);
      const isCreated = await table.put(key, { ...token }, { ConditionExpression: 'attribute_not_exists(pk)' });
      // A write whose answer was lost and which the SDK repeats meets itself.
      return isCreated || isDeepStrictEqual(parseConnectionTokenRecord(await table.get(key)), token);
    },
    revoke: async (tokenId, connectionId, atEpochSeconds) => {
      const updated = await table.update(keys.token(tokenId), {
        UpdateExpression: 'SET revokedAtEpochSeconds = if_not_exists(revokedAtEpochSeconds, :at)',
        // Also the guard against making an item: an absent one has no connectionId.
        ConditionExpression: 'connectionId = :connection',
        ExpressionAttributeValues: { ':at': atEpochSeconds, ':connection': connectionId },
      });
      return updated !== undefined;
    },
  };
}
