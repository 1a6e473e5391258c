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
}

/** What a channel changes for one role (`type` 0) or one member (`type` 1). */
export interface WorldOverwrite {
  readonly id: string;
  readonly type: 0 | 1;
  readonly allow: bigint;
  readonly deny: bigint;
}

/** A channel of a guild. `type` is Discord's number: 0 text, 2 voice, 4 category, 5 announcement, 15 forum, … */
export interface WorldChannel {
  readonly id: string;
  readonly type: number;
  readonly name: string;
  readonly position: number;
  readonly parent_id: string | null;
  readonly topic: string | null;
  readonly permission_overwrites: readonly WorldOverwrite[];
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
}

/** Everything that exists in the simulator before anyone connects. */
export interface World {
  readonly users: readonly WorldUser[];
  readonly guilds: readonly WorldGuild[];
}

/** The user with this id, or undefined. */
export function findUser(world: World, userId: string): WorldUser | undefined {
  return world.users.find((user) => user.id === userId);
}

/** The guild with this id, or undefined. */
export function findGuild(world: World, guildId: string): WorldGuild | undefined {
  return world.guilds.find((guild) => guild.id === guildId);
}

/** The user's membership of the guild, or undefined when he is not in it. */
export function findMember(guild: WorldGuild, userId: string): WorldMember | undefined {
  return guild.members.find((member) => member.user_id === userId);
}

/** The guilds the user is in, oldest id first as Discord lists them. */
export function listGuildsOfUser(world: World, userId: string): WorldGuild[] {
  return world.guilds.filter((guild) => findMember(guild, userId) !== undefined);
}
