import type { TokenAnswer } from '../discord/token-answer.ts';
import type { Connection, TokenPair } from '../domain/connection.ts';
import { sealContexts } from '../domain/seal-contexts.ts';
import { toRefreshCount } from '../metric-names.ts';
import { FAILURE_FAMILY } from '../problems/failure-family.ts';
import { OutageError, type Failure } from '../problems/failure.ts';
import { fail, ok, type Result } from '../result.ts';
import { toOutwardFailure, withCredentials } from './credentials.ts';
import { markReconnectRequired } from './mark-reconnect-required.ts';
import { isUnchanged, openNewerTokens } from './newer-tokens.ts';
import { openTokens, type UsableToken } from './open-tokens.ts';
import type { AppSecrets, Clock, ConnectionStore, Deadline, Log, Metrics, Vault } from './ports.ts';
import { reportOutage } from './report-outage.ts';
import { saveRotatedTokens } from './save-rotated-tokens.ts';
import type { TokenEndpoint } from './token-endpoint.ts';
import { toEpochSeconds } from '../domain/epoch-seconds.ts';

export interface RefreshDeps {
  readonly connections: ConnectionStore;
  readonly vault: Vault;
  readonly secrets: AppSecrets;
  readonly tokens: TokenEndpoint;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly sleep: (ms: number) => Promise<void>;
}

/**
 * Milliseconds between looks at the stored connection after Discord rejected its refresh token: another sandbox may have
 * spent it a moment earlier and be about to store the new pair, which takes it some ten milliseconds.
 */
const LOOK_AGAIN_AFTER_MS = [100, 200] as const;

/**
 * Trades the refresh token for a new pair and stores it before anything is done with it: the old one is spent by then.
 * @returns the new token; `reconnect_required` when Discord no longer accepts the grant; failures of Discord and of the
 * integration's credentials leave the connection as it is
 * @throws OutageError when the storage or the key service is down
 * @see RFC 6749 §6 · Discord docs: topics/oauth2 (refresh)
 */
export async function refreshConnection(
  deps: RefreshDeps,
  connection: Connection,
  deadline: Deadline,
): Promise<Result<UsableToken, Failure>> {
  try {
    const refreshed = await rotateTokens(deps, connection, deadline);
    deps.metrics.count(toRefreshCount(refreshed.ok ? 'ok' : FAILURE_FAMILY[refreshed.failure.reason]));
    return refreshed;
  } catch (error) {
    deps.metrics.count(toRefreshCount(error instanceof OutageError ? 'outage' : 'bug'));
    throw error;
  }
}

async function rotateTokens(
  deps: RefreshDeps,
  connection: Connection,
  deadline: Deadline,
): Promise<Result<UsableToken, Failure>> {
  const pair = await openTokens(deps, connection);
  if (pair === undefined) return fail({ reason: 'reconnect_required', statusReason: 'no_tokens' });
  const tokensVersion = connection.tokensVersion + 1;
  const context = sealContexts.tokens(connection.tenantId, connection.id, tokensVersion);
  // Brings the tenant's sealing key into memory: once Discord has answered, only the table must still be reachable.
  await deps.vault.seal(context, '');

  const answer = await requestTokens(deps, connection, pair.refreshToken, deadline);
  if (!answer.ok) {
    const { failure } = answer;
    return failure.reason === 'grant_rejected' ? settleRejectedGrant(deps, connection) : fail(failure);
  }
  const { accessToken, refreshToken = pair.refreshToken, expiresInSeconds, scopes } = answer.value;
  const nowEpochSeconds = toEpochSeconds(deps.clock.nowEpochMs());
  const next: TokenPair = { accessToken, refreshToken };
  const rotate = async (base: Connection): Promise<Connection> => ({
    ...toHolder(base),
    sealedTokens: await deps.vault.seal(context, JSON.stringify(next)),
    tokensVersion,
    // Never wider than what the end user allowed this connection, whatever else he granted the application.
    scopes: connection.scopes.filter((scope) => scopes.includes(scope)),
    tokenObtainedAtEpochSeconds: nowEpochSeconds,
    tokenExpiresAtEpochSeconds: nowEpochSeconds + expiresInSeconds,
    updatedAtEpochSeconds: nowEpochSeconds,
  });
  const saved = await saveRotatedTokens(deps, connection, rotate, deadline);
  if (saved?.status !== 'active') return openNewerTokens(deps, connection);
  return ok({ accessToken, connection: saved });
}

/**
 * Replaces a token that Discord has just rejected: by the pair that another request stored meanwhile, else by a refresh.
 * Looking first spares a refresh with a token that is spent already.
 */
export async function replaceRejectedToken(
  deps: RefreshDeps,
  connection: Connection,
  deadline: Deadline,
): Promise<Result<UsableToken, Failure>> {
  const newer = await openNewerTokens(deps, connection);
  return isUnchanged(newer) ? refreshConnection(deps, connection, deadline) : newer;
}

/** A secret that cannot be read fails like Discord does: no tokens were issued, so the old pair is as good as before. */
async function requestTokens(
  deps: RefreshDeps,
  connection: Connection,
  refreshToken: string,
  deadline: Deadline,
): Promise<Result<TokenAnswer, Failure | { readonly reason: 'grant_rejected' }>> {
  try {
    // Tokens belong to one application: asked with another's credentials Discord would call the grant dead for good.
    if ((await deps.secrets.load()).clientId !== connection.clientId) {
      return fail({ reason: 'reconnect_required', statusReason: 'application_changed' });
    }
    const answer = await withCredentials(deps, (credentials) =>
      deps.tokens.refresh(credentials, { refreshToken, scopes: connection.scopes }, deadline),
    );
    if (answer.ok) return answer;
    return fail(answer.failure.reason === 'grant_rejected' ? answer.failure : toOutwardFailure(answer.failure));
  } catch (error) {
    if (!(error instanceof OutageError)) throw error;
    reportOutage(deps, error, { connection_id: connection.id });
    return fail(error.failure);
  }
}

async function settleRejectedGrant(deps: RefreshDeps, connection: Connection): Promise<Result<UsableToken, Failure>> {
  let newer = await openNewerTokens(deps, connection);
  for (const pauseMs of LOOK_AGAIN_AFTER_MS) {
    if (!isUnchanged(newer)) return newer;
    await deps.sleep(pauseMs);
    newer = await openNewerTokens(deps, connection);
  }
  if (!isUnchanged(newer)) return newer;
  const isMarked = await markReconnectRequired(deps, connection, 'grant_dead');
  return isMarked
    ? fail({ reason: 'reconnect_required', statusReason: 'grant_dead' })
    : openNewerTokens(deps, connection);
}

/** What a connection becomes when it gets a new pair: usable again, unless it was given up on purpose. */
function toHolder(connection: Connection): Connection {
  if (connection.status === 'disconnected') return { ...connection, isRevocationOwed: true };
  const { statusReason, ...others } = connection;
  return { ...others, status: 'active' };
}
