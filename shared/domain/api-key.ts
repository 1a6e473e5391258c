import { isSameDigest, sha256Hex } from './hash.ts';
import type { ApiKeyRecord } from './integration.ts';
import { Secret } from './secret.ts';

const KEY_PATTERN = /^dik_([0-9a-f]{16})_([A-Za-z0-9_-]{43})$/;

/** Bytes of randomness: 8 name the key, 32 (256 bits) are its secret, so a plain SHA-256 is enough to store it. */
export const API_KEY_ID_BYTES = 8;
export const API_KEY_SECRET_BYTES = 32;

/** What no real key hashes to: compared with when the key id is unknown, so that both refusals do the same work. */
const NO_KEY_HASH = sha256Hex('no such key');

export interface ParsedApiKey {
  readonly keyId: string;
  readonly hash: string;
}

/** Builds `dik_<key id>_<random>` from random bytes. The id makes the lookup direct; the whole is stored as a hash only. */
export function buildApiKey(
  idBytes: Uint8Array,
  secretBytes: Uint8Array,
): { keyId: string; key: Secret; hash: string } {
  const keyId = Buffer.from(idBytes).toString('hex');
  const key = `dik_${keyId}_${Buffer.from(secretBytes).toString('base64url')}`;
  return { keyId, key: new Secret(key), hash: sha256Hex(key) };
}

/** Takes a presented key apart, or gives nothing when it has not the shape of one. */
export function parseApiKey(presented: string): ParsedApiKey | undefined {
  const match = KEY_PATTERN.exec(presented);
  return match?.[1] === undefined ? undefined : { keyId: match[1], hash: sha256Hex(presented) };
}

/** Whether a key is refused by now: revoked, or past its end. */
export function isApiKeyEnded(key: ApiKeyRecord, nowEpochSeconds: number): boolean {
  return key.revokedAtEpochSeconds !== undefined || nowEpochSeconds >= (key.validUntilEpochSeconds ?? Infinity);
}

/** Compares in constant time; an unknown key costs the same as a wrong one. */
export function isApiKeyValid(presented: ParsedApiKey, storedHash: string | undefined): boolean {
  const isEqual = isSameDigest(presented.hash, storedHash ?? NO_KEY_HASH);
  return isEqual && storedHash !== undefined;
}
