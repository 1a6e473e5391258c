import { canAddBot, canAddWebhook } from '../permissions.ts';
import type { World, WorldChannel, WorldGuild } from '../world/world.ts';
import { listGuildsOfUser } from '../world/world.ts';

/** A guild that the user may choose, with the channels he may choose in it. */
export interface InstallTarget {
  readonly guild: WorldGuild;
  /** Empty unless a webhook was asked for. */
  readonly channels: readonly WorldChannel[];
}

/** What a grant needs besides the user's yes. */
export interface InstallNeeds {
  readonly guild: boolean;
  readonly channel: boolean;
}

/** `bot` needs a guild, `webhook.incoming` a channel of one. */
export function computeInstallNeeds(scopes: readonly string[]): InstallNeeds {
  const channel = scopes.includes('webhook.incoming');
  return { guild: channel || scopes.includes('bot') || scopes.includes('applications.commands'), channel };
}

/**
 * The guilds and channels in which this user may grant these scopes: MANAGE_GUILD for a bot or commands, MANAGE_WEBHOOKS in
 * the channel for a webhook, both for both.
 * @param onlyGuildId - set when the request locks the choice
 */
export function listInstallTargets(
  world: World,
  userId: string,
  scopes: readonly string[],
  onlyGuildId: string | undefined,
): InstallTarget[] {
  const needsManager = scopes.includes('bot') || scopes.includes('applications.commands');
  const { channel: needsChannel } = computeInstallNeeds(scopes);
  return listGuildsOfUser(world, userId)
    .filter((guild) => onlyGuildId === undefined || guild.id === onlyGuildId)
    .filter((guild) => !needsManager || canAddBot(guild, userId))
    .map((guild) => ({
      guild,
      channels: needsChannel ? guild.channels.filter((channel) => canAddWebhook(guild, channel, userId)) : [],
    }))
    .filter((target) => !needsChannel || target.channels.length > 0);
}
