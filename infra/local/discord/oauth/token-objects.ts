import type { WebhookRecord } from '../state/records.ts';
import type { WorldGuild, WorldRole } from '../world/world.ts';

type Json = Readonly<Record<string, unknown>>;

/**
 * The guild in a token answer with `bot`. Here alone `permissions` of a role is a number, with its string twin in
 * `permissions_new`: an oddity of Discord's own sample that clients must bear.
 * @see Discord docs: topics/oauth2#advanced-bot-authorization
 */
export function toTokenGuild(guild: WorldGuild): Json {
  return {
    id: guild.id,
    name: guild.name,
    icon: guild.icon,
    description: guild.description,
    splash: null,
    discovery_splash: null,
    features: guild.features,
    banner: guild.banner,
    owner_id: guild.owner_id,
    application_id: null,
    region: 'us-east',
    afk_channel_id: null,
    afk_timeout: 300,
    system_channel_id: null,
    system_channel_flags: 0,
    widget_enabled: false,
    widget_channel_id: null,
    verification_level: 0,
    default_message_notifications: 0,
    mfa_level: guild.mfa_level,
    explicit_content_filter: 0,
    max_presences: null,
    max_members: 500_000,
    max_video_channel_users: 25,
    vanity_url_code: null,
    premium_tier: 0,
    premium_subscription_count: 0,
    preferred_locale: 'en-US',
    rules_channel_id: null,
    public_updates_channel_id: null,
    safety_alerts_channel_id: null,
    emojis: [],
    stickers: [],
    roles: guild.roles.map(toTokenRole),
  };
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
