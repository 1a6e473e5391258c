import { toEpochSeconds } from '../../domain/epoch-seconds.ts';
import type { Tenant } from '../../domain/integration.ts';
import { computeDeletionSettledAt, computeShredAfter } from '../../domain/tenant-state.ts';
import type { DisconnectDeps, DisconnectOrder } from '../disconnect-connection.ts';
import { closeConnections, type ClosedConnections, type OnProgress } from '../end-connections.ts';
import type { FinishConnectionDeps } from '../finish-connection.ts';
import type { DataKeyStore, Deadline } from '../ports.ts';
import { settleKeptAnswer } from '../settle-kept-answer.ts';
import { revokeAllKeys, type BeginDeletionDeps } from './begin-deletion.ts';

export interface DeletionDeps extends BeginDeletionDeps, FinishConnectionDeps, DisconnectDeps {
  readonly dataKeys: DataKeyStore;
}

export const DELETION_ORDER: DisconnectOrder = { reason: 'tenant_deleted', actor: { kind: 'operator' } };

/** How far the deletion of a tenant has come. */
export type DeletionStep =
  /** Connections whose revocation Discord has not taken yet, or that could not be closed: without the data keys nobody could. */
  | { readonly step: 'connections_left'; readonly ended: ClosedConnections }
  /** Confirmations that were broken off hold tokens which are not revoked yet. */
  | { readonly step: 'answers_left'; readonly count: number }
  /** Requests that were let in before may still be under way. */
  | { readonly step: 'waiting'; readonly untilEpochSeconds: number }
  | { readonly step: 'keys_deleted'; readonly shredAfterEpochSeconds: number };

/**
 * Takes the deletion of a marked tenant one step on: keys revoked, connections closed, and, once Discord has taken back everything and
 * nothing more can come, its data keys deleted. Can be broken off anywhere and repeated by anybody.
 * @param hasTime - whether another connection may be begun
 */
export async function advanceDeletion(
  deps: DeletionDeps,
  tenant: Tenant,
  deadline: Deadline,
  { hasTime = () => true, onProgress, total = 0 }: AdvanceOptions = {},
): Promise<DeletionStep> {
  const { tenantId, deletingSinceEpochSeconds = 0, shredAfterEpochSeconds } = tenant;
  if (shredAfterEpochSeconds !== undefined) return { step: 'keys_deleted', shredAfterEpochSeconds };
  const lookedAtEpochSeconds = toEpochSeconds(deps.clock.nowEpochMs());
  await revokeAllKeys(deps, tenantId);
  const ended = await closeConnections(deps, [tenantId], DELETION_ORDER, {
    total,
    hasTime,
    ...(onProgress === undefined ? {} : { onProgress }),
  });
  if (ended.owedIds.size > 0 || ended.failed > 0 || ended.isCutShort) return { step: 'connections_left', ended };
  const answers = await settleAnswers(deps, tenantId, deadline);
  if (answers > 0) return { step: 'answers_left', count: answers };
  const untilEpochSeconds = computeDeletionSettledAt(deletingSinceEpochSeconds);
  if (lookedAtEpochSeconds < untilEpochSeconds) return { step: 'waiting', untilEpochSeconds };
  return deleteKeys(deps, tenantId);
}

export interface AdvanceOptions {
  readonly hasTime?: () => boolean;
  readonly onProgress?: OnProgress;
  readonly total?: number;
}

/** @returns how many are left */
async function settleAnswers(deps: DeletionDeps, tenantId: string, deadline: Deadline): Promise<number> {
  let left = 0;
  let after: string | undefined;
  do {
    const page = await deps.todos.list('ANSWER', { limit: 100, ...(after === undefined ? {} : { after }) });
    for (const todo of page.todos) {
      if ((await deps.sessions.load(todo.id))?.tenantId !== tenantId) continue;
      const claimId = Buffer.from(deps.random.bytes(16)).toString('hex');
      if (!(await settleKeptAnswer(deps, todo, claimId, deadline))) left += 1;
    }
    after = page.last;
  } while (after !== undefined);
  return left;
}

/** The pointer stays: with it the vault refuses to seal for this tenant, without it the next seal would make a new key. */
async function deleteKeys(deps: DeletionDeps, tenantId: string): Promise<DeletionStep> {
  for (const { keyId } of await deps.dataKeys.list(tenantId)) {
    if (!(await deps.dataKeys.remove(tenantId, keyId))) continue;
    await deps.audit.record({
      type: 'data_key_deleted',
      actor: DELETION_ORDER.actor,
      tenantId,
      details: { keyId, reason: 'tenant_deleted' },
    });
  }
  const shredAfter = computeShredAfter(toEpochSeconds(deps.clock.nowEpochMs()));
  const noted = await deps.tenants.noteKeysDeleted(tenantId, shredAfter);
  return { step: 'keys_deleted', shredAfterEpochSeconds: noted?.shredAfterEpochSeconds ?? shredAfter };
}
