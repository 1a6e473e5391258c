import type { Failure, LimitFailure } from './failure.ts';
import type { Problem, ProblemMembers } from './problem.ts';
import { describeInputError } from './describe-input-error.ts';
import { OUTAGE_RETRY_AFTER_SECONDS } from './outage-retry.ts';
import { toAuthorityMembers } from './to-authority-members.ts';
import { toDiscordMembers } from './to-discord-members.ts';
import { PROBLEM_TEXTS } from './problem-texts.ts';

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

function toMembers(failure: Failure): ProblemMembers {
  switch (failure.reason) {
    case 'input_invalid':
    case 'scope_not_enabled':
    case 'settings_refused':
      return { detail: failure.errors.map(describeInputError).join(' '), errors: failure.errors };
    case 'input_not_json':
      return {
        detail: failure.detail,
        ...(failure.pointer === undefined ? {} : { errors: [{ pointer: failure.pointer, detail: failure.detail }] }),
      };
    case 'return_url_not_allowed':
      return { detail: failure.detail, errors: [{ pointer: '/return_url', detail: failure.detail }] };
    case 'input_path_invalid':
    case 'tenant_conflict':
    case 'api_key_conflict':
      return { detail: failure.detail };
    case 'settings_changed_meanwhile':
      return { current_version: failure.currentVersion };
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
    case 'idempotency_in_progress':
    case 'sign_in_attempts_exceeded':
      return { retry_after_seconds: failure.retryAfterSeconds };
    case 'scope_missing':
    case 'scopes_not_granted':
      return { detail: `Missing: ${failure.missing.join(', ')}.`, missing: failure.missing };
    case 'key_not_allowed':
    case 'token_not_allowed':
      return toLimitMembers(failure);
    case 'reconnect_required':
      return { status_reason: failure.statusReason };
    case 'actor_permission_missing':
    case 'bot_permission_missing':
    case 'guild_not_connected':
    case 'actor_not_in_guild':
    case 'actor_restricted':
    case 'bot_access_missing':
    case 'target_not_below':
    case 'role_not_assignable':
    case 'not_made_for_connection':
    case 'direct_message_refused':
    case 'only_own_member':
    case 'channel_unsuitable':
    case 'intent_missing':
      return toAuthorityMembers(failure);
    case 'bot_credential_missing':
    case 'bot_credential_rejected':
      return { retry_after_seconds: OPERATOR_RETRY_AFTER_SECONDS };
    case 'operator_setup_incomplete':
      return { detail: `Missing: ${failure.missing}.`, retry_after_seconds: OPERATOR_RETRY_AFTER_SECONDS };
    case 'operator_credentials_rejected':
      return { retry_after_seconds: failure.retryAfterSeconds ?? OPERATOR_RETRY_AFTER_SECONDS };
    case 'discord_rejected':
    case 'discord_rate_limited':
    case 'discord_unavailable':
    case 'discord_input_rejected':
    case 'discord_refused':
    case 'discord_not_found':
    case 'conflict':
    case 'limit_reached':
    case 'webhook_gone':
    case 'discord_too_large':
    case 'recipient_refuses':
    case 'blocked_by_policy':
    case 'discord_misused':
    case 'discord_not_ready':
      return toDiscordMembers(failure);
    case 'discord_timeout':
    case 'discord_answer_unreadable':
    case 'storage_unavailable':
    case 'key_service_unavailable':
    case 'secret_unavailable':
      return { retry_after_seconds: OUTAGE_RETRY_AFTER_SECONDS };
    case 'route_not_found':
    case 'input_media_type':
    case 'action_unknown':
    case 'webhook_token_refused':
    case 'idempotency_key_reused':
    case 'idempotency_outcome_unknown':
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
    case 'operator_unauthenticated':
    case 'operator_credential_rejected':
    case 'operator_only':
    case 'request_forged':
    case 'precondition_required':
    case 'tenant_not_found':
    case 'api_key_not_found':
    case 'sealed_data_unreadable':
    case 'internal_error':
      return {};
  }
}

function toLimitMembers(failure: LimitFailure): ProblemMembers {
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
