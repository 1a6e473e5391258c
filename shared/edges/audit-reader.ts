import type { AuditPage, AuditReader, Clock } from '../app/ports.ts';
import { AUDIT_POSITION_PATTERN, toAuditTime, type AuditRecord } from '../domain/audit-record.ts';
import { toEpochSeconds } from '../domain/epoch-seconds.ts';
import { TABLE } from '../table.ts';
import { keys, listKeys, toPrimaryKey } from './keys.ts';
import type { SortKeyRange } from './query-input.ts';
import { parseAuditRecord } from './records.ts';
import type { Item, TableClient } from './table-client.ts';

/** Reads what was recorded, in time order. Records that only wait for DynamoDB's TTL are left out. */
export function createAuditReader(table: TableClient, clock: Clock): AuditReader {
  const toRecords = (items: readonly (Item | undefined)[]): AuditRecord[] => {
    const nowEpochSeconds = toEpochSeconds(clock.nowEpochMs());
    return items
      .filter((item) => Number(item?.[TABLE.ttlAttribute]) > nowEpochSeconds)
      .flatMap((item) => parseAuditRecord(item) ?? []);
  };
  return {
    listByTenant: async (tenantId, page) => {
      const range = buildRange(keys.audit(tenantId, '').pk, page);
      const after = page.cursor === undefined ? undefined : parseCursor(page.cursor, range);
      if (page.cursor !== undefined && after?.tenantId !== tenantId) return undefined;
      if (isEmpty(page)) return { records: [] };
      const found = await table.query(range, {
        limit: page.limit,
        isDescending: page.isNewestFirst,
        ...(after === undefined ? {} : { after: after.position }),
      });
      return {
        records: toRecords(found.items),
        ...(found.last === undefined ? {} : { nextCursor: buildCursor(tenantId, found.last) }),
      };
    },
    listByConnection: async (connectionId, page) => {
      const { gsi1pk } = listKeys.auditOfConnection(connectionId, '');
      const range = buildRange(gsi1pk, page);
      const after = page.cursor === undefined ? undefined : parseCursor(page.cursor, range);
      if (page.cursor !== undefined && after === undefined) return undefined;
      if (isEmpty(page)) return { records: [] };
      const start = after && {
        ...toPrimaryKey(keys.audit(after.tenantId, after.position)),
        ...listKeys.auditOfConnection(connectionId, after.position),
      };
      const found = await table.listKeys(range, {
        limit: page.limit,
        isDescending: page.isNewestFirst,
        ...(start === undefined ? {} : { after: start }),
      });
      const last = found.last === undefined ? undefined : found.keys.at(-1);
      return {
        records: toRecords(await table.getAll(found.keys)),
        ...(last === undefined
          ? {}
          : { nextCursor: buildCursor(last.pk.slice(keys.audit('', '').pk.length), last.sk) }),
      };
    },
  };
}

/** From inclusive, to exclusive: a bare time sorts before every position of its millisecond. */
function buildRange(partition: string, { fromEpochMs, toEpochMs }: AuditPage): SortKeyRange {
  return {
    partition,
    ...(fromEpochMs === undefined ? {} : { from: toAuditTime(fromEpochMs) }),
    ...(toEpochMs === undefined ? {} : { to: toAuditTime(toEpochMs) }),
  };
}

/** DynamoDB takes no range whose end lies before its beginning. */
function isEmpty({ fromEpochMs, toEpochMs }: AuditPage): boolean {
  return fromEpochMs !== undefined && toEpochMs !== undefined && toEpochMs <= fromEpochMs;
}

/** Tenant and position of the last record of a page. It says where to go on, never what may be read. */
function buildCursor(tenantId: string, position: string): string {
  return Buffer.from(`${tenantId} ${position}`).toString('base64url');
}

/** @returns nothing when it is not one of ours or lies outside the range, which DynamoDB does not take */
function parseCursor(cursor: string, range: SortKeyRange): { tenantId: string; position: string } | undefined {
  const [tenantId = '', position = '', ...more] = Buffer.from(cursor, 'base64url').toString('utf8').split(' ');
  if (!/^[a-z0-9_-]{1,40}$/.test(tenantId) || !AUDIT_POSITION_PATTERN.test(position) || more.length > 0) {
    return undefined;
  }
  const { from = '', to = '~' } = range;
  return position >= from && position <= to ? { tenantId, position } : undefined;
}
