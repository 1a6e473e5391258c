import { isDeepStrictEqual } from 'node:util';
import type { ConnectionStore } from '../app/ports.ts';
import type { Connection } from '../domain/connection.ts';
import { sha256Hex } from '../domain/hash.ts';
import { isLeaseStale, MAX_AHEAD_MS } from '../domain/refresh-lease.ts';
import { TABLE } from '../table.ts';
import { connectionsOfUserPrefix, keys, listKeys, toPrimaryKey } from './keys.ts';
import { parseConnection } from './records.ts';
import type { TableClient } from './table-client.ts';

/** As `isHoldOn` decides, but on the item as it is when the write arrives. */
const NO_HOLD =
  '(attribute_not_exists(refreshHold) OR refreshHold.untilEpochMs <= :now OR refreshHold.untilEpochMs > :absurd)';

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
    acquireRefreshLease: async (connection, lease, nowEpochMs) => {
      const take = async (condition: string, values: Record<string, unknown>): Promise<Connection | undefined> =>
        parseConnection(
          await table.update(keys.connection(connection.id), {
            UpdateExpression: 'SET refreshLease = :lease ADD revision :one',
            ConditionExpression: `#status = :active AND tokensVersion = :version AND ${NO_HOLD} AND ${condition}`,
            ExpressionAttributeNames: { '#status': 'status', ...(':old' in values ? { '#owner': 'owner' } : {}) },
            ExpressionAttributeValues: {
              ':lease': lease,
              ':one': 1,
              ':active': 'active',
              ':version': connection.tokensVersion,
              ':now': nowEpochMs,
              ':absurd': nowEpochMs + MAX_AHEAD_MS,
              ...values,
            },
          }),
        );
      const taken = await take('attribute_not_exists(refreshLease)', {});
      if (taken !== undefined) return { connection: taken, isTakenOver: false };
      const stored = await load(connection.id);
      // A write whose answer was lost and which the SDK repeats meets itself.
      if (stored?.refreshLease?.owner === lease.owner) return { connection: stored, isTakenOver: false };
      if (stored?.refreshLease === undefined || !isLeaseStale(stored.refreshLease, nowEpochMs)) return undefined;
      const takenOver = await take('refreshLease.#owner = :old', { ':old': stored.refreshLease.owner });
      if (takenOver !== undefined) return { connection: takenOver, isTakenOver: true };
      const afterwards = await load(connection.id);
      return afterwards?.refreshLease?.owner === lease.owner
        ? { connection: afterwards, isTakenOver: true }
        : undefined;
    },
    releaseRefreshLease: async (connectionId, owner, hold, uncertainSinceEpochSeconds) => {
      const since = uncertainSinceEpochSeconds;
      await table.update(keys.connection(connectionId), {
        UpdateExpression: `SET refreshHold = :hold${
          since === undefined
            ? ''
            : ', refreshUncertainSinceEpochSeconds = if_not_exists(refreshUncertainSinceEpochSeconds, :since)'
        } REMOVE refreshLease ADD revision :one`,
        ConditionExpression: 'refreshLease.#owner = :owner',
        ExpressionAttributeNames: { '#owner': 'owner' },
        ExpressionAttributeValues: {
          ':hold': hold,
          ':owner': owner,
          ':one': 1,
          ...(since === undefined ? {} : { ':since': since }),
        },
      });
    },
    remove: ({ id, revision }) =>
      table.delete(keys.connection(id), {
        ConditionExpression: 'revision = :read',
        ExpressionAttributeValues: { ':read': revision },
      }),
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
      return { connections, ...(found.last === undefined ? {} : { nextCursor: buildCursor(partition, found.last) }) };
    },
  };
}

/** Base64url characters of the longest user id: 128 UTF-16 units of up to 3 bytes each. */
const POSITION_PATTERN = /^([A-Za-z0-9_-]{1,512}#)(con_[A-Za-z0-9_-]{22})$/;

/**
 * A position inside one list, marked with whose list it is, so that another tenant's cursor is refused rather than
 * misread. What is listed comes from the caller's key, never from the cursor.
 */
function buildCursor(partition: string, last: Record<string, unknown>): string {
  return Buffer.from(`${markOf(partition)}.${String(last[TABLE.listIndex.sortKey])}`).toString('base64url');
}

function markOf(partition: string): string {
  return sha256Hex(partition).slice(0, 16);
}

/** @returns the position, or nothing when the cursor is not one of ours or lies outside the list */
function parseCursor(cursor: string, partition: string, prefix: string): Record<string, unknown> | undefined {
  const text = Buffer.from(cursor, 'base64url').toString('utf8');
  const mark = `${markOf(partition)}.`;
  const position = text.slice(mark.length);
  const connectionId = POSITION_PATTERN.exec(position)?.[2];
  if (!text.startsWith(mark) || connectionId === undefined || !position.startsWith(prefix)) return undefined;
  const { partitionKey, sortKey } = TABLE.listIndex;
  return { ...toPrimaryKey(keys.connection(connectionId)), [partitionKey]: partition, [sortKey]: position };
}
