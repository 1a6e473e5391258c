import { CALLBACK_PATH } from '../connect-paths.ts';
import { buildAuthorizeUrl } from '../discord/authorize-url.ts';
import { buildStateCookieName, MAX_STARTS, SESSION_LIFE_SECONDS } from '../domain/connect-session.ts';
import { sha256Base64Url, sha256Hex } from '../domain/hash.ts';
import { SESSION_ID_PATTERN } from '../domain/ids.ts';
import type { Failure } from '../problems/failure.ts';
import { fail, ok, type Result } from '../result.ts';
import type { Clock, ConnectSessionStore, Random } from './ports.ts';
import { toEpochSeconds } from '../domain/epoch-seconds.ts';

export interface StartAuthorizationDeps {
  readonly sessions: ConnectSessionStore;
  readonly clock: Clock;
  readonly random: Random;
  readonly publicBaseUrl: string;
  readonly discordBaseUrl: string;
}

export interface StartedAuthorization {
  /** Where the browser goes. */
  readonly location: string;
  /** Cookie that binds this opening to the browser: random, and with PKCE also the verifier. */
  readonly cookie: { readonly name: string; readonly value: string; readonly maxAgeSeconds: number };
}

/** Bytes. 256 bits for each of state, binding and verifier; a verifier of 43 characters is RFC 7636's recommendation. */
const RANDOM_BYTES = 32;

/**
 * Opens a connect link: makes a state of its own for this browser and says where to go. The session stays open, since link
 * previews open links too; it is consumed by the callback.
 * @see RFC 9700 §2.1, §4.7 · RFC 7636 §4.1
 */
export async function startAuthorization(
  deps: StartAuthorizationDeps,
  sessionId: string,
): Promise<Result<StartedAuthorization, Failure>> {
  if (!SESSION_ID_PATTERN.test(sessionId)) return fail({ reason: 'connect_link_invalid' });
  const { session, integration } = await deps.sessions.loadWithIntegration(sessionId);
  const nowEpochSeconds = toEpochSeconds(deps.clock.nowEpochMs());
  if (session === undefined || session.expiresAtEpochSeconds <= nowEpochSeconds) {
    return fail({ reason: 'connect_link_invalid' });
  }
  if (session.status !== 'open') return fail({ reason: 'connect_link_used' });
  if (integration === undefined) return fail({ reason: 'operator_setup_incomplete', missing: 'client id' });
  if (!(await deps.sessions.countStart(sessionId, MAX_STARTS))) return fail({ reason: 'connect_link_exhausted' });

  const randomText = () => Buffer.from(deps.random.bytes(RANDOM_BYTES)).toString('base64url');
  const state = randomText();
  const stateHash = sha256Hex(state);
  const binding = randomText();
  const verifier = integration.pkce ? randomText() : undefined;
  const cookieValue = verifier === undefined ? binding : `${binding}.${verifier}`;
  const codeChallenge = verifier === undefined ? undefined : sha256Base64Url(verifier);
  await deps.sessions.saveState({
    stateHash,
    sessionId,
    cookieHash: sha256Hex(cookieValue),
    ...(codeChallenge === undefined ? {} : { codeChallenge }),
    expiresAtEpochSeconds: session.expiresAtEpochSeconds,
  });
  return ok({
    location: buildAuthorizeUrl(deps.discordBaseUrl, {
      clientId: integration.clientId,
      scopes: session.scopes,
      redirectUri: `${deps.publicBaseUrl}${CALLBACK_PATH}`,
      state,
      ...(codeChallenge === undefined ? {} : { codeChallenge }),
      ...(session.permissions === undefined ? {} : { permissions: session.permissions }),
      ...(session.guildId === undefined ? {} : { guildId: session.guildId }),
    }),
    cookie: { name: buildStateCookieName(stateHash), value: cookieValue, maxAgeSeconds: SESSION_LIFE_SECONDS },
  });
}
