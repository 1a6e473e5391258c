import type { RefreshHold } from '../domain/refresh-lease.ts';
import type { Failure } from '../problems/failure.ts';
import { fail, type Result } from '../result.ts';

/** What a call gets whose token is of no use and whose refresh failed a moment ago: the same failure, without asking again. */
export function toHeldFailure(hold: RefreshHold, nowEpochMs: number): Result<never, Failure> {
  const retryAfterSeconds = Math.max(1, Math.ceil((hold.untilEpochMs - nowEpochMs) / 1000));
  switch (hold.reason) {
    case 'operator_credentials_rejected':
    case 'token_requests_delayed':
    case 'discord_rate_limited':
      return fail({ reason: hold.reason, retryAfterSeconds });
    case 'discord_unavailable':
    case 'discord_timeout':
    case 'discord_answer_unreadable':
    case 'key_service_unavailable':
    case 'secret_unavailable':
      return fail({ reason: hold.reason });
    default:
      return fail({ reason: 'refresh_in_progress', retryAfterSeconds });
  }
}
