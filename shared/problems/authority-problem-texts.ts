import type { AuthorityFailure } from './failure.ts';
import type { ProblemText } from './problem-text.ts';

/** Why calls through the bot are refused. The actor is the connected user: the bot does for him what he could do himself. */
export const AUTHORITY_PROBLEM_TEXTS: Readonly<Record<AuthorityFailure['reason'], ProblemText>> = {
  actor_permission_missing: {
    status: 403,
    title: 'The connected user may not do this',
    advice:
      "An admin of the guild can give the user the permissions that `missing` names; the bot's own do not count for him.",
  },
  bot_permission_missing: {
    status: 403,
    title: 'The bot may not do this',
    advice:
      "An admin of the guild can give the bot's role the permissions that `missing` names, in the guild or in the channel.",
  },
  guild_not_connected: {
    status: 403,
    title: 'This place is in no guild of yours, or the bot cannot see it',
    advice:
      'Connect a user with the scope `bot` and let him choose that guild, or ask the operator to assign the guild to your tenant. Check the id, and whether the bot may see the channel.',
  },
  actor_not_in_guild: {
    status: 403,
    title: 'The connected user is not in this guild',
    advice: 'He has to join the guild first. What the bot does there for him is limited to what he could do himself.',
  },
  actor_restricted: {
    status: 403,
    title: 'The connected user may do nothing in this guild at present',
    advice: "He is timed out, or has not yet passed the guild's screening. An admin of the guild can lift a time-out.",
  },
  bot_access_missing: {
    status: 403,
    title: 'The bot cannot see this',
    advice:
      'It does not exist, or the bot is not in the guild, or an admin of the guild has to let it see the channel.',
  },
  target_not_below: {
    status: 403,
    title: 'The member or role does not stand below',
    advice:
      "Both the connected user's and the bot's highest role must be above it. `who` says whose is not; an admin of the guild can move roles.",
  },
  role_not_assignable: {
    status: 403,
    title: 'Nobody can give this role',
    advice: 'It belongs to an integration or bot, is @everyone, or there is none with this id in the guild.',
  },
  not_made_for_connection: {
    status: 403,
    title: 'This was not made for this connection',
    advice: 'Only the connection for which a message, reaction or webhook was made may do this with it.',
  },
  direct_message_refused: {
    status: 403,
    title: 'Direct messages go only to the connected user',
    advice: "Use the connected user's own Discord id as recipient, and channels that were opened for him.",
  },
  only_own_member: {
    status: 403,
    title: 'Only the connected user can be added to a guild',
    advice: "Use the connected user's own Discord id in the path: the layer adds him with his own token.",
  },
  channel_unsuitable: {
    status: 409,
    title: 'The channel is of another kind',
    advice: 'Use a channel of the kind that is needed.',
  },
  intent_missing: {
    status: 403,
    title: 'The application lacks a privileged intent',
    advice: "The operator can switch it on at Discord: the application's page Bot, section Privileged Gateway Intents.",
  },
};
