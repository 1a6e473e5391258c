/**
 * Every way in which a request can fail, as data. Each `reason` is also the `code` of the problem that goes out
 * (`shared/problems/to-problem.ts`), so the literals are an outward contract: never renamed, never reused.
 */
export type Failure =
  | InputFailure
  | CallerFailure
  | ConnectFailure
  | ConnectionFailure
  | AuthorityFailure
  | DiscordFailure
  | DiscordRefusal
  | OperatorAccessFailure
  | SettingsFailure
  | OperatorFailure
  | OutageFailure;

/** One fault in the input and where it is: a JSON Pointer (RFC 6901) into the body, or a named parameter. */
export interface InputError {
  readonly pointer?: string;
  readonly parameter?: string;
  readonly detail: string;
  /** Discord's own name of the fault, when it was Discord that found it. */
  readonly code?: string;
}

export type InputFailure =
  | { readonly reason: 'input_invalid'; readonly errors: readonly InputError[] }
  | { readonly reason: 'input_not_json'; readonly detail: string; readonly pointer?: string }
  | { readonly reason: 'input_too_large'; readonly maxBytes: number }
  | { readonly reason: 'input_media_type' }
  | { readonly reason: 'input_path_invalid'; readonly detail: string }
  | { readonly reason: 'route_not_found' }
  | { readonly reason: 'method_not_allowed'; readonly allowed: readonly string[] }
  | { readonly reason: 'action_unknown' }
  /** The path holds a webhook's token. It is not repeated anywhere. */
  | { readonly reason: 'webhook_token_refused' }
  | { readonly reason: 'idempotency_key_reused' }
  | { readonly reason: 'idempotency_in_progress'; readonly retryAfterSeconds: number }
  | { readonly reason: 'idempotency_outcome_unknown' };

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

/** Why a call through the bot is refused: what is missing, and whose it is. `actor` is the connected user. */
export type AuthorityFailure =
  | {
      readonly reason: 'actor_permission_missing' | 'bot_permission_missing';
      readonly missing: readonly string[];
      readonly where: 'guild' | 'channel';
      /** Id of the guild or channel. */
      readonly placeId: string;
    }
  /** Of another tenant, of nobody, or not known at all: which one is not told. */
  | { readonly reason: 'guild_not_connected' }
  | { readonly reason: 'actor_not_in_guild'; readonly guildId: string }
  | { readonly reason: 'actor_restricted'; readonly restriction: 'timed_out' | 'pending' }
  /** The bot is not in the guild, or cannot see the channel, message or webhook; or there is none. */
  | { readonly reason: 'bot_access_missing'; readonly what: 'guild' | 'channel' | 'message' | 'member' | 'webhook' }
  | {
      readonly reason: 'target_not_below';
      readonly who: 'actor' | 'bot';
      readonly target: 'member' | 'role';
      readonly targetId: string;
    }
  | { readonly reason: 'role_not_assignable'; readonly roleId: string }
  /** The message, reaction or webhook was not made for this connection, and only for that one may do this. */
  | { readonly reason: 'not_made_for_connection'; readonly what: 'message' | 'reaction' | 'webhook' }
  | { readonly reason: 'direct_message_refused' }
  | { readonly reason: 'only_own_member' }
  | { readonly reason: 'channel_unsuitable'; readonly needed: string }
  | { readonly reason: 'intent_missing'; readonly missing: readonly string[] };

export type DiscordFailure =
  | { readonly reason: 'discord_rejected'; readonly status: number; readonly discordCode?: number }
  | {
      readonly reason: 'discord_rate_limited';
      readonly retryAfterSeconds: number;
      readonly scope?: string;
      readonly bucket?: string;
      readonly discordCode?: number;
    }
  | { readonly reason: 'discord_unavailable'; readonly status?: number }
  | { readonly reason: 'discord_timeout' }
  | { readonly reason: 'discord_answer_unreadable' }
  | { readonly reason: 'discord_answer_too_large'; readonly maxBytes: number };

/** What Discord says of its refusal. `detail` is our sentence for Discord's code. */
interface RefusalFacts {
  readonly status: number;
  readonly discordCode: number;
  readonly detail: string;
}

/** Why Discord does not carry an action out, as far as its code tells; else it is `discord_rejected`. */
export type DiscordRefusal =
  | (RefusalFacts & {
      readonly reason:
        | 'discord_refused'
        | 'discord_not_found'
        | 'conflict'
        | 'limit_reached'
        | 'webhook_gone'
        | 'discord_too_large'
        | 'recipient_refuses'
        | 'blocked_by_policy'
        | 'discord_misused';
    })
  | (RefusalFacts & { readonly reason: 'discord_input_rejected'; readonly errors: readonly InputError[] })
  | (RefusalFacts & { readonly reason: 'discord_not_ready'; readonly retryAfterSeconds: number });

/** Faults that only the operator can mend; never a fault of the end user or the connection. */
export type OperatorFailure =
  | { readonly reason: 'operator_setup_incomplete'; readonly missing: string }
  /** With a time when nothing was sent: the refusal that is known still stands. */
  | { readonly reason: 'operator_credentials_rejected'; readonly retryAfterSeconds?: number }
  | { readonly reason: 'bot_credential_missing' }
  | { readonly reason: 'bot_credential_rejected' }
  | { readonly reason: 'token_requests_delayed'; readonly retryAfterSeconds: number };

/** Who wants to operate the installation, and is not let. */
export type OperatorAccessFailure =
  | { readonly reason: 'operator_unauthenticated' }
  /** Wrong set-up code, one that was used, or a wrong operator key: which one is not told. */
  | { readonly reason: 'operator_credential_rejected' }
  /** An API key or connection token on a route of the operator's. */
  | { readonly reason: 'operator_only' }
  /** The session is right, but the request does not come from our own page. */
  | { readonly reason: 'request_forged' }
  | { readonly reason: 'sign_in_attempts_exceeded'; readonly retryAfterSeconds: number };

/** What an operator asked for and what stands against it. */
export type SettingsFailure =
  | { readonly reason: 'precondition_required' }
  | { readonly reason: 'settings_changed_meanwhile'; readonly currentVersion: number }
  /** Discord itself refused what was entered. */
  | { readonly reason: 'settings_refused'; readonly errors: readonly InputError[] }
  | { readonly reason: 'tenant_not_found' }
  | { readonly reason: 'tenant_conflict'; readonly detail: string }
  | { readonly reason: 'api_key_not_found' }
  | { readonly reason: 'api_key_conflict'; readonly detail: string };

export type OutageFailure =
  | { readonly reason: 'storage_unavailable' }
  | { readonly reason: 'key_service_unavailable' }
  | { readonly reason: 'secret_unavailable' }
  | { readonly reason: 'sealed_data_unreadable' }
  | { readonly reason: 'internal_error' };

/** Carries a failure out of an interface whose answers have no room for one. Caught where the interface was handed in. */
export class FailureError extends Error {
  override name = 'FailureError';
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.reason);
    this.failure = failure;
  }
}

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
