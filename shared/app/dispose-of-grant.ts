import { buildCurrentAuthorizationRequest, parseCurrentAuthorization } from '../discord/current-authorization.ts';
import { isGhost, isOfSession } from '../domain/grant-member.ts';
import { buildConnectionId } from '../domain/ids.ts';
import { COUNT } from '../metric-names.ts';
import { OutageError, type Failure } from '../problems/failure.ts';
import { fail, ok, type Result } from '../result.ts';
import { revokeAuthorization, type CredentialsDeps } from './credentials.ts';
import type { UnwantedTokens } from './kept-answer.ts';
import { leaveGrant } from './leave-grant.ts';
import type { ConnectionStore, Deadline, DiscordClient, GrantStore } from './ports.ts';
import type { TokenEndpoint } from './token-endpoint.ts';
import { toEpochSeconds } from '../domain/epoch-seconds.ts';

export interface DisposeDeps extends CredentialsDeps {
  readonly connections: ConnectionStore;
  readonly grants: GrantStore;
  readonly discord: DiscordClient;
  readonly tokens: TokenEndpoint;
}

/** Which part in the grant the tokens may have got already. */
export interface TokenOwner {
  readonly connectionId: string;
  readonly sessionId: string;
}

/**
 * Gets rid of tokens that will not be stored. Revoking one token kills all that the application holds for that user, so it
 * is done only when no connection shares the authorization; otherwise the tokens are dropped and die with the others.
 * @param owner - whose the tokens were to be, when their part may have been entered in the grant already
 * @returns why the tokens are still alive although nobody shares them
 * @throws OutageError when the storage cannot say who shares the authorization
 * @see Discord docs: topics/oauth2 (Token Revocation)
 */
export async function disposeOfGrant(
  deps: DisposeDeps,
  unwanted: Pick<UnwantedTokens, 'clientId' | 'accessToken'>,
  discordUserId: string,
  deadline: Deadline,
  owner?: TokenOwner,
): Promise<Result<undefined, Failure>> {
  if (await isShared(deps, unwanted.clientId, discordUserId, owner)) {
    deps.log.info('unwanted_tokens_dropped', { reason: 'the user has other connections' });
    return ok(undefined);
  }
  const revoked = await revokeQuietly(deps, unwanted.accessToken, deadline);
  await deps.grants.finishRevocation(unwanted.clientId, discordUserId);
  return revoked;
}

/** Revokes without ever throwing: there is more to tidy up afterwards. */
export async function revokeQuietly(
  deps: DisposeDeps,
  accessToken: string,
  deadline: Deadline,
): Promise<Result<undefined, Failure>> {
  try {
    const revoked = await revokeAuthorization(deps, accessToken, deadline);
    if (!revoked.ok) reportNotRevoked(deps, revoked.failure.reason);
    return revoked;
  } catch (error) {
    if (!(error instanceof OutageError)) throw error;
    reportNotRevoked(deps, error.failure.reason);
    return fail(error.failure);
  }
}

/** Whether a working connection lives on the authorization; if none does, its revocation is claimed. */
async function isShared(
  deps: DisposeDeps,
  clientId: string,
  discordUserId: string,
  owner: TokenOwner | undefined,
): Promise<boolean> {
  const stored = owner && (await deps.connections.load(owner.connectionId));
  if (stored?.status === 'active') return true;
  const nowEpochSeconds = toEpochSeconds(deps.clock.nowEpochMs());
  const isLeaving = (member: string): boolean =>
    owner !== undefined &&
    (isOfSession(member, owner.connectionId, owner.sessionId) || isGhost(member, owner.connectionId, nowEpochSeconds));
  try {
    return !(await leaveGrant(deps, clientId, discordUserId, isLeaving));
  } catch (error) {
    if (!(error instanceof OutageError)) throw error;
    // Writing is down; reading may still say that there is nobody else.
    return (await deps.grants.load(clientId, discordUserId)).some((member) => !isLeaving(member));
  }
}

/** What became of tokens whose user had to be found out first. */
export interface Disposal {
  /** Revoked, dead, or left to those who share the authorization. */
  readonly isSettled: boolean;
  readonly discordUserId?: string;
}

/**
 * The same for tokens whose user is not known yet: Discord is asked first. Best effort, since this is done on the way out
 * of another failure: what cannot be attributed or shown to be unshared is left to expire, and the log says so.
 * @param session - whose the tokens were to be, when their part may have been entered in the grant already
 */
export async function disposeOfUnknownGrant(
  deps: DisposeDeps,
  unwanted: Pick<UnwantedTokens, 'clientId' | 'accessToken'>,
  deadline: Deadline,
  session?: { readonly id: string; readonly tenantId: string; readonly userId: string },
): Promise<Disposal> {
  const sent = await deps.discord.send(buildCurrentAuthorizationRequest(unwanted.accessToken), deadline);
  if (sent.ok && sent.value.status === 401) return { isSettled: true };
  const user = sent.ok && sent.value.status === 200 ? parseCurrentAuthorization(sent.value.body)?.user : undefined;
  if (user === undefined) {
    reportNotRevoked(deps, 'the user is not known');
    return { isSettled: false };
  }
  const owner = session && {
    connectionId: buildConnectionId(session.tenantId, session.userId, user.id),
    sessionId: session.id,
  };
  try {
    const disposed = await disposeOfGrant(deps, unwanted, user.id, deadline, owner);
    return { isSettled: disposed.ok, discordUserId: user.id };
  } catch (error) {
    if (!(error instanceof OutageError)) throw error;
    reportNotRevoked(deps, error.failure.reason);
    return { isSettled: false, discordUserId: user.id };
  }
}

function reportNotRevoked(deps: DisposeDeps, reason: string): void {
  deps.log.error('unwanted_tokens_not_revoked', { reason });
  deps.metrics.count(COUNT.unwantedTokensNotRevoked);
}
