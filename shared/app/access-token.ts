import * as z from 'zod/mini';
import type { Connection, TokenPair } from '../domain/connection.ts';
import { isRefreshDue, isStillUsable, type TokenTimes } from '../domain/refresh-policy.ts';
import { sealContexts } from '../domain/seal-contexts.ts';
import { OutageError, type Failure } from '../problems/failure.ts';
import { fail, ok, type Result } from '../result.ts';
import { toOutwardFailure, withCredentials } from './credentials.ts';
import { markReconnectRequired } from './mark-reconnect-required.ts';
import { retryStorage } from './retry-storage.ts';
import type { AppSecrets, Clock, ConnectionStore, Deadline, Log, Vault } from './ports.ts';
import type { TokenEndpoint } from './token-endpoint.ts';

export interface AccessTokenDeps {
  readonly connections: ConnectionStore;
  readonly vault: Vault;
  readonly secrets: AppSecrets;
  readonly tokens: TokenEndpoint;
  readonly clock: Clock;
  readonly log: Log;
  readonly sleep: (ms: number) => Promise<void>;
}

export interface UsableToken {
  readonly accessToken: string;
  readonly connection: Connection;
}

const tokenPair = z.object({ accessToken: z.string(), refreshToken: z.string() });

/** Opens a connection's tokens. @throws OutageError */
export async function openTokens(
  deps: { readonly vault: Vault },
  connection: Connection,
): Promise<TokenPair | undefined> {
  if (connection.sealedTokens === undefined) return undefined;
  const context = sealContexts.tokens(connection.tenantId, connection.id, connection.tokensVersion);
  return tokenPair.parse(JSON.parse(await deps.vault.open(context, connection.sealedTokens)));
}

/**
 * Gives a token to call Discord with, refreshed first when its end is near. A refresh that fails for a passing reason does
 * not matter while the old token still works.
 */
export async function loadAccessToken(
  deps: AccessTokenDeps,
  connection: Connection,
  deadline: Deadline,
): Promise<Result<UsableToken, Failure>> {
  const times = toTokenTimes(connection);
  if (!isRefreshDue(times, nowSeconds(deps.clock))) return openUsable(deps, connection);
  const refreshed = await refreshAccessToken(deps, connection, deadline);
  if (refreshed.ok || refreshed.failure.reason === 'reconnect_required') return refreshed;
  if (!isStillUsable(times, nowSeconds(deps.clock)) || refreshed.failure.reason === 'storage_unavailable')
    return refreshed;
  deps.log.warn('refresh_postponed', { connection_id: connection.id, reason: refreshed.failure.reason });
  return openUsable(deps, connection);
}

/**
 * Trades the refresh token for a new pair and stores it before anything is done with it: the old one is spent by then.
 * @returns the new token; `reconnect_required` when Discord no longer accepts the grant
 */
export async function refreshAccessToken(
  deps: AccessTokenDeps,
  connection: Connection,
  deadline: Deadline,
): Promise<Result<UsableToken, Failure>> {
  const pair = await openTokens(deps, connection);
  if (pair === undefined) return fail({ reason: 'reconnect_required', statusReason: 'no_tokens' });
  const answer = await withCredentials(deps.secrets, (credentials) =>
    deps.tokens.refresh(credentials, { refreshToken: pair.refreshToken, scopes: connection.scopes }, deadline),
  );
  if (!answer.ok) {
    if (answer.failure.reason === 'grant_rejected') return settleRejectedGrant(deps, connection);
    return fail(toOutwardFailure(answer.failure));
  }
  const tokensVersion = connection.tokensVersion + 1;
  const next: TokenPair = {
    accessToken: answer.value.accessToken,
    refreshToken: answer.value.refreshToken ?? pair.refreshToken,
  };
  const tokenObtainedAtEpochSeconds = nowSeconds(deps.clock);
  const context = sealContexts.tokens(connection.tenantId, connection.id, tokensVersion);
  const renewed: Connection = {
    ...connection,
    sealedTokens: await deps.vault.seal(context, JSON.stringify(next)),
    tokensVersion,
    scopes: answer.value.scopes,
    tokenObtainedAtEpochSeconds,
    tokenExpiresAtEpochSeconds: tokenObtainedAtEpochSeconds + answer.value.expiresInSeconds,
    updatedAtEpochSeconds: tokenObtainedAtEpochSeconds,
  };
  try {
    const saved = await retryStorage(() => deps.connections.save(renewed), deadline, deps.sleep);
    if (saved !== undefined) return ok({ accessToken: next.accessToken, connection: saved });
  } catch (error) {
    if (error instanceof OutageError) {
      deps.log.error('rotated_tokens_unsaved', { connection_id: connection.id, cause: error.causeName });
    }
    throw error;
  }
  return openNewer(deps, connection);
}

/** Another sandbox may have spent the same refresh token a moment earlier: then its newer pair is stored and serves. */
async function settleRejectedGrant(
  deps: AccessTokenDeps,
  connection: Connection,
): Promise<Result<UsableToken, Failure>> {
  const newer = await openNewer(deps, connection);
  if (newer.ok || newer.failure.reason !== 'connection_changed') return newer;
  await markReconnectRequired(deps, connection, 'grant_dead');
  return fail({ reason: 'reconnect_required', statusReason: 'grant_dead' });
}

async function openNewer(deps: AccessTokenDeps, connection: Connection): Promise<Result<UsableToken, Failure>> {
  const stored = await deps.connections.load(connection.id);
  if (stored === undefined) return fail({ reason: 'connection_not_found' });
  if (stored.status === 'disconnected') return fail({ reason: 'connection_disconnected' });
  if (stored.status === 'reconnect_required') {
    return fail({ reason: 'reconnect_required', statusReason: stored.statusReason ?? 'unknown' });
  }
  if (stored.tokensVersion <= connection.tokensVersion)
    return fail({ reason: 'connection_changed', retryAfterSeconds: 1 });
  return openUsable(deps, stored);
}

async function openUsable(deps: AccessTokenDeps, connection: Connection): Promise<Result<UsableToken, Failure>> {
  const pair = await openTokens(deps, connection);
  if (pair === undefined) return fail({ reason: 'reconnect_required', statusReason: 'no_tokens' });
  return ok({ accessToken: pair.accessToken, connection });
}

function toTokenTimes(connection: Connection): TokenTimes {
  return {
    obtainedAtEpochSeconds: connection.tokenObtainedAtEpochSeconds,
    expiresAtEpochSeconds: connection.tokenExpiresAtEpochSeconds,
  };
}

function nowSeconds(clock: Clock): number {
  return Math.floor(clock.nowEpochMs() / 1000);
}
