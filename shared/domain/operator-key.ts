import { createHash } from 'node:crypto';
import { isSameDigest, sha256Hex } from './hash.ts';
import { Secret } from './secret.ts';

/** Bytes of the operator key: 256 random bits, so that a plain SHA-256 is enough to store it. */
export const OPERATOR_KEY_BYTES = 32;

const KEY_PATTERN = /^dio_[A-Za-z0-9_-]{43}$/;

/**
 * What a set-up code looks like: letters and digits, as long as the template has Secrets Manager make it (190 bits) or longer. A
 * shorter one that somebody has thought of could be guessed and is therefore none.
 */
export const SETUP_CODE_PATTERN = /^[A-Za-z0-9]{32,128}$/;

/** Characters of a set-up code that we make. */
export const SETUP_CODE_LENGTH = 40;

/** What nothing hashes to: compared with where there is nothing, so that each refusal does the same work. */
const NOTHING_HASH = sha256Hex('no such credential');

/** The one who operates the installation, as stored. */
export interface OperatorRecord {
  /** SHA-256 of the operator key, hex. */
  readonly keyHash: string;
  /** SHA-256 of the set-up code that has made the first key of this line: it is used up. */
  readonly setupCodeHash: string;
  /** Random. Sessions belong to one generation and end with it. */
  readonly generation: string;
  /** The one session of an earlier generation that goes on: of whoever has rolled the key. */
  readonly keptSessionHash?: string;
  readonly keyCreatedAtEpochSeconds: number;
}

/** Builds `dio_<random>` from random bytes, and what of it is stored. */
export function buildOperatorKey(bytes: Uint8Array): { readonly key: Secret; readonly hash: string } {
  const key = `dio_${Buffer.from(bytes).toString('base64url')}`;
  return { key: new Secret(key), hash: sha256Hex(key) };
}

/** Whether it is the key that is stored. Takes as long when none is stored. */
export function isOperatorKey(presented: string, stored: OperatorRecord | undefined): boolean {
  const isEqual = isSameDigest(sha256Hex(presented), stored?.keyHash ?? NOTHING_HASH);
  return isEqual && KEY_PATTERN.test(presented) && stored !== undefined;
}

/**
 * Whether it is the set-up code that lies in the secret, and has not made a key before.
 * @param code - as it lies in the secret; absent: there is none
 */
export function isUnusedSetupCode(
  presented: string,
  code: Secret | undefined,
  stored: OperatorRecord | undefined,
): boolean {
  const hash = sha256Hex(presented);
  const isEqual = isSameDigest(hash, code === undefined ? NOTHING_HASH : sha256Hex(code.reveal()));
  const isUsed = isSameDigest(hash, stored?.setupCodeHash ?? NOTHING_HASH);
  return isEqual && !isUsed && SETUP_CODE_PATTERN.test(presented);
}

const CODE_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Builds a set-up code from random bytes, at least twice as many as it has characters. */
export function buildSetupCode(bytes: Uint8Array): Secret {
  // The bytes beyond 247 would make some characters likelier than others.
  const fair = [...bytes].filter((byte) => byte < CODE_ALPHABET.length * 4);
  const code = fair.slice(0, SETUP_CODE_LENGTH).map((byte) => CODE_ALPHABET.charAt(byte % CODE_ALPHABET.length));
  if (code.length < SETUP_CODE_LENGTH) return buildSetupCode(createHash('sha512').update(bytes).digest());
  return new Secret(code.join(''));
}
