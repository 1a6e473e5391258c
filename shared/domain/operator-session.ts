import { createHmac } from 'node:crypto';
import { isSameDigest } from './hash.ts';
import type { OperatorRecord } from './operator-key.ts';

/** Seconds from sign-in, used or not: a working day, so that a browser that was left open is signed out by the next. */
export const OPERATOR_SESSION_SECONDS = 12 * 60 * 60;

/** Bytes of a session's id. */
export const OPERATOR_SESSION_BYTES = 32;

const SESSION_PATTERN = /^[A-Za-z0-9_-]{43}$/;

/** Holds the session's id. `__Host-`: this origin only, Secure, Path=/ (RFC 6265bis §4.1.3.2). */
export const OPERATOR_COOKIE = '__Host-operator';

/** A browser in which an operator is signed in, as stored under the hash of its id. */
export interface OperatorSession {
  /** That of the operator's record at sign-in. */
  readonly generation: string;
  readonly createdAtEpochSeconds: number;
  readonly expiresAtEpochSeconds: number;
}

/** Whether a cookie's value can be the id of a session; nothing is read for one that cannot. */
export function isOperatorSessionId(value: string | undefined): value is string {
  return value !== undefined && SESSION_PATTERN.test(value);
}

/** Whether a session counts: it has neither expired nor ended with its generation. */
export function isOperatorSessionLive(
  session: OperatorSession,
  sessionHash: string,
  operator: OperatorRecord,
  nowEpochSeconds: number,
): boolean {
  if (nowEpochSeconds >= session.expiresAtEpochSeconds) return false;
  return session.generation === operator.generation || isSameDigest(sessionHash, operator.keptSessionHash ?? '');
}

/**
 * Builds what the portal's own script sends with every change. Only who was given the session's cookie can have been given it; it
 * follows from the id and says nothing about it or about the hash under which it is stored.
 */
export function buildCsrfToken(sessionId: string): string {
  return createHmac('sha256', sessionId).update('operator csrf', 'utf8').digest('base64url');
}
