import { ALL_PERMISSIONS, type PermissionName } from '../catalogue/permission.ts';
import type { AuthorityFailure } from '../problems/failure.ts';
import { computePermissions, isTimedOut } from './compute-permissions.ts';
import type { AuthorityFacts, GuildFacts, MemberFacts, Parties } from './facts.ts';
import { resolvePlace, type ResolvedPlace } from './resolve-place.ts';
import type { AuthorityCall, DirectCall, GuildCall, RuleBase } from './rule.ts';
import { RULES } from './rules/index.ts';
import { loadLack, mergeFailures } from './side.ts';

export type { AuthorityCall } from './rule.ts';

/** What a call reaches. Absent: nothing of the kind, or it is not the caller's to know. */
export interface AuthorityPlace {
  readonly guildId?: string;
  readonly channelId?: string;
}

export interface AuthorityDecision {
  /** Everything that stands against the call, of the connected user and of the bot, the most basic first; empty: it may be made. */
  readonly failures: readonly AuthorityFailure[];
  readonly place: AuthorityPlace;
}

/** What of the permissions that actions name there is in direct messages, too. Nobody has them there by a role. */
const DIRECT_PERMISSIONS: readonly PermissionName[] = [
  'VIEW_CHANNEL',
  'READ_MESSAGE_HISTORY',
  'SEND_MESSAGES',
  'ADD_REACTIONS',
  'PIN_MESSAGES',
];

type GuildPlace = Extract<ResolvedPlace, { readonly kind: 'guild' }>;

/**
 * Decides whether the connected user may make this call through the bot: in a guild of the tenant, with his own permissions
 * there and the bot's. Changes nothing.
 * @param nowEpochMs - milliseconds since 1970, for time-outs
 * @throws OutageError when a fact cannot be had
 * @throws Error when an entry of the catalogue contradicts itself: a rule without the parameter that it judges
 */
export async function checkAuthority(
  facts: AuthorityFacts,
  parties: Parties,
  call: AuthorityCall,
  nowEpochMs: number,
): Promise<AuthorityDecision> {
  const base: RuleBase = { facts, parties, call, nowEpochMs };
  const resolved = await resolvePlace(base);
  switch (resolved.kind) {
    case 'refused':
      return { failures: [resolved.failure], place: listNamedPlace(call) };
    case 'account':
      // Only the user's own token needs nobody's judgement.
      if (call.action.credential !== 'user')
        throw new Error(`${call.action.id} goes through the bot and reaches no place`);
      return { failures: [], place: listNamedPlace(call) };
    case 'direct': {
      const { channelId } = resolved;
      const place = channelId === undefined ? {} : { channelId };
      return { failures: await judgeDirect({ ...base, ...place }), place };
    }
    case 'guild': {
      const channelId = resolved.site?.channel.id ?? resolved.webhook?.channelId;
      const place = { guildId: resolved.guildId, ...(channelId === undefined ? {} : { channelId }) };
      return { failures: mergeFailures(await judgeInGuild(base, resolved)), place };
    }
  }
}

/** What the caller named himself is no secret to him. */
export function listNamedPlace({ pathParameters }: AuthorityCall): AuthorityPlace {
  const guildId = pathParameters.get('guild_id');
  const channelId = pathParameters.get('channel_id');
  return { ...(guildId === undefined ? {} : { guildId }), ...(channelId === undefined ? {} : { channelId }) };
}

async function judgeDirect(direct: DirectCall): Promise<AuthorityFailure[]> {
  const { rules, permissions } = direct.call.action.needs;
  const failures: AuthorityFailure[] = [];
  let isSuitable = permissions.every((name) => DIRECT_PERMISSIONS.includes(name));
  for (const rule of rules) {
    const check = RULES[rule].inDirect;
    if (check === undefined) isSuitable = false;
    else failures.push(...(await check(direct)));
  }
  return isSuitable ? failures : [{ reason: 'channel_unsuitable', needed: 'a channel of a guild' }, ...failures];
}

async function judgeInGuild(base: RuleBase, place: GuildPlace): Promise<AuthorityFailure[]> {
  const { facts, parties, call, nowEpochMs } = base;
  const { guildId } = place;
  const guild = await facts.loadGuild(guildId);
  if (guild === undefined) return [{ reason: 'bot_access_missing', what: 'guild' }];
  const actor = await facts.loadMember(guildId, parties.actorId);
  const bot = await facts.loadMember(guildId, parties.botId);
  const isAdding = call.action.needs.rules.includes('add_member');
  const absent: AuthorityFailure[] = [
    ...(actor === undefined && !isAdding ? [{ reason: 'actor_not_in_guild', guildId } as const] : []),
    ...(bot === undefined ? [{ reason: 'bot_access_missing', what: 'guild' } as const] : []),
  ];
  if (bot === undefined || absent.length > 0) return absent;

  const member = actor ?? { userId: parties.actorId, roleIds: [], isPending: false };
  const restriction = findRestriction(guild, member, nowEpochMs);
  const isRestricted = restriction === 'pending' || (restriction === 'timed_out' && call.action.effect !== 'read');
  const failures = await judgeMembers({
    ...base,
    guild,
    ...(place.site === undefined ? {} : { site: place.site }),
    ...(place.webhook === undefined ? {} : { webhook: place.webhook }),
    // What else he lacks is told as it will be when the restriction is over: lifting it alone may not do.
    actor: { who: 'actor', member: isRestricted ? lift(member) : member },
    bot: { who: 'bot', member: bot },
    isActorMember: actor !== undefined,
  });
  const isActorLacking = failures.some(({ reason }) => reason === 'actor_permission_missing');
  return restriction !== undefined && (isRestricted || isActorLacking)
    ? [{ reason: 'actor_restricted', restriction }, ...failures]
    : failures;
}

type Restriction = Extract<AuthorityFailure, { readonly reason: 'actor_restricted' }>['restriction'];

/** Nothing binds the owner; a time-out does not bind administrators. */
function findRestriction(guild: GuildFacts, member: MemberFacts, nowEpochMs: number): Restriction | undefined {
  if (guild.ownerId === member.userId) return undefined;
  if (member.isPending) return 'pending';
  if (!isTimedOut(member, nowEpochMs)) return undefined;
  const held = computePermissions({ guild, member, isThreadMember: false, nowEpochMs });
  return held === ALL_PERMISSIONS ? undefined : 'timed_out';
}

function lift({ userId, roleIds }: MemberFacts): MemberFacts {
  return { userId, roleIds, isPending: false };
}

/** First what is needed at the place, then the rules. They look into the channel: to whom it is shut nothing more is told. */
async function judgeMembers(call: GuildCall): Promise<AuthorityFailure[]> {
  const { action } = call.call;
  // A webhook of the connection needs no permission in its channel; its rule looks at the others.
  const isInChannel = action.place === 'channel';
  const needed: PermissionName[] = [...(isInChannel ? (['VIEW_CHANNEL'] as const) : []), ...action.needs.permissions];
  const failures: AuthorityFailure[] = [];
  for (const side of [call.actor, call.bot]) {
    if (side.who === 'actor' && !call.isActorMember) continue;
    failures.push(...(needed.length === 0 ? [] : await loadLack(call.facts, call, side, needed, call.nowEpochMs)));
  }
  if (isInChannel && (await isShutToOne(call))) return failures;
  for (const rule of action.needs.rules) failures.push(...(await RULES[rule].inGuild(call)));
  return failures;
}

async function isShutToOne(call: GuildCall): Promise<boolean> {
  for (const side of [call.actor, call.bot]) {
    if ((await loadLack(call.facts, call, side, ['VIEW_CHANNEL'], call.nowEpochMs)).length > 0) return true;
  }
  return false;
}
