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
  const load = async (clientId: string, discordUserId: string): Promise<string[]> =>
    parseMembers(await table.get(keys.grant(clientId, discordUserId)));

  const remove = async (clientId: string, discordUserId: string, members: readonly string[]): Promise<void> => {
    if (members.length === 0) return;
    await table.update(keys.grant(clientId, discordUserId), {
      UpdateExpression: 'DELETE members :members ADD version :one',
      ExpressionAttributeValues: { ':members': new Set(members), ':one': 1 },
    });
  };

  return {
    load,
    remove,
    add: async (clientId, discordUserId, member, nowEpochSeconds) => {
      const updated = await table.update(keys.grant(clientId, discordUserId), {
        UpdateExpression: 'ADD members :member, version :one REMOVE revokingSinceEpochSeconds',
        ConditionExpression: 'attribute_not_exists(revokingSinceEpochSeconds) OR revokingSinceEpochSeconds < :stale',
        ExpressionAttributeValues: {
          ':member': new Set([member]),
          ':one': 1,
          ':stale': nowEpochSeconds - STALE_REVOCATION_SECONDS,
        },
      });
      return updated !== undefined;
    },
    leaveAndClaimRevocation: async (clientId, discordUserId, isLeaving, nowEpochSeconds) => {
      await remove(clientId, discordUserId, (await load(clientId, discordUserId)).filter(isLeaving));
      const claimed = await table.update(keys.grant(clientId, discordUserId), {
        UpdateExpression: 'SET revokingSinceEpochSeconds = :now ADD version :one',
        ConditionExpression: 'attribute_not_exists(members)',
        ExpressionAttributeValues: { ':now': nowEpochSeconds, ':one': 1 },
      });
      return claimed !== undefined;
    },
    finishRevocation: async (clientId, discordUserId) => {
      await table.delete(keys.grant(clientId, discordUserId), {
        ConditionExpression: 'attribute_exists(revokingSinceEpochSeconds) AND attribute_not_exists(members)',
      });
    },
  };
}

function parseMembers(item: Item | undefined): string[] {
  const members = item?.['members'];
  return members instanceof Set ? [...members].map(String).toSorted() : [];
}
