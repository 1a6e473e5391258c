import type { Failure } from '../problems/failure.ts';
import { fail, ok, type Result } from '../result.ts';
import type { HttpRequest } from './request.ts';

/** A version as an entity tag. @see RFC 9110 §8.8.3 */
export function buildEtag(version: number): string {
  return `"${version}"`;
}

/**
 * Reads which version a request changes. `*` would mean whichever there is, which is what must not happen here, and a list names several:
 * both are refused.
 * @see RFC 9110 §13.1.1 (If-Match) · RFC 6585 §3 (428)
 */
export function parseIfMatch({ headers }: HttpRequest): Result<number, Failure> {
  const given = headers['if-match'];
  if (given === undefined) return fail({ reason: 'precondition_required' });
  const version = /^"(0|[1-9][0-9]{0,14})"$/.exec(given.trim())?.[1];
  if (version !== undefined) return ok(Number(version));
  const detail = 'must be the ETag of the settings as they were read, in its quotation marks';
  return fail({ reason: 'input_invalid', errors: [{ parameter: 'If-Match', detail }] });
}
