import type { ActionDefinition } from '../catalogue/action.ts';
import type { PermissionName } from '../catalogue/permission.ts';
import type { AuthorityFailure } from '../problems/failure.ts';
import type { ChannelSite } from './compute-permissions.ts';
import type { AuthorityFacts, GuildFacts, Parties, WebhookFacts } from './facts.ts';
import { loadLack, loadSite, type Place, type Side, type Who } from './side.ts';

/** What of a call decides whether it may be made. */
export interface AuthorityCall {
  readonly action: ActionDefinition;
  readonly pathParameters: ReadonlyMap<string, string>;
  readonly query: URLSearchParams;
  /** Parsed JSON; nothing when there is none. */
  readonly body: unknown;
  readonly hasFiles: boolean;
}

/** What every rule looks at. */
export interface RuleBase {
  readonly facts: AuthorityFacts;
  readonly parties: Parties;
  readonly call: AuthorityCall;
  readonly nowEpochMs: number;
}

/** A call that reaches a guild. */
export interface GuildCall extends RuleBase {
  readonly guild: GuildFacts;
  readonly site?: ChannelSite;
  readonly webhook?: WebhookFacts;
  readonly actor: Side;
  readonly bot: Side;
  /** False of somebody who is about to be added. */
  readonly isActorMember: boolean;
}

/** A call that reaches the direct messages of the connected user with the bot, and there nothing but these two. */
export interface DirectCall extends RuleBase {
  readonly channelId?: string;
}

/** What stands against a call by one rule; empty: nothing. */
export type GuildRule = (call: GuildCall) => Promise<AuthorityFailure[]> | AuthorityFailure[];
export type DirectRule = (call: DirectCall) => Promise<AuthorityFailure[]> | AuthorityFailure[];

export interface Rule {
  readonly inGuild: GuildRule;
  /** Absent: direct messages know nothing of the kind. */
  readonly inDirect?: DirectRule;
}

/** What one of the two must hold at the place of the call. */
export async function demandOf(
  call: GuildCall,
  who: Who,
  needed: readonly PermissionName[],
  place: Place = call,
): Promise<AuthorityFailure[]> {
  return loadLack(call.facts, place, call[who], needed, call.nowEpochMs);
}

/** What both must hold at the place of the call. */
export async function demandOfBoth(
  call: GuildCall,
  needed: readonly PermissionName[],
  place: Place = call,
): Promise<AuthorityFailure[]> {
  return [...(await demandOf(call, 'actor', needed, place)), ...(await demandOf(call, 'bot', needed, place))];
}

/** What both must hold in the guild as a whole. */
export async function demandInGuild(call: GuildCall, needed: readonly PermissionName[]): Promise<AuthorityFailure[]> {
  return demandOfBoth(call, needed, { guild: call.guild });
}

/** The channel of a guild with which a rule has to do. @throws Error when the action names none: a fault of the catalogue */
export function requireSite({ site, call }: GuildCall): ChannelSite {
  if (site === undefined) throw new Error(`${call.action.id} has a rule for channels and reaches none`);
  return site;
}

/** A parameter of the path. @throws Error when the action has none of that name: a fault of the catalogue */
export function requireParameter({ call }: RuleBase, name: string): string {
  const value = call.pathParameters.get(name);
  if (value === undefined) throw new Error(`${call.action.id} has a rule that needs ${name} in its path`);
  return value;
}

/**
 * Judges a channel of the same guild that the call names besides its place. One of another guild of the tenant is unsuitable;
 * what is of no guild of the tenant, or unknown, is not told apart.
 */
export async function demandInOtherChannel(
  call: GuildCall,
  channelId: string,
  needed: readonly PermissionName[],
  isSuitable: (site: ChannelSite) => boolean = () => true,
): Promise<AuthorityFailure[]> {
  const site = await loadSite(call.facts, channelId);
  const guildId = site?.channel.guildId;
  if (site === undefined || guildId === undefined || !(await call.facts.isTenantGuild(guildId))) {
    return [{ reason: 'guild_not_connected' }];
  }
  if (guildId !== call.guild.id) return [{ reason: 'channel_unsuitable', needed: 'a channel of the same guild' }];
  const lacks = await demandOfBoth(call, needed, { guild: call.guild, site });
  return lacks.length > 0 || isSuitable(site)
    ? lacks
    : [{ reason: 'channel_unsuitable', needed: 'a channel of the right kind' }];
}
