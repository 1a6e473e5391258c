import type { DiscordFailure } from './failure.ts';
import type { ProblemText } from './problem-text.ts';

/** What Discord answers, or fails to. */
export const DISCORD_PROBLEM_TEXTS: Readonly<Record<DiscordFailure['reason'], ProblemText>> = {
  discord_rejected: {
    status: 400,
    title: 'Discord refused the request',
    advice: "`discord.code` is Discord's own code for the reason; Discord's documentation lists them.",
  },
  discord_rate_limited: {
    status: 429,
    title: "Discord's rate limit is reached",
    advice: 'Wait as long as Retry-After says, then send the request again.',
  },
  discord_unavailable: {
    status: 502,
    title: 'Discord could not be reached or answered with a server error',
    advice: 'Send the request again later.',
  },
  discord_timeout: {
    status: 504,
    title: 'Discord did not answer in time',
    advice: 'Send the request again later. Whether Discord carried it out is not known.',
  },
  discord_answer_unreadable: {
    status: 502,
    title: 'Discord answered with something that is not readable',
    advice: 'Send the request again later.',
  },
  discord_answer_too_large: {
    status: 502,
    title: "Discord's answer is too large to pass on",
    advice: 'Ask for less at once, for example with `limit`.',
  },
};
