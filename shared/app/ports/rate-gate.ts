import type { DiscordAnswer } from './discord.ts';

/** What a call at Discord counts against. @see Discord docs: topics/rate-limits */
export interface RateTarget {
  /** Whose limits they are: an id or hash of the credential, never the credential itself. */
  readonly credential: string;
  /** Method and the catalogue's path: several of them can share a bucket. */
  readonly route: string;
  /** The first id in the path when it is of a channel, guild or webhook. */
  readonly resource?: string;
}

/** Remembers what Discord said about limits, so that a call that would be refused is not sent. */
export interface RateGate {
  /** @returns milliseconds to wait before sending; 0: now, and the call counts as sent */
  admit(target: RateTarget): Promise<{ readonly waitMs: number }>;
  /** Takes note of what an answer says about limits. */
  learn(target: RateTarget, answer: DiscordAnswer): Promise<void>;
}
