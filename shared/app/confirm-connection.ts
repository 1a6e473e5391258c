import { MAX_WRONG_CONFIRMATIONS, type ConnectSession } from '../domain/connect-session.ts';
import type { AuditActor } from '../domain/audit-event.ts';
import type { Connection } from '../domain/connection.ts';
import { isSameDigest, sha256Hex } from '../domain/hash.ts';
import type { Failure } from '../problems/failure.ts';
import { fail, type Result } from '../result.ts';
import type { SessionMaker } from './create-connect-session.ts';
import { disposeOfUnknownGrant } from './dispose-of-grant.ts';
import { openKeptAnswer } from './kept-answer.ts';
import { closeSession, finishConnection, type FinishConnectionDeps } from './finish-connection.ts';
import type { Deadline } from './ports.ts';
import { recordSessionEvent } from './record-session-event.ts';
import { toEpochSeconds } from '../domain/epoch-seconds.ts';

/**
 * The app says, from its own signed-in session, who came back. Only a confirmation with the code that went to the return
 * URL and the user that the session was made for leads to an exchange; five wrong ones burn the session.
 * @param session - as read together with the caller's key; another tenant's is answered like an unknown one
 */
export async function confirmConnection(
  deps: FinishConnectionDeps,
  { tenantId, actor }: SessionMaker,
  session: ConnectSession | undefined,
  input: { readonly confirmationCode: string; readonly userId: string },
  claimId: string,
  deadline: Deadline,
): Promise<Result<Connection, Failure>> {
  const nowEpochSeconds = toEpochSeconds(deps.clock.nowEpochMs());
  if (session?.tenantId !== tenantId || isOver(session, nowEpochSeconds)) {
    return fail({ reason: 'connect_session_not_found' });
  }
  const refusal = toRefusal(session);
  if (refusal !== undefined) return fail(refusal);
  if (session.wrongConfirmations >= MAX_WRONG_CONFIRMATIONS)
    return burnSession(deps, session, actor, claimId, deadline);
  const isCodeRight = isSameDigest(sha256Hex(input.confirmationCode), session.confirmationHash ?? '');
  const isUserRight = input.userId === session.userId;
  if (isCodeRight && isUserRight) return finishConnection(deps, session, actor, claimId, deadline);
  const attemptsLeft = (await deps.sessions.countWrongConfirmation(session.id, MAX_WRONG_CONFIRMATIONS)) ?? 0;
  // The caller does not learn which of the two was wrong; the operator does.
  const wrong = [...(isCodeRight ? [] : ['confirmation_code']), ...(isUserRight ? [] : ['user_id'])];
  await recordSessionEvent(deps, session, actor, {
    type: 'confirmation_refused',
    details: { reason: 'confirmation_rejected', wrong, attemptsLeft },
  });
  return attemptsLeft > 0
    ? fail({ reason: 'confirmation_rejected', attemptsLeft })
    : burnSession(deps, session, actor, claimId, deadline);
}

/**
 * Closes the session for good. Done under a claim, like a confirmation: one that is running right now is left to end, and
 * tokens of one that was interrupted half-way are not left alive.
 */
async function burnSession(
  deps: FinishConnectionDeps,
  session: ConnectSession,
  actor: AuditActor,
  claimId: string,
  deadline: Deadline,
): Promise<Result<never, Failure>> {
  const nowEpochMs = deps.clock.nowEpochMs();
  const claimedUntilEpochMs = nowEpochMs + deadline.remainingMs();
  if (await deps.sessions.claimConfirmation(session.id, claimId, nowEpochMs, claimedUntilEpochMs)) {
    const kept = await openKeptAnswer(deps, (await deps.sessions.load(session.id)) ?? session);
    const isSettled = kept === undefined || (await disposeOfUnknownGrant(deps, kept, deadline, session)).isSettled;
    // Tokens that could not be revoked stay with the session for the sweep; its wrong confirmations keep it closed.
    if (isSettled) await closeSession(deps, session.id, claimId, 'burnt');
    else await deps.sessions.releaseConfirmation(session.id, claimId);
    await recordSessionEvent(deps, session, actor, { type: 'connect_session_burnt' });
  }
  return fail({ reason: 'connect_session_burnt' });
}

function isOver(session: ConnectSession, nowEpochSeconds: number): boolean {
  return (session.confirmableUntilEpochSeconds ?? session.expiresAtEpochSeconds) <= nowEpochSeconds;
}

/** Why this session cannot be confirmed, whatever the code. */
function toRefusal(session: ConnectSession): Failure | undefined {
  switch (session.status) {
    case 'open':
      return { reason: 'connect_session_unfinished' };
    case 'refused':
      return { reason: 'connect_session_refused' };
    case 'burnt':
      return { reason: 'connect_session_burnt' };
    case 'confirmed':
      return { reason: 'connect_session_used' };
    case 'failed':
      return { reason: 'authorization_code_expired' };
    case 'returned':
    case 'confirming':
      return undefined;
  }
}
