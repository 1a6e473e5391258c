import type { AuthorityFacts } from '../authority/facts.ts';
import {
  parseChannelFacts,
  parseGuildFacts,
  parseMemberFacts,
  parseMessageFacts,
  parseWebhookFacts,
} from '../discord/parse-facts.ts';
import { findOwnWebhook, type Connection } from '../domain/connection.ts';
import { FailureError } from '../problems/failure.ts';
import { readAsBot, type BotClientDeps } from './bot-client.ts';
import type { Clock, Deadline, MadeStore, Memory, TenantGuildStore } from './ports.ts';

export interface BotFactsDeps extends BotClientDeps {
  readonly clock: Clock;
  readonly tenantGuilds: TenantGuildStore;
  readonly made: MadeStore;
  /** Of this sandbox; entries live for seconds. */
  readonly facts: Memory<{ readonly value: unknown }>;
}

const API = '/api/v10';

/**
 * Facts as the bot reads them at Discord, and as the table has them. Within one call nothing is read twice; guilds, channels
 * and members are remembered for seconds beyond it, unless the action is destructive.
 * @param isFresh - read everything now
 */
export function createBotFacts(
  deps: BotFactsDeps,
  connection: Connection,
  isFresh: boolean,
  deadline: Deadline,
): AuthorityFacts {
  const asked = new Map<string, Promise<unknown>>();

  const readNow = async (path: string): Promise<unknown> => {
    const read = await readAsBot(deps, `${API}${path}`, deadline);
    if (!read.ok) throw new FailureError(read.failure);
    return read.value;
  };
  const once = (path: string, read: () => Promise<unknown>): Promise<unknown> => {
    const known = asked.get(path);
    if (known !== undefined) return known;
    const asking = read();
    asked.set(path, asking);
    return asking;
  };
  /** What changes with every message is read anew for each call. */
  const readOnce = (path: string) => once(path, () => readNow(path));
  const readCached = (path: string) =>
    once(path, async () => {
      // With the bot's id: after a change of application the other bot sees other things.
      const name = `${connection.clientId} ${path}`;
      const nowEpochMs = deps.clock.nowEpochMs();
      const known = isFresh ? undefined : deps.facts.get(name, nowEpochMs);
      if (known !== undefined) return known.value;
      const value = await readNow(path);
      // That something is missing may be over in a moment: somebody is mending it while others try.
      if (value !== undefined) deps.facts.set(name, { value }, nowEpochMs);
      return value;
    });

  return {
    loadGuild: async (guildId) => parseGuildFacts(await readCached(`/guilds/${guildId}`)),
    loadMember: async (guildId, userId) => parseMemberFacts(await readCached(`/guilds/${guildId}/members/${userId}`)),
    loadChannel: async (channelId) => parseChannelFacts(await readCached(`/channels/${channelId}`)),
    loadMessage: async (channelId, messageId) =>
      parseMessageFacts(await readOnce(`/channels/${channelId}/messages/${messageId}`)),
    loadWebhook: async (webhookId) =>
      findOwnWebhook(connection, webhookId) ?? parseWebhookFacts(await readOnce(`/webhooks/${webhookId}`)),
    isThreadMember: async (threadId, userId) =>
      (await readOnce(`/channels/${threadId}/thread-members/${userId}`)) !== undefined,
    isTenantGuild: (guildId) => deps.tenantGuilds.has(connection.tenantId, guildId),
    isSentForConnection: async (channelId, messageId) =>
      (await deps.made.find(connection.id, 'MESSAGE', messageId)) === channelId,
    isReactedForConnection: async (channelId, messageId, emoji) =>
      (await deps.made.find(connection.id, 'REACTION', `${messageId}#${emoji}`)) === channelId,
    isWebhookOfConnection: (webhookId) => Promise.resolve(findOwnWebhook(connection, webhookId) !== undefined),
  };
}
