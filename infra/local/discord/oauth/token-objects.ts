import { toGuildSettings } from '../guilds/guild-objects.ts';
import type { WebhookRecord } from '../state/records.ts';
import type { WorldGuild, WorldRole } from '../world/world.ts';

type Json = Readonly<Record<string, unknown>>;

/**
 * The guild in a token answer with `bot`. Here alone `permissions` of a role is a number, with its string twin in
 * `permissions_new`: an oddity of Discord's own sample that clients must bear.
 * @see Discord docs: topics/oauth2#advanced-bot-authorization
 */
export function toTokenGuild(guild: WorldGuild): Json {
  return { ...toGuildSettings(guild), roles: guild.roles.map(toTokenRole) };
}

/** The webhook in a token answer with `webhook.incoming`: the only time that Discord delivers it. */
export function toTokenWebhook(webhook: WebhookRecord, url: string): Json {
  return {
    application_id: webhook.clientId,
    avatar: null,
    channel_id: webhook.channelId,
    guild_id: webhook.guildId,
    id: webhook.id,
    name: webhook.name,
    type: 1,
    token: webhook.token,
    url,
  };
}

function toTokenRole(role: WorldRole): Json {
  return {
    id: role.id,
    name: role.name,
    color: role.color,
    hoist: role.hoist,
    managed: role.managed,
    mentionable: role.mentionable,
    position: role.position,
    permissions: Number(role.permissions),
    permissions_new: role.permissions.toString(),
  };
}
