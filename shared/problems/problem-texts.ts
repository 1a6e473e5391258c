import { AUTHORITY_PROBLEM_TEXTS } from './authority-problem-texts.ts';
import { CONNECT_PROBLEM_TEXTS } from './connect-problem-texts.ts';
import { DISCORD_PROBLEM_TEXTS } from './discord-problem-texts.ts';
import { DISCORD_REFUSAL_TEXTS } from './discord-refusal-texts.ts';
import type { Failure } from './failure.ts';
import { INPUT_PROBLEM_TEXTS } from './input-problem-texts.ts';
import { OPERATOR_PROBLEM_TEXTS } from './operator-problem-texts.ts';
import type { ProblemText } from './problem-text.ts';

/** One entry per failure; a reason without an entry does not compile. */
export const PROBLEM_TEXTS: Readonly<Record<Failure['reason'], ProblemText>> = {
  ...INPUT_PROBLEM_TEXTS,
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
  ...AUTHORITY_PROBLEM_TEXTS,
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
  ...DISCORD_PROBLEM_TEXTS,
  ...DISCORD_REFUSAL_TEXTS,
  ...OPERATOR_PROBLEM_TEXTS,
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
  bot_credential_missing: {
    status: 503,
    title: 'No bot token has been entered',
    advice:
      'This action needs the bot. The operator copies its token from the page Bot of the application at Discord and enters it with `npm run operator -- set-credentials`.',
  },
  bot_credential_rejected: {
    status: 503,
    title: 'Discord does not accept the bot token',
    advice:
      'It was reset, or belongs to another application. The operator enters the present one with `npm run operator -- set-credentials`.',
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
