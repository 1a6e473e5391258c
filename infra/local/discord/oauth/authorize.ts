import type { Answer } from '../answer.ts';
import { isFromElsewhere } from '../http/caller.ts';
import { parseForm, parseFormBody } from '../http/form.ts';
import type { FormFields } from '../http/form.ts';
import type { IncomingRequest } from '../http/incoming.ts';
import { parseMediaType } from '../http/incoming.ts';
import type { Simulation } from '../simulation.ts';
import { findUser } from '../world/world.ts';
import type { AuthorizeRequest } from './authorize-request.ts';
import { parseAuthorizeRequest } from './authorize-request.ts';
import { buildCancelledPage, buildInstallPage, buildSignInPage } from './consent-page.ts';
import { buildErrorRedirect, grantRequest } from './decision.ts';
import { computeInstallNeeds, listInstallTargets } from './install-targets.ts';
import { buildErrorPageAnswer } from './page.ts';
import { PASSTHROUGH_SCOPES } from './scopes.ts';

/** Remembers who signed in last, in place of Discord's own session. Holds a user id and nothing secret. */
const SESSION_COOKIE = 'discord_simulator_user';

const DENIED = 'The resource owner or authorization server denied the request.';

/**
 * `/oauth2/authorize`: GET shows the consent page, POST takes the user's decision (form fields: those of the query, and
 * `user_id`, `guild_id`, `channel_id`, `decision=authorize|cancel`).
 * @see RFC 6749 §4.1.1, §4.1.2 · Discord docs: topics/oauth2
 */
export function answerAuthorize(simulation: Simulation, request: IncomingRequest): Answer {
  if (request.method === 'GET') return showConsent(simulation, request);
  if (request.method === 'POST') return takeDecision(simulation, request);
  return buildErrorPageAnswer(405, 'Method Not Allowed', 'Use GET or POST.');
}

function showConsent(simulation: Simulation, incoming: IncomingRequest): Answer {
  const form = parseForm(incoming.rawQuery);
  if (!form.ok) return buildErrorPageAnswer(400, 'Invalid Form Body', `invalid_request: ${form.problem}.`);
  const parsed = checkRequest(simulation, form.fields);
  if ('answer' in parsed) return parsed.answer;
  const { request } = parsed;
  const lastUserId = readSessionCookie(incoming);
  const namedUserId = form.fields.get('user_id');
  const skipped = skipConsent(simulation, request, namedUserId ?? lastUserId);
  if (skipped !== undefined) return skipped;
  const needs = computeInstallNeeds(request.scopes);
  const user = namedUserId === undefined ? undefined : findUser(simulation.world, namedUserId);
  if (!needs.guild || user === undefined) {
    return buildSignInPage(simulation.world, request, form.fields, needs, user?.id ?? lastUserId);
  }
  const onlyGuildId = request.isGuildLocked ? request.guildId : undefined;
  const targets = listInstallTargets(simulation, user.id, request.scopes, onlyGuildId);
  return buildInstallPage(user, request, form.fields, needs, targets);
}

function takeDecision(simulation: Simulation, incoming: IncomingRequest): Answer {
  if (isFromElsewhere(incoming, simulation.baseUrl())) {
    return buildErrorPageAnswer(403, 'Forbidden', 'The form was sent from another site.');
  }
  if (incoming.bodyTooLarge) return buildErrorPageAnswer(413, 'Too Large', 'The form is too large.');
  if (parseMediaType(incoming) !== 'application/x-www-form-urlencoded') {
    return buildErrorPageAnswer(415, 'Unsupported Media Type', 'Send application/x-www-form-urlencoded.');
  }
  const form = parseFormBody(incoming.body);
  if (!form.ok) return buildErrorPageAnswer(400, 'Invalid Form Body', `invalid_request: ${form.problem}.`);
  const parsed = checkRequest(simulation, form.fields);
  if ('answer' in parsed) return parsed.answer;
  const { request } = parsed;
  const decision = form.fields.get('decision');
  if (decision === 'cancel') {
    if (request.redirectUri === null) return buildCancelledPage();
    return buildErrorRedirect(request.redirectUri, request.state, 'access_denied', DENIED);
  }
  if (decision !== 'authorize') {
    return buildErrorPageAnswer(400, 'Invalid Form Body', 'decision must be authorize or cancel.');
  }
  const user = findUser(simulation.world, form.fields.get('user_id') ?? '');
  if (user === undefined) return buildErrorPageAnswer(400, 'Invalid Form Body', 'user_id names no user.');
  const answer = grantRequest(simulation, request, user, form.fields);
  const cookie = `${SESSION_COOKIE}=${user.id}; Path=/oauth2; HttpOnly; SameSite=Lax`;
  return { ...answer, headers: { ...answer.headers, 'set-cookie': cookie } };
}

function checkRequest(
  simulation: Simulation,
  fields: FormFields,
): { readonly request: AuthorizeRequest } | { readonly answer: Answer } {
  const parsed = parseAuthorizeRequest(simulation.store, fields);
  switch (parsed.kind) {
    case 'ok':
      return { request: parsed.request };
    case 'refused_here':
      return { answer: buildErrorPageAnswer(400, parsed.title, parsed.detail) };
    case 'refused_there':
      return { answer: buildErrorRedirect(parsed.redirectUri, parsed.state, parsed.error, parsed.description) };
  }
}

/** `prompt=none`: straight back with a code when this user has granted all of it before and nothing new would be made. */
function skipConsent(
  simulation: Simulation,
  request: AuthorizeRequest,
  userId: string | undefined,
): Answer | undefined {
  if (request.prompt !== 'none' || userId === undefined) return undefined;
  if (request.scopes.some((scope) => PASSTHROUGH_SCOPES.includes(scope))) return undefined;
  if (computeInstallNeeds(request.scopes).guild) return undefined;
  const user = findUser(simulation.world, userId);
  const granted = simulation.store.findAuthorization(request.application.clientId, userId)?.scopes ?? [];
  if (user === undefined || !request.scopes.every((scope) => granted.includes(scope))) return undefined;
  return grantRequest(simulation, request, user, new Map());
}

function readSessionCookie(incoming: IncomingRequest): string | undefined {
  const pairs = (incoming.headers.cookie ?? '').split(/; */);
  return pairs.find((pair) => pair.startsWith(`${SESSION_COOKIE}=`))?.slice(SESSION_COOKIE.length + 1);
}
