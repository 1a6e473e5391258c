/**
 * Every way in which a request can fail, as data. Each `reason` is also the `code` of the problem that goes out
 * (`shared/problems/to-problem.ts`), so the literals are an outward contract: never renamed, never reused.
 */
export type Failure =
  InputFailure | CallerFailure | ConnectFailure | ConnectionFailure | DiscordFailure | OperatorFailure | OutageFailure;

/** One fault in the input and where it is: a JSON Pointer (RFC 6901) into the body, or a named parameter. */
export interface InputError {
  readonly pointer?: string;
  readonly parameter?: string;
  readonly detail: string;
}

export type InputFailure =
  | { readonly reason: 'input_invalid'; readonly errors: readonly InputError[] }
  | { readonly reason: 'input_not_json'; readonly detail: string; readonly pointer?: string }
  | { readonly reason: 'input_too_large'; readonly maxBytes: number }
  | { readonly reason: 'input_media_type' }
  | { readonly reason: 'input_path_invalid'; readonly detail: string }
  | { readonly reason: 'route_not_found' }
  | { readonly reason: 'method_not_allowed'; readonly allowed: readonly string[] }
  | { readonly reason: 'action_unknown' };

export type CallerFailure =
  | { readonly reason: 'caller_missing' }
  | { readonly reason: 'caller_malformed' }
  | { readonly reason: 'caller_unknown' }
  | LimitFailure;

/** The caller is known and may not do this. `allowed` is what he may; `missing` what he would have needed. */
export type LimitFailure =
  | { readonly reason: 'key_not_allowed'; readonly missing: readonly string[]; readonly allowed: readonly string[] }
  /** `routes`: connection tokens run actions and nothing else. */
  | { readonly reason: 'token_not_allowed'; readonly limit: 'routes' }
  | {
      readonly reason: 'token_not_allowed';
      readonly limit: 'actions' | 'guilds' | 'channels';
      readonly missing?: readonly string[];
      readonly allowed: readonly string[];
    };

/** What can go wrong between a connect link and a stored connection. */
export type ConnectFailure =
  | { readonly reason: 'scope_not_enabled'; readonly errors: readonly InputError[] }
  | { readonly reason: 'return_url_not_allowed'; readonly detail: string }
  | { readonly reason: 'connect_link_invalid' }
  | { readonly reason: 'connect_link_used' }
  | { readonly reason: 'connect_link_exhausted' }
  | { readonly reason: 'connect_not_recognized' }
  | { readonly reason: 'callback_malformed' }
  | { readonly reason: 'connect_session_not_found' }
  | { readonly reason: 'connect_session_unfinished' }
  | { readonly reason: 'connect_session_refused' }
  | { readonly reason: 'connect_session_used' }
  | { readonly reason: 'connect_session_burnt' }
  | { readonly reason: 'confirmation_rejected'; readonly attemptsLeft: number }
  | { readonly reason: 'confirmation_in_progress'; readonly retryAfterSeconds: number }
  | { readonly reason: 'authorization_code_expired' }
  | { readonly reason: 'scopes_not_granted'; readonly missing: readonly string[] }
  | { readonly reason: 'account_mismatch' }
  | { readonly reason: 'disconnect_in_progress'; readonly retryAfterSeconds: number };

export type ConnectionFailure =
  | { readonly reason: 'connection_not_found' }
  | { readonly reason: 'connection_token_not_found' }
  | { readonly reason: 'connection_disconnected' }
  | { readonly reason: 'user_link_invalid' }
  | { readonly reason: 'form_not_recognized' }
  | { readonly reason: 'reconnect_required'; readonly statusReason: string }
  | { readonly reason: 'connection_changed'; readonly retryAfterSeconds: number }
  | { readonly reason: 'refresh_in_progress'; readonly retryAfterSeconds: number }
  | { readonly reason: 'scope_missing'; readonly missing: readonly string[] };

export type DiscordFailure =
  | { readonly reason: 'discord_rejected'; readonly status: number; readonly discordCode?: number }
  | {
      readonly reason: 'discord_rate_limited';
      readonly retryAfterSeconds: number;
      readonly scope?: string;
      readonly bucket?: string;
    }
  | { readonly reason: 'discord_unavailable'; readonly status?: number }
  | { readonly reason: 'discord_timeout' }
  | { readonly reason: 'discord_answer_unreadable' }
  | { readonly reason: 'discord_answer_too_large'; readonly maxBytes: number };

/** Faults that only the operator can mend; never a fault of the end user or the connection. */
export type OperatorFailure =
  | { readonly reason: 'operator_setup_incomplete'; readonly missing: string }
  /** With a time when nothing was sent: the refusal that is known still stands. */
  | { readonly reason: 'operator_credentials_rejected'; readonly retryAfterSeconds?: number }
  | { readonly reason: 'token_requests_delayed'; readonly retryAfterSeconds: number };

export type OutageFailure =
  | { readonly reason: 'storage_unavailable' }
  | { readonly reason: 'key_service_unavailable' }
  | { readonly reason: 'secret_unavailable' }
  | { readonly reason: 'sealed_data_unreadable' }
  | { readonly reason: 'internal_error' };

/** Thrown by edges when what they talk to is down: carries the failure to answer with, nothing of the cause. */
export class OutageError extends Error {
  override name = 'OutageError';
  readonly failure: Failure;
  /** Name of the underlying error class (`ThrottlingException`), for the log. */
  readonly causeName: string;

  constructor(failure: OutageFailure | OperatorFailure, causeName: string) {
    super(failure.reason);
    this.failure = failure;
    this.causeName = causeName;
  }
}
