const FILE_INDEX = "Discord's documentation numbers the files of a request, and its document has ids only";
const THEME = 'belongs to the Social SDK';

/** Why a body of ours is not Discord's: by operation, where and in what. `refused` is a member that is not offered. */
export const KNOWN_DIFFERENCES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  add_guild_member: {
    '/access_token: refused': "the layer inserts the connected user's own",
    '/flags: refused': "Discord's documentation has it for changing a member only",
  },
  ban_user_from_guild: { '/delete_message_days: refused': 'deprecated; delete_message_seconds takes its place' },
  update_channel: {
    '/icon: refused': 'of group direct messages, which bots are not in',
    '/permission_overwrites/*/allow: type': "decimal text in Discord's documentation: numbers would lose bits",
    '/permission_overwrites/*/deny: type': "decimal text in Discord's documentation: numbers would lose bits",
  },
  create_message: {
    '/attachments/*/id: type': FILE_INDEX,
    '/message_reference/type: enum': "Discord's documentation has 1 for a forward",
    '/shared_client_theme: refused': THEME,
  },
  update_message: {
    '/attachments/*/id: type': FILE_INDEX,
    '/sticker_ids: refused': "Discord's documentation lets nobody change the stickers of a message",
  },
  create_thread: {
    '/message/attachments/*/id: type': FILE_INDEX,
    '/message/poll: refused': "Discord's documentation has no poll in the first message of a post",
    '/message/shared_client_theme: refused': THEME,
  },
  create_dm: {
    '/access_tokens: refused': 'of group direct messages, which need tokens of several users',
    '/nicks: refused': 'of group direct messages',
  },
  update_webhook_by_token: { '/channel_id: unknown': "moving a webhook needs the bot's token, and is done with it" },
  execute_webhook: { '/attachments/*/id: type': FILE_INDEX },
  update_webhook_message: { '/attachments/*/id: type': FILE_INDEX },
};
