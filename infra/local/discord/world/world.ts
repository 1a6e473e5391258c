/** An account that the user linked elsewhere. Field names are Discord's. */
export interface WorldConnection {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly verified: boolean;
  /** 0 = only the user sees it, 1 = everyone. The API returns both. */
  readonly visibility: 0 | 1;
  readonly revoked?: boolean;
}

/** A person who can sign in at the simulator. Field names are Discord's. */
export interface WorldUser {
  readonly id: string;
  readonly username: string;
  readonly global_name: string | null;
  readonly avatar: string | null;
  /** `0` since Discord's new user names; four digits on accounts that never moved. */
  readonly discriminator: string;
  readonly banner: string | null;
  readonly accent_color: number | null;
  readonly public_flags: number;
  readonly flags: number;
  readonly mfa_enabled: boolean;
  readonly locale: string;
  readonly email: string | null;
  readonly verified: boolean;
  readonly connections: readonly WorldConnection[];
}

/** A role. The role whose id is the guild's id is @everyone. */
export interface WorldRole {
  readonly id: string;
  readonly name: string;
  readonly color: number;
  readonly position: number;
  /** Bit field. Kept as bigint: bits beyond 31 are in use. */
  readonly permissions: bigint;
  readonly managed: boolean;
  readonly hoist: boolean;
  readonly mentionable: boolean;
  /** The bot whose own role it is; nobody else can have it. */
  readonly bot_id?: string | undefined;
}

/** What a channel changes for one role (`type` 0) or one member (`type` 1). */
export interface WorldOverwrite {
  readonly id: string;
  readonly type: 0 | 1;
  readonly allow: bigint;
  readonly deny: bigint;
}

/** What only a thread has. @see Discord docs: resources/channel#thread-metadata-object */
export interface WorldThreadMetadata {
  readonly archived: boolean;
  /** Minutes: 60, 1440, 4320 or 10080. */
  readonly auto_archive_duration: number;
  /** ISO 8601, of the last change of `archived`. */
  readonly archive_timestamp: string;
  readonly locked: boolean;
  /** Whether members who may not manage threads may add others; of private threads only. */
  readonly invitable: boolean;
  /** ISO 8601. */
  readonly create_timestamp: string;
}

/** Someone's membership of a thread. */
export interface WorldThreadMember {
  readonly user_id: string;
  /** ISO 8601. */
  readonly join_timestamp: string;
}

/**
 * A channel of a guild. `type` is Discord's number: 0 text, 2 voice, 4 category, 5 announcement, 15 forum, … and 10 to 12
 * for threads, whose `parent_id` is the channel they hang from and which have no overwrites of their own.
 */
export interface WorldChannel {
  readonly id: string;
  readonly type: number;
  readonly name: string;
  readonly position: number;
  readonly parent_id: string | null;
  readonly topic: string | null;
  readonly permission_overwrites: readonly WorldOverwrite[];
  /** Of threads: who made it. */
  readonly owner_id?: string | undefined;
  readonly thread_metadata?: WorldThreadMetadata | undefined;
  readonly thread_members?: readonly WorldThreadMember[] | undefined;
  /** Everything else that Discord keeps of a channel (`nsfw`, `rate_limit_per_user`, `available_tags`, …), as it is sent. */
  readonly settings?: Readonly<Record<string, unknown>> | undefined;
}

/** A user's membership of one guild. `roles` leaves out @everyone. */
export interface WorldMember {
  readonly user_id: string;
  readonly nick: string | null;
  readonly roles: readonly string[];
  /** ISO 8601. */
  readonly joined_at: string;
  readonly pending: boolean;
  /** ISO 8601 end of a time-out, or null. */
  readonly communication_disabled_until: string | null;
  readonly mute?: boolean | undefined;
  readonly deaf?: boolean | undefined;
  /** The voice channel he is in, or null. */
  readonly voice_channel_id?: string | null | undefined;
}

/** Someone who may not come back. */
export interface WorldBan {
  readonly user_id: string;
  readonly reason: string | null;
}

/** A server with everything in it. */
export interface WorldGuild {
  readonly id: string;
  readonly name: string;
  readonly icon: string | null;
  readonly banner: string | null;
  readonly description: string | null;
  readonly owner_id: string;
  readonly features: readonly string[];
  readonly mfa_level: 0 | 1;
  readonly approximate_presence_count: number;
  readonly roles: readonly WorldRole[];
  readonly channels: readonly WorldChannel[];
  readonly members: readonly WorldMember[];
  readonly bans?: readonly WorldBan[] | undefined;
}

/** Everything that exists in the simulator before anyone connects. Guilds change afterwards: `Simulation.guilds` has them. */
export interface World {
  readonly users: readonly WorldUser[];
  readonly guilds: readonly WorldGuild[];
}

/** The user with this id, or undefined. */
export function findUser(world: World, userId: string): WorldUser | undefined {
  return world.users.find((user) => user.id === userId);
}

/** The user's membership of the guild, or undefined when he is not in it. */
export function findMember(guild: WorldGuild, userId: string): WorldMember | undefined {
  return guild.members.find((member) => member.user_id === userId);
}

/** Types of threads: in an announcement channel, public, private. */
export const THREAD_TYPES: ReadonlySet<number> = new Set([10, 11, 12]);

/** Whether the channel is a thread. */
export function isThread(channel: WorldChannel): boolean {
  return THREAD_TYPES.has(channel.type);
}
