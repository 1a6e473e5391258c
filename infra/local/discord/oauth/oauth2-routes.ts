import type { Answer } from '../answer.ts';
import { buildApiErrorAnswer, buildJsonAnswer, buildOAuthErrorAnswer } from '../answer.ts';
import type { ApiCall, ApiRoute } from '../api/route.ts';
import { toApplication, toDiscordTime, toPublicUser } from '../api/wire-objects.ts';
import { authenticateClient } from './client-authentication.ts';
import { answerToken } from './token.ts';

/**
 * The OAuth routes below `/api`. Token and revocation authenticate the application themselves and answer errors as RFC
 * 6749 does; they are also served without a version, as Discord documents them.
 * @see Discord docs: topics/oauth2
 */
export const OAUTH2_ROUTES: readonly ApiRoute[] = [
  {
    method: 'POST',
    path: '/oauth2/token',
    isUnversioned: true,
    credentials: ['none'],
    bucket: 'oauth2/token',
    handle: answerToken,
  },
  {
    method: 'POST',
    path: '/oauth2/token/revoke',
    isUnversioned: true,
    credentials: ['none'],
    bucket: 'oauth2/token/revoke',
    handle: answerRevoke,
  },
  {
    method: 'GET',
    path: '/oauth2/@me',
    // Discord's OpenAPI document lists the bot token too, but a bot gets a 401 (discord-api-docs #3945).
    credentials: ['bearer'],
    isBotUnknown: true,
    bucket: 'oauth2/@me',
    handle: answerOwnAuthorization,
  },
];

/** One live token of the application ends everything that its user granted it; an unknown or dead token changes nothing. */
function answerRevoke({ simulation, request }: ApiCall): Answer {
  const client = authenticateClient(simulation.store, request);
  if (!client.ok) return client.answer;
  const token = client.fields.get('token');
  if (token === undefined) return buildOAuthErrorAnswer('invalid_request', 'token is required.');
  const hint = client.fields.get('token_type_hint');
  if (hint !== undefined && hint !== 'access_token' && hint !== 'refresh_token') {
    return buildOAuthErrorAnswer('unsupported_token_type');
  }
  const { store } = simulation;
  const byAccess = store.findByAccessToken(token);
  const isActive = byAccess !== undefined && byAccess.accessExpiresAtEpochMs > simulation.nowEpochMs();
  // Only an active token does it: an expired access token revokes nothing, its refresh token still does.
  const tokens = isActive ? byAccess : store.findByRefreshToken(token);
  if (tokens?.clientId === client.application.clientId) store.endAuthorization(tokens.clientId, tokens.userId);
  return buildJsonAnswer(200, {});
}

function answerOwnAuthorization({ credential }: ApiCall): Answer {
  if (credential.kind !== 'bearer') return buildApiErrorAnswer(401, 0, '401: Unauthorized');
  const { application, tokens, user } = credential;
  return buildJsonAnswer(200, {
    application: toApplication(application),
    scopes: tokens.scopes,
    expires: toDiscordTime(tokens.accessExpiresAtEpochMs),
    ...(tokens.scopes.includes('identify') ? { user: toPublicUser(user) } : {}),
  });
}
