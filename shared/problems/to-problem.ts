import type { Failure, InputError, LimitFailure } from './failure.ts';
import { OUTAGE_RETRY_AFTER_SECONDS, PROBLEM_TEXTS } from './problem-texts.ts';

/** A failure as it goes out (RFC 9457). `code` is stable; extension members stand only where they apply. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly code: Failure['reason'];
  readonly retry_after_seconds?: number;
  readonly errors?: readonly InputError[];
  readonly missing?: readonly string[];
  readonly allowed?: readonly string[];
  readonly max_bytes?: number;
  readonly attempts_left?: number;
  readonly status_reason?: string;
  readonly discord?: {
    readonly code?: number;
    readonly status?: number;
    readonly scope?: string;
    readonly bucket?: string;
  };
}

type Members = Omit<Problem, 'type' | 'title' | 'status' | 'instance' | 'code' | 'detail'> & {
  readonly detail?: string;
  readonly status?: number;
};

/**
 * The one mapper from failures to problems.
 * @param publicBaseUrl - origin of the gateway; `type` is that code's page on it
 * @param requestId - becomes `instance`, so that an operator finds the request in the log
 */
export function toProblem(failure: Failure, publicBaseUrl: string, requestId: string): Problem {
  const text = PROBLEM_TEXTS[failure.reason];
  const { detail, status, ...members } = toMembers(failure);
  return {
    type: `${publicBaseUrl}/problems/${failure.reason}`,
    title: text.title,
    status: status ?? text.status,
    detail: detail === undefined ? text.advice : `${detail} ${text.advice}`,
    instance: `urn:request:${requestId}`,
    code: failure.reason,
    ...members,
  };
}

function toMembers(failure: Failure): Members {
  switch (failure.reason) {
    case 'input_invalid':
    case 'scope_not_enabled':
      return { detail: failure.errors.map(describeInputError).join(' '), errors: failure.errors };
    case 'input_not_json':
      return {
        detail: failure.detail,
        ...(failure.pointer === undefined ? {} : { errors: [{ pointer: failure.pointer, detail: failure.detail }] }),
      };
    case 'return_url_not_allowed':
      return { detail: failure.detail, errors: [{ pointer: '/return_url', detail: failure.detail }] };
    case 'input_path_invalid':
      return { detail: failure.detail };
    case 'input_too_large':
    case 'discord_answer_too_large':
      return { max_bytes: failure.maxBytes };
    case 'method_not_allowed':
      return { allowed: failure.allowed };
    case 'confirmation_rejected':
      return { attempts_left: failure.attemptsLeft };
    case 'confirmation_in_progress':
    case 'disconnect_in_progress':
    case 'connection_changed':
    case 'refresh_in_progress':
    case 'token_requests_delayed':
      return { retry_after_seconds: failure.retryAfterSeconds };
    case 'scope_missing':
    case 'scopes_not_granted':
      return { detail: `Missing: ${failure.missing.join(', ')}.`, missing: failure.missing };
    case 'key_not_allowed':
    case 'token_not_allowed':
      return toLimitMembers(failure);
    case 'reconnect_required':
      return { status_reason: failure.statusReason };
    case 'operator_setup_incomplete':
      return { detail: `Missing: ${failure.missing}.`, retry_after_seconds: OPERATOR_RETRY_AFTER_SECONDS };
    case 'operator_credentials_rejected':
      return { retry_after_seconds: failure.retryAfterSeconds ?? OPERATOR_RETRY_AFTER_SECONDS };
    case 'discord_rejected':
      return {
        status: failure.status,
        detail: `Discord answered ${failure.status}${failure.discordCode === undefined ? '' : ` with its code ${failure.discordCode}`}.`,
        discord: {
          status: failure.status,
          ...(failure.discordCode === undefined ? {} : { code: failure.discordCode }),
        },
      };
    case 'discord_rate_limited':
      return {
        retry_after_seconds: failure.retryAfterSeconds,
        discord: {
          ...(failure.scope === undefined ? {} : { scope: failure.scope }),
          ...(failure.bucket === undefined ? {} : { bucket: failure.bucket }),
        },
      };
    case 'discord_unavailable':
      return {
        retry_after_seconds: OUTAGE_RETRY_AFTER_SECONDS,
        ...(failure.status === undefined ? {} : { discord: { status: failure.status } }),
      };
    case 'discord_timeout':
    case 'discord_answer_unreadable':
    case 'storage_unavailable':
    case 'key_service_unavailable':
    case 'secret_unavailable':
      return { retry_after_seconds: OUTAGE_RETRY_AFTER_SECONDS };
    case 'route_not_found':
    case 'input_media_type':
    case 'action_unknown':
    case 'caller_missing':
    case 'caller_malformed':
    case 'caller_unknown':
    case 'connect_link_invalid':
    case 'connect_link_used':
    case 'connect_link_exhausted':
    case 'connect_not_recognized':
    case 'callback_malformed':
    case 'connect_session_not_found':
    case 'connect_session_unfinished':
    case 'connect_session_refused':
    case 'connect_session_used':
    case 'connect_session_burnt':
    case 'authorization_code_expired':
    case 'account_mismatch':
    case 'connection_not_found':
    case 'connection_token_not_found':
    case 'connection_disconnected':
    case 'user_link_invalid':
    case 'form_not_recognized':
    case 'sealed_data_unreadable':
    case 'internal_error':
      return {};
  }
}

function toLimitMembers(failure: LimitFailure): Members {
  if (failure.reason === 'key_not_allowed') {
    const { missing, allowed } = failure;
    return { detail: `The key is limited to the actions ${allowed.join(', ')}.`, missing, allowed };
  }
  if (failure.limit === 'routes') return { detail: 'Connection tokens run actions; this address takes API keys only.' };
  const { limit, missing, allowed } = failure;
  return {
    detail: `The token is limited to the ${limit} ${allowed.join(', ')}.`,
    allowed,
    ...(missing === undefined ? {} : { missing }),
  };
}

/** Seconds. An operator needs minutes to enter a secret; callers need not ask more often than this. */
const OPERATOR_RETRY_AFTER_SECONDS = 30;

function describeInputError(error: InputError): string {
  // The pointer to the whole document is the empty text (RFC 6901 §5).
  const place = error.parameter ?? (error.pointer === '' ? undefined : error.pointer);
  return `${place ?? 'body'}: ${error.detail}.`;
}
