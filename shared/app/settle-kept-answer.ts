import { isGhost, isOfSession } from '../domain/grant-member.ts';
import type { ConnectSession } from '../domain/connect-session.ts';
import { buildConnectionId } from '../domain/ids.ts';
import { toEpochSeconds } from '../domain/epoch-seconds.ts';
import { disposeOfUnknownGrant } from './dispose-of-grant.ts';
import { openKeptAnswer } from './kept-answer.ts';
import { closeSession, type FinishConnectionDeps } from './finish-connection.ts';
import type { Deadline, Todo } from './ports.ts';

/**
 * Ends a confirmation that nobody took up again: its tokens are revoked if nobody shares them, its part in the grant is given
 * up, and the session is closed. A confirmation that was interrupted after the connection had been stored is only closed.
 * @param claimId - random; the session is claimed with it like for a confirmation
 * @returns whether it is over, so that the to-do could be removed
 * @throws OutageError
 */
export async function settleKeptAnswer(
  deps: FinishConnectionDeps,
  todo: Todo,
  claimId: string,
  deadline: Deadline,
): Promise<boolean> {
  const session = await deps.sessions.load(todo.id);
  if (session !== undefined && !isClosed(session)) {
    const nowEpochMs = deps.clock.nowEpochMs();
    const until = nowEpochMs + deadline.remainingMs();
    // A confirmation is at work on it right now.
    if (!(await deps.sessions.claimConfirmation(session.id, claimId, nowEpochMs, until))) return false;
    if (!(await settleClaimed(deps, (await deps.sessions.load(session.id)) ?? session, deadline))) {
      await deps.sessions.releaseConfirmation(session.id, claimId);
      return false;
    }
    await closeSession(deps, session.id, claimId, 'failed');
    deps.log.info('confirmation_settled', { session_tenant: session.tenantId });
  }
  await deps.todos.remove(todo);
  return true;
}

function isClosed({ status }: ConnectSession): boolean {
  return status === 'confirmed' || status === 'failed' || status === 'burnt' || status === 'refused';
}

async function settleClaimed(
  deps: FinishConnectionDeps,
  session: ConnectSession,
  deadline: Deadline,
): Promise<boolean> {
  const kept = await openKeptAnswer(deps, session);
  if (kept === undefined) return true;
  const disposed = await disposeOfUnknownGrant(deps, kept, deadline, session);
  if (!disposed.isSettled) return false;
  if (disposed.discordUserId !== undefined) await removeGhosts(deps, session, kept.clientId, disposed.discordUserId);
  return true;
}

/** Parts of this connection that an interrupted confirmation left behind would keep the authorization alive for ever. */
async function removeGhosts(
  deps: FinishConnectionDeps,
  session: ConnectSession,
  clientId: string,
  discordUserId: string,
): Promise<void> {
  const connectionId = buildConnectionId(session.tenantId, session.userId, discordUserId);
  const stored = await deps.connections.load(connectionId);
  const nowEpochSeconds = toEpochSeconds(deps.clock.nowEpochMs());
  const ghosts = (await deps.grants.load(clientId, discordUserId)).filter(
    (member) =>
      member !== stored?.grantMember &&
      (isGhost(member, connectionId, nowEpochSeconds) || isOfSession(member, connectionId, session.id)),
  );
  await deps.grants.remove(clientId, discordUserId, ghosts);
}
