import { CONNECT_PROBLEM_TEXTS } from './connect-problem-texts.ts';
import type { Failure } from './failure.ts';
import type { ProblemText } from './problem-text.ts';

/** Seconds. What we tell callers to wait when nobody told us how long an outage lasts. */
export const OUTAGE_RETRY_AFTER_SECONDS = 5;

/** One entry per failure; a reason without an entry does not compile. */
export const PROBLEM_TEXTS: Readonly<Record<Failure['reason'], ProblemText>> = {
  input_invalid: {
    status: 400,
    title: 'The request has invalid values',
    advice: 'Correct each value that `errors` names, then send the request again.',
  },
  input_not_json: {
    status: 400,
    title: 'The request body is not acceptable JSON',
    advice: 'Send one JSON object in UTF-8 without duplicate keys; send Discord ids as strings.',
  },
  input_too_large: {
    status: 413,
    title: 'The request is too large',
    advice: 'Send a smaller body; `max_bytes` says how much is accepted.',
  },
  input_media_type: {
    status: 415,
    title: 'The request body must be JSON',
    advice: 'Send the body with `Content-Type: application/json`.',
  },
  input_path_invalid: {
    status: 400,
    title: 'The request path has an invalid segment',
    advice: 'Use the paths of the documentation; Discord ids are 15 to 20 decimal digits.',
  },
  route_not_found: {
    status: 404,
    title: 'There is nothing at this address',
    advice: 'Check method and path against the documentation of the HTTP surface.',
  },
  method_not_allowed: {
    status: 405,
    title: 'This address does not take that method',
    advice: 'Use one of the methods that the Allow header names.',
  },
  action_unknown: {
    status: 404,
    title: 'This Discord operation is not offered',
    advice: 'Only operations of the action catalogue are passed to Discord; see the list of actions.',
  },
  caller_missing: {
    status: 401,
    title: 'The request has neither API key nor connection token',
    advice:
      'Send `Authorization: Bearer <API key>`, or for actions a connection token. Keys are made by the operator, tokens with a key.',
  },
  caller_malformed: {
    status: 401,
    title: 'The Authorization header is not readable',
    advice: 'Send exactly one `Authorization: Bearer <API key or connection token>` header.',
  },
  caller_unknown: {
    status: 401,
    title: 'The API key or connection token is not valid',
    advice: 'It is wrong, expired or revoked. Ask the operator for a new key, or make a new token with a key.',
  },
  key_not_allowed: {
    status: 403,
    title: 'The API key does not allow this',
    advice: 'Use an action that `allowed` names, or ask the operator for a key that may do this.',
  },
  token_not_allowed: {
    status: 403,
    title: 'The connection token does not allow this',
    advice: "Stay within the token's limits, or call from your back end with an API key.",
  },
  ...CONNECT_PROBLEM_TEXTS,
  connection_not_found: {
    status: 404,
    title: 'There is no such connection',
    advice: 'Check the id. Connections are visible only to API keys of the tenant that made them.',
  },
  connection_token_not_found: {
    status: 404,
    title: 'This connection has no such token',
    advice: 'Give the `id` that came with the token, not the token. Tokens that have expired are forgotten.',
  },
  connection_disconnected: {
    status: 409,
    title: 'This connection was disconnected',
    advice: 'Create a new connect session to connect the user again; the connection keeps its id.',
  },
  user_link_invalid: {
    status: 404,
    title: 'This link to your connection is not valid any more',
    advice:
      'It may have expired: links to your connection work for fifteen minutes, in the browser in which you opened them. Nothing was changed. Go back to the app and open the page again from there.',
  },
  form_not_recognized: {
    status: 403,
    title: 'We could not match this to the page you had open',
    advice:
      'This can happen if you opened another link in the meantime, waited too long, or have cookies turned off. Nothing was changed. Go back to the app and open the page again from there.',
  },
  reconnect_required: {
    status: 409,
    title: 'The user must connect again',
    advice:
      'Discord no longer accepts the stored authorization. Create a connect session with this connection_id and send the user there; the connection keeps its id.',
  },
  connection_changed: {
    status: 409,
    title: 'The connection was changed by another request',
    advice: 'Send the request again.',
  },
  refresh_in_progress: {
    status: 503,
    title: "The user's access to Discord is being renewed by another request",
    advice: 'Wait `retry_after_seconds`, then send the request again.',
  },
  scope_missing: {
    status: 403,
    title: 'The connection lacks a scope for this action',
    advice:
      'Create a connect session with this `connection_id` and the missing scopes, and send the user there to allow them.',
  },
  discord_rejected: {
    status: 400,
    title: 'Discord refused the request',
    advice: "`discord.code` is Discord's own code for the reason; Discord's documentation lists them.",
  },
  discord_rate_limited: {
    status: 429,
    title: "Discord's rate limit is reached",
    advice: 'Wait as long as Retry-After says, then send the request again.',
  },
  discord_unavailable: {
    status: 502,
    title: 'Discord could not be reached or answered with a server error',
    advice: 'Send the request again later.',
  },
  discord_timeout: {
    status: 504,
    title: 'Discord did not answer in time',
    advice: 'Send the request again later. Whether Discord carried it out is not known.',
  },
  discord_answer_unreadable: {
    status: 502,
    title: 'Discord answered with something that is not readable',
    advice: 'Send the request again later.',
  },
  discord_answer_too_large: {
    status: 502,
    title: "Discord's answer is too large to pass on",
    advice: 'Ask for less at once, for example with `limit`.',
  },
  operator_setup_incomplete: {
    status: 503,
    title: 'The integration is not set up yet',
    advice: 'The operator must enter client id, client secret and scopes of the Discord application.',
  },
  operator_credentials_rejected: {
    status: 503,
    title: "Discord does not accept the integration's client secret",
    advice:
      'The operator must enter the current client secret. Connections are not affected and go on once that is done.',
  },
  token_requests_delayed: {
    status: 503,
    title: 'Renewals are catching up after the client secret was replaced',
    advice: 'Wait `retry_after_seconds`, then send the request again. Nothing is wrong with the connection.',
  },
  storage_unavailable: {
    status: 503,
    title: 'The storage is not available right now',
    advice: 'Send the request again later.',
  },
  key_service_unavailable: {
    status: 503,
    title: 'The key service is not available right now',
    advice: 'Send the request again later.',
  },
  secret_unavailable: {
    status: 503,
    title: "The integration's secret is not available right now",
    advice: 'Send the request again later. If it goes on, the operator must check the secret.',
  },
  sealed_data_unreadable: {
    status: 503,
    title: 'Stored data could not be opened',
    advice: 'The operator must look at this: stored tokens do not open with their key. The log has the request id.',
  },
  internal_error: {
    status: 500,
    title: 'Something went wrong on our side',
    advice: 'Tell the operator the request id in `instance`.',
  },
};
