import { evaluatePermissions, has } from '../guilds/evaluate.ts';
import { PERMISSION } from '../permissions.ts';
import type { Simulation } from '../simulation.ts';
import type { WorldChannel, WorldGuild } from '../world/world.ts';

/** Channel types in which a webhook can live: text, voice, announcement, stage, forum, media. */
export const WEBHOOK_CHANNEL_TYPES: ReadonlySet<number> = new Set([0, 2, 5, 13, 15, 16]);

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
  simulation: Simulation,
  userId: string,
  scopes: readonly string[],
  onlyGuildId: string | undefined,
): InstallTarget[] {
  const needsManager = scopes.includes('bot') || scopes.includes('applications.commands');
  const { channel: needsChannel } = computeInstallNeeds(scopes);
  const nowEpochMs = simulation.nowEpochMs();
  const may = (bit: bigint, guild: WorldGuild, channel?: WorldChannel): boolean =>
    has(evaluatePermissions({ guild, memberId: userId, channel, nowEpochMs }), bit);
  return simulation.guilds
    .listGuildsOfUser(userId)
    .filter((guild) => onlyGuildId === undefined || guild.id === onlyGuildId)
    .filter((guild) => !needsManager || may(PERMISSION.MANAGE_GUILD, guild))
    .map((guild) => ({
      guild,
      channels: needsChannel
        ? guild.channels
            .filter(({ type }) => WEBHOOK_CHANNEL_TYPES.has(type))
            .filter((channel) => may(PERMISSION.MANAGE_WEBHOOKS, guild, channel))
        : [],
    }))
    .filter((target) => !needsChannel || target.channels.length > 0);
}
