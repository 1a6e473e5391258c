import type { DiscordRefusal } from './failure.ts';
import type { ProblemText } from './problem-text.ts';

/** Why Discord does not carry an action out, by the families of its codes; `discord.code` is the code itself. */
export const DISCORD_REFUSAL_TEXTS: Readonly<Record<DiscordRefusal['reason'], ProblemText>> = {
  discord_input_rejected: {
    status: 400,
    title: 'Discord does not accept a value of the request',
    advice: 'Correct what `errors` names; where it names nothing, `discord.code` says what is wrong.',
  },
  discord_refused: {
    status: 403,
    title: 'Discord does not allow the bot to do this',
    advice: "An admin of the guild can change what the bot's role may do, in the guild or in the channel.",
  },
  discord_not_found: {
    status: 404,
    title: 'Discord knows nothing by this id',
    advice: 'Check the ids. It may have been deleted, or be in a place where the bot is not.',
  },
  conflict: {
    status: 409,
    title: 'What is there already stands in the way',
    advice: 'Read the present state, then decide. Sending the same request again changes nothing.',
  },
  limit_reached: {
    status: 409,
    title: 'A limit of Discord on how many there may be is reached',
    advice: 'Remove what is not needed any more, then send the request again. Waiting alone does not help.',
  },
  webhook_gone: {
    status: 410,
    title: 'This webhook does not exist any more',
    advice: 'Somebody deleted it at Discord. Make a new one, or let the user choose a channel again by connecting.',
  },
  discord_too_large: {
    status: 413,
    title: 'The request or a file in it is too large for Discord',
    advice: 'Send smaller files. Discord takes 10 MB for each, more only in guilds with boosts.',
  },
  recipient_refuses: {
    status: 422,
    title: 'The recipient does not take this',
    advice: 'A person or guild has decided so at Discord, and only they can change it. Do not send it again.',
  },
  blocked_by_policy: {
    status: 422,
    title: 'A rule of the guild or of Discord holds this back',
    advice: 'Change what is sent, or ask an admin of the guild about its rules. Do not send it again as it is.',
  },
  discord_misused: {
    status: 500,
    title: 'Discord refuses the way in which it was asked',
    advice: 'This is a fault of the integration, not of the request. Tell the operator the request id in `instance`.',
  },
  discord_not_ready: {
    status: 503,
    title: 'Discord cannot do this just now',
    advice: 'Wait `retry_after_seconds`, then send the request again.',
  },
};
