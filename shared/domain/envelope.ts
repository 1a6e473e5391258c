import { createCipheriv, createDecipheriv } from 'node:crypto';

/** What a sealed value belongs to. Bound as associated data, so that a value moved elsewhere does not open. */
export interface SealContext {
  readonly tenantId: string;
  /** Partition key of the item that holds the value. */
  readonly owner: string;
  /** Name of the attribute. */
  readonly field: string;
  /** Version of the value; an older one put back does not open under a newer version. */
  readonly version: number;
}

/** A sealed value as stored: `v1.<data key id>.<iv>.<ciphertext and tag>`, base64url parts. */
export type Sealed = string & { readonly __brand: 'Sealed' };

const IV_BYTES = 12;
const TAG_BYTES = 16;
const SEALED_PATTERN = /^v1\.([0-9a-f]{16})\.([A-Za-z0-9_-]{16})\.([A-Za-z0-9_-]{22,})$/;

/** Thrown when a sealed value is malformed, was changed, or belongs to another context. Says nothing about the content. */
export class SealBrokenError extends Error {
  override name = 'SealBrokenError';
}

/**
 * Encrypts with AES-256-GCM.
 * @param key - 32 bytes, the tenant's data key
 * @param iv - 12 random bytes, fresh for every call (NIST SP 800-38D §8.2.2); at our volumes far below 2^32 per key
 */
export function sealWith(
  key: Uint8Array,
  keyId: string,
  iv: Uint8Array,
  context: SealContext,
  plaintext: string,
): Sealed {
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  cipher.setAAD(buildAssociatedData(keyId, context));
  const body = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return `v1.${keyId}.${Buffer.from(iv).toString('base64url')}.${body.toString('base64url')}` as Sealed;
}

/** Which data key a sealed value needs. @throws SealBrokenError when it is not a sealed value */
export function parseSealedKeyId(sealed: string): string {
  const keyId = SEALED_PATTERN.exec(sealed)?.[1];
  if (keyId === undefined) throw new SealBrokenError('not a sealed value');
  return keyId;
}

/** Decrypts and authenticates. @throws SealBrokenError */
export function openWith(key: Uint8Array, context: SealContext, sealed: string): string {
  const match = SEALED_PATTERN.exec(sealed);
  const [keyId, iv, body] = [match?.[1], match?.[2], match?.[3]];
  if (keyId === undefined || iv === undefined || body === undefined) throw new SealBrokenError('not a sealed value');
  const bytes = Buffer.from(body, 'base64url');
  const ivBytes = Buffer.from(iv, 'base64url');
  // Base64 lets several last characters stand for the same bytes: only the one that we write is accepted.
  const isCanonical = bytes.toString('base64url') === body;
  if (!isCanonical || ivBytes.length !== IV_BYTES || bytes.length < TAG_BYTES) {
    throw new SealBrokenError('not a sealed value');
  }
  const decipher = createDecipheriv('aes-256-gcm', key, ivBytes);
  decipher.setAAD(buildAssociatedData(keyId, context));
  decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
  try {
    const text = decipher.update(bytes.subarray(0, bytes.length - TAG_BYTES));
    return Buffer.concat([text, decipher.final()]).toString('utf8');
  } catch {
    throw new SealBrokenError('the value does not belong to this key and context');
  }
}

/** Each part with its length, so that no two different contexts give the same bytes. */
function buildAssociatedData(keyId: string, context: SealContext): Buffer {
  const parts = [keyId, context.tenantId, context.owner, context.field, String(context.version)];
  return Buffer.from(parts.map((part) => `${Buffer.byteLength(part)}:${part}`).join(''), 'utf8');
}
