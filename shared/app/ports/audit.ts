import type { AuditEvent } from '../../domain/audit-event.ts';
import type { AuditRecord } from '../../domain/audit-record.ts';

/** The record of what happened to connections, keys and settings. Never throws: what it cannot store it logs and counts. */
export interface Audit {
  record(event: AuditEvent): Promise<void>;
}

/** Which records, from inclusive, to exclusive; at most 100 in one page. */
export interface AuditPage {
  readonly fromEpochMs?: number;
  readonly toEpochMs?: number;
  readonly limit: number;
  /** `nextCursor` of the page before, which was asked for with the same bounds. */
  readonly cursor?: string;
  readonly isNewestFirst: boolean;
}

/** Reads what was recorded. A page can be short or empty although there is another: only a missing `nextCursor` is the end. */
export interface AuditReader {
  /** @param tenantId - or `_installation` @returns nothing when the cursor does not belong to this list */
  listByTenant(tenantId: string, page: AuditPage): Promise<AuditRecords | undefined>;
  /** The connection may be gone by now. @returns nothing when the cursor does not belong to this list */
  listByConnection(connectionId: string, page: AuditPage): Promise<AuditRecords | undefined>;
}

export interface AuditRecords {
  readonly records: readonly AuditRecord[];
  readonly nextCursor?: string;
}
