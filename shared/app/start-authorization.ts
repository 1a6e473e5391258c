import { CALLBACK_PATH } from '../connect-paths.ts';
import { buildAuthorizeUrl } from '../discord/authorize-url.ts';
import type { Branding } from '../domain/branding.ts';
import {
  buildStateCookieName,
  MAX_STARTS,
  SESSION_LIFE_SECONDS,
  type ConnectSession,
} from '../domain/connect-session.ts';
import { sha256Base64Url, sha256Hex } from '../domain/hash.ts';
import { SESSION_ID_PATTERN } from '../domain/ids.ts';
import type { Integration } from '../domain/integration.ts';
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

/** A link that can be opened now. */
export interface ConnectLink {
  readonly session: ConnectSession;
  readonly integration: Integration;
}

/**
 * Finds what a connect link leads to, and changes nothing.
 * @returns how the operator wants the pages to look, as far as that was read, and the link or what stands against it
 */
export async function findConnectLink(
  deps: Pick<StartAuthorizationDeps, 'sessions' | 'clock'>,
  sessionId: string,
): Promise<{ readonly branding?: Branding | undefined; readonly link: Result<ConnectLink, Failure> }> {
  if (!SESSION_ID_PATTERN.test(sessionId)) return { link: fail({ reason: 'connect_link_invalid' }) };
  const { session, integration } = await deps.sessions.loadWithIntegration(sessionId);
  return {
    branding: integration?.branding,
    link: checkLink(session, integration, toEpochSeconds(deps.clock.nowEpochMs())),
  };
}

function checkLink(
  session: ConnectSession | undefined,
  integration: Integration | undefined,
  nowEpochSeconds: number,
): Result<ConnectLink, Failure> {
  if (session === undefined || session.expiresAtEpochSeconds <= nowEpochSeconds) {
    return fail({ reason: 'connect_link_invalid' });
  }
  if (session.status !== 'open') return fail({ reason: 'connect_link_used' });
  if (integration === undefined) return fail({ reason: 'operator_setup_incomplete', missing: 'client id' });
  if (session.starts >= MAX_STARTS) return fail({ reason: 'connect_link_exhausted' });
  return ok({ session, integration });
}

/**
 * Opens a connect link: makes a state of its own for this browser and says where to go. The session stays open, since link
 * previews open links too; it is consumed by the callback.
 * @see RFC 9700 §2.1, §4.7 · RFC 7636 §4.1
 */
export async function startAuthorization(
  deps: StartAuthorizationDeps,
  { session, integration }: ConnectLink,
): Promise<Result<StartedAuthorization, Failure>> {
  if (!(await deps.sessions.countStart(session.id, MAX_STARTS))) return fail({ reason: 'connect_link_exhausted' });

  const randomText = () => Buffer.from(deps.random.bytes(RANDOM_BYTES)).toString('base64url');
  const state = randomText();
  const stateHash = sha256Hex(state);
  const binding = randomText();
  const verifier = integration.pkce ? randomText() : undefined;
  const cookieValue = verifier === undefined ? binding : `${binding}.${verifier}`;
  const codeChallenge = verifier === undefined ? undefined : sha256Base64Url(verifier);
  await deps.sessions.saveState({
    stateHash,
    sessionId: session.id,
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
