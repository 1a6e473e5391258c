/**
 * Says what is wrong with an origin. Browsers compare origins as text, and `${origin}/path` must name what it says: so nothing
 * but scheme, host and port, in the spelling that browsers send. Plain http only on loopback: elsewhere it would carry tokens in
 * the clear. Pure.
 * @returns the end of a sentence that begins with the value; undefined when nothing is wrong
 * @see RFC 6454 §6.2 (serialization of an origin)
 */
export function findOriginFault(value: unknown): string | undefined {
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : undefined;
  if (url === undefined || !['https:', 'http:'].includes(url.protocol)) {
    return 'is not an origin such as "https://app.example"';
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    return 'must use https (plain http is for loopback only)';
  }
  return url.origin === value ? undefined : `is not a bare origin; write "${url.origin}"`;
}

function isLoopback(hostname: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(hostname) || hostname.endsWith('.localhost');
}
