import type { CallbackQuery } from '../discord/callback-query.ts';
import {
  buildStateCookieName,
  FINISHED_SESSION_LIFE_SECONDS,
  type ConnectSession,
  type ReturnedCode,
} from '../domain/connect-session.ts';
import type { Branding } from '../domain/branding.ts';
import type { Connection } from '../domain/connection.ts';
import { isSameDigest, sha256Base64Url, sha256Hex } from '../domain/hash.ts';
import { buildReturnLocation, checkSessionReturn } from '../domain/return-url.ts';
import { sealContexts } from '../domain/seal-contexts.ts';
import { isTenantOpen } from '../domain/tenant-state.ts';
import { OutageError, type Failure } from '../problems/failure.ts';
import { fail, ok, type Result } from '../result.ts';
import { finishConnection, type FinishConnectionDeps } from './finish-connection.ts';
import type { ConnectSessionStore, Deadline, IntegrationStore, Random, TenantStore, Vault } from './ports.ts';
import { reportOutage } from './report-outage.ts';
import { toEpochSeconds } from '../domain/epoch-seconds.ts';

export interface AcceptCallbackDeps extends FinishConnectionDeps {
  readonly sessions: ConnectSessionStore;
  readonly integrations: IntegrationStore;
  readonly tenants: TenantStore;
  readonly vault: Vault;
  readonly random: Random;
}

const CONFIRMATION_CODE_BYTES = 32;

/** What becomes of the browser: it goes on to the app or, where the app has named no place, ends on a page of ours. */
export type AcceptedCallback =
  | { readonly kind: 'return'; readonly location: string }
  | { readonly kind: 'connected'; readonly connection: Connection }
  | { readonly kind: 'not_connected'; readonly error: string };

/** One request with Discord's redirect. */
export interface CallbackRequest {
  readonly query: CallbackQuery;
  /** The browser's cookies by name. */
  readonly cookies: ReadonlyMap<string, string>;
  /** This request's id: whoever has claimed a session is known by it. */
  readonly claimId: string;
  readonly deadline: Deadline;
  /** Told how the operator wants pages to look, once that has been read. */
  readonly onBranding: (branding: Branding | undefined) => void;
}

/**
 * Takes the browser back from Discord: the state must be known, unexpired and belong to this browser's cookie. The code is
 * sealed and kept, not exchanged: whoever opened the link may not be the user whom the app meant (connection fixation).
 * @see RFC 9700 §4.7, and its update on deferring the token request until the finishing user is known
 */
export async function acceptCallback(
  deps: AcceptCallbackDeps,
  request: CallbackRequest,
): Promise<Result<AcceptedCallback, Failure>> {
  const { query, cookies, claimId, deadline } = request;
  const stateHash = sha256Hex(query.state);
  const state = await deps.sessions.loadState(stateHash);
  const nowEpochSeconds = toEpochSeconds(deps.clock.nowEpochMs());
  if (state === undefined || state.expiresAtEpochSeconds <= nowEpochSeconds) {
    return fail({ reason: 'connect_not_recognized' });
  }
  const cookie = cookies.get(buildStateCookieName(stateHash));
  if (cookie === undefined || !isSameDigest(sha256Hex(cookie), state.cookieHash)) {
    // Someone else's browser has this state: it is burnt, so that it cannot be tried with other cookies.
    await deps.sessions.deleteState(stateHash);
    return fail({ reason: 'connect_not_recognized' });
  }
  const { session, integration } = await deps.sessions.loadWithIntegration(state.sessionId);
  request.onBranding(integration?.branding);
  if (session === undefined || session.expiresAtEpochSeconds <= nowEpochSeconds) {
    return fail({ reason: 'connect_link_invalid' });
  }
  if (session.status !== 'open' && !isInterrupted(session)) return fail({ reason: 'connect_link_used' });
  // Made by nobody: without an address no app could confirm, and unconfirmed it must not be exchanged.
  if (session.returnUrl === undefined && session.isConfirmationRequired)
    return fail({ reason: 'connect_link_invalid' });
  // Its keys are refused everywhere else; here nobody shows a key.
  if (!isTenantOpen(await deps.tenants.load(session.tenantId))) return fail({ reason: 'connect_link_invalid' });
  const returnUrl = checkSessionReturn(session, integration?.returnOrigins ?? []);
  if (!returnUrl.ok) return returnUrl;
  const goBack = (url: URL, added: Parameters<typeof buildReturnLocation>[1]) =>
    ok({ kind: 'return' as const, location: buildReturnLocation(url, { connect_session_id: session.id, ...added }) });

  if ('error' in query) {
    const expiresAtEpochSeconds = nowEpochSeconds + FINISHED_SESSION_LIFE_SECONDS;
    const isRefused = await deps.sessions.refuse(session.id, claimId, expiresAtEpochSeconds);
    if (!isRefused) return fail({ reason: 'connect_link_used' });
    return returnUrl.value === undefined
      ? ok({ kind: 'not_connected', error: query.error })
      : goBack(returnUrl.value, { error: query.error });
  }
  const verifier = cookie.split('.')[1];
  if (state.codeChallenge !== undefined && sha256Base64Url(verifier ?? '') !== state.codeChallenge) {
    return fail({ reason: 'connect_not_recognized' });
  }
  if (isInterrupted(session)) return finishHere(deps, session, claimId, deadline);
  const returned: ReturnedCode = { code: query.code, ...(verifier === undefined ? {} : { verifier }) };
  const kept = await keepCode(deps, session, returned, claimId);
  if (kept === undefined) return fail({ reason: 'connect_link_used' });
  if (returnUrl.value === undefined) return finishHere(deps, kept.session, claimId, deadline);
  const outcome = session.isConfirmationRequired
    ? { confirmation_code: kept.confirmationCode }
    : await finishUnconfirmed(deps, kept, claimId, deadline);
  return goBack(returnUrl.value, outcome);
}

/**
 * Whether an earlier callback has taken the code and could not go on. No app can take that up, since none was told of it: the same
 * browser does, by loading the page again.
 */
function isInterrupted({ returnUrl, isConfirmationRequired, status }: ConnectSession): boolean {
  return returnUrl === undefined && !isConfirmationRequired && (status === 'returned' || status === 'confirming');
}

/** No app waits for the user: what fails is told to him, and an outage is one of this page. */
async function finishHere(
  deps: AcceptCallbackDeps,
  session: ConnectSession,
  claimId: string,
  deadline: Deadline,
): Promise<Result<AcceptedCallback, Failure>> {
  const finished = await finishConnection(deps, session, { kind: 'end_user' }, claimId, deadline);
  return finished.ok ? ok({ kind: 'connected', connection: finished.value }) : finished;
}

/** The first accepted callback consumes the session. @returns nothing when another one was first */
async function keepCode(
  deps: AcceptCallbackDeps,
  session: ConnectSession,
  returned: ReturnedCode,
  claimId: string,
): Promise<{ confirmationCode: string; session: ConnectSession } | undefined> {
  const returnedAtEpochSeconds = toEpochSeconds(deps.clock.nowEpochMs());
  const confirmationCode = Buffer.from(deps.random.bytes(CONFIRMATION_CODE_BYTES)).toString('base64url');
  const context = sealContexts.returnedCode(session.tenantId, session.id);
  const change = {
    sealedCode: await deps.vault.seal(context, JSON.stringify(returned)),
    confirmationHash: sha256Hex(confirmationCode),
    returnedAtEpochSeconds,
    expiresAtEpochSeconds: returnedAtEpochSeconds + FINISHED_SESSION_LIFE_SECONDS,
  };
  const isConsumed = await deps.sessions.consume(session.id, claimId, change);
  return isConsumed ? { confirmationCode, session: { ...session, ...change, status: 'returned' } } : undefined;
}

/**
 * The tenant has switched confirmation off: the code is exchanged at once, and nobody checks whether the person who came
 * back is the one the link was made for. What fails is told to the app with a confirmation code, so that it can take up by
 * confirming what an outage interrupted.
 */
async function finishUnconfirmed(
  deps: AcceptCallbackDeps,
  kept: { readonly confirmationCode: string; readonly session: ConnectSession },
  claimId: string,
  deadline: Deadline,
): Promise<{ connection_id: string } | { error: string; confirmation_code: string }> {
  const refuse = (failure: Failure) => ({ error: failure.reason, confirmation_code: kept.confirmationCode });
  try {
    const finished = await finishConnection(deps, kept.session, { kind: 'end_user' }, claimId, deadline);
    return finished.ok ? { connection_id: finished.value.id } : refuse(finished.failure);
  } catch (error) {
    if (!(error instanceof OutageError)) throw error;
    reportOutage(deps, error, { request_id: claimId });
    return refuse(error.failure);
  }
}
