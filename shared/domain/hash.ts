import { createHash, timingSafeEqual } from 'node:crypto';

/** SHA-256 of a text as lower-case hex: how secrets that callers hold appear in the table. */
export function sha256Hex(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** SHA-256 as base64url without padding: PKCE's S256 transformation of a verifier. @see RFC 7636 §4.2 */
export function sha256Base64Url(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('base64url');
}

/** Compares two hex digests without telling by its duration where they differ. */
export function isSameDigest(a: string, b: string): boolean {
  const left = Buffer.from(a, 'utf8');
  const right = Buffer.from(b, 'utf8');
  return left.length === right.length && timingSafeEqual(left, right);
}
