import { buildCurrentAuthorizationRequest, parseCurrentAuthorization } from '../discord/current-authorization.ts';
import { revokeAuthorization } from './credentials.ts';
import type { AppSecrets, Clock, Deadline, DiscordClient, GrantStore, Log } from './ports.ts';
import type { TokenEndpoint } from './token-endpoint.ts';

export interface DisposeDeps {
  readonly grants: GrantStore;
  readonly discord: DiscordClient;
  readonly secrets: AppSecrets;
  readonly tokens: TokenEndpoint;
  readonly clock: Clock;
  readonly log: Log;
}

interface UnwantedTokens {
  readonly clientId: string;
  readonly accessToken: string;
}

/**
 * Gets rid of tokens that will not be stored. Revoking one token kills all that the application holds for that user, so it
 * is done only when no connection shares the authorization; otherwise the tokens are dropped and die with the others.
 * @see Discord docs: topics/oauth2 (Token Revocation)
 */
export async function disposeOfGrant(
  deps: DisposeDeps,
  unwanted: UnwantedTokens,
  discordUserId: string,
  deadline: Deadline,
): Promise<void> {
  const nowEpochSeconds = Math.floor(deps.clock.nowEpochMs() / 1000);
  // No connection has this name: the call only asks, atomically, whether anyone shares the authorization.
  const isUnshared = await deps.grants.removeAndClaimRevocation(
    unwanted.clientId,
    discordUserId,
    'none',
    nowEpochSeconds,
  );
  if (!isUnshared) {
    deps.log.info('unwanted_tokens_dropped', { reason: 'the user has other connections' });
    return;
  }
  const revoked = await revokeAuthorization(deps, unwanted.accessToken, deadline);
  if (!revoked.ok) deps.log.error('unwanted_tokens_not_revoked', { reason: revoked.failure.reason });
  await deps.grants.finishRevocation(unwanted.clientId, discordUserId);
}

/** The same for tokens whose user is not known yet: Discord is asked first. What cannot be attributed is left to expire. */
export async function disposeOfUnknownGrant(
  deps: DisposeDeps,
  unwanted: UnwantedTokens,
  deadline: Deadline,
): Promise<void> {
  const sent = await deps.discord.send(buildCurrentAuthorizationRequest(unwanted.accessToken), deadline);
  const user = sent.ok && sent.value.status === 200 ? parseCurrentAuthorization(sent.value.body)?.user : undefined;
  if (user === undefined) {
    deps.log.error('unwanted_tokens_not_revoked', { reason: 'the user is not known' });
    return;
  }
  await disposeOfGrant(deps, unwanted, user.id, deadline);
}
