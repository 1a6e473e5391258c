import type { CallerFailure } from '../problems/failure.ts';
import { fail, ok, type Result } from '../result.ts';

/**
 * Reads the bearer token. The scheme's case does not matter (RFC 9110 §11.1); two headers arrive joined by a comma, which
 * no token contains, so they are refused and never chosen from.
 * @see RFC 6750 §2.1
 */
export function parseBearer(header: string | undefined): Result<string, CallerFailure> {
  if (header === undefined || header === '') return fail({ reason: 'caller_missing' });
  const token = /^Bearer +([A-Za-z0-9._~+/-]+=*)$/i.exec(header)?.[1];
  return token === undefined ? fail({ reason: 'caller_malformed' }) : ok(token);
}
