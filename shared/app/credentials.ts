import type { Failure } from '../problems/failure.ts';
import { fail, type Result } from '../result.ts';
import type { AppCredentials, AppSecrets, Deadline } from './ports.ts';
import type { TokenEndpoint, TokenFailure } from './token-endpoint.ts';

/**
 * Calls the token endpoint with the integration's credentials. When Discord rejects them the secret is read once more,
 * since the operator may have entered a new one a moment ago, and tried again only if it has changed.
 */
export async function withCredentials<T>(
  secrets: AppSecrets,
  call: (credentials: AppCredentials) => Promise<Result<T, TokenFailure>>,
): Promise<Result<T, TokenFailure>> {
  const credentials = await secrets.load();
  const first = await call(credentials);
  if (first.ok || first.failure.reason !== 'client_rejected') return first;
  const fresh = await secrets.reload();
  const isSame =
    fresh.clientId === credentials.clientId && fresh.clientSecret.reveal() === credentials.clientSecret.reveal();
  return isSame ? first : call(fresh);
}

/**
 * Revokes one token and with it the user's whole authorization for this application.
 * A token that Discord no longer knows counts as revoked.
 * @see Discord docs: topics/oauth2 (Token Revocation) · RFC 7009 §2.2
 */
export async function revokeAuthorization(
  deps: { readonly secrets: AppSecrets; readonly tokens: TokenEndpoint },
  token: string,
  deadline: Deadline,
): Promise<Result<undefined, Failure>> {
  const revoked = await withCredentials(deps.secrets, (credentials) =>
    deps.tokens.revoke(credentials, token, deadline),
  );
  if (revoked.ok || revoked.failure.reason === 'grant_rejected') return { ok: true, value: undefined };
  return fail(toOutwardFailure(revoked.failure));
}

/** What callers get to see of a token endpoint's failure that is not about the grant itself. */
export function toOutwardFailure(failure: Exclude<TokenFailure, { reason: 'grant_rejected' }>): Failure {
  if (failure.reason === 'client_rejected') return { reason: 'operator_credentials_rejected' };
  if (failure.reason === 'answer_unusable') return { reason: 'discord_answer_unreadable' };
  return failure;
}
