import type { AuthorityPlace } from '../authority/check-authority.ts';
import type { ActionPlace } from '../catalogue/action.ts';
import type { LimitFailure } from '../problems/failure.ts';
import type { Caller } from './authenticate.ts';

/** Whether the caller's limits let him run this action at all: nothing when they do. Pure. */
export function checkActionLimit({ keyActions, token }: Caller, id: string): LimitFailure | undefined {
  if (keyActions?.includes(id) === false && token === undefined) {
    return { reason: 'key_not_allowed', missing: [id], allowed: keyActions };
  }
  const allowed = intersect(token?.actions, keyActions);
  return allowed?.includes(id) === false
    ? { reason: 'token_not_allowed', limit: 'actions', missing: [id], allowed }
    : undefined;
}

/**
 * Guilds and channels of a token. `guild_ids` are the guilds that actions on a guild may reach; `channel_ids` the channels that
 * actions on a channel may reach, without it those of the guilds. What shows the user himself is no place and never refused here;
 * what shows all guilds at once, or direct messages, is in none of the lists. Pure.
 * @param kind - what the action reaches, as its catalogue entry says ({@link ActionPlace}), so that an action cannot slip past
 */
export function checkPlaceLimit(
  { token }: Caller,
  kind: ActionPlace,
  { guildId, channelId }: AuthorityPlace,
): LimitFailure | undefined {
  if (token === undefined) return undefined;
  const { guildIds, channelIds } = token;
  const isUnlimited = guildIds === undefined && channelIds === undefined;
  if (isUnlimited || kind === 'account') return undefined;
  const isOnChannel = kind === 'channel' || kind === 'webhook';
  const isForeignGuild = guildIds !== undefined && guildId !== undefined && !guildIds.includes(guildId);
  if (isOnChannel && channelIds !== undefined && !isForeignGuild) {
    return isListed(channelIds, channelId) ? undefined : refuse('channels', channelIds, channelId);
  }
  if (guildIds === undefined) return refuse('channels', channelIds ?? [], channelId ?? guildId);
  // A channel whose guild is not known is in none of them.
  const isWithin = kind !== 'all_guilds' && kind !== 'direct_messages' && isListed(guildIds, guildId);
  return isWithin ? undefined : refuse('guilds', guildIds, guildId ?? channelId);
}

function isListed(ids: readonly string[], id: string | undefined): boolean {
  return id !== undefined && ids.includes(id);
}

function refuse(limit: 'guilds' | 'channels', allowed: readonly string[], missing: string | undefined): LimitFailure {
  return { reason: 'token_not_allowed', limit, allowed, ...(missing === undefined ? {} : { missing: [missing] }) };
}

/** What both lists have; a list that is absent does not limit. */
function intersect(
  first: readonly string[] | undefined,
  second: readonly string[] | undefined,
): readonly string[] | undefined {
  if (first === undefined || second === undefined) return first ?? second;
  return first.filter((id) => second.includes(id));
}
