import { createHash } from 'node:crypto';
import { sha256Base64Url, sha256Hex } from './hash.ts';
import type { Sealed } from './envelope.ts';

/**
 * What is known of one call with an `Idempotency-Key`. `running`: it is under way, or its sandbox died when the time of the claim
 * has passed. `unknown`: it went out and no answer came. `done`: the answer is kept.
 */
export interface IdempotencyRecord {
  /** Of the request that the key stands for. */
  readonly fingerprint: string;
  /** Whose claim it is: random, so that a late one cannot finish another's. */
  readonly claimId: string;
  readonly state: 'running' | 'unknown' | 'done';
  /** When the first attempt began; later ones leave it. */
  readonly startedAtEpochMs: number;
  readonly claimedUntilEpochMs: number;
  /** The outcome as JSON; with `done` only. */
  readonly sealedAnswer?: Sealed;
  readonly expiresAtEpochSeconds: number;
}

/** Seconds for which a key stands for its request. */
export const IDEMPOTENCY_LIFE_SECONDS = 24 * 3600;

/** Characters that Discord lets a nonce have. @see Discord docs: resources/message (Create Message) */
const NONCE_LENGTH = 25;

/** The name of a record: neither key nor connection can be read from it. */
export function computeRecordHash(connectionId: string, key: string): string {
  return sha256Hex(`${connectionId}\n${key}`);
}

/** The nonce that a key stands for at Discord: another one for every connection. */
export function computeNonce(tenantId: string, connectionId: string, key: string): string {
  return sha256Base64Url(`${tenantId}\n${connectionId}\n${key}`).slice(0, NONCE_LENGTH);
}

/** What makes two requests the same. */
export interface FingerprintedRequest {
  readonly actionId: string;
  /** Path and query at Discord, without a webhook's token. */
  readonly discordPath: string;
  /** The JSON as sent; a form's boundary, which clients choose anew each time, does not count. */
  readonly text: string | undefined;
  readonly files: readonly {
    readonly field: string;
    readonly filename: string;
    readonly contentType: string;
    readonly bytes: Uint8Array;
  }[];
}

/** SHA-256 over everything that says what a request wants, as lower-case hex. */
export function computeFingerprint({ actionId, discordPath, text, files }: FingerprintedRequest): string {
  const parts = files.map(({ field, filename, contentType, bytes }) => [
    field,
    filename,
    contentType,
    createHash('sha256').update(bytes).digest('hex'),
  ]);
  return sha256Hex(JSON.stringify([actionId, discordPath, text ?? null, parts]));
}
