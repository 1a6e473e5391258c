import type { AuditActor, AuditEventType } from '../domain/audit-event.ts';
import { INSTALLATION, type AuditRecord } from '../domain/audit-record.ts';
import { CONNECTION_ID_PATTERN, TENANT_ID_PATTERN } from '../domain/ids.ts';
import { ok, type Result } from '../result.ts';
import { mergeAuditLists, type AuditList, type MergedRecords } from './merge-audit-lists.ts';
import { refuse, type OperatorInputFailure } from './operate-tenants.ts';
import type { AuditReader, TenantStore } from './ports.ts';

export interface LoadAuditDeps {
  readonly auditRecords: AuditReader;
  readonly tenants: TenantStore;
}

/** Which records an operator wants to see; without tenant and connection those of the installation and of all its tenants. */
export interface AuditQuery {
  /** A tenant, also one that is gone, or `_installation` for what concerns no single one. */
  readonly tenantId?: string;
  readonly connectionId?: string;
  readonly type?: AuditEventType;
  readonly actorKind?: AuditActor['kind'];
  /** Inclusive. */
  readonly fromEpochMs?: number;
  /** Exclusive. */
  readonly toEpochMs?: number;
  /** `nextAfter` of the page before, which was asked for in the same order. */
  readonly after?: string;
  readonly limit: number;
  readonly isNewestFirst: boolean;
  /** See `MergeOptions`; absent: as many as it takes. */
  readonly maxReads?: number;
}

export const MAX_AUDIT_LIMIT = 1000;

/** Loads what was recorded, in time order over all that was asked for. */
export async function loadAuditRecords(
  deps: LoadAuditDeps,
  query: AuditQuery,
): Promise<Result<MergedRecords, OperatorInputFailure>> {
  const fault = findFault(query);
  if (fault !== undefined) return refuse(fault);
  const { tenantId, type, actorKind, maxReads = Number.POSITIVE_INFINITY, ...rest } = query;
  const isWanted = (record: AuditRecord): boolean =>
    (tenantId === undefined || (record.tenantId ?? INSTALLATION) === tenantId) &&
    (type === undefined || record.type === type) &&
    (actorKind === undefined || record.actor.kind === actorKind);
  return ok(await mergeAuditLists(await chooseLists(deps, query), { ...rest, maxReads, isWanted }));
}

async function chooseLists({ auditRecords, tenants }: LoadAuditDeps, query: AuditQuery): Promise<AuditList[]> {
  const { tenantId, connectionId } = query;
  if (connectionId !== undefined) return [(page) => auditRecords.listByConnection(connectionId, page)];
  const ids =
    tenantId === undefined ? [INSTALLATION, ...(await tenants.list()).map((tenant) => tenant.tenantId)] : [tenantId];
  return ids.map((id) => (page) => auditRecords.listByTenant(id, page));
}

/** What has not the shape of an id is not repeated: it may be something secret in the wrong place. */
function findFault({ tenantId, connectionId, fromEpochMs, toEpochMs, limit }: AuditQuery): string | undefined {
  if (tenantId !== undefined && tenantId !== INSTALLATION && !TENANT_ID_PATTERN.test(tenantId)) {
    return `give the id of a tenant (1 to 40 lower-case letters, digits and hyphens), or ${INSTALLATION} for what concerns none`;
  }
  if (connectionId !== undefined && !CONNECTION_ID_PATTERN.test(connectionId)) {
    return 'a connection id is con_ and 22 letters, digits, - and _';
  }
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_AUDIT_LIMIT) {
    return `the limit is a whole number from 1 to ${MAX_AUDIT_LIMIT}`;
  }
  if (fromEpochMs !== undefined && toEpochMs !== undefined && toEpochMs <= fromEpochMs) {
    return 'the end of the time must lie behind its beginning';
  }
  return undefined;
}
