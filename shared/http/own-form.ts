import { isSameDigest } from '../domain/hash.ts';
import { isFromOwnOrigin } from './own-origin.ts';
import type { HttpRequest } from './request.ts';

/** Bytes. Our forms have three short fields. */
const MAX_FORM_BYTES = 4096;

/**
 * Reads a form that one of our own pages has sent; anything else is refused without a closer look. Three things must hold:
 * the browser says that it comes from this origin (where it says anything), it is a plain form, and it carries the token that only
 * our page could put in.
 * @param publicBaseUrl - the origin of our pages
 * @param expectedToken - what the field must hold
 * @returns the fields, or nothing
 * @see OWASP Cross-Site Request Forgery Prevention Cheat Sheet · Fetch Metadata Request Headers (W3C)
 */
export function parseOwnForm(
  request: HttpRequest,
  publicBaseUrl: string,
  tokenField: string,
  expectedToken: string,
): URLSearchParams | undefined {
  if (!isFromOwnOrigin(request, publicBaseUrl)) return undefined;
  const { 'content-type': type } = request.headers;
  if (!/^application\/x-www-form-urlencoded\s*(;\s*charset=utf-8\s*)?$/i.test(type ?? '')) return undefined;
  if (request.body.byteLength > MAX_FORM_BYTES) return undefined;
  const fields = new URLSearchParams(Buffer.from(request.body).toString('utf8'));
  const isRepeated = [...fields.keys()].length > new Set(fields.keys()).size;
  return !isRepeated && isSameDigest(fields.get(tokenField) ?? '', expectedToken) ? fields : undefined;
}
