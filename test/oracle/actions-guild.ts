import fc from 'fast-check';
import { buildSnowflake } from '../../infra/local/discord/snowflake.ts';
import type {
  WorldChannel,
  WorldGuild,
  WorldMember,
  WorldOverwrite,
  WorldRole,
} from '../../infra/local/discord/world/world.ts';
import { isThread } from '../../infra/local/discord/world/world.ts';
import { PERMISSIONS } from '../../shared/catalogue/permission.ts';
import { GUILD_ID, NOW_EPOCH_MS } from '../support/authority-facts.ts';
import { MEMBER_ID, OTHER_ID, PARENT_ID, PLACE_ID, ROLE_IDS } from './product-input.ts';
import { randomGuild, type RandomGuild } from './random-guild.ts';
import { buildSimulatorInput } from './simulator-input.ts';

/** Whose permissions are in question on both sides: the bot that calls the simulator. */
export const BOT_ID = MEMBER_ID;
export const TARGET_ID = OTHER_ID;
export const OWNER_ID = '2000';
/** May everything and stands above all but the owner: where only the bot can fail he is the connected user. */
export const BOSS_ID = '2005';
/** In no guild. */
export const STRANGER_ID = '2006';
/** The connected user who is what the bot was. */
export const ACTOR_ID = '2007';

export const CATEGORY_ID = '4002';
export const ELSEWHERE_ID = '4003';
export const VOICE_ID = '4004';
export const WEBHOOK_ID = '6001';
const BOSS_ROLE_ID = '3009';
const ADMIN_ROLE_ID = '3010';

const HOUR_MS = 3_600_000;
const buildMessageId = (increment: number) => buildSnowflake(NOW_EPOCH_MS - HOUR_MS, increment);

export const MESSAGE_ID = buildMessageId(1);
export const SECOND_MESSAGE_ID = buildMessageId(2);
export const ELSEWHERE_MESSAGE_ID = buildMessageId(3);
export const WEBHOOK_MESSAGE_ID = buildMessageId(4);
export const ABSENT_MESSAGE_ID = buildMessageId(5);

const LONG_AGO = '2020-01-01T00:00:00.000Z';

/** What is random besides the guild of the permission oracle: what actions reach, and whom calls name. */
interface RandomScene {
  /** Positions of the three roles: where two are alike nobody is above. */
  readonly positions: readonly number[];
  readonly managed: readonly boolean[];
  readonly isMentionable: boolean;
  readonly targetRoles: readonly number[];
  readonly isTargetInVoice: boolean;
  readonly isStrangerBanned: boolean;
  readonly parentType: number;
  readonly isArchived: boolean;
  readonly isLocked: boolean;
  readonly isInvitable: boolean;
  readonly isThreadOwner: boolean;
  readonly isTargetInThread: boolean;
  /** Who wrote the message of the path, if there is one. */
  readonly message: 'own' | 'of another' | 'none';
  readonly reaction: 'own' | 'of another' | 'none';
  /** Made for the connection, by the bot for others, by another application. */
  readonly webhook: 'ours' | 'of the bot' | 'of another';
  readonly user: 'target' | 'owner' | 'boss' | 'stranger' | 'self';
  /** 0 to 2: the roles; 3: @everyone; 4: none. */
  readonly role: number;
}

/** A guild, what is in it, and the calls to make. */
export interface ActionGuild {
  readonly guild: RandomGuild;
  readonly scene: RandomScene;
}

const sumOf = (bits: readonly bigint[]) => bits.reduce((sum, bit) => sum | bit, 0n);

/** Those that no rule of the permission oracle turns on: here actions do. */
const MORE_BITS = Object.values(PERMISSIONS).filter((bit) => bit !== PERMISSIONS.ADMINISTRATOR);

const fewMore = fc.subarray(MORE_BITS, { maxLength: 4 }).map(sumOf);
const nearlyAll = fc.subarray(MORE_BITS, { maxLength: 6 }).map((bits) => sumOf(MORE_BITS) & ~sumOf(bits));

const MOST_OVERWRITES = 5;
const ofEach = <T>(arbitrary: fc.Arbitrary<T>, count: number) =>
  fc.array(arbitrary, { minLength: count, maxLength: count });

const richGuild: fc.Arbitrary<RandomGuild> = fc
  .record({
    guild: randomGuild,
    everyone: fc.option(nearlyAll, { nil: undefined, freq: 3 }),
    more: fewMore,
    roles: ofEach(fewMore, ROLE_IDS.length),
    allows: ofEach(fewMore, MOST_OVERWRITES),
    denies: ofEach(fewMore, MOST_OVERWRITES),
  })
  .map(({ guild, everyone, more, roles, allows, denies }) => ({
    ...guild,
    everyone: everyone ?? guild.everyone | more,
    roles: guild.roles.map((bits, at) => bits | (roles[at] ?? 0n)),
    overwrites: guild.overwrites.map((overwrite, at) => ({
      ...overwrite,
      allow: overwrite.allow | (allows[at] ?? 0n),
      deny: overwrite.deny | (denies[at] ?? 0n),
    })),
  }));

const often = <T>(usual: T, ...others: readonly T[]) =>
  fc.oneof({ weight: others.length + 2, arbitrary: fc.constant(usual) }, ...others.map((value) => fc.constant(value)));

const scene: fc.Arbitrary<RandomScene> = fc.record({
  positions: ofEach(fc.integer({ min: 1, max: 4 }), ROLE_IDS.length),
  managed: ofEach(often(false, true), ROLE_IDS.length),
  isMentionable: fc.boolean(),
  targetRoles: fc.subarray([0, 1, 2], { maxLength: 2 }),
  isTargetInVoice: fc.boolean(),
  isStrangerBanned: fc.boolean(),
  parentType: fc.constantFrom(0, 0, 15),
  isArchived: often(false, true),
  isLocked: often(false, true),
  isInvitable: fc.boolean(),
  isThreadOwner: fc.boolean(),
  isTargetInThread: fc.boolean(),
  message: fc.constantFrom('own', 'of another', 'own', 'of another', 'none'),
  reaction: fc.constantFrom('own', 'of another', 'none'),
  webhook: fc.constantFrom('ours', 'of the bot', 'of another'),
  user: often('target', 'owner', 'boss', 'stranger', 'self', 'self'),
  role: fc.integer({ min: 0, max: 4 }),
});

export const actionGuild: fc.Arbitrary<ActionGuild> = fc.record({ guild: richGuild, scene });

/** The guild as Discord holds it, with the bot as the member in question. */
export function buildGuild({ guild: random, scene }: ActionGuild): WorldGuild {
  const { guild } = buildSimulatorInput({ ...random, channelType: random.channelType ?? 0 });
  const placeOverwrites = guild.channels.flatMap(({ permission_overwrites }) => permission_overwrites);
  // Other channels of the same guild, in which it is the other way round.
  const turned = placeOverwrites.map(({ allow, deny, ...of }) => ({ ...of, allow: deny, deny: allow }));
  return {
    ...guild,
    roles: [...guild.roles.map((role, at) => dressRole(role, at - 1, scene)), buildAdminRole(BOSS_ROLE_ID, 98)],
    channels: [
      ...guild.channels.map((channel) => dressChannel(channel, scene)),
      buildChannel(CATEGORY_ID, 4, turned),
      buildChannel(ELSEWHERE_ID, 0, turned),
      buildChannel(VOICE_ID, 2, turned),
    ],
    members: [
      ...guild.members.filter(({ user_id }) => user_id === BOT_ID),
      {
        ...buildMember(TARGET_ID, ...scene.targetRoles.map((at) => ROLE_IDS[at] ?? '')),
        voice_channel_id: scene.isTargetInVoice ? VOICE_ID : null,
      },
      buildMember(OWNER_ID),
      buildMember(BOSS_ID, BOSS_ROLE_ID),
    ],
    bans: scene.isStrangerBanned ? [{ user_id: STRANGER_ID, reason: null }] : [],
  };
}

/** The same guild in which the connected user is what the bot was, and the bot may everything. */
export function mirrorGuild(guild: WorldGuild): WorldGuild {
  const toActor = (id: string) => (id === BOT_ID ? ACTOR_ID : id);
  return {
    ...guild,
    owner_id: toActor(guild.owner_id),
    roles: [...guild.roles, buildAdminRole(ADMIN_ROLE_ID, 99)],
    members: [
      ...guild.members.map((member) => ({ ...member, user_id: toActor(member.user_id) })),
      buildMember(BOT_ID, ADMIN_ROLE_ID),
    ],
    channels: guild.channels.map((channel) => ({
      ...channel,
      permission_overwrites: channel.permission_overwrites.map((overwrite) => ({
        ...overwrite,
        id: toActor(overwrite.id),
      })),
      ...(channel.owner_id === undefined ? {} : { owner_id: toActor(channel.owner_id) }),
      ...(channel.thread_members === undefined
        ? {}
        : {
            thread_members: channel.thread_members.map((member) => ({ ...member, user_id: toActor(member.user_id) })),
          }),
    })),
  };
}

/** Where the webhook is: a thread has none of its own. */
export function findWebhookChannelId({ guild: { channelType } }: ActionGuild): string {
  return isThread({ type: channelType ?? 0 } as WorldChannel) ? PARENT_ID : PLACE_ID;
}

function dressRole(role: WorldRole, at: number, { positions, managed, isMentionable }: RandomScene): WorldRole {
  if (role.id === GUILD_ID) return role;
  return {
    ...role,
    position: positions[at] ?? 1,
    managed: managed[at] ?? false,
    mentionable: isMentionable,
  };
}

function dressChannel(channel: WorldChannel, scene: RandomScene): WorldChannel {
  if (channel.id === PARENT_ID) return { ...channel, type: scene.parentType };
  if (!isThread(channel)) return channel;
  return {
    ...channel,
    owner_id: scene.isThreadOwner ? BOT_ID : OWNER_ID,
    thread_metadata: {
      archived: scene.isArchived,
      locked: scene.isLocked,
      invitable: scene.isInvitable,
      auto_archive_duration: 60,
      archive_timestamp: LONG_AGO,
      create_timestamp: LONG_AGO,
    },
    thread_members: (channel.thread_members ?? []).filter(
      ({ user_id }) => user_id !== TARGET_ID || scene.isTargetInThread,
    ),
  };
}

function buildChannel(id: string, type: number, permission_overwrites: readonly WorldOverwrite[]): WorldChannel {
  return { id, type, name: id, position: 0, parent_id: null, topic: null, permission_overwrites };
}

function buildAdminRole(id: string, position: number): WorldRole {
  const permissions = PERMISSIONS.ADMINISTRATOR;
  return { id, name: id, color: 0, position, permissions, managed: false, hoist: false, mentionable: false };
}

function buildMember(userId: string, ...roles: readonly string[]): WorldMember {
  return {
    user_id: userId,
    nick: null,
    roles,
    joined_at: LONG_AGO,
    pending: false,
    communication_disabled_until: null,
  };
}
