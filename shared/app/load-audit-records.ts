import { INSTALLATION, type AuditRecord } from '../domain/audit-record.ts';
import { CONNECTION_ID_PATTERN, TENANT_ID_PATTERN } from '../domain/ids.ts';
import { ok, type Result } from '../result.ts';
import { refuse, type OperatorInputFailure } from './operate-tenants.ts';
import type { AuditPage, AuditReader, AuditRecords, TenantStore } from './ports.ts';

export interface LoadAuditDeps {
  readonly auditRecords: AuditReader;
  readonly tenants: TenantStore;
}

/** Which records an operator wants to see; without tenant and connection those of the installation and of all its tenants. */
export interface AuditQuery {
  /** A tenant, also one that is gone, or `_installation` for what concerns no single one. */
  readonly tenantId?: string;
  readonly connectionId?: string;
  /** Inclusive. */
  readonly fromEpochMs?: number;
  /** Exclusive. */
  readonly toEpochMs?: number;
  readonly limit: number;
  readonly isNewestFirst: boolean;
}

export const MAX_AUDIT_LIMIT = 1000;

/** Records that the reader takes in one page at most. */
const PAGE_LIMIT = 100;

/** Loads what was recorded, in time order over all that was asked for. @returns whether there are more than `limit` */
export async function loadAuditRecords(
  deps: LoadAuditDeps,
  query: AuditQuery,
): Promise<Result<{ records: AuditRecord[]; hasMore: boolean }, OperatorInputFailure>> {
  const fault = findFault(query);
  if (fault !== undefined) return refuse(fault);
  const found: AuditRecord[] = [];
  for (const list of await chooseLists(deps, query)) found.push(...(await loadFirst(list, query)));
  const direction = query.isNewestFirst ? -1 : 1;
  const sorted = found.toSorted((a, b) => (a.position < b.position ? -direction : direction));
  return ok({ records: sorted.slice(0, query.limit), hasMore: sorted.length > query.limit });
}

type List = (page: AuditPage) => Promise<AuditRecords | undefined>;

async function chooseLists({ auditRecords, tenants }: LoadAuditDeps, query: AuditQuery): Promise<List[]> {
  const { tenantId, connectionId } = query;
  if (connectionId !== undefined) return [(page) => auditRecords.listByConnection(connectionId, page)];
  const ids =
    tenantId === undefined ? [INSTALLATION, ...(await tenants.list()).map((tenant) => tenant.tenantId)] : [tenantId];
  return ids.map((id) => (page) => auditRecords.listByTenant(id, page));
}

/** One more than is wanted, so that it is known whether there are more. */
async function loadFirst(list: List, { tenantId, limit, ...bounds }: AuditQuery): Promise<AuditRecord[]> {
  const found: AuditRecord[] = [];
  let cursor: string | undefined;
  do {
    const page = await list({ ...bounds, limit: PAGE_LIMIT, ...(cursor === undefined ? {} : { cursor }) });
    const isWanted = (record: AuditRecord): boolean =>
      tenantId === undefined || (record.tenantId ?? INSTALLATION) === tenantId;
    found.push(...(page?.records ?? []).filter(isWanted));
    cursor = page?.nextCursor;
  } while (cursor !== undefined && found.length <= limit);
  return found.slice(0, limit + 1);
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
