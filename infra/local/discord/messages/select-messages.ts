import { compareSnowflakes } from '../snowflake.ts';
import type { MessageRecord } from '../state/message-record.ts';

/** Which part of a channel's messages; at most one of the three cursors. */
export interface MessageRange {
  readonly before: string | undefined;
  readonly after: string | undefined;
  readonly around: string | undefined;
  readonly limit: number;
}

/**
 * The messages nearest to the cursor, newest first.
 * @param messages - newest first
 * @see Discord docs: resources/message#get-channel-messages
 */
export function selectMessages(
  messages: readonly MessageRecord[],
  { before, after, around, limit }: MessageRange,
): readonly MessageRecord[] {
  if (before !== undefined) return messages.filter(({ id }) => compareSnowflakes(id, before) < 0).slice(0, limit);
  if (after !== undefined) return messages.filter(({ id }) => compareSnowflakes(id, after) > 0).slice(-limit);
  if (around === undefined) return messages.slice(0, limit);
  const half = Math.floor(limit / 2);
  const newer = messages.filter(({ id }) => compareSnowflakes(id, around) > 0).slice(-half || messages.length);
  const rest = messages.filter(({ id }) => compareSnowflakes(id, around) <= 0);
  return [...newer, ...rest.slice(0, limit - newer.length)];
}
