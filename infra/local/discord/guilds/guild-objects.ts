import { toMember } from '../api/wire-objects.ts';
import type { Simulation } from '../simulation.ts';
import type { WorldChannel, WorldGuild, WorldMember, WorldRole, WorldThreadMember } from '../world/world.ts';
import { isThread } from '../world/world.ts';
import { findAccount } from './accounts.ts';

type Json = Readonly<Record<string, unknown>>;

const PRIVATE_THREAD = 12;

/** What Discord says about a guild's settings wherever it tells of the whole guild. */
export function toGuildSettings(guild: WorldGuild): Json {
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
  };
}

/** A guild as a bot in it reads it. @param withCounts - adds the approximate counts */
export function toGuild(guild: WorldGuild, withCounts: boolean): Json {
  return {
    ...toGuildSettings(guild),
    home_header: null,
    max_stage_video_channel_users: 50,
    premium_progress_bar_enabled: false,
    nsfw: false,
    nsfw_level: 0,
    incidents_data: null,
    roles: guild.roles.map(toRole),
    ...(withCounts
      ? {
          approximate_member_count: guild.members.length,
          approximate_presence_count: guild.approximate_presence_count,
        }
      : {}),
  };
}

/** A role; its permissions are decimal text. */
export function toRole(role: WorldRole): Json {
  return {
    id: role.id,
    name: role.name,
    permissions: role.permissions.toString(),
    position: role.position,
    color: role.color,
    colors: { primary_color: role.color, secondary_color: null, tertiary_color: null },
    hoist: role.hoist,
    managed: role.managed,
    mentionable: role.mentionable,
    icon: null,
    unicode_emoji: null,
    flags: 0,
    ...(role.bot_id === undefined ? {} : { tags: { bot_id: role.bot_id } }),
  };
}

/** A membership with the user or bot whose it is. */
export function toGuildMember(simulation: Simulation, member: WorldMember): Json {
  return toMember(member, findAccount(simulation, member.user_id)?.json ?? { id: member.user_id });
}

/**
 * A channel or thread.
 * @param readerId - whose thread membership is added, as Discord does for the reader's own
 */
export function toChannel(guild: WorldGuild, channel: WorldChannel, readerId: string): Json {
  if (isThread(channel)) return toThread(guild, channel, readerId);
  return {
    id: channel.id,
    type: channel.type,
    last_message_id: null,
    flags: 0,
    guild_id: guild.id,
    name: channel.name,
    parent_id: channel.parent_id,
    rate_limit_per_user: 0,
    topic: channel.topic,
    position: channel.position,
    permission_overwrites: channel.permission_overwrites.map(({ id, type, allow, deny }) => ({
      id,
      type,
      allow: allow.toString(),
      deny: deny.toString(),
    })),
    nsfw: false,
    ...channel.settings,
  };
}

/** Someone's membership of a thread. */
export function toThreadMember(threadId: string, member: WorldThreadMember): Json {
  return { id: threadId, user_id: member.user_id, join_timestamp: member.join_timestamp, flags: 0 };
}

/** Threads in a list, with the reader's memberships of them. */
export function toThreadList(
  guild: WorldGuild,
  threads: readonly WorldChannel[],
  readerId: string,
  hasMore: boolean,
): Json {
  return {
    threads: threads.map((thread) => toChannel(guild, thread, readerId)),
    members: threads.flatMap((thread) =>
      (thread.thread_members ?? [])
        .filter(({ user_id }) => user_id === readerId)
        .map((member) => toThreadMember(thread.id, member)),
    ),
    has_more: hasMore,
  };
}

function toThread(guild: WorldGuild, thread: WorldChannel, readerId: string): Json {
  const members = thread.thread_members ?? [];
  const own = members.find(({ user_id }) => user_id === readerId);
  const { invitable, ...metadata } = { invitable: true, ...thread.thread_metadata };
  return {
    id: thread.id,
    type: thread.type,
    last_message_id: null,
    flags: 0,
    guild_id: guild.id,
    name: thread.name,
    parent_id: thread.parent_id,
    rate_limit_per_user: 0,
    owner_id: thread.owner_id ?? null,
    thread_metadata: thread.type === PRIVATE_THREAD ? { ...metadata, invitable } : metadata,
    message_count: 0,
    // Discord stops counting at 50.
    member_count: Math.min(50, members.length),
    total_message_sent: 0,
    ...thread.settings,
    ...(own === undefined ? {} : { member: toThreadMember(thread.id, own) }),
  };
}
