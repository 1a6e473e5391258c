import { sha256Hex } from './hash.ts';
import { Secret } from './secret.ts';

const TOKEN_PATTERN = /^dct_([0-9a-f]{16})_([0-9a-f]{16})_[A-Za-z0-9_-]{43}$/;

/** Shape of a connection token's id. */
export const TOKEN_ID_PATTERN = /^[0-9a-f]{16}$/;

/** Bytes of randomness: 8 name the token, 32 (256 bits) are its secret, so a plain SHA-256 is enough to store it. */
export const TOKEN_ID_BYTES = 8;
export const TOKEN_SECRET_BYTES = 32;

/** Seconds. A token is for a page or a task that is open now; one that was stolen and not noticed ends by itself. */
export const MAX_TOKEN_LIFE_SECONDS = 3_600;
export const MIN_TOKEN_LIFE_SECONDS = 60;

/** What a connection token is limited to, beyond its one connection. An absent list does not limit. */
export interface TokenLimits {
  /** Action ids. Absent: whatever its API key may do. */
  readonly actions?: readonly string[];
  readonly guildIds?: readonly string[];
  readonly channelIds?: readonly string[];
}

/** A short-lived bearer for one connection, as stored. */
export interface ConnectionToken extends TokenLimits {
  readonly tokenId: string;
  readonly connectionId: string;
  readonly tenantId: string;
  /** API key that made it; the token ends with it. */
  readonly keyId: string;
  /** SHA-256 of the whole token, hex. */
  readonly hash: string;
  readonly createdAtEpochSeconds: number;
  readonly expiresAtEpochSeconds: number;
  readonly revokedAtEpochSeconds?: number;
}

export interface ParsedConnectionToken {
  readonly tokenId: string;
  readonly keyId: string;
  readonly hash: string;
}

/**
 * Builds `dct_<token id>_<key id>_<random>`. Both ids stand in it, so that token, API key and connection are read in one
 * round trip; the whole is stored as a hash only.
 */
export function buildConnectionToken(
  keyId: string,
  idBytes: Uint8Array,
  secretBytes: Uint8Array,
): { tokenId: string; token: Secret; hash: string } {
  const tokenId = Buffer.from(idBytes).toString('hex');
  const token = `dct_${tokenId}_${keyId}_${Buffer.from(secretBytes).toString('base64url')}`;
  return { tokenId, token: new Secret(token), hash: sha256Hex(token) };
}

/** Takes a presented token apart, or gives nothing when it has not the shape of one. */
export function parseConnectionToken(presented: string): ParsedConnectionToken | undefined {
  const [, tokenId, keyId] = TOKEN_PATTERN.exec(presented) ?? [];
  if (tokenId === undefined || keyId === undefined) return undefined;
  return { tokenId, keyId, hash: sha256Hex(presented) };
}
