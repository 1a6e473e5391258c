import type { Answer } from '../answer.ts';
import { buildApiErrorAnswer, buildFieldErrorAnswer, buildRedirectAnswer } from '../answer.ts';
import { parseAuditLogReason } from '../guilds/audit-log.ts';
import type { IncomingRequest } from '../http/incoming.ts';
import type { Simulation } from '../simulation.ts';
import { isSnowflake } from '../snowflake.ts';
import { resolveCredential } from './credential.ts';
import { buildNotSnowflakeError } from './query.ts';
import type { RateIdentity } from './rate-limiter.ts';
import type { ApiCall, ApiRoute, Credential } from './route.ts';
import { API_ROUTES } from './routes.ts';

/** `DiscordBot (url, version)`, anything may follow. Discord docs: reference#user-agent */
const USER_AGENT_PATTERN = /^DiscordBot \(https?:\/\/[^\s,()]+, [^\s,()]+\)(?: |$)/;

/** Versions that Discord calls available; 8 to 6 are deprecated and 6 is what a path without a version means. */
const VERSIONS: ReadonlySet<string> = new Set(['v9', 'v10']);

/**
 * Answers a request below `/api`: User-Agent, version, route, method, path parameters, rate limit, credential, scope, then
 * the route itself. The order is Discord's as far as it is known: a wrong User-Agent never gets past the edge.
 */
export function dispatchApi(simulation: Simulation, request: IncomingRequest): Answer {
  const [, ...segments] = request.segments ?? [];
  if (request.method === 'GET' && segments.join('/') === 'oauth2/authorize') {
    // The path that Discord's OpenAPI document lists; browsers are sent on to the documented one.
    return buildRedirectAnswer(`/oauth2/authorize${request.rawQuery === '' ? '' : `?${request.rawQuery}`}`);
  }
  if (!USER_AGENT_PATTERN.test(request.headers['user-agent'] ?? '')) {
    return buildApiErrorAnswer(403, 40333, 'internal network error');
  }
  if (request.bodyTooLarge) return buildApiErrorAnswer(413, 40005, 'Request entity too large');
  const version = /^v[0-9]+$/.test(segments[0] ?? '') ? segments.shift() : undefined;
  const candidates = API_ROUTES.map((route) => ({ route, parameters: matchPath(route.path, segments) })).filter(
    (candidate): candidate is { route: ApiRoute; parameters: Record<string, string> } =>
      candidate.parameters !== undefined,
  );
  const isVersionFit =
    version === undefined ? candidates.some(({ route }) => route.isUnversioned === true) : VERSIONS.has(version);
  if (!isVersionFit) return buildApiErrorAnswer(400, 50041, 'Invalid API version provided');
  if (candidates.length === 0) return buildApiErrorAnswer(404, 0, '404: Not Found');
  const match = candidates.find(({ route }) => route.method === request.method);
  if (match === undefined) {
    const answer = buildApiErrorAnswer(405, 0, '405: Method Not Allowed');
    return { ...answer, headers: { ...answer.headers, allow: candidates.map(({ route }) => route.method).join(', ') } };
  }
  return callRoute(simulation, request, match.route, match.parameters);
}

function callRoute(
  simulation: Simulation,
  request: IncomingRequest,
  route: ApiRoute,
  parameters: Record<string, string>,
): Answer {
  const credential = resolveCredential(simulation, request);
  const resource = route.majorParameter === undefined ? '' : (parameters[route.majorParameter] ?? '');
  const rate = simulation.rateLimiter.take(
    toRateIdentity(credential, request),
    route.bucket,
    resource,
    simulation.nowEpochMs(),
  );
  if (!rate.ok) return rate.answer;
  const answer =
    findRefusal(route, credential) ??
    findBadParameter(parameters) ??
    handleNoted(route, { simulation, request, credential, parameters });
  return { ...answer, headers: { ...rate.headers, ...answer.headers } };
}

/** Handles the call and, where it changes what the guild's audit log tells of, notes it with its reason. */
function handleNoted(route: ApiRoute, call: ApiCall): Answer {
  const { simulation, credential, parameters } = call;
  if (route.auditAction === undefined || credential.kind !== 'bot') return route.handle(call);
  const given = parseAuditLogReason(call.request);
  if (!given.ok) return given.answer;
  const answer = route.handle(call);
  if (answer.status < 300) {
    const client_id = credential.application.clientId;
    const at_epoch_ms = simulation.nowEpochMs();
    simulation.auditLog.note({ at_epoch_ms, client_id, action: route.auditAction, parameters, reason: given.reason });
  }
  return answer;
}

/** Limits of a bearer count for its user, whatever the application (Discord staff, discord-api-docs #647). */
function toRateIdentity(credential: Credential, request: IncomingRequest): RateIdentity {
  if (credential.kind === 'bearer') return { kind: 'user', id: credential.user.id };
  if (credential.kind === 'bot') return { kind: 'bot', id: credential.application.clientId };
  return { kind: 'ip', id: request.remoteAddress };
}

function findRefusal(route: ApiRoute, credential: Credential): Answer | undefined {
  if (route.credentials.includes('none')) return undefined;
  if (credential.kind === 'none' || credential.kind === 'invalid') {
    return buildApiErrorAnswer(401, 0, '401: Unauthorized');
  }
  if (!route.credentials.includes(credential.kind)) {
    return credential.kind === 'bot' && route.isBotUnknown !== true
      ? buildApiErrorAnswer(403, 20001, 'Bots cannot use this endpoint')
      : buildApiErrorAnswer(401, 0, '401: Unauthorized');
  }
  if (credential.kind === 'bearer' && route.scope !== undefined && !credential.tokens.scopes.includes(route.scope)) {
    return buildApiErrorAnswer(403, 50026, 'Missing required OAuth2 scope');
  }
  return undefined;
}

function findBadParameter(parameters: Readonly<Record<string, string>>): Answer | undefined {
  const bad = Object.entries(parameters).filter(([name, value]) => name.endsWith('_id') && !isSnowflake(value));
  if (bad.length === 0) return undefined;
  return buildFieldErrorAnswer(Object.fromEntries(bad.map(([name, value]) => [name, buildNotSnowflakeError(value)])));
}

function matchPath(template: string, segments: readonly string[]): Record<string, string> | undefined {
  const parts = template.slice(1).split('/');
  if (parts.length !== segments.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [at, part] of parts.entries()) {
    const segment = segments[at] ?? '';
    const name = /^\{([a-z_]+)\}$/.exec(part)?.[1];
    if (name !== undefined) parameters[name] = segment;
    else if (part !== segment) return undefined;
  }
  return parameters;
}
