import type { PermissionName } from '../catalogue/permission.ts';
import { listMissing } from '../catalogue/permission.ts';
import { isThread } from './compute-permissions.ts';
import type { AuthorityFacts, ChannelFacts, GuildFacts, Parties } from './facts.ts';
import { loadHeld, loadSite, type Side } from './side.ts';

/** The connected user in a guild whose answer is to be filtered. */
export interface Viewer {
  readonly facts: AuthorityFacts;
  readonly guild: GuildFacts;
  readonly side: Side;
  readonly nowEpochMs: number;
}

/**
 * @returns nothing when the guild or the user in it is not to be seen: then no item may be shown
 * @throws OutageError
 */
export async function loadViewer(
  facts: AuthorityFacts,
  { actorId }: Parties,
  guildId: string,
  nowEpochMs: number,
): Promise<Viewer | undefined> {
  const guild = await facts.loadGuild(guildId);
  const member = await facts.loadMember(guildId, actorId);
  return guild && member && { facts, guild, side: { who: 'actor', member }, nowEpochMs };
}

/**
 * Whether the user may see a channel or thread that an answer lists, by what the answer itself tells of it. Of a thread the
 * parent is loaded, and of a private one the membership.
 * @param channel - of the viewer's guild; one that says it is of another is not shown
 * @throws OutageError
 */
export async function isChannelVisible(viewer: Viewer, channel: ChannelFacts): Promise<boolean> {
  const { facts, guild, side, nowEpochMs } = viewer;
  if (channel.guildId !== undefined && channel.guildId !== guild.id) return false;
  const parentId = isThread(channel) ? channel.parentId : undefined;
  const parent = parentId === undefined ? undefined : await facts.loadChannel(parentId);
  if (parent !== undefined && parent.guildId !== guild.id) return false;
  const site = parent === undefined ? { channel } : { channel, parent };
  return listMissing(['VIEW_CHANNEL'], await loadHeld(facts, { guild, site }, side, nowEpochMs)).length === 0;
}

/**
 * Whether the user has permissions in a channel that an item of an answer names: for messages that a search found
 * READ_MESSAGE_HISTORY, for webhooks MANAGE_WEBHOOKS. VIEW_CHANNEL goes without saying.
 * @throws OutageError
 */
export async function isHeldInChannel(
  { facts, guild, side, nowEpochMs }: Viewer,
  channelId: string,
  needed: readonly PermissionName[],
): Promise<boolean> {
  const site = await loadSite(facts, channelId);
  if (site?.channel.guildId !== guild.id) return false;
  const held = await loadHeld(facts, { guild, site }, side, nowEpochMs);
  return listMissing(['VIEW_CHANNEL', ...needed], held).length === 0;
}
