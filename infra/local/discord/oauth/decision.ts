import type { Answer } from '../answer.ts';
import { buildRedirectAnswer } from '../answer.ts';
import type { FormFields } from '../http/form.ts';
import { installBot } from '../guilds/installation.ts';
import { buildToken } from '../secret-shapes.ts';
import type { Simulation } from '../simulation.ts';
import type { WorldUser } from '../world/world.ts';
import type { AuthorizeRequest } from './authorize-request.ts';
import { buildInstalledPage } from './consent-page.ts';
import type { InstallTarget } from './install-targets.ts';
import { computeInstallNeeds, listInstallTargets } from './install-targets.ts';
import { buildErrorPageAnswer } from './page.ts';
import { MAX_WEBHOOKS_PER_CHANNEL } from './token-extras.ts';

/** Milliseconds that a code lives (Discord staff, discord-api-docs #1768). */
const CODE_LIFE_MS = 100_000;

/** The user said no, or the request cannot be granted: back to the application with an error. */
export function buildErrorRedirect(
  redirectUri: string,
  state: string | undefined,
  error: string,
  description: string,
): Answer {
  const parameters: [string, string][] = [
    ['error', error],
    ['error_description', description],
  ];
  if (state !== undefined) parameters.push(['state', state]);
  return buildRedirectAnswer(appendQuery(redirectUri, parameters));
}

/**
 * The user said yes: checks that he may, then makes a code and sends the browser back with it.
 * A choice that the page would not have offered (a guild he does not manage, a channel of another guild) is refused here,
 * not at the application: at Discord the browser could not have sent it.
 */
export function grantRequest(
  simulation: Simulation,
  request: AuthorizeRequest,
  user: WorldUser,
  fields: FormFields,
): Answer {
  const needs = computeInstallNeeds(request.scopes);
  const target = needs.guild ? findTarget(simulation, request, user, fields) : undefined;
  if (needs.guild && target === undefined) {
    return buildErrorPageAnswer(403, 'Missing Permissions', 'The user may not grant this in that server or channel.');
  }
  const hasBot = request.scopes.includes('bot');
  if (hasBot && !request.application.botPublic && user.id !== request.application.ownerUserId) {
    return buildErrorPageAnswer(403, 'Private Bot', 'Only the owner of the application may add its bot.');
  }
  const channelId = needs.channel ? (fields.get('channel_id') ?? null) : null;
  if (channelId !== null && simulation.store.countWebhooksInChannel(channelId) >= MAX_WEBHOOKS_PER_CHANNEL) {
    const title = `Maximum number of webhooks reached (${MAX_WEBHOOKS_PER_CHANNEL})`;
    return buildErrorPageAnswer(400, title, 'The channel has no room for another webhook.');
  }
  if (hasBot && target !== undefined && !request.application.botRequireCodeGrant) {
    // Without "Requires OAuth2 Code Grant" the bot joins now, whether or not the code is ever exchanged.
    installBot(simulation, {
      clientId: request.application.clientId,
      guildId: target.guild.id,
      permissions: request.permissions,
    });
  }
  if (request.redirectUri === null) return buildInstalledPage(request, target?.guild.name ?? '');
  const code = buildToken(simulation.random);
  simulation.store.saveCode({
    code,
    clientId: request.application.clientId,
    userId: user.id,
    redirectUri: request.redirectUri,
    scopes: [...request.scopes],
    codeChallenge: request.codeChallenge,
    guildId: target?.guild.id ?? null,
    channelId,
    permissions: request.permissions,
    expiresAtEpochMs: simulation.nowEpochMs() + CODE_LIFE_MS,
  });
  const parameters: [string, string][] = [['code', code]];
  if (request.state !== undefined) parameters.push(['state', request.state]);
  if (hasBot && target !== undefined) {
    parameters.push(['guild_id', target.guild.id], ['permissions', request.permissions]);
  }
  return buildRedirectAnswer(appendQuery(request.redirectUri, parameters));
}

function findTarget(
  simulation: Simulation,
  request: AuthorizeRequest,
  user: WorldUser,
  fields: FormFields,
): InstallTarget | undefined {
  const onlyGuildId = request.isGuildLocked ? request.guildId : undefined;
  const targets = listInstallTargets(simulation, user.id, request.scopes, onlyGuildId);
  if (!computeInstallNeeds(request.scopes).channel) return targets.find(({ guild }) => guild.id === request.guildId);
  const channelId = fields.get('channel_id');
  const target = targets.find(({ channels }) => channels.some((channel) => channel.id === channelId));
  // A script may name the guild too; then it has to be the channel's.
  return request.guildId === undefined || request.guildId === target?.guild.id ? target : undefined;
}

/** Adds to the query and leaves the registered URI as it is, character for character. */
function appendQuery(uri: string, parameters: [string, string][]): string {
  return `${uri}${uri.includes('?') ? '&' : '?'}${new URLSearchParams(parameters).toString()}`;
}
