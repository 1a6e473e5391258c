import type { Connection } from '../domain/connection.ts';
import { toEpochSeconds } from '../domain/epoch-seconds.ts';
import type { Failure } from '../problems/failure.ts';
import { ok, type Result } from '../result.ts';
import type { DisconnectDeps, DisconnectOrder } from './disconnect-connection.ts';
import {
  closeConnections,
  countConnections,
  revokeConnections,
  type ConnectionCounts,
  type OnProgress,
} from './end-connections.ts';
import { loadTenant, loadTenants, type OperatorInputFailure } from './operate-tenants.ts';
import type { Deadline, TenantStore } from './ports.ts';

export interface RevokeAllDeps extends DisconnectDeps {
  readonly tenants: TenantStore;
}

/** What a long command says while it runs. */
export interface Narrator {
  readonly onClosed: OnProgress;
  readonly onRevoked: OnProgress;
  /** It goes on by itself after so many seconds. */
  readonly onWait: (seconds: number, reason: 'rate_limit' | 'requests_under_way') => void;
}

/** Whose connections are meant. */
export interface RevokeScope {
  readonly tenantIds: readonly string[];
  readonly counts: ConnectionCounts;
}

export interface RevokeAllReport {
  readonly closed: number;
  readonly revoked: number;
  /** Closed here, not yet revoked at Discord. */
  readonly owed: number;
  /** Not even closed: others wrote to them too often. */
  readonly failed: number;
  readonly refusedWith?: Failure['reason'];
}

/** @param tenantId - absent: all tenants */
export async function findRevokeScope(
  deps: RevokeAllDeps,
  tenantId: string | undefined,
): Promise<Result<RevokeScope, OperatorInputFailure>> {
  if (tenantId !== undefined) {
    const tenant = await loadTenant(deps, tenantId);
    if (!tenant.ok) return tenant;
  }
  const tenantIds = tenantId === undefined ? (await loadTenants(deps)).map((tenant) => tenant.tenantId) : [tenantId];
  return ok({ tenantIds, counts: await countConnections(deps, tenantIds) });
}

/**
 * The panic switch: ends every connection that there was when it began. All of them are closed first, which needs nothing but the
 * table and stops every call; then they are revoked at Discord, as quickly as that allows. It can be broken off and repeated: what
 * is done is passed over, and the sweep goes on with what is owed.
 * @param deadline - for one connection
 * @throws OutageError when the table is down
 */
export async function revokeAll(
  deps: RevokeAllDeps,
  { tenantIds, counts }: RevokeScope,
  deadline: Deadline,
  narrator: Narrator,
): Promise<RevokeAllReport> {
  const order = buildRevokeOrder(toEpochSeconds(deps.clock.nowEpochMs()));
  for (const tenantId of tenantIds) {
    await deps.audit.record({ type: 'revoke_all_started', actor: order.actor, tenantId });
  }
  const { closed, failed, owedIds } = await closeConnections(deps, tenantIds, order, {
    total: counts.open,
    onProgress: narrator.onClosed,
  });
  const revoked = await revokeConnections(deps, owedIds, order, deadline, {
    onProgress: narrator.onRevoked,
    onWait: (seconds) => narrator.onWait(seconds, 'rate_limit'),
  });
  return { closed, failed, ...revoked };
}

/** Whoever connects while it runs has tokens that nobody can have stolen before. */
export function buildRevokeOrder(startedAtEpochSeconds: number): DisconnectOrder {
  return {
    reason: 'revoked_by_operator',
    actor: { kind: 'operator' },
    isStillWanted: ({ connectedAtEpochSeconds, createdAtEpochSeconds }: Connection) =>
      (connectedAtEpochSeconds ?? createdAtEpochSeconds) <= startedAtEpochSeconds,
  };
}
