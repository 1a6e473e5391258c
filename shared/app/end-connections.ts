import type { Connection } from '../domain/connection.ts';
import type { Failure } from '../problems/failure.ts';
import { ok, type Result } from '../result.ts';
import {
  closeConnection,
  disconnectConnection,
  type DisconnectDeps,
  type DisconnectOrder,
} from './disconnect-connection.ts';
import { createPace } from './pace.ts';
import { pageConnections } from './page-connections.ts';
import type { Deadline } from './ports.ts';

/** Told after each of many; `total` may be too low when others make more at the same time. */
export type OnProgress = (done: number, total: number) => void;

export interface ConnectionCounts {
  /** Neither disconnected nor about to be. */
  readonly open: number;
  /** Disconnected here, not yet revoked at Discord. */
  readonly owed: number;
}

/** How often all connections are looked through: what is made in between is not on the list at once. */
const MAX_PASSES = 5;

/** Seconds that a row of revocations waits because Discord says so; for longer the sweep is the better place. */
const MAX_WAIT_SECONDS = 300;

export function isOwed({ status, isRevocationOwed }: Connection): boolean {
  return status === 'disconnected' && isRevocationOwed === true;
}

export async function countConnections(deps: DisconnectDeps, tenantIds: readonly string[]): Promise<ConnectionCounts> {
  const counts = { open: 0, owed: 0 };
  for (const tenantId of tenantIds) {
    for await (const page of pageConnections(deps, tenantId)) {
      counts.open += page.filter(({ status }) => status !== 'disconnected').length;
      counts.owed += page.filter(isOwed).length;
    }
  }
  return counts;
}

export interface ClosedConnections {
  readonly closed: number;
  /** Ids of those whose authorization is still to be revoked at Discord, also from earlier. */
  readonly owedIds: ReadonlySet<string>;
  /** Others wrote too often to get in between; they are still open. */
  readonly failed: number;
  /** The time was over before all were looked at. */
  readonly isCutShort: boolean;
}

/**
 * Closes all connections of these tenants: as quickly as the table takes it, Discord is not asked. The list is gone through until
 * nothing more is found on it.
 */
export async function closeConnections(
  deps: DisconnectDeps,
  tenantIds: readonly string[],
  order: DisconnectOrder,
  options: { readonly total: number; readonly onProgress?: OnProgress; readonly hasTime?: () => boolean },
): Promise<ClosedConnections> {
  const owedIds = new Set<string>();
  let [closed, failed] = [0, 0];
  for (let pass = 0, found = 1; pass < MAX_PASSES && found > 0; pass += 1) {
    [found, failed] = [0, 0];
    for (const tenantId of tenantIds) {
      for await (const page of pageConnections(deps, tenantId)) {
        for (const connection of page) {
          if (isOwed(connection)) owedIds.add(connection.id);
          const isWanted = connection.status !== 'disconnected' && order.isStillWanted?.(connection) !== false;
          if (!isWanted) continue;
          if (options.hasTime?.() === false) return { closed, owedIds, failed, isCutShort: true };
          found += 1;
          const ended = await closeConnection(deps, connection, order);
          if (!ended.ok) failed += 1;
          else {
            closed += 1;
            owedIds.add(connection.id);
            options.onProgress?.(closed, options.total);
          }
        }
      }
    }
  }
  return { closed, owedIds, failed, isCutShort: false };
}

export interface RevokedConnections {
  readonly revoked: number;
  readonly owed: number;
  /** Why the last one that is owed still is. */
  readonly refusedWith?: Failure['reason'];
}

/** Revokes at Discord what is owed, one after another and no faster than Discord allows. */
export async function revokeConnections(
  deps: DisconnectDeps,
  ids: ReadonlySet<string>,
  order: DisconnectOrder,
  deadline: Deadline,
  told: { readonly onProgress: OnProgress; readonly onWait: (seconds: number) => void },
): Promise<RevokedConnections> {
  const pace = createPace(deps, MAX_WAIT_SECONDS, told.onWait);
  let [revoked, done] = [0, 0];
  let refusedWith: Failure['reason'] | undefined;
  for (const id of ids) {
    const { result, mustStop } = await pace(() => revokeOne(deps, id, order, deadline));
    done += 1;
    if (result.ok) revoked += 1;
    else refusedWith = result.failure.reason;
    told.onProgress(done, ids.size);
    if (mustStop) break;
  }
  return { revoked, owed: ids.size - revoked, ...(refusedWith === undefined ? {} : { refusedWith }) };
}

async function revokeOne(
  deps: DisconnectDeps,
  id: string,
  order: DisconnectOrder,
  deadline: Deadline,
): Promise<Result<unknown, Failure>> {
  const connection = await deps.connections.load(id);
  // Gone, or its user has connected again: nothing is owed any more.
  if (connection?.status !== 'disconnected') return ok(undefined);
  return disconnectConnection(deps, connection, order, deadline);
}
