import type { InputFailure } from './failure.ts';
import type { ProblemText } from './problem-text.ts';

/** What the caller can mend in his request. */
export const INPUT_PROBLEM_TEXTS: Readonly<Record<InputFailure['reason'], ProblemText>> = {
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
    advice:
      'Send the body with `Content-Type: application/json`; messages with files as `multipart/form-data` with `payload_json` and `files[n]`.',
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
  webhook_token_refused: {
    status: 400,
    title: "A webhook's token has no place in the path",
    advice:
      'Use the webhook by its id alone: `/webhooks/{webhook_id}`. The token is kept here and added where Discord wants it. If you have one, treat it as leaked: delete the webhook.',
  },
  idempotency_key_reused: {
    status: 422,
    title: 'The Idempotency-Key belongs to another request',
    advice:
      'Within 24 hours a key stands for one request: the same action, path, query and body. Use a new key for a new request.',
  },
  idempotency_in_progress: {
    status: 409,
    title: 'The first request with this Idempotency-Key is still running',
    advice: 'Wait `retry_after_seconds`, then send the same request again: it gets the answer of the first one.',
  },
  idempotency_outcome_unknown: {
    status: 409,
    title: 'What became of the first request with this Idempotency-Key is not known',
    advice:
      'Discord did not answer it, so it may have been carried out or not. It is not sent a second time. Look at Discord whether it was, then use a new key.',
  },
};
