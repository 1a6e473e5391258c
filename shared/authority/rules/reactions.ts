import type { AuthorityFailure } from '../../problems/failure.ts';
import { demandOf, demandOfBoth, requireParameter, requireSite, type Rule, type RuleBase } from '../rule.ts';

/** A custom emoji is known by its id; its name in a path is decoration. */
function toEmojiKey(emoji: string): string {
  return /:([0-9]+)$/.exec(emoji)?.[1] ?? emoji;
}

/** Discord demands ADD_REACTIONS only of the first to react so. */
export const addReaction: Rule = {
  inGuild: async (call) => {
    const { channel } = requireSite(call);
    const reading = await demandOfBoth(call, ['READ_MESSAGE_HISTORY']);
    // Who cannot read the message is not told how others reacted.
    if (reading.length > 0) return reading;
    const message = await call.facts.loadMessage(channel.id, requireParameter(call, 'message_id'));
    if (message === undefined) return [{ reason: 'bot_access_missing', what: 'message' }];
    const key = toEmojiKey(requireParameter(call, 'emoji_name'));
    const isThere = message.reactions.some((reaction) => toEmojiKey(reaction) === key);
    return isThere ? [] : demandOfBoth(call, ['ADD_REACTIONS']);
  },
  inDirect: () => [],
};

async function demandOurs(base: RuleBase, channelId: string | undefined): Promise<AuthorityFailure[]> {
  const messageId = requireParameter(base, 'message_id');
  const isOurs =
    channelId !== undefined &&
    (await base.facts.isReactedForConnection(channelId, messageId, requireParameter(base, 'emoji_name')));
  return isOurs ? [] : [{ reason: 'not_made_for_connection', what: 'reaction' }];
}

export const removeOwnReaction: Rule = {
  inGuild: (call) => demandOurs(call, requireSite(call).channel.id),
  inDirect: (call) => demandOurs(call, call.channelId),
};

/** Of the bot Discord demands nothing for a reaction of its own. */
export const removeReaction: Rule = {
  inGuild: async (call) => {
    const userId = requireParameter(call, 'user_id');
    return [
      ...(userId === call.parties.actorId ? [] : await demandOf(call, 'actor', ['MANAGE_MESSAGES'])),
      ...(userId === call.parties.botId ? [] : await demandOf(call, 'bot', ['MANAGE_MESSAGES'])),
    ];
  },
};
