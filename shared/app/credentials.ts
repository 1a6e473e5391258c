import { COUNT } from '../metric-names.ts';
import type { Failure } from '../problems/failure.ts';
import { fail, type Result } from '../result.ts';
import { admitTokenRequest, noteAcceptance, noteRejection, type CredentialGateDeps } from './credential-gate.ts';
import { quietly } from './quietly.ts';
import type { AppCredentials, AppSecrets, Deadline } from './ports.ts';
import type { TokenEndpoint, TokenFailure } from './token-endpoint.ts';

export interface CredentialsDeps extends CredentialGateDeps {
  readonly secrets: AppSecrets;
}

/** Nothing was sent to Discord: its refusal of the credentials still stands, or too many catch up at once. */
export type HeldFailure =
  | { readonly reason: 'client_held'; readonly retryAfterSeconds: number }
  | { readonly reason: 'request_delayed'; readonly retryAfterSeconds: number };

/**
 * Calls the token endpoint with the integration's credentials: the one way there. When Discord rejects them the secret is
 * read once more, since the operator may have entered a new one a moment ago, and tried again only if it has changed. A
 * rejection that stands is noted for all sandboxes.
 * @param call - asks Discord, and keeps what it issues before anything else is written: a process that died in between would lose it
 * @throws OutageError when storage or secret are not to be had; nothing was sent then
 */
export async function withCredentials<T>(
  deps: CredentialsDeps,
  call: (credentials: AppCredentials) => Promise<Result<T, TokenFailure>>,
): Promise<Result<T, TokenFailure | HeldFailure>> {
  const admission = await admitTokenRequest(deps);
  if (admission.kind === 'rejected') {
    return fail({ reason: 'client_held', retryAfterSeconds: admission.retryAfterSeconds });
  }
  if (admission.kind === 'catching_up') {
    return fail({ reason: 'request_delayed', retryAfterSeconds: admission.retryAfterSeconds });
  }
  const credentials = await deps.secrets.load();
  const first = await call(credentials);
  const last = isWrong(first) ? await callWithFresh(deps, credentials, first, call) : first;
  if (isWrong(last)) deps.metrics.count(COUNT.operatorCredentialsRejected);
  // What is noted here helps others; an answer of Discord must not be lost by it.
  if (isRefused(last)) await quietly(deps, () => noteRejection(deps, admission));
  else if (admission.kind === 'probe' && showsAcceptance(last)) await quietly(deps, () => noteAcceptance(deps));
  return last;
}

async function callWithFresh<T>(
  { secrets }: CredentialsDeps,
  used: AppCredentials,
  first: Result<T, TokenFailure>,
  call: (credentials: AppCredentials) => Promise<Result<T, TokenFailure>>,
): Promise<Result<T, TokenFailure>> {
  const fresh = await secrets.reload();
  const isSame = fresh.clientId === used.clientId && fresh.clientSecret.reveal() === used.clientSecret.reveal();
  return isSame ? first : call(fresh);
}

function isRefused(answer: Result<unknown, TokenFailure>): boolean {
  return !answer.ok && answer.failure.reason === 'client_rejected';
}

/** Refused, or not even worth asking: either way the operator may have entered others a moment ago. */
function isWrong(answer: Result<unknown, TokenFailure>): boolean {
  return isRefused(answer) || (!answer.ok && answer.failure.reason === 'client_mismatch');
}

/** Discord looks at the credentials before it looks at a grant. */
function showsAcceptance(answer: Result<unknown, TokenFailure>): boolean {
  return answer.ok || answer.failure.reason === 'grant_rejected' || answer.failure.reason === 'answer_unusable';
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
export function toOutwardFailure(failure: Exclude<TokenFailure, { reason: 'grant_rejected' }> | HeldFailure): Failure {
  if (failure.reason === 'client_rejected' || failure.reason === 'client_mismatch') {
    return { reason: 'operator_credentials_rejected' };
  }
  if (failure.reason === 'client_held') {
    return { reason: 'operator_credentials_rejected', retryAfterSeconds: failure.retryAfterSeconds };
  }
  if (failure.reason === 'request_delayed') {
    return { reason: 'token_requests_delayed', retryAfterSeconds: failure.retryAfterSeconds };
  }
  if (failure.reason === 'answer_unusable') return { reason: 'discord_answer_unreadable' };
  return failure;
}
