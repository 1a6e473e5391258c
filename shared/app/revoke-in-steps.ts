import type { AuditActor } from '../domain/audit-event.ts';
import { toRfc3339, type Connection } from '../domain/connection.ts';
import type { Failure } from '../problems/failure.ts';
import { ok, type Result } from '../result.ts';
import { closeConnection, disconnectConnection, type DisconnectOrder } from './disconnect-connection.ts';
import { isOwed } from './end-connections.ts';
import { createPace } from './pace.ts';
import { pageConnections } from './page-connections.ts';
import type { AuditReader, Deadline } from './ports.ts';
import { buildRevokeOrder, type RevokeAllDeps } from './revoke-all.ts';

export interface RevokeStepDeps extends RevokeAllDeps {
  readonly auditRecords: AuditReader;
}

/** A run of the panic switch, which goes over several calls. Its beginning names it: nothing else is kept of it. */
export interface RevokeRun {
  readonly tenantIds: readonly string[];
  readonly startedAtEpochSeconds: number;
  readonly actor: AuditActor;
}

/** How far a run has come, counted anew in each call from what is stored. */
export interface RevokeProgress {
  /** No connection is left open that was there when the run began. What is owed to Discord, the sweep goes on with. */
  readonly isDone: boolean;
  /** Connections that the run ends, as far as the time sufficed to count them. */
  readonly total: number;
  readonly closed: number;
  readonly revoked: number;
  /** Closed here and not yet revoked at Discord, also by whoever closed them before. */
  readonly owed: number;
  /** Still open, since others wrote to them too often; the next call tries again. */
  readonly failed: number;
  /** Why the last one that is owed still is. */
  readonly refusedWith?: Failure['reason'];
}

/** Until when a call does what. All are milliseconds that the deadline has left at that time. */
export interface StepTimes {
  readonly untilClosingEndsMs: number;
  readonly untilCallEndsMs: number;
}

/** Connections that are closed at the same time: each takes three writes, one after another. */
const AT_ONCE = 10;

/** How often the lists are gone through in one call: what was made just before the run began may be on them a moment later. */
const MAX_PASSES = 3;

/** Seconds that a call waits when too much is asked of Discord: it does not, the next one goes on. */
const MAX_WAIT_SECONDS = 0;

/**
 * Takes a run as far as the time allows; to be repeated until it is done. All connections are closed first, which stops every call;
 * what time is left goes to revocations at Discord.
 * @param deadline - of the call
 * @throws OutageError when the table is down
 */
export async function revokeStep(
  deps: RevokeStepDeps,
  run: RevokeRun,
  deadline: Deadline,
  times: StepTimes,
): Promise<RevokeProgress> {
  const order = { ...buildRevokeOrder(run.startedAtEpochSeconds), actor: run.actor };
  await Promise.all(run.tenantIds.map((tenantId) => recordStart(deps, run, tenantId)));
  const canClose = () => deadline.remainingMs() > times.untilClosingEndsMs;
  const canGoOn = () => deadline.remainingMs() > times.untilCallEndsMs;
  let pass = await closePass(deps, run, order, canClose, canGoOn);
  for (let count = 1; count < MAX_PASSES && pass.closedNow > 0 && canClose(); count += 1) {
    pass = await closePass(deps, run, order, canClose, canGoOn);
  }
  const { done, refusedWith } = await revokeOwed(deps, pass.owed, order, deadline, canGoOn);
  return {
    isDone: pass.isWhole && pass.closedNow === 0 && pass.left === 0 && pass.failed === 0,
    total: pass.revoked + pass.closedIds.size + pass.left + pass.failed,
    closed: pass.revoked + pass.closedIds.size,
    revoked: pass.revoked + done.filter((id) => pass.closedIds.has(id)).length,
    owed: pass.owed.size - done.length,
    failed: pass.failed,
    ...(refusedWith === undefined ? {} : { refusedWith }),
  };
}

/** What one walk through all lists has found and done. */
interface Pass {
  /** Closed by the run and revoked. */
  revoked: number;
  /** Closed by the run, in this pass or before, the revocation still owed. */
  readonly closedIds: Set<string>;
  /** All whose revocation is owed. */
  readonly owed: Set<string>;
  closedNow: number;
  failed: number;
  /** Open, and the time for closing was over. */
  left: number;
  /** Whether it has come to the end of all lists. */
  isWhole: boolean;
}

async function closePass(
  deps: RevokeStepDeps,
  { tenantIds, startedAtEpochSeconds }: RevokeRun,
  order: DisconnectOrder,
  canClose: () => boolean,
  canGoOn: () => boolean,
): Promise<Pass> {
  const pass: Pass = {
    revoked: 0,
    closedIds: new Set(),
    owed: new Set(),
    closedNow: 0,
    failed: 0,
    left: 0,
    isWhole: true,
  };
  for (const tenantId of tenantIds) {
    for await (const page of pageConnections(deps, tenantId)) {
      const open: Connection[] = [];
      for (const connection of page) {
        if (isOwed(connection)) pass.owed.add(connection.id);
        if (isOfRun(connection, order, startedAtEpochSeconds)) {
          if (isOwed(connection)) pass.closedIds.add(connection.id);
          else pass.revoked += 1;
        } else if (connection.status !== 'disconnected' && order.isStillWanted?.(connection) !== false) {
          open.push(connection);
        }
      }
      await closeAll(deps, open, order, pass, canClose);
      if (!canGoOn()) return { ...pass, isWhole: false };
    }
  }
  return pass;
}

async function closeAll(
  deps: RevokeStepDeps,
  open: readonly Connection[],
  order: DisconnectOrder,
  pass: Pass,
  canClose: () => boolean,
): Promise<void> {
  for (let begin = 0; begin < open.length; begin += AT_ONCE) {
    if (!canClose()) {
      pass.left += open.length - begin;
      return;
    }
    await Promise.all(
      open.slice(begin, begin + AT_ONCE).map(async (connection) => {
        const ended = await closeConnection(deps, connection, order);
        if (!ended.ok) pass.failed += 1;
        else {
          pass.closedNow += 1;
          pass.closedIds.add(connection.id);
          pass.owed.add(connection.id);
        }
      }),
    );
  }
}

/** Whether the run has closed it; whoever has connected again since is no part of it any more. */
function isOfRun(connection: Connection, { reason }: DisconnectOrder, startedAtEpochSeconds: number): boolean {
  const { status, statusReason, updatedAtEpochSeconds } = connection;
  return status === 'disconnected' && statusReason === reason && updatedAtEpochSeconds >= startedAtEpochSeconds;
}

/** @returns ids of those that are done, and why the last one is not that failed */
async function revokeOwed(
  deps: RevokeStepDeps,
  owed: ReadonlySet<string>,
  order: DisconnectOrder,
  deadline: Deadline,
  canGoOn: () => boolean,
): Promise<{ done: string[]; refusedWith?: Failure['reason'] }> {
  const pace = createPace(deps, MAX_WAIT_SECONDS);
  const done: string[] = [];
  let refusedWith: Failure['reason'] | undefined;
  for (const id of owed) {
    if (!canGoOn()) break;
    const { result, mustStop } = await pace(async (): Promise<Result<unknown, Failure>> => {
      const connection = await deps.connections.load(id);
      // Gone, or its user has connected again: nothing is owed any more.
      return connection?.status === 'disconnected'
        ? disconnectConnection(deps, connection, order, deadline)
        : ok(connection);
    });
    if (result.ok) done.push(id);
    else refusedWith = result.failure.reason;
    if (mustStop) break;
  }
  return { done, ...(refusedWith === undefined ? {} : { refusedWith }) };
}

/** Once for each run and tenant, whichever of its calls comes first: the record itself says whether it is there. */
async function recordStart(
  { audit, auditRecords }: RevokeStepDeps,
  { startedAtEpochSeconds, actor }: RevokeRun,
  tenantId: string,
): Promise<void> {
  const startedAt = toRfc3339(startedAtEpochSeconds);
  const isRecord = async (): Promise<boolean> => {
    const page = await auditRecords.listByTenant(tenantId, {
      fromEpochMs: startedAtEpochSeconds * 1000,
      limit: 100,
      isNewestFirst: false,
    });
    return (
      page?.records.some(
        ({ type, details }) => type === 'revoke_all_started' && details?.['startedAt'] === startedAt,
      ) === true
    );
  };
  if (await isRecord()) return;
  await audit.record({ type: 'revoke_all_started', actor, tenantId, details: { startedAt } });
}
