import { describeInputError } from './describe-input-error.ts';
import type { DiscordFailure, DiscordRefusal } from './failure.ts';
import { OUTAGE_RETRY_AFTER_SECONDS } from './outage-retry.ts';
import type { ProblemMembers } from './problem.ts';

type Told =
  | DiscordRefusal
  | Extract<DiscordFailure, { reason: 'discord_rejected' | 'discord_rate_limited' | 'discord_unavailable' }>;

/** What is told of Discord's answer: its numbers, and for its codes our own sentence. */
export function toDiscordMembers(failure: Told): ProblemMembers {
  if (failure.reason === 'discord_rejected') {
    const { status, discordCode } = failure;
    return {
      status,
      detail: `Discord answered ${status}${discordCode === undefined ? '' : ` with its code ${discordCode}`}.`,
      discord: { status, ...toCode(discordCode) },
    };
  }
  if (failure.reason === 'discord_rate_limited') {
    const { retryAfterSeconds, scope, bucket, discordCode } = failure;
    return {
      retry_after_seconds: retryAfterSeconds,
      discord: {
        ...toCode(discordCode),
        ...(scope === undefined ? {} : { scope }),
        ...(bucket === undefined ? {} : { bucket }),
      },
    };
  }
  if (failure.reason === 'discord_unavailable') {
    return {
      retry_after_seconds: OUTAGE_RETRY_AFTER_SECONDS,
      ...(failure.status === undefined ? {} : { discord: { status: failure.status } }),
    };
  }
  return { ...toRefusalMembers(failure), discord: { status: failure.status, code: failure.discordCode } };
}

function toRefusalMembers(failure: DiscordRefusal): ProblemMembers {
  if (failure.reason === 'discord_input_rejected') {
    const { detail, errors } = failure;
    return { detail: [detail, ...errors.map(describeInputError)].join(' '), errors };
  }
  const { detail } = failure;
  return failure.reason === 'discord_not_ready'
    ? { detail, retry_after_seconds: failure.retryAfterSeconds }
    : { detail };
}

function toCode(discordCode: number | undefined): { code?: number } {
  return discordCode === undefined ? {} : { code: discordCode };
}
