import { compareSnowflakes } from '../snowflake.ts';
import type { WorldBan, WorldChannel, WorldGuild, WorldMember } from '../world/world.ts';
import { findMember, isThread } from '../world/world.ts';
import type { GuildRecord } from './guild-record.ts';
import { fromGuildRecord, toGuildRecord } from './guild-record.ts';

/** A channel or thread with the guild that it is in. */
export interface PlacedChannel {
  readonly guild: WorldGuild;
  readonly channel: WorldChannel;
}

/**
 * The guilds as they are now: the seed's, and what has happened to them. Guilds, channels and members are values: a change
 * puts a new one in the old one's place, so what was read before stays as it was.
 */
export class GuildState {
  readonly #seed: readonly WorldGuild[];
  readonly #guilds = new Map<string, WorldGuild>();
  onChange: () => void = () => undefined;

  constructor(seed: readonly WorldGuild[]) {
    this.#seed = seed;
    this.#fill(seed);
  }

  findGuild(guildId: string): WorldGuild | undefined {
    return this.#guilds.get(guildId);
  }

  /** Oldest id first, as Discord lists them. */
  listGuilds(): WorldGuild[] {
    return [...this.#guilds.values()].toSorted((left, right) => compareSnowflakes(left.id, right.id));
  }

  /** The guilds that a user or a bot is a member of, oldest id first. */
  listGuildsOfUser(userId: string): WorldGuild[] {
    return this.listGuilds().filter((guild) => findMember(guild, userId) !== undefined);
  }

  /** Finds a channel or a thread by its id alone. */
  findChannel(channelId: string): PlacedChannel | undefined {
    for (const guild of this.#guilds.values()) {
      const channel = guild.channels.find(({ id }) => id === channelId);
      if (channel !== undefined) return { guild, channel };
    }
    return undefined;
  }

  /** Puts a guild in the place of the one with its id, or adds it. */
  updateGuild(guild: WorldGuild): void {
    this.#guilds.set(guild.id, guild);
    this.onChange();
  }

  /** Puts a channel or thread in the place of the one with its id, or adds it. */
  putChannel(guildId: string, channel: WorldChannel): void {
    this.#change(guildId, (guild) => ({
      ...guild,
      channels: replaceOrAdd(guild.channels, channel, ({ id }) => id === channel.id),
    }));
  }

  /** Removes a channel with its threads. Channels of a removed category stay, without a category. */
  removeChannel(channelId: string): void {
    const guildId = this.findChannel(channelId)?.guild.id;
    if (guildId === undefined) return;
    this.#change(guildId, (guild) => ({
      ...guild,
      channels: guild.channels
        .filter((channel) => channel.id !== channelId && !(isThread(channel) && channel.parent_id === channelId))
        .map((channel) => (channel.parent_id === channelId ? { ...channel, parent_id: null } : channel)),
    }));
  }

  /** Puts a membership in the place of the user's earlier one, or adds it. */
  putMember(guildId: string, member: WorldMember): void {
    this.#change(guildId, (guild) => ({
      ...guild,
      members: replaceOrAdd(guild.members, member, ({ user_id }) => user_id === member.user_id),
    }));
  }

  /** Takes a user out of the guild and of its threads. Overwrites for him stay, as at Discord. */
  removeMember(guildId: string, userId: string): void {
    this.#change(guildId, (guild) => ({
      ...guild,
      members: guild.members.filter(({ user_id }) => user_id !== userId),
      channels: guild.channels.map((channel) => dropThreadMember(channel, userId)),
    }));
  }

  putBan(guildId: string, ban: WorldBan): void {
    this.#change(guildId, (guild) => ({
      ...guild,
      bans: replaceOrAdd(guild.bans ?? [], ban, ({ user_id }) => user_id === ban.user_id),
    }));
  }

  removeBan(guildId: string, userId: string): void {
    this.#change(guildId, (guild) => ({
      ...guild,
      bans: (guild.bans ?? []).filter(({ user_id }) => user_id !== userId),
    }));
  }

  /** A copy of everything, as JSON holds it. */
  snapshot(): GuildRecord[] {
    return this.listGuilds().map(toGuildRecord);
  }

  /** Goes back to an earlier snapshot. */
  restore(records: readonly GuildRecord[]): void {
    this.#fill(records.map(fromGuildRecord));
    this.onChange();
  }

  /** Goes back to the seed. */
  reset(): void {
    this.#fill(this.#seed);
    this.onChange();
  }

  #fill(guilds: readonly WorldGuild[]): void {
    this.#guilds.clear();
    for (const guild of guilds) this.#guilds.set(guild.id, guild);
  }

  #change(guildId: string, change: (guild: WorldGuild) => WorldGuild): void {
    const guild = this.#guilds.get(guildId);
    if (guild !== undefined) this.updateGuild(change(guild));
  }
}

function replaceOrAdd<T>(items: readonly T[], item: T, isOld: (candidate: T) => boolean): readonly T[] {
  return items.some(isOld) ? items.map((candidate) => (isOld(candidate) ? item : candidate)) : [...items, item];
}

function dropThreadMember(channel: WorldChannel, userId: string): WorldChannel {
  if (channel.thread_members === undefined) return channel;
  return { ...channel, thread_members: channel.thread_members.filter(({ user_id }) => user_id !== userId) };
}
