import type { OperatorAccessFailure, SettingsFailure } from './failure.ts';
import type { ProblemText } from './problem-text.ts';

/** What an operator, or who wants to be one, can mend. */
export const OPERATOR_PROBLEM_TEXTS: Readonly<
  Record<OperatorAccessFailure['reason'] | SettingsFailure['reason'], ProblemText>
> = {
  operator_unauthenticated: {
    status: 401,
    title: 'This is for the operator',
    advice:
      'Sign in at the portal, or send `Authorization: Bearer <operator key>`. A session that was ended or has expired does not count.',
  },
  operator_credential_rejected: {
    status: 401,
    title: 'The set-up code or operator key is not valid',
    advice:
      'A set-up code makes one operator key and is used up by it. Who has lost the key puts a new set-up code into its secret: see the operator documentation.',
  },
  operator_only: {
    status: 403,
    title: "An app's key does not open this",
    advice: 'API keys and connection tokens are for apps. Sign in at the portal, or use the operator key.',
  },
  request_forged: {
    status: 403,
    title: 'The request does not come from the portal',
    advice:
      'Send the `X-CSRF-Token` that came with the session, from a page of this gateway. Programs use the operator key instead of a session.',
  },
  sign_in_attempts_exceeded: {
    status: 429,
    title: 'Too many failed attempts to sign in',
    advice: 'Wait `retry_after_seconds`, then try again with the right set-up code or key.',
  },
  precondition_required: {
    status: 428,
    title: 'The request must say which version it changes',
    advice:
      'Read the settings first and send their `ETag` as `If-Match`, so that you do not overwrite what you have not seen.',
  },
  settings_changed_meanwhile: {
    status: 412,
    title: 'Somebody else has changed the settings',
    advice: 'Read the settings again, look at what has changed, and save once more.',
  },
  settings_refused: {
    status: 422,
    title: 'Discord does not accept what was entered',
    advice: 'Correct what `errors` names. Nothing was saved.',
  },
  tenant_not_found: {
    status: 404,
    title: 'There is no such tenant',
    advice: 'Check the id against the list of tenants.',
  },
  tenant_conflict: {
    status: 409,
    title: 'The tenant does not allow this now',
    advice: 'Look at the tenant, then decide again.',
  },
  api_key_not_found: {
    status: 404,
    title: 'There is no such API key',
    advice: "Give the key's id (16 hex digits), not the key.",
  },
  api_key_conflict: {
    status: 409,
    title: 'The API key does not allow this now',
    advice: "Look at the tenant's list of keys, then decide again.",
  },
};
