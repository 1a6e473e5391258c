import type { TokenAnswer } from '../discord/token-answer.ts';
import type { Connection } from '../domain/connection.ts';
import { toEpochSeconds } from '../domain/epoch-seconds.ts';
import { computeHoldMs } from '../domain/refresh-lease.ts';
import type { RefreshCause } from '../domain/refresh-cause.ts';
import { sealContexts } from '../domain/seal-contexts.ts';
import { OutageError, type Failure } from '../problems/failure.ts';
import { fail, ok, type Result } from '../result.ts';
import { toOutwardFailure, withCredentials, type CredentialsDeps, type HeldFailure } from './credentials.ts';
import { loadNewerTokens } from './newer-tokens.ts';
import { openTokens, type UsableToken } from './open-tokens.ts';
import type { AppCredentials, Deadline } from './ports.ts';
import { quietly } from './quietly.ts';
import type { HeldLease, LeaseDeps } from './refresh-lease-holder.ts';
import { reportOutage } from './report-outage.ts';
import type { NewTokens } from './rotated-connection.ts';
import { saveRotatedTokens, type SaveRotatedDeps } from './save-rotated-tokens.ts';
import { settleRejectedGrant } from './settle-rejected-grant.ts';
import type { TokenEndpoint, TokenFailure } from './token-endpoint.ts';

export interface RotateDeps extends LeaseDeps, CredentialsDeps, SaveRotatedDeps {
  readonly tokens: TokenEndpoint;
}

/** What Discord has issued, and what came of storing it; see {@link saveRotatedTokens}. */
interface IssuedTokens {
  readonly accessToken: string;
  readonly saving: Promise<Connection | undefined>;
}

/** Failures after which it is not known whether Discord has taken the refresh token: the request may have arrived. */
const UNCERTAIN = new Set<Failure['reason']>([
  'discord_timeout',
  'discord_unavailable',
  'discord_answer_unreadable',
  'discord_answer_too_large',
]);

/**
 * Trades the refresh token for a new pair under the lease and stores it before anything is done with it: the old one is
 * spent by then.
 * @throws OutageError when Discord has answered with a pair that could not be kept
 */
export async function rotateTokens(
  deps: RotateDeps,
  lease: HeldLease,
  cause: RefreshCause,
  deadline: Deadline,
): Promise<Result<UsableToken, Failure>> {
  const { connection } = lease;
  const asked = await askDiscord(deps, connection, deadline);
  if (!asked.ok) {
    const { failure } = asked;
    if (failure.reason === 'grant_rejected') return settleRejectedGrant(deps, lease, cause);
    await giveBack(deps, lease, cause, failure);
    return fail(failure);
  }
  const { accessToken, saving } = asked.value;
  const saved = await saving;
  if (saved?.status === 'reconnect_required') {
    return fail({ reason: 'reconnect_required', statusReason: saved.statusReason ?? 'unknown' });
  }
  if (saved?.status !== 'active') return loadNewerTokens(deps, connection);
  return ok({ accessToken, connection: saved });
}

/**
 * Everything up to Discord's answer, and keeping it. Outages here come back as failures: no tokens were issued, the old pair is
 * as good as before.
 */
async function askDiscord(
  deps: RotateDeps,
  connection: Connection,
  deadline: Deadline,
): Promise<Result<IssuedTokens, Failure | { readonly reason: 'grant_rejected' }>> {
  try {
    const pair = await openTokens(deps, connection);
    if (pair === undefined) return fail({ reason: 'reconnect_required', statusReason: 'no_tokens' });
    // Brings the tenant's sealing key into memory: once Discord has answered, only the table must still be reachable.
    await deps.vault.seal(sealContexts.tokens(connection.tenantId, connection.id, connection.tokensVersion + 1), '');
    // Tokens belong to one application: asked with another's credentials Discord would call the grant dead for good.
    if ((await deps.secrets.load()).clientId !== connection.clientId) {
      return fail({ reason: 'reconnect_required', statusReason: 'application_changed' });
    }
    const { refreshToken } = pair;
    const refresh = async (credentials: AppCredentials): Promise<Result<IssuedTokens, TokenFailure>> => {
      const answer = await deps.tokens.refresh(credentials, { refreshToken, scopes: connection.scopes }, deadline);
      if (!answer.ok) return answer;
      const tokens = toNewTokens(deps, connection, answer.value, refreshToken);
      const saving = saveRotatedTokens(deps, connection, tokens, deadline);
      // Waited for, but its failure is told later: here it would look like one of asking.
      await saving.catch(() => undefined);
      return ok({ accessToken: tokens.pair.accessToken, saving });
    };
    const answer = await withCredentials(deps, refresh);
    return answer.ok ? answer : toFailure(answer.failure);
  } catch (error) {
    if (!(error instanceof OutageError)) throw error;
    reportOutage(deps, error, { connection_id: connection.id });
    return fail(error.failure);
  }
}

function toFailure(
  failure: TokenFailure | HeldFailure,
): Result<never, Failure | { readonly reason: 'grant_rejected' }> {
  return fail(failure.reason === 'grant_rejected' ? failure : toOutwardFailure(failure));
}

function toNewTokens(
  { clock }: RotateDeps,
  connection: Connection,
  { accessToken, refreshToken, expiresInSeconds, scopes }: TokenAnswer,
  spentRefreshToken: string,
): NewTokens {
  const obtainedAtEpochSeconds = toEpochSeconds(clock.nowEpochMs());
  return {
    pair: { accessToken, refreshToken: refreshToken ?? spentRefreshToken },
    tokensVersion: connection.tokensVersion + 1,
    // Never wider than what the end user allowed this connection, whatever else he granted the application.
    scopes: connection.scopes.filter((scope) => scopes.includes(scope)),
    obtainedAtEpochSeconds,
    expiresAtEpochSeconds: obtainedAtEpochSeconds + expiresInSeconds,
  };
}

/** Ends the lease with a pause for everybody. When even that can't be written the lease ends by its own time. */
async function giveBack(deps: RotateDeps, lease: HeldLease, cause: RefreshCause, failure: Failure): Promise<void> {
  const nowEpochMs = deps.clock.nowEpochMs();
  const retryAfterSeconds = 'retryAfterSeconds' in failure ? failure.retryAfterSeconds : 0;
  // What no time mends needs no pause: each call is told the same, and Discord was not asked.
  const pauseMs = failure.reason === 'reconnect_required' ? 0 : computeHoldMs(cause.isTokenUsable, retryAfterSeconds);
  const hold = { untilEpochMs: nowEpochMs + pauseMs, reason: failure.reason };
  const uncertainSince = UNCERTAIN.has(failure.reason) ? toEpochSeconds(nowEpochMs) : undefined;
  await quietly(deps, () =>
    deps.connections.releaseRefreshLease(lease.connection.id, lease.owner, hold, uncertainSince),
  );
  deps.log.warn('refresh_failed', { connection_id: lease.connection.id, reason: failure.reason });
  // Held back is not failed.
  if (failure.reason === 'operator_credentials_rejected' || failure.reason === 'token_requests_delayed') return;
  await deps.audit.record({
    type: 'refresh_failed',
    actor: { kind: 'system' },
    tenantId: lease.connection.tenantId,
    connectionId: lease.connection.id,
    details: { reason: failure.reason },
  });
}
