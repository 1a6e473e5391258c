import { evaluateRoles } from '../guilds/evaluate.ts';
import { computeVerifyKey } from '../secret-shapes.ts';
import type { ApplicationRecord, PrivilegedIntent } from '../state/records.ts';
import type { WorldConnection, WorldGuild, WorldMember, WorldUser } from '../world/world.ts';

type Json = Readonly<Record<string, unknown>>;

/** Discord's time format: microseconds and a numeric zone, not `Z`. */
export function toDiscordTime(epochMs: number): string {
  return new Date(epochMs).toISOString().replace(/Z$/, '000+00:00');
}

/** What everyone may see of a user. */
export function toPublicUser(user: WorldUser): Json {
  return {
    id: user.id,
    username: user.username,
    avatar: user.avatar,
    discriminator: user.discriminator,
    public_flags: user.public_flags,
    flags: user.flags,
    banner: user.banner,
    accent_color: user.accent_color,
    global_name: user.global_name,
    avatar_decoration_data: null,
    collectibles: null,
    primary_guild: null,
  };
}

/**
 * A user as he sees himself through an application.
 * @param scopes - `email` adds the address and whether it is verified
 */
export function toOwnUser(user: WorldUser, scopes: readonly string[]): Json {
  return {
    ...toPublicUser(user),
    mfa_enabled: user.mfa_enabled,
    locale: user.locale,
    // Reads 0 without the partners' scope `identify.premium`.
    premium_type: 0,
    ...(scopes.includes('email') ? { email: user.email, verified: user.verified } : {}),
  };
}

/** The bot user of an application. */
export function toBotUser(application: ApplicationRecord): Json {
  return {
    id: application.clientId,
    username: application.name,
    avatar: null,
    discriminator: '0000',
    public_flags: 0,
    flags: 0,
    bot: true,
    banner: null,
    accent_color: null,
    global_name: null,
    avatar_decoration_data: null,
    collectibles: null,
    primary_guild: null,
  };
}

/** A linked account, as its owner sees it. */
export function toConnection(connection: WorldConnection): Json {
  return {
    ...connection,
    friend_sync: false,
    integrations: [],
    show_activity: connection.visibility === 1,
    two_way_link: false,
  };
}

/**
 * A guild in someone's list.
 * @param permissions - what he may do in the guild
 * @param withCounts - adds the approximate counts
 */
export function toListedGuild(guild: WorldGuild, isOwner: boolean, permissions: bigint, withCounts: boolean): Json {
  return {
    id: guild.id,
    name: guild.name,
    icon: guild.icon,
    banner: guild.banner,
    owner: isOwner,
    permissions: permissions.toString(),
    features: guild.features,
    ...(withCounts
      ? {
          approximate_member_count: guild.members.length,
          approximate_presence_count: guild.approximate_presence_count,
        }
      : {}),
  };
}

/** The same for a member of the guild. */
export function toGuildOfUser(guild: WorldGuild, userId: string, withCounts: boolean): Json {
  return toListedGuild(guild, guild.owner_id === userId, evaluateRoles(guild, userId), withCounts);
}

/**
 * A membership with its user.
 * @param user - Discord's user object
 */
export function toMember(member: WorldMember, user: Json): Json {
  return {
    avatar: null,
    banner: null,
    communication_disabled_until: member.communication_disabled_until,
    flags: 0,
    joined_at: member.joined_at,
    nick: member.nick,
    pending: member.pending,
    premium_since: null,
    roles: member.roles,
    user,
    mute: member.mute ?? false,
    deaf: member.deaf ?? false,
  };
}

/** What anyone may see of an application. */
export function toApplication(application: ApplicationRecord): Json {
  return {
    id: application.clientId,
    name: application.name,
    icon: null,
    description: application.description,
    type: null,
    bot: toBotUser(application),
    bot_public: application.botPublic,
    bot_require_code_grant: application.botRequireCodeGrant,
    verify_key: computeVerifyKey(application.signingSeedHex),
    flags: computeApplicationFlags(application),
    flags_new: String(computeApplicationFlags(application)),
  };
}

/** The LIMITED bits, which an application has whose bot is in fewer than 100 guilds. Discord docs: resources/application */
export const INTENT_FLAGS: Readonly<Record<PrivilegedIntent, number>> = {
  GUILD_MEMBERS: 1 << 15,
  MESSAGE_CONTENT: 1 << 19,
};

function computeApplicationFlags({ intents }: ApplicationRecord): number {
  return intents.reduce((flags, intent) => flags | INTENT_FLAGS[intent], 0);
}
