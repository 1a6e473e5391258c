import type { Audit, Clock, Log, LogFields, Metrics, Random } from '../app/ports.ts';
import type { AuditEvent } from '../domain/audit-event.ts';
import {
  createAuditPositions,
  DEFAULT_AUDIT_RETENTION_DAYS,
  INSTALLATION,
  toAuditJson,
  type AuditRecord,
} from '../domain/audit-record.ts';
import { toEpochSeconds } from '../domain/epoch-seconds.ts';
import { COUNT } from '../metric-names.ts';
import { OutageError } from '../problems/failure.ts';
import { BoundedCache } from './bounded-cache.ts';
import { keys, listKeys } from './keys.ts';
import { parseIntegration } from './records.ts';
import type { Item, TableClient } from './table-client.ts';

export interface AuditDeps {
  readonly table: TableClient;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Milliseconds; default 3 s, smaller for tests of a table that hangs. */
  readonly maxRecordMs?: number;
}

/** Milliseconds that one record may hold up the request whose doing it records: a table that hangs must not also end that. */
const RECORD_MS = 3_000;

/** Milliseconds for which a sandbox goes on with the retention that it has read. */
const RETENTION_MAX_AGE_MS = 300_000;

const SECONDS_PER_DAY = 86_400;

/**
 * Records events in the table and in the log. The write is conditional on absence: a record is never overwritten, and one
 * whose answer was lost and which the SDK repeats meets itself. Expired records go by TTL.
 */
export function createAudit(deps: AuditDeps): Audit {
  const { table, clock, random, log, metrics, maxRecordMs = RECORD_MS } = deps;
  const nextPosition = createAuditPositions((count) => random.bytes(count));
  const retention = new BoundedCache<number>({
    maxAgeMs: RETENTION_MAX_AGE_MS,
    maxUses: Number.POSITIVE_INFINITY,
    maxEntries: 1,
  });

  const loadRetentionDays = async (nowEpochMs: number, signal: AbortSignal): Promise<number> => {
    const known = retention.get('days', nowEpochMs);
    if (known !== undefined) return known;
    const integration = parseIntegration(await table.get(keys.integration(), { abortSignal: signal }));
    const days = integration?.auditRetentionDays ?? DEFAULT_AUDIT_RETENTION_DAYS;
    retention.set('days', days, nowEpochMs);
    return days;
  };

  return {
    record: async (event) => {
      log.info('audit', toLogFields(event));
      try {
        const atEpochMs = clock.nowEpochMs();
        const record: AuditRecord = { ...event, atEpochMs, position: nextPosition(atEpochMs) };
        const signal = AbortSignal.timeout(maxRecordMs);
        const item = buildAuditItem(record, await loadRetentionDays(atEpochMs, signal));
        const key = keys.audit(event.tenantId ?? INSTALLATION, record.position);
        await table.put(key, item, { ConditionExpression: 'attribute_not_exists(pk)' }, { abortSignal: signal });
      } catch (error) {
        // The line above has the event whole; this one says that the table has not.
        log.error('audit_unwritten', { ...toLogFields(event), cause: nameOf(error) });
        metrics.count(COUNT.auditUnwritten);
      }
    },
  };
}

/** The attributes of one record, besides its primary key. */
export function buildAuditItem({ position, ...record }: AuditRecord, retentionDays: number): Item {
  return {
    ...record,
    ...(record.connectionId === undefined ? {} : listKeys.auditOfConnection(record.connectionId, position)),
    expiresAtEpochSeconds: toEpochSeconds(record.atEpochMs) + retentionDays * SECONDS_PER_DAY,
  };
}

function toLogFields(event: AuditEvent): LogFields {
  const { actor, details, ...rest } = toAuditJson(event);
  const named = Object.entries(details).map(([name, value]) => [`detail_${name}`, value] as const);
  return { ...rest, actor: actor.kind, actor_id: actor.id, ...Object.fromEntries(named) };
}

function nameOf(error: unknown): string {
  if (error instanceof OutageError) return error.causeName;
  return error instanceof Error ? error.name : 'unknown';
}
