import type { Failure } from '../../problems/failure.ts';
import type { Result } from '../../result.ts';
import type { Deadline } from './ambient.ts';

export interface DiscordRequest {
  readonly method: string;
  /** Path and query below Discord's origin; made from the catalogue or from constants, never from a caller's path. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Gets what had arrived of an answer that then broke off or took too long: it may name a token that must be revoked. */
  readonly onBrokenAnswer?: (status: number, received: Uint8Array) => void;
}

export interface DiscordAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array;
}

export type DiscordCallFailure = Extract<
  Failure,
  { reason: 'discord_timeout' | 'discord_unavailable' | 'discord_answer_too_large' }
>;

/** Sends one request to Discord: bounded in time and size, no redirects followed, nothing retried. */
export interface DiscordClient {
  send(request: DiscordRequest, deadline: Deadline): Promise<Result<DiscordAnswer, DiscordCallFailure>>;
}
