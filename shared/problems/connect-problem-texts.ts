import type { ConnectFailure } from './failure.ts';
import type { ProblemText } from './problem-text.ts';

const START_AGAIN = 'Go back to the app that sent you here and start connecting again.';

/** What can go wrong between a connect link and a stored connection; some of it is told to end users. */
export const CONNECT_PROBLEM_TEXTS: Readonly<Record<ConnectFailure['reason'], ProblemText>> = {
  scope_not_enabled: {
    status: 400,
    title: 'A requested scope is not enabled',
    advice: 'Ask for fewer scopes, or let the operator enable the scope for the integration.',
  },
  return_url_not_allowed: {
    status: 400,
    title: 'The return URL is not allowed',
    advice: "Use an https URL whose origin is on the operator's list of return origins.",
  },
  connect_link_invalid: {
    status: 404,
    title: 'This link is not valid any more',
    advice: `It may have expired: links work for ten minutes. ${START_AGAIN}`,
  },
  connect_link_used: {
    status: 409,
    title: 'This link was already used',
    advice:
      'Each link works once. If the app that sent you here does not show you as connected, start connecting there again.',
  },
  connect_link_exhausted: {
    status: 429,
    title: 'This link was opened too often',
    advice: `A link can be opened five times. ${START_AGAIN}`,
  },
  connect_not_recognized: {
    status: 400,
    title: 'We could not match this to a connection you started',
    advice: `This can happen if you started in another browser, waited too long, or have cookies turned off. Nothing was connected. ${START_AGAIN}`,
  },
  callback_malformed: {
    status: 400,
    title: 'The answer from Discord was incomplete',
    advice: `The address that brought you here is not the one that Discord made. Nothing was connected. ${START_AGAIN}`,
  },
  connect_session_not_found: {
    status: 404,
    title: 'There is no such connect session',
    advice: 'The session is unknown, belongs to someone else or has expired. Create a new connect session.',
  },
  connect_session_unfinished: {
    status: 409,
    title: 'The user has not finished at Discord yet',
    advice: 'Confirm after the user has come back to your return URL with a confirmation code.',
  },
  connect_session_refused: {
    status: 409,
    title: 'The user refused at Discord',
    advice: 'Nothing was connected. Create a new connect session if the user wants to try again.',
  },
  connect_session_used: {
    status: 409,
    title: 'This connect session was already confirmed',
    advice: 'The connection exists: list connections with the same user_id. To connect again create a new session.',
  },
  connect_session_burnt: {
    status: 409,
    title: 'This connect session is closed after too many wrong confirmations',
    advice: 'Nothing was connected. Create a new connect session.',
  },
  confirmation_rejected: {
    status: 403,
    title: 'The confirmation does not match this connect session',
    advice:
      'confirmation_code must be the one that came to your return URL, and user_id the one that the session was made for. If a different user came back, do not connect him.',
  },
  confirmation_in_progress: {
    status: 409,
    title: 'This connect session is being confirmed right now',
    advice: 'Another confirmation of the same session runs. Wait for its answer.',
  },
  authorization_code_expired: {
    status: 410,
    title: "Discord's authorization code is not valid any more",
    advice:
      'Discord lets a code live about 100 seconds. Nothing was connected. Create a new connect session and confirm as soon as the user is back.',
  },
  scopes_not_granted: {
    status: 409,
    title: 'The user did not grant a scope that is needed',
    advice: 'Nothing was connected. Create a new connect session and ask the user to allow everything that is listed.',
  },
  account_mismatch: {
    status: 409,
    title: 'The user signed in with another Discord account',
    advice:
      'The session was made to repair one connection. Ask the user to choose the Discord account of that connection.',
  },
  disconnect_in_progress: {
    status: 409,
    title: "This user's authorization is being revoked right now",
    advice: 'Wait, then create a new connect session.',
  },
};
