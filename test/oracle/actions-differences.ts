import type { Answer } from '../../infra/local/discord/answer.ts';
import { evaluatePermissions, evaluateRoles, has } from '../../infra/local/discord/guilds/evaluate.ts';
import type { WorldGuild } from '../../infra/local/discord/world/world.ts';
import { PERMISSIONS } from '../../shared/catalogue/permission.ts';
import type { AuthorityFailure } from '../../shared/problems/failure.ts';
import { NOW_EPOCH_MS } from '../support/authority-facts.ts';
import type { OracleCall } from './actions-calls.ts';
import { BOT_ID, CATEGORY_ID, VOICE_ID, type ActionGuild } from './actions-guild.ts';
import type { ComparedSide } from './actions-product.ts';
import { PLACE_ID } from './product-input.ts';

/** Two decisions on one call. */
export interface Compared {
  readonly random: ActionGuild;
  readonly guild: WorldGuild;
  readonly call: OracleCall;
  readonly side: ComparedSide;
  /** What the product has against the call by this side. */
  readonly failures: readonly AuthorityFailure[];
  readonly answer: Answer;
}

interface Difference {
  readonly why: string;
  /** Absent: both. */
  readonly side?: ComparedSide;
  /** Absent: all. */
  readonly actions?: readonly string[];
}

/** What the product demands and the simulator does not: it explains single failures. */
interface Stricter extends Difference {
  explains(failure: AuthorityFailure, compared: Compared): boolean;
}

/** What the simulator demands and the product does not. */
interface Looser extends Difference {
  isMeant(compared: Compared): boolean;
}

/** What the simulator finds wrong with the call itself before it looks at permissions: both refuse, each for its own reason. */
interface Earlier extends Difference {
  readonly codes: readonly number[];
}

function lacksOnly(...names: readonly string[]) {
  return (failure: AuthorityFailure): boolean =>
    (failure.reason === 'actor_permission_missing' || failure.reason === 'bot_permission_missing') &&
    failure.missing.every((name) => names.includes(name));
}

function isReason(...reasons: readonly AuthorityFailure['reason'][]) {
  return ({ reason }: AuthorityFailure): boolean => reasons.includes(reason);
}

function isAt(placeId: string) {
  return (failure: AuthorityFailure): boolean =>
    failure.reason === 'guild_not_connected' || ('placeId' in failure && failure.placeId === placeId);
}

const isNamed = ({ call: { body } }: Compared, name: string): boolean =>
  typeof body === 'object' && body !== null && name in body;

const isOwnWebhook = ({ random: { scene } }: Compared): boolean => scene.webhook === 'ours';

const BY_TOKEN_ONLY = ['webhook.execute', 'webhook_message.read', 'webhook_message.edit', 'webhook_message.delete'];

export const STRICTER: readonly Stricter[] = [
  {
    why: 'Discord lets a member who is timed out do what needs no permission, as changing messages of his own; the product lets him read and no more',
    side: 'actor',
    explains: (failure, { call }) =>
      failure.reason === 'actor_restricted' && failure.restriction === 'timed_out' && call.action.effect !== 'read',
  },
  {
    why: 'that a restriction binds him is told along with what he lacks while he reads',
    side: 'actor',
    explains: (failure, { call, failures }) =>
      failure.reason === 'actor_restricted' && call.action.effect === 'read' && failures.length > 1,
  },
  {
    why: 'a bot is never under screening; a user who has not passed it does and reads nothing through the bot, not even what needs no permission',
    side: 'actor',
    explains: (failure) => failure.reason === 'actor_restricted' && failure.restriction === 'pending',
  },
  {
    why: 'Discord bans those of a list whom it can and names the others; the product refuses the whole list',
    actions: ['bans.create_bulk'],
    explains: isReason('target_not_below'),
  },
  {
    why: 'moving a channel changes its category, too: the product demands there what it demands in the channel',
    actions: ['channel.edit'],
    explains: (failure, compared) => isNamed(compared, 'parent_id') && isAt(CATEGORY_ID)(failure),
  },
  {
    why: 'Discord sends what mentions everyone without the permission, and pings nobody; the product says so before',
    actions: ['message.create', 'message.edit', 'thread.create'],
    explains: lacksOnly('MENTION_EVERYONE'),
  },
  {
    why: 'Discord answers an empty list to who may not read the history; the product names the permission',
    actions: ['messages.list', 'pins.list'],
    explains: lacksOnly('READ_MESSAGE_HISTORY'),
  },
  {
    why: 'Discord searches the channels that the bot may read, be it none; the product demands it in the guild',
    actions: ['guild_messages.search'],
    explains: (failure, { call }) => !call.query.includes('channel_id') && lacksOnly('READ_MESSAGE_HISTORY')(failure),
  },
  {
    why: 'who cannot read a message has nothing to pin or to start a thread from',
    actions: ['pin.create', 'pin.remove', 'thread.create_from_message'],
    explains: lacksOnly('READ_MESSAGE_HISTORY'),
  },
  {
    why: 'the product reads a message before it decides, to know who wrote it',
    side: 'bot',
    actions: ['message.edit', 'message.delete', 'message.crosspost'],
    explains: lacksOnly('READ_MESSAGE_HISTORY'),
  },
  {
    why: 'Discord looks at the place of a role that is taken; the product also at what it gives, as for one that is given',
    side: 'actor',
    actions: ['member_role.remove', 'member.edit'],
    explains: (failure) => failure.reason === 'actor_permission_missing' && !failure.missing.includes('MANAGE_ROLES'),
  },
  {
    why: 'a bot may leave any guild; it goes for everybody, so the user must manage the guild',
    side: 'actor',
    actions: ['user_guild.leave'],
    explains: lacksOnly('MANAGE_GUILD'),
  },
  {
    why: 'a bot may leave any thread; it goes for everybody, so both must manage threads',
    actions: ['thread.leave'],
    explains: lacksOnly('MANAGE_THREADS'),
  },
  {
    why: 'a webhook’s token opens all it can to whoever has it, and its application reads it; one that was not made for the connection is used by who manages it',
    actions: ['webhook.read', ...BY_TOKEN_ONLY],
    explains: (failure, compared) =>
      !isOwnWebhook(compared) &&
      (lacksOnly('MANAGE_WEBHOOKS', 'VIEW_CHANNEL', 'CONNECT')(failure) || isReason('bot_access_missing')(failure)),
  },
  {
    why: 'a webhook’s token reaches every thread of its channel; the product demands that both see the thread',
    actions: BY_TOKEN_ONLY,
    explains: (failure, { call }) => call.query.includes('thread_id') && isAt(PLACE_ID)(failure),
  },
  {
    why: 'a bot may write to every member; through it one writes to oneself only',
    actions: ['direct_message.open'],
    explains: isReason('direct_message_refused'),
  },
  {
    why: 'Discord is content when a reaction that is taken back is not there; it may be another connection’s, which the product guards',
    actions: ['reaction.remove_own'],
    explains: isReason('not_made_for_connection'),
  },
  {
    why: 'in a locked thread Discord lets the author edit; the product demands of the user what writing there demands, and of the bot where the thread is archived, too',
    actions: ['message.edit'],
    explains: (failure, { random: { scene } }) => scene.isLocked && lacksOnly('MANAGE_THREADS')(failure),
  },
  {
    why: 'the product demands CONNECT where a member is moved to, as Discord documents it; the simulator looks at MOVE_MEMBERS',
    actions: ['member.edit'],
    explains: (failure, compared) => isNamed(compared, 'channel_id') && isAt(VOICE_ID)(failure),
  },
];

export const EARLIER: readonly Earlier[] = [
  { why: 'a channel of this kind knows nothing of what is asked for', codes: [50_008, 50_024] },
  { why: 'a forum takes posts, not messages', codes: [220_001], actions: ['webhook.execute'] },
  { why: 'the thread is archived', codes: [50_083] },
  { why: 'the thread is locked, which Discord does not call a missing permission', codes: [160_005] },
  { why: 'he is not in the guild, or not in the thread', codes: [10_007] },
  { why: 'there is no such message', codes: [10_008] },
  { why: 'he is banned', codes: [40_007], actions: ['member.add'] },
  { why: 'nobody of the list can be banned', codes: [500_000], actions: ['bans.create_bulk'] },
];

/** What the bot holds in the guild as a whole. */
function computeHeld({ guild }: Compared): bigint {
  return evaluatePermissions({ guild, memberId: BOT_ID, nowEpochMs: NOW_EPOCH_MS });
}

function isGivingMore(compared: Compared): boolean {
  const named = JSON.stringify([compared.call.path, compared.call.body]);
  return compared.guild.roles
    .filter(({ id }) => id !== compared.guild.id && named.includes(`"${id}"`))
    .some(({ permissions }) => !has(computeHeld(compared), permissions));
}

export const LOOSER: readonly Looser[] = [
  {
    why: 'who is brought into a thread must see its channel: that is not for the permissions of who brings him',
    actions: ['thread_member.add'],
    isMeant: ({ answer }) => answer.body.includes('50001'),
  },
  {
    why: 'the user takes himself out of a thread without a permission; Discord has another path for that, which the bot cannot call for him',
    side: 'actor',
    actions: ['thread_member.remove'],
    isMeant: ({ call }) => call.path['user_id'] === BOT_ID,
  },
  {
    why: 'a webhook that was made for the connection is changed by its user without a permission; the bot needs its own',
    side: 'actor',
    actions: ['webhook.edit'],
    isMeant: (compared) => isOwnWebhook(compared) && isNamed(compared, 'channel_id'),
  },
  {
    why: 'CREATE_INSTANT_INVITE is demanded of the bot: the user asks for himself',
    side: 'actor',
    actions: ['member.add'],
    isMeant: (compared) => !has(computeHeld(compared), PERMISSIONS.CREATE_INSTANT_INVITE),
  },
  {
    why: 'Discord documents that a bot gives roles below its own; the simulator demands besides that it has what they give',
    side: 'bot',
    actions: ['member.add', 'member_role.add', 'member.edit'],
    isMeant: isGivingMore,
  },
  {
    why: 'the simulator demands of every edit that the member stands below, Discord not of oneself',
    actions: ['member.edit'],
    isMeant: ({ call }) => call.path['user_id'] === BOT_ID,
  },
  {
    why: 'nobody can time out an administrator: the product leaves that to Discord',
    actions: ['member.edit'],
    isMeant: (compared) =>
      isNamed(compared, 'communication_disabled_until') &&
      has(evaluateRoles(compared.guild, compared.call.path['user_id'] ?? ''), PERMISSIONS.ADMINISTRATOR),
  },
];
