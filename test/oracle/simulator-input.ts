import type { EvaluationInput } from '../../infra/local/discord/guilds/evaluate.ts';
import type { WorldChannel, WorldMember, WorldOverwrite, WorldRole } from '../../infra/local/discord/world/world.ts';
import { GUILD_ID, NOW_EPOCH_MS } from '../support/authority-facts.ts';
import { findOverwriteTarget, MEMBER_ID, OTHER_ID, PARENT_ID, PLACE_ID, ROLE_IDS } from './product-input.ts';
import type { RandomGuild } from './random-guild.ts';

const THREAD_TYPES = new Set([10, 11, 12]);
const LONG_AGO = '2020-01-01T00:00:00.000Z';

function role(id: string, position: number, permissions: bigint): WorldRole {
  return { id, name: id, color: 0, position, permissions, managed: false, hoist: false, mentionable: false };
}

function member(userId: string, roles: readonly string[], change: Partial<WorldMember> = {}): WorldMember {
  return {
    user_id: userId,
    nick: null,
    roles,
    joined_at: LONG_AGO,
    pending: false,
    communication_disabled_until: null,
    ...change,
  };
}

function channel(id: string, type: number, change: Partial<WorldChannel>): WorldChannel {
  return { id, type, name: id, position: 0, parent_id: null, topic: null, permission_overwrites: [], ...change };
}

function listChannels(
  { channelType, isThreadMember }: RandomGuild,
  overwrites: readonly WorldOverwrite[],
): WorldChannel[] {
  if (channelType === undefined) return [];
  if (!THREAD_TYPES.has(channelType)) return [channel(PLACE_ID, channelType, { permission_overwrites: overwrites })];
  const others = [{ user_id: OTHER_ID, join_timestamp: LONG_AGO }];
  const own = isThreadMember ? [{ user_id: MEMBER_ID, join_timestamp: LONG_AGO }] : [];
  return [
    channel(PLACE_ID, channelType, { parent_id: PARENT_ID, thread_members: [...others, ...own] }),
    channel(PARENT_ID, 0, { permission_overwrites: overwrites }),
  ];
}

/** What the simulator evaluates: the guild as Discord would hold it. */
export function buildSimulatorInput(random: RandomGuild): EvaluationInput {
  const overwrites = random.overwrites.map((overwrite): WorldOverwrite => {
    const { id, isMember } = findOverwriteTarget(overwrite);
    return { id, type: isMember ? 1 : 0, allow: overwrite.allow, deny: overwrite.deny };
  });
  const { timeOutMs } = random;
  const until = timeOutMs === undefined ? null : new Date(NOW_EPOCH_MS + timeOutMs).toISOString();
  const ownRoles = random.ownRoles.map((at) => ROLE_IDS[at] ?? '');
  const channels = listChannels(random, overwrites);
  return {
    guild: {
      id: GUILD_ID,
      name: 'random',
      icon: null,
      banner: null,
      description: null,
      owner_id: random.isOwner ? MEMBER_ID : '2000',
      features: [],
      mfa_level: 0,
      approximate_presence_count: 0,
      roles: [
        role(GUILD_ID, 0, random.everyone),
        ...random.roles.map((bits, at) => role(ROLE_IDS[at] ?? '', at + 1, bits)),
      ],
      channels,
      members: [
        member(MEMBER_ID, ownRoles, { pending: random.isPending, communication_disabled_until: until }),
        member(OTHER_ID, [...ROLE_IDS]),
      ],
    },
    memberId: MEMBER_ID,
    channel: channels[0],
    nowEpochMs: NOW_EPOCH_MS,
  };
}
