import type { API } from '@discordjs/core';
import type { REST } from '@discordjs/rest';
import { ChannelType, MessageSearchHasType, Routes, type RESTPutAPIGuildMemberJSONBody } from 'discord-api-types/v10';
import { SEED_USERS } from '../../infra/local/discord/world/seed-users.ts';
import { PLACES } from './armed-guild.ts';

/** An unmodified client at one connection. */
export interface CoreClient {
  readonly api: API;
  readonly rest: REST;
}

/** Who calls. */
export interface CoreClients {
  /** Of the guild's owner. */
  readonly owner: CoreClient;
  /** Of somebody who is not in the guild yet and has let the app take him into guilds. */
  readonly newcomer: CoreClient;
}

type CoreCall = (clients: CoreClients) => Promise<unknown>;

const { ada, linus, noor, solo } = SEED_USERS;
const { guild, general, announcements, staff, moderatorRole } = PLACES;
const EMOJI = '🃏';
const HAS = [MessageSearchHasType.Link, MessageSearchHasType.Embed];

/** A call of the owner's. */
const own =
  (call: (api: API, rest: REST) => Promise<unknown>): CoreCall =>
  ({ owner }) =>
    call(owner.api, owner.rest);

/** A call about a message that was sent before it. */
const onMessage = (
  call: (api: API, messageId: string, rest: REST) => Promise<unknown>,
  channel: string = general,
): CoreCall =>
  own(async (api, rest) => call(api, (await api.channels.createMessage(channel, { content: 'a card' })).id, rest));

/** A call about a message with a reaction. */
const onReaction = (call: (api: API, messageId: string) => Promise<unknown>): CoreCall =>
  onMessage(async (api, messageId) => {
    await api.channels.addMessageReaction(general, messageId, EMOJI);
    return call(api, messageId);
  });

const onThread = (call: (api: API, threadId: string) => Promise<unknown>): CoreCall =>
  own(async (api) =>
    call(api, (await api.channels.createThread(general, { name: 'Cards', type: ChannelType.PublicThread })).id),
  );

const onWebhook = (call: (api: API, webhookId: string, rest: REST) => Promise<unknown>): CoreCall =>
  own(async (api, rest) => call(api, (await api.channels.createWebhook(general, { name: 'Cards' })).id, rest));

/** What a webhook's own token opens, core sends without Authorization: such calls go by the plain client, without a token. */
const onWebhookMessage = (call: (rest: REST, path: `/${string}`) => Promise<unknown>): CoreCall =>
  onWebhook(async (_api, webhookId, rest) => {
    const { id } = (await rest.post(`/webhooks/${webhookId}`, { body: { content: 'by hook' } })) as { id: string };
    return call(rest, `/webhooks/${webhookId}/messages/${id}`);
  });

/** How the client performs each action of the catalogue. */
export const CORE_CALLS: Readonly<Record<string, CoreCall>> = {
  'user.read': own((api) => api.users.getCurrent()),
  'user_connections.list': own((api) => api.users.getConnections()),
  'user_guilds.list': own((api) => api.users.getGuilds({ limit: 10, with_counts: true })),
  'user_guild_member.read': own((api) => api.users.getGuildMember(guild)),
  'user_guild.leave': own((api) => api.users.leaveGuild(guild)),
  'direct_message.open': own((api) => api.users.createDM(ada.id)),

  'guild.read': own((api) => api.guilds.get(guild, { with_counts: true })),
  'guild_channels.list': own((api) => api.guilds.getChannels(guild)),
  'guild_roles.list': own((api) => api.guilds.getRoles(guild)),
  'guild_threads.list_active': own((api) => api.guilds.getActiveThreads(guild)),
  'guild_webhooks.list': own((api) => api.guilds.getWebhooks(guild)),
  'guild_messages.search': own((api) =>
    api.guilds.searchForMessages(guild, { content: 'card', author_id: [ada.id, linus.id], has: HAS, limit: 5 }),
  ),

  'member.add': ({ newcomer }) =>
    // The layer has the user's access token and adds it.
    newcomer.api.guilds.addMember(guild, solo.id, {} as RESTPutAPIGuildMemberJSONBody),
  'member.edit': own((api) => api.guilds.editMember(guild, linus.id, { nick: 'Tux' }, { reason: 'he likes it' })),
  'member.kick': own((api) => api.guilds.removeMember(guild, linus.id, { reason: 'шум' })),
  'member.read': own((api) => api.guilds.getMember(guild, linus.id)),
  'member_role.add': own((api) => api.guilds.addRoleToMember(guild, linus.id, moderatorRole)),
  'member_role.remove': own((api) => api.guilds.removeRoleFromMember(guild, linus.id, moderatorRole)),
  'members.list': own((api) => api.guilds.getMembers(guild, { limit: 100 })),
  'members.search': own((api) => api.guilds.searchForMembers(guild, { query: 'lin', limit: 5 })),
  'ban.create': own((api) => api.guilds.banUser(guild, linus.id, { delete_message_seconds: 3600 })),
  'ban.read': own(async (api) => {
    await api.guilds.banUser(guild, noor.id);
    return api.guilds.getMemberBan(guild, noor.id);
  }),
  'ban.remove': own(async (api) => {
    await api.guilds.banUser(guild, noor.id);
    return api.guilds.unbanUser(guild, noor.id);
  }),
  'bans.create_bulk': own((api) => api.guilds.bulkBanUsers(guild, { user_ids: [linus.id, noor.id] })),
  'bans.list': own((api) => api.guilds.getMemberBans(guild, { limit: 10 })),

  'channel.read': own((api) => api.channels.get(general)),
  'channel.edit': own((api) => api.channels.edit(general, { topic: 'Punched cards' })),
  'channel.delete': own((api) => api.channels.delete(staff)),
  'channel_webhooks.list': own((api) => api.channels.getWebhooks(general)),
  'typing.start': own((api) => api.channels.showTyping(general)),

  'message.create': own((api) =>
    api.channels.createMessage(general, {
      content: 'Good morning',
      files: [{ name: 'карта.txt', data: Buffer.from([0, 13, 10, 255]), contentType: 'text/plain' }],
    }),
  ),
  'message.read': onMessage((api, id) => api.channels.getMessage(general, id)),
  'message.edit': onMessage((api, id) => api.channels.editMessage(general, id, { content: 'Good evening' })),
  'message.delete': onMessage((api, id) => api.channels.deleteMessage(general, id)),
  'message.crosspost': onMessage((api, id) => api.channels.crosspostMessage(announcements, id), announcements),
  'messages.list': own((api) => api.channels.getMessages(general, { limit: 10 })),
  'messages.delete_bulk': onMessage(async (api, id) => {
    const other = await api.channels.createMessage(general, { content: 'another card' });
    return api.channels.bulkDeleteMessages(general, [id, other.id]);
  }),

  'reaction.add': onMessage((api, id) => api.channels.addMessageReaction(general, id, EMOJI)),
  // The owner has not reacted: Discord does not mind, and asks for the permission all the same.
  'reaction.remove': onMessage((api, id) => api.channels.deleteUserMessageReaction(general, id, EMOJI, ada.id)),
  'reaction.remove_own': onReaction((api, id) => api.channels.deleteOwnMessageReaction(general, id, EMOJI)),
  'reactions.clear': onReaction((api, id) => api.channels.deleteAllMessageReactions(general, id)),
  'reactions.clear_emoji': onReaction((api, id) => api.channels.deleteAllMessageReactionsForEmoji(general, id, EMOJI)),
  'reactions.list': onReaction((api, id) => api.channels.getMessageReactions(general, id, EMOJI, { limit: 10 })),

  // Core still calls the pins' deprecated routes, which are not offered; the plain client calls those that took their place.
  'pin.create': onMessage((_api, id, rest) => rest.put(Routes.channelMessagesPin(general, id))),
  'pin.remove': onMessage(async (_api, id, rest) => {
    await rest.put(Routes.channelMessagesPin(general, id));
    return rest.delete(Routes.channelMessagesPin(general, id));
  }),
  'pins.list': own((_api, rest) =>
    rest.get(Routes.channelMessagesPins(general), { query: new URLSearchParams({ limit: '10' }) }),
  ),

  'thread.create': own((api) => api.channels.createThread(general, { name: 'Cards', type: ChannelType.PublicThread })),
  'thread.create_from_message': onMessage((api, id) => api.channels.createThread(general, { name: 'Cards' }, id)),
  'threads.list_archived_private': own((api) => api.channels.getArchivedThreads(general, 'private')),
  'threads.list_archived_public': own((api) => api.channels.getArchivedThreads(general, 'public')),
  'thread.join': onThread((api, id) => api.threads.join(id)),
  'thread.leave': onThread((api, id) => api.threads.leave(id)),
  'thread_member.add': onThread((api, id) => api.threads.addMember(id, linus.id)),
  'thread_member.read': onThread(async (api, id) => {
    await api.threads.addMember(id, linus.id);
    return api.threads.getMember(id, linus.id);
  }),
  'thread_member.remove': onThread(async (api, id) => {
    await api.threads.addMember(id, linus.id);
    return api.threads.removeMember(id, linus.id);
  }),
  'thread_members.list': onThread((api, id) => api.threads.getAllMembers(id)),

  'webhook.create': own((api) => api.channels.createWebhook(general, { name: 'Cards' })),
  'webhook.read': onWebhook((api, id) => api.webhooks.get(id)),
  'webhook.edit': onWebhook((api, id) => api.webhooks.edit(id, { name: 'Punched' })),
  'webhook.delete': onWebhook((api, id) => api.webhooks.delete(id)),
  'webhook.execute': onWebhook((_api, id, rest) => rest.post(`/webhooks/${id}`, { body: { content: 'Done' } })),
  'webhook_message.read': onWebhookMessage((rest, path) => rest.get(path)),
  'webhook_message.edit': onWebhookMessage((rest, path) => rest.patch(path, { body: { content: 'Undone' } })),
  'webhook_message.delete': onWebhookMessage((rest, path) => rest.delete(path)),
};
