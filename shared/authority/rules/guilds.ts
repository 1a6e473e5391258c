import type { AuthorityFailure } from '../../problems/failure.ts';
import { readText } from '../../domain/json-fields.ts';
import { demandInGuild, demandInOtherChannel, demandOf, type Rule } from '../rule.ts';

/** What the answer must not show is taken out of it afterwards. */
export const filteredAfterwards: Rule = { inGuild: () => [] };

/** Leaving needs nothing of the bot. */
export const leaveGuild: Rule = {
  inGuild: (call) => demandOf(call, 'actor', ['MANAGE_GUILD'], { guild: call.guild }),
};

/** In the channels that are named, otherwise in the guild as a whole. */
export const search: Rule = {
  inGuild: async (call) => {
    const channelIds = [...new Set(call.call.query.getAll('channel_id'))];
    if (channelIds.length === 0) return demandInGuild(call, ['READ_MESSAGE_HISTORY']);
    const failures: AuthorityFailure[] = [];
    for (const id of channelIds) failures.push(...(await demandInOtherChannel(call, id, ['READ_MESSAGE_HISTORY'])));
    return failures;
  },
};

/** The recipient is the connected user and nobody else. */
export const directMessage: Rule = {
  inGuild: () => [{ reason: 'direct_message_refused' }],
  inDirect: ({ call, parties }) =>
    readText(call.body, 'recipient_id') === parties.actorId ? [] : [{ reason: 'direct_message_refused' }],
};
