import { isDeepStrictEqual } from 'node:util';
import type { ConnectionStore } from '../app/ports.ts';
import { connectionsOfUserPrefix, keys, listKeys } from './keys.ts';
import type { Connection } from '../domain/connection.ts';
import { parseConnection } from './records.ts';
import { KEY_PREFIX, TABLE } from '../table.ts';
import type { TableClient } from './table-client.ts';

/** Connections. Lists come from the index, authority always from the item. */
export function createConnectionStore(table: TableClient): ConnectionStore {
  const load = async (connectionId: string) => parseConnection(await table.get(keys.connection(connectionId)));
  return {
    load,
    save: async (connection) => {
      const saved: Connection = { ...connection, revision: connection.revision + 1 };
      const item = { ...saved, ...listKeys.connections(saved.tenantId, saved.userId, saved.id) };
      const condition =
        connection.revision === 0
          ? { ConditionExpression: 'attribute_not_exists(pk)' }
          : {
              ConditionExpression: 'revision = :read',
              ExpressionAttributeValues: { ':read': connection.revision },
            };
      if (await table.put(keys.connection(saved.id), item, condition)) return saved;
      // A write whose answer was lost and which the SDK repeats meets itself.
      return isDeepStrictEqual(await load(saved.id), saved) ? saved : undefined;
    },
    list: async (tenantId, page) => {
      const partition = listKeys.connections(tenantId, '', '').gsi1pk;
      const prefix = page.userId === undefined ? undefined : connectionsOfUserPrefix(page.userId);
      const after = page.cursor === undefined ? undefined : parseCursor(page.cursor, partition, prefix ?? '');
      if (page.cursor !== undefined && after === undefined) return undefined;
      const found = await table.listKeys(
        { partition, ...(prefix === undefined ? {} : { prefix }) },
        { limit: page.limit, ...(after === undefined ? {} : { after }) },
      );
      const connections = (await table.getAll(found.keys)).map(parseConnection).filter((item) => item !== undefined);
      return { connections, ...(found.last === undefined ? {} : { nextCursor: buildCursor(found.last) }) };
    },
  };
}

/** The cursor holds only the position inside a list; which tenant's list it is comes from the caller's key, never from it. */
function buildCursor(last: Record<string, unknown>): string {
  const { partitionKey, sortKey, listIndex } = TABLE;
  return Buffer.from(JSON.stringify([last[partitionKey], last[sortKey], last[listIndex.sortKey]])).toString(
    'base64url',
  );
}

/** @returns the position, or nothing when the cursor is not one of ours or lies outside the list */
function parseCursor(cursor: string, partition: string, prefix: string): Record<string, unknown> | undefined {
  const { partitionKey, sortKey, listIndex } = TABLE;
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (!Array.isArray(parts) || parts.length !== 3 || !parts.every((part) => typeof part === 'string'))
      return undefined;
    const [pk, sk, position] = parts as [string, string, string];
    if (!pk.startsWith(KEY_PREFIX.connection) || sk === '' || !position.startsWith(prefix) || position === '')
      return undefined;
    return { [partitionKey]: pk, [sortKey]: sk, [listIndex.partitionKey]: partition, [listIndex.sortKey]: position };
  } catch {
    return undefined;
  }
}
