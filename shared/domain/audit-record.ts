import type { AuditEvent } from './audit-event.ts';

/** Stands in place of a tenant for what concerns the whole installation; no tenant can have this id. */
export const INSTALLATION = '_installation';

/** Days that a record is kept unless the operator sets another number. A year covers a yearly review. */
export const DEFAULT_AUDIT_RETENTION_DAYS = 365;

/** Milliseconds of the record's time, and 64 bits that tell records of one millisecond apart. */
export const AUDIT_POSITION_PATTERN = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z#[0-9a-f]{16}$/;

/** An event as it was recorded. */
export interface AuditRecord extends AuditEvent {
  readonly atEpochMs: number;
  /** Its place in time order, unique: `<RFC 3339 with milliseconds>#<16 hex digits>`. */
  readonly position: string;
}

/** Makes positions that rise within one process even in one millisecond, so that a cause stays before its effect. */
export function createAuditPositions(randomBytes: (count: number) => Uint8Array): (atEpochMs: number) => string {
  let last = { atEpochMs: Number.NaN, suffix: 0n };
  return (atEpochMs) => {
    const isSameMoment = atEpochMs === last.atEpochMs;
    last = { atEpochMs, suffix: isSameMoment ? last.suffix + 1n : drawSuffix(randomBytes) };
    return `${toAuditTime(atEpochMs)}#${last.suffix.toString(16).padStart(16, '0')}`;
  };
}

/** The highest bit stays free: counting on from it never runs over. */
function drawSuffix(randomBytes: (count: number) => Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(randomBytes(8)).toString('hex')}`) >> 1n;
}

/** RFC 3339 in UTC with milliseconds: of fixed length, so that text order is time order. */
export function toAuditTime(epochMs: number): string {
  return new Date(epochMs).toISOString();
}

/** The event for scripts and logs: flat names in snake_case, nothing left out. */
export function toAuditJson({ type, actor, tenantId, connectionId, details }: AuditEvent) {
  return {
    type,
    actor: { kind: actor.kind, ...(actor.id === undefined ? {} : { id: actor.id }) },
    ...(tenantId === undefined ? {} : { tenant: tenantId }),
    ...(connectionId === undefined ? {} : { connection_id: connectionId }),
    details: Object.fromEntries(Object.entries(details ?? {}).map(([name, value]) => [toSnakeCase(name), value])),
  };
}

/** A record as the API gives it out: the event with its time and its place in time order. */
export function toAuditRecordJson(record: AuditRecord) {
  const { tenant, ...event } = toAuditJson(record);
  return {
    at: toAuditTime(record.atEpochMs),
    ...event,
    ...(tenant === undefined ? {} : { tenant_id: tenant }),
    position: record.position,
  };
}

/** `attemptsLeft` as `attempts_left`: names of ours as they go out. */
export function toSnakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
