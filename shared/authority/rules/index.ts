import type { AuthorityRule } from '../../catalogue/authority-rule.ts';
import type { Rule } from '../rule.ts';
import { deleteChannel, editChannel } from './channels.ts';
import { directMessage, filteredAfterwards, leaveGuild, search } from './guilds.ts';
import { addMember, below, bulkBan, editMember, role } from './members.ts';
import { crosspostMessage, deleteMessage, editMessage, sendMessage } from './messages.ts';
import { addReaction, removeOwnReaction, removeReaction } from './reactions.ts';
import { createThread, privateThreads, thread, threadMember } from './threads.ts';
import { guildWebhooks, ownWebhook, webhook } from './webhooks.ts';

/** Every rule that an action can name, with what checks it. */
export const RULES: Readonly<Record<AuthorityRule, Rule>> = {
  send_message: sendMessage,
  edit_message: editMessage,
  delete_message: deleteMessage,
  crosspost_message: crosspostMessage,
  add_reaction: addReaction,
  remove_own_reaction: removeOwnReaction,
  remove_reaction: removeReaction,
  create_thread: createThread,
  private_threads: privateThreads,
  thread,
  thread_member: threadMember,
  edit_channel: editChannel,
  delete_channel: deleteChannel,
  add_member: addMember,
  edit_member: editMember,
  below,
  bulk_ban: bulkBan,
  role,
  leave_guild: leaveGuild,
  direct_message: directMessage,
  webhook,
  own_webhook: ownWebhook,
  guild_webhooks: guildWebhooks,
  visible_channels: filteredAfterwards,
  visible_threads: filteredAfterwards,
  search,
};
