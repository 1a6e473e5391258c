import { createHash } from 'node:crypto';
import type { Answer } from '../answer.ts';
import { buildJsonAnswer, buildOAuthErrorAnswer } from '../answer.ts';
import type { ApiCall } from '../api/route.ts';
import type { FormFields } from '../http/form.ts';
import { buildToken } from '../secret-shapes.ts';
import type { Simulation } from '../simulation.ts';
import type { ApplicationRecord, CodeRecord, TokenRecord } from '../state/records.ts';
import { authenticateClient } from './client-authentication.ts';
import { isScopeOffered, parseScopes } from './scopes.ts';
import { makeTokenExtras } from './token-extras.ts';

/** Seconds: 7 days. Discord docs: topics/oauth2 (access token response). */
const ACCESS_TOKEN_LIFE_SECONDS = 604_800;

/** RFC 7636 §4.1. Discord enforces the length (discord-api-docs #7046). */
const VERIFIER_PATTERN = /^[A-Za-z0-9._~-]{43,128}$/;

/**
 * `POST /oauth2/token`: the three grants that Discord knows.
 * @see RFC 6749 §4.1.3, §4.4.2, §6 · Discord docs: topics/oauth2
 */
export function answerToken({ simulation, request }: ApiCall): Answer {
  const client = authenticateClient(simulation.store, request);
  if (!client.ok) return client.answer;
  const { application, fields } = client;
  switch (fields.get('grant_type')) {
    case undefined:
      return buildOAuthErrorAnswer('invalid_request', 'grant_type is required.');
    case 'authorization_code':
      return exchangeCode(simulation, application, fields);
    case 'refresh_token':
      return refreshTokens(simulation, application, fields);
    case 'client_credentials':
      return grantClientCredentials(simulation, application, fields);
    default:
      return buildOAuthErrorAnswer('unsupported_grant_type');
  }
}

function exchangeCode(simulation: Simulation, application: ApplicationRecord, fields: FormFields): Answer {
  const code = fields.get('code');
  const redirectUri = fields.get('redirect_uri');
  const verifier = fields.get('code_verifier');
  if (code === undefined) return buildOAuthErrorAnswer('invalid_request', 'code is required.');
  if (redirectUri === undefined) return buildOAuthErrorAnswer('invalid_request', 'redirect_uri is required.');
  if (verifier !== undefined && !VERIFIER_PATTERN.test(verifier)) {
    return buildOAuthErrorAnswer('invalid_request', 'code_verifier must have 43 to 128 unreserved characters.');
  }
  // Taken before it is checked: one wrong try spends a code, as RFC 6749 §10.5 allows.
  const record = simulation.store.takeCode(code, application.clientId);
  if (record === undefined || record.expiresAtEpochMs <= simulation.nowEpochMs()) {
    return buildOAuthErrorAnswer('invalid_grant', 'Invalid "code" in request.');
  }
  if (record.redirectUri !== redirectUri) {
    return buildOAuthErrorAnswer('invalid_grant', 'Invalid "redirect_uri" in request.');
  }
  if (!isVerifierRight(record, verifier)) {
    return buildOAuthErrorAnswer('invalid_grant', 'Invalid "code_verifier" in request.');
  }
  const extras = makeTokenExtras(simulation, application, record);
  if (!extras.ok) return extras.answer;
  simulation.store.widenAuthorization(application.clientId, record.userId, record.scopes, simulation.nowEpochMs());
  const tokens = issueTokens(simulation, application.clientId, record.userId, record.scopes, true);
  return buildTokenAnswer(tokens, extras.members);
}

/** A verifier has to come exactly when a challenge was sent (RFC 9700 §2.1.1 against PKCE downgrade). */
function isVerifierRight(record: CodeRecord, verifier: string | undefined): boolean {
  if (record.codeChallenge === null) return verifier === undefined;
  if (verifier === undefined) return false;
  return createHash('sha256').update(verifier).digest('base64url') === record.codeChallenge;
}

function refreshTokens(simulation: Simulation, application: ApplicationRecord, fields: FormFields): Answer {
  const refreshToken = fields.get('refresh_token');
  if (refreshToken === undefined) return buildOAuthErrorAnswer('invalid_request', 'refresh_token is required.');
  const old = simulation.store.findByRefreshToken(refreshToken);
  const granted = old && simulation.store.findAuthorization(old.clientId, old.userId)?.scopes;
  if (old?.clientId !== application.clientId || granted === undefined) {
    return buildOAuthErrorAnswer('invalid_grant', 'Invalid "refresh_token" in request.');
  }
  // Without `scope` the answer has everything the user ever granted this application (discord-api-docs #2222, #3180).
  const asked = fields.get('scope');
  const scopes = asked === undefined ? granted : parseScopes(asked);
  if (scopes?.every((scope) => granted.includes(scope)) !== true) {
    return buildOAuthErrorAnswer('invalid_scope', 'The requested scope exceeds what was granted.');
  }
  // The old pair dies with this very answer, whether or not it arrives.
  simulation.store.endTokens(old);
  return buildTokenAnswer(issueTokens(simulation, old.clientId, old.userId, scopes, true), {});
}

/** A token of the application's owner, without a refresh token. */
function grantClientCredentials(simulation: Simulation, application: ApplicationRecord, fields: FormFields): Answer {
  const scopes = parseScopes(fields.get('scope') ?? '');
  if (scopes?.every((scope) => isScopeOffered(scope, application.approvedScopes, 'client')) !== true) {
    return buildOAuthErrorAnswer('invalid_scope', 'The requested scope is missing, unknown or malformed.');
  }
  const tokens = issueTokens(simulation, application.clientId, application.ownerUserId, scopes, false);
  return buildTokenAnswer(tokens, {});
}

function issueTokens(
  simulation: Simulation,
  clientId: string,
  userId: string,
  scopes: readonly string[],
  withRefreshToken: boolean,
): TokenRecord {
  const record: TokenRecord = {
    accessToken: buildToken(simulation.random),
    refreshToken: withRefreshToken ? buildToken(simulation.random) : null,
    clientId,
    userId,
    scopes: [...scopes],
    accessExpiresAtEpochMs: simulation.nowEpochMs() + ACCESS_TOKEN_LIFE_SECONDS * 1000,
  };
  simulation.store.saveTokens(record);
  return record;
}

function buildTokenAnswer(tokens: TokenRecord, extras: Readonly<Record<string, unknown>>): Answer {
  return buildJsonAnswer(200, {
    token_type: 'Bearer',
    access_token: tokens.accessToken,
    expires_in: ACCESS_TOKEN_LIFE_SECONDS,
    ...(tokens.refreshToken === null ? {} : { refresh_token: tokens.refreshToken }),
    scope: tokens.scopes.join(' '),
    ...extras,
  });
}
