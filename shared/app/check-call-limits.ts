import type { ActionPlace } from '../catalogue/action.ts';
import type { TokenLimits } from '../domain/connection-token.ts';
import type { LimitFailure } from '../problems/failure.ts';
import type { Caller } from './authenticate.ts';

/** What of a call the caller's limits are compared with. */
export interface LimitedCall {
  readonly action: { readonly id: string; readonly place: ActionPlace };
  readonly pathParameters: ReadonlyMap<string, string>;
}

/**
 * Whether the caller's limits let this call through: nothing when they do. Pure. Actions first, then guilds and channels;
 * what an action reaches is said by its catalogue entry ({@link ActionPlace}), so an action cannot slip past.
 */
export function checkCallLimits({ keyActions, token }: Caller, call: LimitedCall): LimitFailure | undefined {
  const { id } = call.action;
  if (keyActions?.includes(id) === false && token === undefined) {
    return { reason: 'key_not_allowed', missing: [id], allowed: keyActions };
  }
  const allowed = intersect(token?.actions, keyActions);
  if (allowed?.includes(id) === false) {
    return { reason: 'token_not_allowed', limit: 'actions', missing: [id], allowed };
  }
  return token === undefined ? undefined : checkPlace(token, call);
}

/**
 * Guilds and channels of a token. `guild_ids` are the guilds that actions on a guild may name; `channel_ids` the channels that
 * actions on a channel may name, without it those of the guilds. What shows the user himself is no place and never refused here;
 * what shows all guilds at once is in none of the lists.
 */
function checkPlace(limits: TokenLimits, { action, pathParameters }: LimitedCall): LimitFailure | undefined {
  const { guildIds, channelIds } = limits;
  const isUnlimited = guildIds === undefined && channelIds === undefined;
  if (isUnlimited || action.place === 'account') return undefined;
  const guildId = pathParameters.get('guild_id');
  const channelId = pathParameters.get('channel_id');
  const isForeignGuild = guildIds !== undefined && guildId !== undefined && !guildIds.includes(guildId);
  if (action.place === 'channel' && channelIds !== undefined && !isForeignGuild) {
    return isListed(channelIds, channelId) ? undefined : refuse('channels', channelIds, channelId);
  }
  if (guildIds === undefined) return refuse('channels', channelIds ?? [], guildId);
  // A channel whose guild the path does not name is in none of them: nothing here has looked it up.
  const isWithin = action.place !== 'all_guilds' && isListed(guildIds, guildId);
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
