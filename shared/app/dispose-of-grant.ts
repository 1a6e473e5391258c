import { buildCurrentAuthorizationRequest, parseCurrentAuthorization } from '../discord/current-authorization.ts';
import { buildConnectionId } from '../domain/ids.ts';
import { COUNT } from '../metric-names.ts';
import { OutageError, type Failure } from '../problems/failure.ts';
import { fail, ok, type Result } from '../result.ts';
import { revokeAuthorization } from './credentials.ts';
import type { AppSecrets, Clock, ConnectionStore, Deadline, DiscordClient, GrantStore, Log, Metrics } from './ports.ts';
import type { TokenEndpoint } from './token-endpoint.ts';
import { toEpochSeconds } from '../domain/epoch-seconds.ts';

export interface DisposeDeps {
  readonly connections: ConnectionStore;
  readonly grants: GrantStore;
  readonly discord: DiscordClient;
  readonly secrets: AppSecrets;
  readonly tokens: TokenEndpoint;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
}

export interface UnwantedTokens {
  readonly clientId: string;
  readonly accessToken: string;
}

/** A name that no connection has: taking it out of a grant only asks, atomically, whether anyone shares the authorization. */
const NOBODY = 'none';

/**
 * Gets rid of tokens that will not be stored. Revoking one token kills all that the application holds for that user, so it
 * is done only when no connection shares the authorization; otherwise the tokens are dropped and die with the others.
 * @param connectionId - the connection that the tokens were for, when it may have been entered in the grant already
 * @returns why the tokens are still alive although nobody shares them
 * @throws OutageError when the storage cannot say who shares the authorization
 * @see Discord docs: topics/oauth2 (Token Revocation)
 */
export async function disposeOfGrant(
  deps: DisposeDeps,
  unwanted: UnwantedTokens,
  discordUserId: string,
  deadline: Deadline,
  connectionId: string = NOBODY,
): Promise<Result<undefined, Failure>> {
  if (await isShared(deps, unwanted.clientId, discordUserId, connectionId)) {
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
  connectionId: string,
): Promise<boolean> {
  const stored = connectionId === NOBODY ? undefined : await deps.connections.load(connectionId);
  if (stored?.status === 'active') return true;
  const nowEpochSeconds = toEpochSeconds(deps.clock.nowEpochMs());
  try {
    return !(await deps.grants.removeAndClaimRevocation(clientId, discordUserId, connectionId, nowEpochSeconds));
  } catch (error) {
    if (!(error instanceof OutageError)) throw error;
    // Writing is down; reading may still say that there is nobody else.
    return (await deps.grants.load(clientId, discordUserId)).some((id) => id !== connectionId);
  }
}

/**
 * The same for tokens whose user is not known yet: Discord is asked first. Best effort, since this is done on the way out
 * of another failure: what cannot be attributed or shown to be unshared is left to expire, and the log says so.
 * @param owner - the app user whose connection the tokens were for, when it may have been entered in the grant already
 */
export async function disposeOfUnknownGrant(
  deps: DisposeDeps,
  unwanted: UnwantedTokens,
  deadline: Deadline,
  owner?: { readonly tenantId: string; readonly userId: string },
): Promise<void> {
  const sent = await deps.discord.send(buildCurrentAuthorizationRequest(unwanted.accessToken), deadline);
  if (sent.ok && sent.value.status === 401) return;
  const user = sent.ok && sent.value.status === 200 ? parseCurrentAuthorization(sent.value.body)?.user : undefined;
  if (user === undefined) {
    reportNotRevoked(deps, 'the user is not known');
    return;
  }
  const connectionId = owner && buildConnectionId(owner.tenantId, owner.userId, user.id);
  try {
    await disposeOfGrant(deps, unwanted, user.id, deadline, connectionId);
  } catch (error) {
    if (!(error instanceof OutageError)) throw error;
    reportNotRevoked(deps, error.failure.reason);
  }
}

function reportNotRevoked(deps: DisposeDeps, reason: string): void {
  deps.log.error('unwanted_tokens_not_revoked', { reason });
  deps.metrics.count(COUNT.unwantedTokensNotRevoked);
}
