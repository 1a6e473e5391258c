import type { Answer } from '../answer.ts';
import { buildApiErrorAnswer } from '../answer.ts';
import { installBot } from '../guilds/installation.ts';
import { buildWebhookToken } from '../secret-shapes.ts';
import type { Simulation } from '../simulation.ts';
import type { ApplicationRecord, CodeRecord } from '../state/records.ts';
import { toTokenGuild, toTokenWebhook } from './token-objects.ts';

/** Discord's JSON error 30007. */
export const MAX_WEBHOOKS_PER_CHANNEL = 15;

/** What a token answer carries besides the tokens. */
export type TokenExtras =
  | { readonly ok: true; readonly members: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly answer: Answer };

/**
 * Does what the scopes `bot` and `webhook.incoming` promise and tells of it: the bot joins the guild, a new webhook is made
 * (each time, never an old one again).
 * @see Discord docs: topics/oauth2#advanced-bot-authorization, #webhooks
 */
export function makeTokenExtras(simulation: Simulation, application: ApplicationRecord, code: CodeRecord): TokenExtras {
  const { channelId } = code;
  const guild = code.guildId === null ? undefined : simulation.guilds.findGuild(code.guildId);
  if (guild === undefined) return { ok: true, members: {} };
  const members: Record<string, unknown> = {};
  if (channelId !== null) {
    if (simulation.store.countWebhooksInChannel(channelId) >= MAX_WEBHOOKS_PER_CHANNEL) {
      const message = `Maximum number of webhooks reached (${MAX_WEBHOOKS_PER_CHANNEL})`;
      return { ok: false, answer: buildApiErrorAnswer(400, 30007, message) };
    }
    const webhook = {
      id: simulation.store.nextSnowflake(simulation.nowEpochMs()),
      token: buildWebhookToken(simulation.random),
      name: application.name,
      channelId,
      guildId: guild.id,
      clientId: application.clientId,
    };
    const url = `${simulation.baseUrl()}/api/webhooks/${webhook.id}/${webhook.token}`;
    simulation.store.saveWebhook(webhook, url);
    members['webhook'] = toTokenWebhook(webhook, url);
  }
  if (code.scopes.includes('bot')) {
    installBot(simulation, {
      clientId: application.clientId,
      guildId: guild.id,
      permissions: code.permissions,
    });
    members['guild'] = toTokenGuild(simulation.guilds.findGuild(guild.id) ?? guild);
  }
  return { ok: true, members };
}
