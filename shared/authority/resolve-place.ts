import type { AuthorityFailure } from '../problems/failure.ts';
import type { ChannelSite } from './compute-permissions.ts';
import type { ChannelFacts, Parties, WebhookFacts } from './facts.ts';
import type { RuleBase } from './rule.ts';
import { loadSite } from './side.ts';

/** Where a call goes, once the ids in its path are resolved. */
export type ResolvedPlace =
  | {
      readonly kind: 'guild';
      readonly guildId: string;
      readonly site?: ChannelSite;
      readonly webhook?: WebhookFacts;
    }
  /** The direct messages of the connected user with the bot; without a channel until they are opened. */
  | { readonly kind: 'direct'; readonly channelId?: string }
  /** The user's own account: his own token decides. */
  | { readonly kind: 'account' }
  | { readonly kind: 'refused'; readonly failure: AuthorityFailure };

/** What is of no guild of the tenant and what does not exist look the same: existence must not leak to other tenants. */
const NOT_CONNECTED: ResolvedPlace = { kind: 'refused', failure: { reason: 'guild_not_connected' } };

/**
 * Resolves what the path names to its guild, and sees that the guild is the tenant's.
 * @throws OutageError
 */
export async function resolvePlace(base: RuleBase): Promise<ResolvedPlace> {
  const { facts, call } = base;
  const named = (name: string) => call.pathParameters.get(name) ?? '';
  switch (call.action.place) {
    case 'guild': {
      const guildId = named('guild_id');
      return (await facts.isTenantGuild(guildId)) ? { kind: 'guild', guildId } : NOT_CONNECTED;
    }
    case 'channel':
      return resolveChannel(base, named('channel_id'));
    case 'webhook':
      return resolveWebhook(base, named('webhook_id'));
    case 'direct_messages':
      return { kind: 'direct' };
    case 'account':
    case 'all_guilds':
      return { kind: 'account' };
  }
}

async function resolveChannel({ facts, parties }: RuleBase, channelId: string): Promise<ResolvedPlace> {
  const site = await loadSite(facts, channelId);
  if (site === undefined) return NOT_CONNECTED;
  const { guildId } = site.channel;
  if (guildId === undefined) {
    return isDirectWith(site.channel, parties)
      ? { kind: 'direct', channelId }
      : { kind: 'refused', failure: { reason: 'direct_message_refused' } };
  }
  return (await facts.isTenantGuild(guildId)) ? { kind: 'guild', guildId, site } : NOT_CONNECTED;
}

async function resolveWebhook({ facts }: RuleBase, webhookId: string): Promise<ResolvedPlace> {
  const webhook = await facts.loadWebhook(webhookId);
  if (webhook === undefined || !(await facts.isTenantGuild(webhook.guildId))) return NOT_CONNECTED;
  const { guildId, channelId } = webhook;
  const site = await loadSite(facts, channelId);
  const isThere = site !== undefined && site.channel.guildId === guildId;
  // Those that were made for the connection work by their own token, whether or not the bot sees their channel.
  if (isThere) return { kind: 'guild', guildId, site, webhook };
  return (await facts.isWebhookOfConnection(webhookId))
    ? { kind: 'guild', guildId, webhook }
    : { kind: 'refused', failure: { reason: 'bot_access_missing', what: 'channel' } };
}

/** Whether a channel holds the direct messages of the bot with the connected user and nobody else. */
export function isDirectWith({ guildId, recipientIds }: ChannelFacts, { actorId }: Parties): boolean {
  return guildId === undefined && recipientIds.length === 1 && recipientIds[0] === actorId;
}
