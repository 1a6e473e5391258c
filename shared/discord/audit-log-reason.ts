import type { InputFailure } from '../problems/failure.ts';
import { fail, ok, type Result } from '../result.ts';

export const AUDIT_LOG_REASON_HEADER = 'X-Audit-Log-Reason';

/** Characters after decoding. @see Discord docs: resources/audit-log */
const MAX_REASON_LENGTH = 512;

/**
 * Reads the reason that Discord notes in the guild's audit log with an action.
 * @param header - as the caller sent it: UTF-8, encoded as in a URL
 * @param isTaken - whether Discord notes one with this action
 * @returns the value to send on, encoded anew
 */
export function parseAuditLogReason(
  header: string | undefined,
  isTaken: boolean,
): Result<string | undefined, InputFailure> {
  if (header === undefined) return ok(undefined);
  if (!isTaken) return refuse('is not taken by this action');
  const reason = decode(header);
  if (reason === undefined) return refuse('must be UTF-8, encoded as in a URL');
  const { length } = Array.from(reason);
  return length >= 1 && length <= MAX_REASON_LENGTH
    ? ok(encodeURIComponent(reason))
    : refuse(`must be 1 to ${MAX_REASON_LENGTH} characters`);
}

function refuse(detail: string) {
  return fail<InputFailure>({
    reason: 'input_invalid',
    errors: [{ parameter: AUDIT_LOG_REASON_HEADER, detail }],
  });
}

function decode(header: string): string | undefined {
  if (!/^[\x20-\x7e]*$/.test(header)) return undefined;
  try {
    return decodeURIComponent(header);
  } catch {
    return undefined;
  }
}
