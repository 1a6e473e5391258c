import { buildCurrentAuthorizationRequest, parseCurrentAuthorization } from '../discord/current-authorization.ts';
import { parseApiAnswer } from '../discord/api-answer.ts';
import type { AuditActor } from '../domain/audit-event.ts';
import type { ConnectSession } from '../domain/connect-session.ts';
import type { Connection } from '../domain/connection.ts';
import { buildGrantMember, isOfSession } from '../domain/grant-member.ts';
import { buildConnectionId } from '../domain/ids.ts';
import { OutageError, type Failure } from '../problems/failure.ts';
import { fail, ok, type Result } from '../result.ts';
import { disposeOfGrant, disposeOfUnknownGrant, revokeQuietly, type DisposeDeps } from './dispose-of-grant.ts';
import { buildAnswerTodo, exchangeCode, type ExchangeDeps } from './exchange-code.ts';
import type { Kept, ObtainedTokens } from './kept-answer.ts';
import { storeConnection, type StoreConnectionDeps } from './store-connection.ts';
import type { Audit, ConnectSessionStore, Deadline, DiscordClient, GrantStore, TenantGuildStore } from './ports.ts';
import { quietly } from './quietly.ts';
import { recordConnected, recordSessionEvent } from './record-session-event.ts';
import { toEpochSeconds } from '../domain/epoch-seconds.ts';

export interface FinishConnectionDeps extends ExchangeDeps, StoreConnectionDeps, DisposeDeps {
  readonly sessions: ConnectSessionStore;
  readonly grants: GrantStore;
  readonly discord: DiscordClient;
  readonly audit: Audit;
  readonly tenantGuilds: TenantGuildStore;
}

/** What became of a confirmation: done, over for good, or to be tried again with what has been kept. */
type Outcome = { readonly isFinal: boolean; readonly failure: Failure };

/**
 * From a returned code to a stored connection: claim, exchange, ask Discord who it is, enter the grant, store. The token
 * answer is sealed into the session before anything else is done with it, so a crash at any later step is taken up by the
 * next confirmation without a second exchange.
 * @param actor - who confirms, or the end user himself where confirmation is off
 * @param claimId - this request's id; only its holder may go on
 */
export async function finishConnection(
  deps: FinishConnectionDeps,
  session: ConnectSession,
  actor: AuditActor,
  claimId: string,
  deadline: Deadline,
): Promise<Result<Connection, Failure>> {
  const nowEpochMs = deps.clock.nowEpochMs();
  const isClaimed = await deps.sessions.claimConfirmation(
    session.id,
    claimId,
    nowEpochMs,
    nowEpochMs + deadline.remainingMs(),
  );
  if (!isClaimed) return fail({ reason: 'confirmation_in_progress', retryAfterSeconds: 1 });

  // Read again under the claim: an earlier, interrupted confirmation may have left its answer.
  const claimed = (await deps.sessions.load(session.id)) ?? session;
  try {
    const finished = await runClaimed(deps, claimed, claimId, deadline);
    if (finished.ok) {
      await recordConnected(deps, session, actor, finished.value);
      await closeQuietly(deps, session.id, claimId);
      return finished;
    }
    const { isFinal, failure } = finished.failure;
    if (!isFinal) {
      await deps.sessions.releaseConfirmation(session.id, claimId);
      return fail(failure);
    }
    await closeSession(deps, session.id, claimId, 'failed');
    await recordSessionEvent(deps, session, actor, {
      type: 'confirmation_refused',
      details: { reason: failure.reason },
    });
    return fail(failure);
  } catch (error) {
    if (error instanceof OutageError) await releaseQuietly(deps, session.id, claimId);
    throw error;
  }
}

/** Closes the session and with it the to-do that was to see to its tokens. */
export async function closeSession(
  { sessions, todos }: Pick<FinishConnectionDeps, 'sessions' | 'todos'>,
  sessionId: string,
  claimId: string,
  status: 'confirmed' | 'failed' | 'burnt',
): Promise<void> {
  await sessions.finish(sessionId, claimId, status);
  await todos.remove(buildAnswerTodo(sessionId));
}

/** The connection is stored: that its session could not be closed is no reason to tell the app that nothing worked. */
async function closeQuietly(deps: FinishConnectionDeps, sessionId: string, claimId: string): Promise<void> {
  try {
    await closeSession(deps, sessionId, claimId, 'confirmed');
  } catch (error) {
    if (!(error instanceof OutageError)) throw error;
    deps.log.warn('session_left_open', { claim_id: claimId, cause: error.causeName });
  }
}

/** The outage that is being reported counts more than a claim that could not be given back; it runs out by itself. */
async function releaseQuietly(deps: FinishConnectionDeps, sessionId: string, claimId: string): Promise<void> {
  try {
    await deps.sessions.releaseConfirmation(sessionId, claimId);
  } catch {
    deps.log.warn('confirmation_claim_left', { claim_id: claimId });
  }
}

async function runClaimed(
  deps: FinishConnectionDeps,
  session: ConnectSession,
  claimId: string,
  deadline: Deadline,
): Promise<Result<Connection, Outcome>> {
  const obtained = await exchangeCode(deps, session, claimId, deadline);
  if (!obtained.ok) return obtained;
  if (obtained.value.isKept) return completeConnection(deps, session, obtained.value, deadline);
  // Only this request holds the tokens. If it cannot store them they would stay alive in nobody's hands.
  const dispose = () => disposeOfUnknownGrant(deps, obtained.value, deadline, session);
  try {
    const completed = await completeConnection(deps, session, obtained.value, deadline);
    if (completed.ok || completed.failure.isFinal) return completed;
    await dispose();
    return fail({ isFinal: true, failure: completed.failure.failure });
  } catch (error) {
    if (error instanceof OutageError) await dispose();
    throw error;
  }
}

/** With tokens in hand: whose are they, is it the account that was meant, enter the grant, store. */
async function completeConnection(
  deps: FinishConnectionDeps,
  session: ConnectSession,
  obtained: Kept<ObtainedTokens>,
  deadline: Deadline,
): Promise<Result<Connection, Outcome>> {
  const identified = await identify(deps, obtained, deadline);
  if (!identified.ok) return identified;
  const discordUser = identified.value;

  const connectionId = buildConnectionId(session.tenantId, session.userId, discordUser.id);
  if (session.connectionId !== undefined && session.connectionId !== connectionId) {
    const disposed = await disposeOfGrant(deps, obtained, discordUser.id, deadline);
    // Kept tokens that could not be revoked stay kept: confirming again tries again.
    if (!disposed.ok && obtained.isKept) return fail({ isFinal: false, failure: disposed.failure });
    return fail({ isFinal: true, failure: { reason: 'account_mismatch' } });
  }
  const nowEpochSeconds = toEpochSeconds(deps.clock.nowEpochMs());
  const member = buildGrantMember(connectionId, session.id, nowEpochSeconds);
  if (!(await deps.grants.add(obtained.clientId, discordUser.id, member, nowEpochSeconds))) {
    // The revocation that is under way may have reached Discord before these tokens were issued: it is sent again.
    const revoked = await revokeQuietly(deps, obtained.accessToken, deadline);
    const isFinal = revoked.ok || !obtained.isKept;
    return fail({ isFinal, failure: { reason: 'disconnect_in_progress', retryAfterSeconds: 30 } });
  }
  if (obtained.guild !== undefined) {
    // Noted before the connection says so: whoever finds the guild there may act in it.
    await deps.tenantGuilds.put(session.tenantId, {
      guildId: obtained.guild.id,
      name: obtained.guild.name,
      connectionId,
      sinceEpochSeconds: nowEpochSeconds,
    });
  }
  const { stored, replaced } = await storeConnection(
    deps,
    session,
    connectionId,
    { discordUser, member, obtained },
    deadline,
  );
  await quietly(deps, () => leaveFormerParts(deps, session, stored, replaced));
  return ok(stored);
}

/**
 * The connection has a new part in the grant; its former ones would keep the authorization alive when it is gone. If this is
 * not reached the sweep does it.
 */
async function leaveFormerParts(
  deps: FinishConnectionDeps,
  session: ConnectSession,
  stored: Connection,
  replaced: Connection | undefined,
): Promise<void> {
  const { clientId, discordUser } = stored;
  // After a change of application the former part is in the former application's grant; its tokens died with that.
  const isFormer = (member: string): boolean =>
    member !== stored.grantMember && (member === replaced?.grantMember || isOfSession(member, stored.id, session.id));
  const isRenewed = replaced?.grantMember !== undefined || session.sealedAnswer !== undefined;
  if (!isRenewed) return;
  const former = (await deps.grants.load(clientId, discordUser.id)).filter(isFormer);
  await deps.grants.remove(clientId, discordUser.id, former);
}

/** Asks Discord whose tokens these are. */
async function identify(
  deps: FinishConnectionDeps,
  obtained: ObtainedTokens,
  deadline: Deadline,
): Promise<Result<Connection['discordUser'], Outcome>> {
  const sent = await deps.discord.send(buildCurrentAuthorizationRequest(obtained.accessToken), deadline);
  if (!sent.ok) return fail({ isFinal: false, failure: sent.failure });
  const answer = parseApiAnswer(sent.value, [200]);
  if (!answer.ok) {
    // Dead on arrival: the user took the authorization back in between.
    if (answer.failure.reason === 'discord_unauthorized') {
      return fail({ isFinal: true, failure: { reason: 'authorization_code_expired' } });
    }
    return fail({ isFinal: false, failure: answer.failure });
  }
  const authorization = parseCurrentAuthorization(answer.value.body);
  if (authorization === undefined) return fail({ isFinal: false, failure: { reason: 'discord_answer_unreadable' } });
  if (authorization.user === undefined) {
    // Whose grant it is cannot be known, and a revoke could take the user's other connections with it.
    deps.log.warn('grant_left_unidentified');
    return fail({ isFinal: true, failure: { reason: 'scopes_not_granted', missing: ['identify'] } });
  }
  return ok(authorization.user);
}
