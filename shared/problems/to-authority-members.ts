import type { AuthorityFailure } from './failure.ts';
import type { ProblemMembers } from './problem.ts';

/** What is told of a refusal: what is missing, whose it is, and where. */
export function toAuthorityMembers(failure: AuthorityFailure): ProblemMembers {
  switch (failure.reason) {
    case 'actor_permission_missing':
    case 'bot_permission_missing': {
      const { missing, where, placeId } = failure;
      const who = failure.reason === 'actor_permission_missing' ? 'actor' : 'bot';
      return {
        detail: `Missing in the ${where} ${placeId}: ${missing.join(', ')}.`,
        missing,
        who,
        where,
        place_id: placeId,
      };
    }
    case 'actor_not_in_guild':
      return { who: 'actor', where: 'guild', place_id: failure.guildId };
    case 'actor_restricted':
      return {
        detail: failure.restriction === 'timed_out' ? 'He is timed out.' : 'He has not passed the screening.',
        who: 'actor',
      };
    case 'bot_access_missing':
      return { detail: `It cannot see the ${failure.what}.`, who: 'bot' };
    case 'target_not_below': {
      const { who, target, targetId } = failure;
      const whose = who === 'actor' ? "the connected user's" : "the bot's";
      return { detail: `The ${target} ${targetId} is not below ${whose} highest role.`, who };
    }
    case 'role_not_assignable':
      return { detail: `It is the role ${failure.roleId}.` };
    case 'not_made_for_connection':
      return { detail: `It is a ${failure.what}.` };
    case 'channel_unsuitable':
      return { detail: `Needed is ${failure.needed}.` };
    case 'intent_missing':
      return { detail: `Missing: ${failure.missing.join(', ')}.`, missing: failure.missing };
    case 'guild_not_connected':
    case 'direct_message_refused':
    case 'only_own_member':
      return {};
  }
}
