import type { HttpRequest } from './request.ts';

/**
 * Whether the browser says that a request comes from one of our own pages, where it says anything: `Sec-Fetch-Site` and, on every
 * post, `Origin`. `SameSite` alone would let pages of sibling domains through. Programs say nothing; they hold no cookies either.
 * @param publicBaseUrl - the origin of our pages
 * @see OWASP Cross-Site Request Forgery Prevention Cheat Sheet · Fetch Metadata Request Headers (W3C)
 */
export function isFromOwnOrigin({ headers }: HttpRequest, publicBaseUrl: string): boolean {
  const { origin, 'sec-fetch-site': site } = headers;
  if (site !== undefined && site !== 'same-origin') return false;
  return origin === undefined || origin === new URL(publicBaseUrl).origin;
}
