import type { Sealed } from './envelope.ts';

/** Seconds. Life of a connect link. */
export const SESSION_LIFE_SECONDS = 10 * 60;

/** Seconds. A finished session stays this long, so that a late confirmation gets a reason and not "unknown". */
export const FINISHED_SESSION_LIFE_SECONDS = 60 * 60;

/** Seconds. A session that holds tokens is not left to the TTL before the sweep has had every chance to dispose of them. */
export const KEPT_ANSWER_LIFE_SECONDS = 7 * 24 * 60 * 60;

/**
 * Seconds. Discord lets an authorization code live about 100 s (staff remark, discord-api-docs #1768): an older one is not
 * sent, which spares a request that cannot succeed.
 */
export const CODE_LIFE_SECONDS = 100;

/** How often one link can be opened: link previews open it too, and each opening makes a new state. */
export const MAX_STARTS = 5;

/** How many wrong confirmations a session bears. */
export const MAX_WRONG_CONFIRMATIONS = 5;

/**
 * `open` → `returned` (the user came back with a code) → `confirming` → `confirmed`;
 * or `open` → `refused` (the user said no), `returned` → `confirming` → `burnt` (too many wrong confirmations),
 * `confirming` → `failed` (the code was used up without a connection).
 */
export type ConnectSessionStatus = 'open' | 'returned' | 'confirming' | 'confirmed' | 'refused' | 'burnt' | 'failed';

/** A short-lived, single-use ticket for one end user to connect. */
export interface ConnectSession {
  /** Names the session; opening it needs a browser of its own, confirming it an API key and the confirmation code. */
  readonly id: string;
  readonly tenantId: string;
  readonly userId: string;
  /** Where the app takes its user back; absent: nowhere, and he ends on the page of his connection. Never so with confirmation. */
  readonly returnUrl?: string;
  readonly scopes: readonly string[];
  /** Decimal permission bits wished for the bot. */
  readonly permissions?: string;
  /** Guild to preselect at Discord. */
  readonly guildId?: string;
  /** Connection to repair or widen. */
  readonly connectionId?: string;
  readonly isConfirmationRequired: boolean;
  /** The operator's own test: it returns to the portal, and he confirms it himself. */
  readonly isOperatorTest?: boolean;
  readonly status: ConnectSessionStatus;
  readonly starts: number;
  readonly wrongConfirmations: number;
  /** SHA-256 of the confirmation code, hex; set with `returned`. */
  readonly confirmationHash?: string;
  /** Sealed {@link ReturnedCode}; set with `returned`, removed when it is used. */
  readonly sealedCode?: Sealed;
  readonly returnedAtEpochSeconds?: number;
  /** Who moved the session last, and until when he may go on. */
  readonly claimId?: string;
  readonly claimedUntilEpochMs?: number;
  /** Sealed token answer, from the exchange until the connection is stored: a crash in between loses nothing. */
  readonly sealedAnswer?: Sealed;
  /** With `sealedAnswer`: until when the app may take the confirmation up. The item itself stays until the sweep has tidied up. */
  readonly confirmableUntilEpochSeconds?: number;
  readonly createdAtEpochSeconds: number;
  readonly expiresAtEpochSeconds: number;
}

/** What the callback keeps for the exchange. Only ever in memory or sealed. */
export interface ReturnedCode {
  readonly code: string;
  /** PKCE verifier; absent when the authorization was started without PKCE. */
  readonly verifier?: string;
}

/** One opening of a connect link. Stored under the hash of its state. */
export interface AuthorizationState {
  /** SHA-256 of the state, hex. */
  readonly stateHash: string;
  readonly sessionId: string;
  /** SHA-256 of the binding cookie's value, hex. */
  readonly cookieHash: string;
  /** PKCE challenge that Discord was sent; absent without PKCE. */
  readonly codeChallenge?: string;
  readonly expiresAtEpochSeconds: number;
}

/** Name of the cookie that binds one opening to the browser. `__Host-`: this origin only, Secure, Path=/ (RFC 6265bis §4.1.3.2). */
export function buildStateCookieName(stateHash: string): string {
  return `__Host-connect-${stateHash.slice(0, 8)}`;
}
