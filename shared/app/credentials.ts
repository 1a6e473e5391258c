import { COUNT } from '../metric-names.ts';
import type { Failure } from '../problems/failure.ts';
import { fail, type Result } from '../result.ts';
import type { AppCredentials, AppSecrets, Deadline, Metrics } from './ports.ts';
import type { TokenEndpoint, TokenFailure } from './token-endpoint.ts';

export interface CredentialsDeps {
  readonly secrets: AppSecrets;
  readonly metrics: Metrics;
}

/**
 * Calls the token endpoint with the integration's credentials. When Discord rejects them the secret is read once more,
 * since the operator may have entered a new one a moment ago, and tried again only if it has changed.
 */
export async function withCredentials<T>(
  { secrets, metrics }: CredentialsDeps,
  call: (credentials: AppCredentials) => Promise<Result<T, TokenFailure>>,
): Promise<Result<T, TokenFailure>> {
  const credentials = await secrets.load();
  const first = await call(credentials);
  if (first.ok || first.failure.reason !== 'client_rejected') return first;
  const fresh = await secrets.reload();
  const isSame =
    fresh.clientId === credentials.clientId && fresh.clientSecret.reveal() === credentials.clientSecret.reveal();
  const last = isSame ? first : await call(fresh);
  if (!last.ok && last.failure.reason === 'client_rejected') metrics.count(COUNT.operatorCredentialsRejected);
  return last;
}

/**
 * Revokes one token and with it the user's whole authorization for this application.
 * A token that Discord no longer knows counts as revoked.
 * @see Discord docs: topics/oauth2 (Token Revocation) · RFC 7009 §2.2
 */
export async function revokeAuthorization(
  deps: CredentialsDeps & { readonly tokens: TokenEndpoint },
  token: string,
  deadline: Deadline,
): Promise<Result<undefined, Failure>> {
  const revoked = await withCredentials(deps, (credentials) => deps.tokens.revoke(credentials, token, deadline));
  if (revoked.ok || revoked.failure.reason === 'grant_rejected') return { ok: true, value: undefined };
  return fail(toOutwardFailure(revoked.failure));
}

/** What callers get to see of a token endpoint's failure that is not about the grant itself. */
export function toOutwardFailure(failure: Exclude<TokenFailure, { reason: 'grant_rejected' }>): Failure {
  if (failure.reason === 'client_rejected') return { reason: 'operator_credentials_rejected' };
  if (failure.reason === 'answer_unusable') return { reason: 'discord_answer_unreadable' };
  return failure;
}
