import type { OAuthErrorName } from '../answer.ts';
import type { FormFields } from '../http/form.ts';
import { isSnowflake } from '../snowflake.ts';
import type { ApplicationRecord } from '../state/records.ts';
import type { SimulatorStore } from '../state/store.ts';
import { INSTALL_SCOPES, isScopeOffered, parseScopes } from './scopes.ts';

/** A sound authorization request. */
export interface AuthorizeRequest {
  readonly application: ApplicationRecord;
  /** Where the answer goes; null for an install link, which ends on a page of Discord's own. */
  readonly redirectUri: string | null;
  readonly scopes: readonly string[];
  readonly state: string | undefined;
  readonly codeChallenge: string | null;
  readonly prompt: 'consent' | 'none';
  /** Decimal bit field that the bot asks for. */
  readonly permissions: string;
  readonly guildId: string | undefined;
  readonly isGuildLocked: boolean;
}

/**
 * What a request turned out to be. `refused_here` is shown on a page and never sent anywhere, since the request named no
 * address that can be trusted; `refused_there` goes back to the registered redirect URI.
 */
export type AuthorizeParse =
  | { readonly kind: 'ok'; readonly request: AuthorizeRequest }
  | { readonly kind: 'refused_here'; readonly title: string; readonly detail: string }
  | {
      readonly kind: 'refused_there';
      readonly redirectUri: string;
      readonly state: string | undefined;
      readonly error: OAuthErrorName;
      readonly description: string;
    };

type Problem = readonly [error: OAuthErrorName, description: string];

/** Base64url of a SHA-256, without padding (RFC 7636 §4.2). */
const S256_CHALLENGE_PATTERN = /^[A-Za-z0-9_-]{43}$/;

/**
 * Checks an authorization request. First the application and the redirect URI, since every later fault is reported there.
 * @param fields - query of the GET, or the same fields of the posted consent form
 * @see RFC 6749 §4.1.2.1 · Discord docs: topics/oauth2#authorization-code-grant
 */
export function parseAuthorizeRequest(store: SimulatorStore, fields: FormFields): AuthorizeParse {
  const clientId = fields.get('client_id') ?? '';
  if (!isSnowflake(clientId))
    return refuseHere('Invalid Form Body', `client_id: Value "${clientId}" is not snowflake.`);
  const application = store.findApplication(clientId);
  if (application === undefined) return refuseHere('Unknown Application', 'No application has this client_id.');
  const isDefaultInstall = !['scope', 'integration_type', 'redirect_uri'].some((name) => fields.has(name));
  const scopes = isDefaultInstall ? [...INSTALL_SCOPES] : parseScopes(fields.get('scope') ?? '');
  const isInstall = scopes?.every((scope) => INSTALL_SCOPES.includes(scope)) === true;
  const isInstallLink = isInstall && !fields.has('response_type');
  const redirectUri = isInstallLink
    ? fields.get('redirect_uri')
    : (fields.get('redirect_uri') ?? (isInstall ? application.redirectUris[0] : undefined));
  if (redirectUri === undefined && !isInstallLink) {
    return refuseHere('Invalid OAuth2 redirect_uri', 'redirect_uri is required and must be registered.');
  }
  // Character for character: another case, port or trailing slash is another URI.
  if (redirectUri !== undefined && !application.redirectUris.includes(redirectUri)) {
    return refuseHere(
      'Invalid OAuth2 redirect_uri',
      'It is not registered for this application, character for character.',
    );
  }
  if (isInstallLink && application.botRequireCodeGrant) {
    return refuseHere('Integration requires code grant', 'Use response_type=code and a registered redirect_uri.');
  }
  const state = fields.get('state');
  const problem = findScopeProblem(application, scopes, fields) ?? findFieldProblem(fields, isInstallLink, redirectUri);
  if (problem !== undefined || scopes === undefined) {
    const [error, description] = problem ?? ['invalid_scope', 'The requested scope is malformed.'];
    if (redirectUri === undefined) return refuseHere(error, description);
    return { kind: 'refused_there', redirectUri, state, error, description };
  }
  const request = {
    application,
    redirectUri: isInstallLink ? null : (redirectUri ?? null),
    scopes,
    state,
    codeChallenge: fields.get('code_challenge') ?? null,
    prompt: fields.get('prompt') === 'none' ? 'none' : 'consent',
    permissions: BigInt(fields.get('permissions') ?? '0').toString(),
    guildId: fields.get('guild_id') === '' ? undefined : fields.get('guild_id'),
    isGuildLocked: fields.get('disable_guild_select') === 'true',
  } as const;
  return { kind: 'ok', request };
}

function findScopeProblem(
  application: ApplicationRecord,
  scopes: readonly string[] | undefined,
  fields: FormFields,
): Problem | undefined {
  if (scopes === undefined) return ['invalid_scope', 'The requested scope is missing or malformed.'];
  const refused = scopes.filter((scope) => !isScopeOffered(scope, application.approvedScopes, 'consent'));
  if (refused.length > 0) return ['invalid_scope', 'The requested scope is invalid, unknown, or malformed.'];
  if (scopes.includes('role_connections.write') && fields.has('code_challenge')) {
    // Reported by users (discord-api-docs #5751); not in Discord's documents.
    return ['invalid_scope', 'role_connections.write cannot be used with PKCE.'];
  }
  return undefined;
}

function findFieldProblem(
  fields: FormFields,
  isInstallLink: boolean,
  redirectUri: string | undefined,
): Problem | undefined {
  const responseType = fields.get('response_type');
  if (responseType === undefined && !isInstallLink) return ['invalid_request', 'response_type is required.'];
  if (responseType !== undefined && responseType !== 'code') {
    return ['unsupported_response_type', 'Only response_type=code is supported.'];
  }
  return findPkceProblem(fields, redirectUri) ?? findOptionProblem(fields);
}

function findPkceProblem(fields: FormFields, redirectUri: string | undefined): Problem | undefined {
  const challenge = fields.get('code_challenge');
  const method = fields.get('code_challenge_method');
  if (challenge === undefined && method === undefined) {
    const isWeb = redirectUri === undefined || /^https?:\/\//.test(redirectUri);
    return isWeb ? undefined : ['invalid_request', 'A custom scheme needs PKCE.'];
  }
  if (method !== 'S256') return ['invalid_request', 'code_challenge_method must be S256.'];
  if (challenge === undefined || !S256_CHALLENGE_PATTERN.test(challenge)) {
    return ['invalid_request', 'code_challenge must be the 43 base64url characters of a SHA-256.'];
  }
  return undefined;
}

function findOptionProblem(fields: FormFields): Problem | undefined {
  const permissions = fields.get('permissions') ?? '0';
  const checks: readonly (readonly [name: string, isSound: boolean])[] = [
    ['prompt', ['consent', 'none'].includes(fields.get('prompt') ?? 'consent')],
    // USER_INSTALL (1) must be enabled for an application, and cannot be for these.
    ['integration_type', ['0'].includes(fields.get('integration_type') ?? '0')],
    ['permissions', /^[0-9]{1,20}$/.test(permissions) && isSnowflake(BigInt(permissions).toString())],
    ['guild_id', isSnowflake(fields.get('guild_id') || '0')],
    ['disable_guild_select', ['true', 'false'].includes(fields.get('disable_guild_select') ?? 'false')],
  ];
  const bad = checks.find(([, isSound]) => !isSound);
  return bad === undefined ? undefined : ['invalid_request', `${bad[0]} is invalid.`];
}

function refuseHere(title: string, detail: string): AuthorizeParse {
  return { kind: 'refused_here', title, detail };
}
