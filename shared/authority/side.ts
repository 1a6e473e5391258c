import { listMissing, PERMISSIONS, type PermissionName } from '../catalogue/permission.ts';
import type { AuthorityFailure } from '../problems/failure.ts';
import {
  computePermissions,
  findClosingPermission,
  hasPermission,
  isPrivateThread,
  isThread,
  type ChannelSite,
  type PermissionInput,
} from './compute-permissions.ts';
import type { AuthorityFacts, GuildFacts, MemberFacts } from './facts.ts';

export type Who = 'actor' | 'bot';

/** One of the two who must be allowed: as what he is in the guild. */
export interface Side {
  readonly who: Who;
  readonly member: MemberFacts;
}

/** Where permissions are asked for: in a channel, or in the guild as a whole. */
export interface Place {
  readonly guild: GuildFacts;
  readonly site?: ChannelSite;
}

type Missing = Extract<AuthorityFailure, { readonly missing: readonly string[]; readonly placeId: string }>;

/**
 * Loads a channel, of a thread its parent too.
 * @throws OutageError
 */
export async function loadSite(facts: AuthorityFacts, channelId: string): Promise<ChannelSite | undefined> {
  const channel = await facts.loadChannel(channelId);
  if (channel === undefined) return undefined;
  const parentId = isThread(channel) ? channel.parentId : undefined;
  const parent = parentId === undefined ? undefined : await facts.loadChannel(parentId);
  // A thread's guild is its parent's: an answer that says otherwise is not believed.
  return parent === undefined || parent.guildId !== channel.guildId ? { channel } : { channel, parent };
}

async function loadInput(
  facts: AuthorityFacts,
  { guild, site }: Place,
  { member }: Side,
  nowEpochMs: number,
): Promise<PermissionInput> {
  const isThreadMember =
    site !== undefined && isPrivateThread(site.channel) && (await facts.isThreadMember(site.channel.id, member.userId));
  return { guild, member, isThreadMember, nowEpochMs, ...(site === undefined ? {} : { site }) };
}

/**
 * What one side holds at a place.
 * @throws OutageError
 */
export async function loadHeld(facts: AuthorityFacts, place: Place, side: Side, nowEpochMs: number): Promise<bigint> {
  return computePermissions(await loadInput(facts, place, side, nowEpochMs));
}

/**
 * What one side lacks of what is needed at a place. In a channel that is shut to him only what would open it is named: how
 * things stand within is not for him to know.
 * @throws OutageError
 */
export async function loadLack(
  facts: AuthorityFacts,
  place: Place,
  side: Side,
  needed: readonly PermissionName[],
  nowEpochMs: number,
): Promise<AuthorityFailure[]> {
  const input = await loadInput(facts, place, side, nowEpochMs);
  const held = computePermissions(input);
  const isShut = place.site !== undefined && !hasPermission(held, 'VIEW_CHANNEL');
  const missing = isShut ? [findClosingPermission(input)] : listMissing(needed, held);
  return missing.length === 0 ? [] : [buildLack(side.who, missing, place)];
}

/** The failure that names what one side lacks at a place. */
export function buildLack(who: Who, missing: readonly string[], { guild, site }: Place): Missing {
  return {
    reason: who === 'actor' ? 'actor_permission_missing' : 'bot_permission_missing',
    missing,
    where: site === undefined ? 'guild' : 'channel',
    placeId: site?.channel.id ?? guild.id,
  };
}

function isLack(failure: AuthorityFailure): failure is Missing {
  return failure.reason === 'actor_permission_missing' || failure.reason === 'bot_permission_missing';
}

/** The names of bits, in Discord's order; those that have none here together as `other`. */
export function namePermissions(bits: bigint): string[] {
  const named = Object.entries(PERMISSIONS).filter(([, bit]) => (bits & bit) !== 0n);
  const known = named.reduce((sum, [, bit]) => sum | bit, 0n);
  return [...named.map(([name]) => name), ...((bits & ~known) === 0n ? [] : ['other'])];
}

/** Says everything once: what one lacks at a place becomes one failure, and repetitions go. */
export function mergeFailures(failures: readonly AuthorityFailure[]): AuthorityFailure[] {
  const merged = new Map<string, AuthorityFailure>();
  for (const failure of failures) {
    const key = isLack(failure) ? `${failure.reason} ${failure.placeId}` : JSON.stringify(failure);
    const earlier = merged.get(key);
    const isMore = earlier !== undefined && isLack(earlier) && isLack(failure);
    const missing = isMore ? [...new Set([...earlier.missing, ...failure.missing])] : [];
    merged.set(key, isMore ? { ...earlier, missing } : failure);
  }
  return [...merged.values()];
}
