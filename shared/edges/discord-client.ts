import type { Deadline, DiscordCallFailure, DiscordClient } from '../app/ports.ts';
import { fail, ok } from '../result.ts';
import { VERSION } from '../version.ts';

/** Milliseconds kept back for storing and answering after Discord has answered. */
const RESERVE_MS = 2_000;

/** Bytes. Lambda answers at most 6 MB; an answer above this could not be passed on. */
export const MAX_ANSWER_BYTES = 5 * 1024 * 1024;

export interface DiscordClientOptions {
  readonly discordBaseUrl: string;
  readonly publicBaseUrl: string;
  /** Milliseconds. Longest that one call may take, however much time the function has. */
  readonly maxCallMs?: number;
}

/** Milliseconds. Discord's own clients give up after 15 s; we need time for a second try and for storing. */
const DEFAULT_MAX_CALL_MS = 10_000;

/**
 * Speaks HTTP to Discord with the built-in `fetch`: one time limit for head and body together (a body that drips counts),
 * a size limit counted while reading, and no redirects, which would carry the token elsewhere.
 * @see Discord docs: reference (User Agent)
 */
export function createDiscordClient(options: DiscordClientOptions): DiscordClient {
  const userAgent = `DiscordBot (${options.publicBaseUrl}, ${VERSION})`;
  return {
    send: async (request, deadline) => {
      const signal = AbortSignal.timeout(computeCallMs(deadline, options.maxCallMs ?? DEFAULT_MAX_CALL_MS));
      const received: Received = { status: 0, chunks: [] };
      try {
        const response = await fetch(`${options.discordBaseUrl}${request.path}`, {
          method: request.method,
          headers: { ...request.headers, 'user-agent': userAgent },
          redirect: 'manual',
          signal,
          ...(request.body === undefined ? {} : { body: request.body }),
        });
        received.status = response.status;
        const body = await readBody(response, MAX_ANSWER_BYTES, received.chunks);
        if (body === undefined) return fail({ reason: 'discord_answer_too_large', maxBytes: MAX_ANSWER_BYTES });
        return ok({ status: response.status, headers: response.headers, body });
      } catch {
        if (received.status !== 0) request.onBrokenAnswer?.(received.status, Buffer.concat(received.chunks));
        // The error of fetch can quote the request; only whether time ran out matters here.
        const failure: DiscordCallFailure = signal.aborted
          ? { reason: 'discord_timeout' }
          : { reason: 'discord_unavailable' };
        return fail(failure);
      }
    },
  };
}

function computeCallMs(deadline: Deadline, maxCallMs: number): number {
  return Math.max(1, Math.min(maxCallMs, deadline.remainingMs() - RESERVE_MS));
}

/** What of an answer has arrived so far. */
interface Received {
  /** 0: not even the head. */
  status: number;
  readonly chunks: Uint8Array[];
}

async function readBody(response: Response, maxBytes: number, chunks: Uint8Array[]): Promise<Uint8Array | undefined> {
  let size = 0;
  // `for await` cancels the stream when it is left early, so an endless body costs nothing more.
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
