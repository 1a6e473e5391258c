/**
 * What an action demands of the connected user and of the bot beyond permissions at its place, by name: the sentence that
 * the documentation gives. `shared/authority` checks each; an action cannot name one that does not exist.
 */
export const AUTHORITY_RULES = {
  send_message:
    'SEND_MESSAGES, in a thread SEND_MESSAGES_IN_THREADS; what the body holds needs EMBED_LINKS, ATTACH_FILES, SEND_TTS_MESSAGES, ' +
    'SEND_POLLS, SEND_VOICE_MESSAGES; a reply READ_MESSAGE_HISTORY; a mention of everyone or of a role that not everybody may mention ' +
    'MENTION_EVERYONE; a forward reading the message where it stands',
  edit_message:
    'only messages that were sent for this connection; with nothing but `flags`, any message, by MANAGE_MESSAGES',
  delete_message:
    'MANAGE_MESSAGES, except for messages that were sent for this connection or that the user wrote himself',
  crosspost_message: 'SEND_MESSAGES; MANAGE_MESSAGES too unless the message was sent for this connection',
  add_reaction: 'ADD_REACTIONS, unless the message has that reaction already',
  remove_own_reaction: 'only reactions that were added for this connection',
  remove_reaction: "MANAGE_MESSAGES, except of the user for the user's own reaction",
  create_thread:
    'by `type`: CREATE_PUBLIC_THREADS or CREATE_PRIVATE_THREADS; a post in a forum or media channel SEND_MESSAGES and what its message needs',
  private_threads: 'READ_MESSAGE_HISTORY and MANAGE_THREADS',
  thread: 'the channel is a thread',
  thread_member:
    'seeing the thread and writing in it; taking somebody else out, or bringing somebody into a private one that is not `invitable`, MANAGE_THREADS or being the owner of the private thread',
  edit_channel:
    'MANAGE_CHANNELS, of a thread MANAGE_THREADS; `permission_overwrites` MANAGE_ROLES and only permissions that one has oneself',
  delete_channel: 'MANAGE_CHANNELS, of a thread MANAGE_THREADS',
  add_member:
    'only the connected user; of the bot CREATE_INSTANT_INVITE; `nick` MANAGE_NICKNAMES, `roles` MANAGE_ROLES and roles below the own, `mute` MUTE_MEMBERS, `deaf` DEAFEN_MEMBERS',
  edit_member:
    'each field its own: `nick` MANAGE_NICKNAMES, `roles` MANAGE_ROLES and only roles below the own, `mute` MUTE_MEMBERS, `deaf` DEAFEN_MEMBERS, ' +
    '`channel_id` MOVE_MEMBERS, `communication_disabled_until` MODERATE_MEMBERS, `flags` MANAGE_ROLES or MANAGE_GUILD or all of KICK_MEMBERS, BAN_MEMBERS and MODERATE_MEMBERS; the member stands below',
  below: 'the member stands below, by the highest role; nobody stands above the owner',
  bulk_ban: 'every one of the members stands below',
  role: 'the role stands below the own highest role, is not managed by an integration, and gives no permission that one has not oneself',
  leave_guild: 'of the user MANAGE_GUILD',
  direct_message: 'only with the connected user',
  webhook:
    'MANAGE_WEBHOOKS in the channel of the webhook, unless the webhook was made for this connection; moving it, in the other channel too',
  own_webhook: 'webhooks that were made for this connection; others by MANAGE_WEBHOOKS in the channel of the webhook',
  guild_webhooks: 'MANAGE_WEBHOOKS; webhooks of channels in which the user has it not are left out',
  visible_channels: 'channels that the user may not see are left out',
  visible_threads: 'threads that the user may not see are left out',
  search: 'READ_MESSAGE_HISTORY; messages of channels that the user may not read are left out',
} as const satisfies Readonly<Record<string, string>>;

export type AuthorityRule = keyof typeof AUTHORITY_RULES;
