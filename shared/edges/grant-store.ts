import type { GrantStore } from '../app/ports.ts';
import { keys } from './keys.ts';
import type { Item, TableClient } from './table-client.ts';

/**
 * Seconds. A revocation takes one function call (29 s at most). If its mark is still there after this, the function died,
 * and the user must be able to connect again.
 */
const STALE_REVOCATION_SECONDS = 5 * 60;

/** The grant items; see {@link GrantStore}. A DynamoDB string set vanishes when its last member is removed. */
export function createGrantStore(table: TableClient): GrantStore {
  return {
    add: async (clientId, discordUserId, connectionId, nowEpochSeconds) => {
      const updated = await table.update(keys.grant(clientId, discordUserId), {
        UpdateExpression: 'ADD connectionIds :id, version :one REMOVE revokingSinceEpochSeconds',
        ConditionExpression: 'attribute_not_exists(revokingSinceEpochSeconds) OR revokingSinceEpochSeconds < :stale',
        ExpressionAttributeValues: {
          ':id': new Set([connectionId]),
          ':one': 1,
          ':stale': nowEpochSeconds - STALE_REVOCATION_SECONDS,
        },
      });
      return updated && parseConnectionIds(updated);
    },
    removeAndClaimRevocation: async (clientId, discordUserId, connectionId, nowEpochSeconds) => {
      const key = keys.grant(clientId, discordUserId);
      const updated = await table.update(key, {
        UpdateExpression: 'DELETE connectionIds :id ADD version :one',
        ExpressionAttributeValues: { ':id': new Set([connectionId]), ':one': 1 },
      });
      if (updated === undefined || parseConnectionIds(updated).length > 0) return false;
      const claimed = await table.update(key, {
        UpdateExpression: 'SET revokingSinceEpochSeconds = :now',
        ConditionExpression: 'attribute_not_exists(connectionIds)',
        ExpressionAttributeValues: { ':now': nowEpochSeconds },
      });
      return claimed !== undefined;
    },
    finishRevocation: async (clientId, discordUserId) => {
      await table.delete(keys.grant(clientId, discordUserId), {
        ConditionExpression: 'attribute_exists(revokingSinceEpochSeconds) AND attribute_not_exists(connectionIds)',
      });
    },
    load: async (clientId, discordUserId) => {
      const item = await table.get(keys.grant(clientId, discordUserId));
      return item === undefined ? [] : parseConnectionIds(item);
    },
  };
}

function parseConnectionIds(item: Item): string[] {
  const ids = item['connectionIds'];
  return ids instanceof Set ? [...ids].map(String).toSorted() : [];
}
