import type { InputFailure } from '../problems/failure.ts';
import { fail, ok, type Result } from '../result.ts';
import type { HttpRequest } from './request.ts';

/** Visible ASCII, as much of it as a UUID in any dress and then some. */
const KEY_PATTERN = /^[\x21-\x7e]{1,255}$/;

/**
 * Reads the header with which a caller makes a call safe to repeat. Where nothing needs to, it is left out of account.
 * @see draft-ietf-httpapi-idempotency-key-header
 */
export function parseIdempotencyKey(headers: HttpRequest['headers']): Result<string | undefined, InputFailure> {
  const key = headers['idempotency-key'];
  if (key === undefined || KEY_PATTERN.test(key)) return ok(key);
  return fail({
    reason: 'input_invalid',
    errors: [{ parameter: 'Idempotency-Key', detail: 'must be 1 to 255 visible ASCII characters' }],
  });
}
