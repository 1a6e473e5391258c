import type { Clock, Deadline, DiscordCallFailure, DiscordClient, Metrics, RequestLog } from '../app/ports.ts';
import { parseAnswerId } from '../discord/answer-id.ts';
import { COUNT, LATENCY } from '../metric-names.ts';
import { fail, ok } from '../result.ts';
import { VERSION } from '../version.ts';

/** Milliseconds kept back for storing and answering after Discord has answered. */
const RESERVE_MS = 2_000;

/** Bytes. Lambda answers at most 6 MB; an answer above this could not be passed on. */
export const MAX_ANSWER_BYTES = 5 * 1024 * 1024;

export interface DiscordClientOptions {
  readonly discordBaseUrl: string;
  readonly publicBaseUrl: string;
  readonly clock: Clock;
  readonly log: Pick<RequestLog, 'note'>;
  readonly metrics: Metrics;
  /** Milliseconds. Longest that one call may take, however much time the function has. */
  readonly maxCallMs?: number;
  /** Default: the built-in one. */
  readonly fetch?: typeof fetch;
}

/** Milliseconds. Discord's own clients give up after 15 s; we need time for a second try and for storing. */
const DEFAULT_MAX_CALL_MS = 10_000;

/** Token endpoint and revocation; `/oauth2/@me` lies elsewhere, below the API's version. */
const OAUTH_PATH = '/api/oauth2/';

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
      const startedAtEpochMs = options.clock.nowEpochMs();
      const report = (end: CallEnd, headers?: Headers) =>
        reportCall(options, request.path, startedAtEpochMs, end, headers);
      try {
        const response = await (options.fetch ?? fetch)(`${options.discordBaseUrl}${request.path}`, {
          method: request.method,
          headers: { ...request.headers, 'user-agent': userAgent },
          redirect: 'manual',
          signal,
          ...(request.body === undefined ? {} : { body: request.body }),
        });
        received.status = response.status;
        const body = await readBody(response, MAX_ANSWER_BYTES, received.chunks);
        report(body === undefined ? 'too_large' : response.status, response.headers);
        if (body === undefined) return fail({ reason: 'discord_answer_too_large', maxBytes: MAX_ANSWER_BYTES });
        return ok({ status: response.status, headers: response.headers, body });
      } catch {
        if (received.status !== 0) request.onBrokenAnswer?.(received.status, Buffer.concat(received.chunks));
        // The error of fetch can quote the request; only whether time ran out matters here.
        const failure: DiscordCallFailure = signal.aborted
          ? { reason: 'discord_timeout' }
          : { reason: 'discord_unavailable' };
        report(signal.aborted ? 'timeout' : 'broken');
        return fail(failure);
      }
    },
  };
}

/** How a call ended: with this status and whole, or without a usable answer. */
type CallEnd = number | 'too_large' | 'timeout' | 'broken';

/**
 * Notes in the log, beside our request id, how long Discord took and what it calls its answer; never the path, which can hold
 * a token. Of two calls of one kind in a request the last one is told: the first was a refused token.
 */
function reportCall(
  { clock, log, metrics }: DiscordClientOptions,
  path: string,
  startedAtEpochMs: number,
  end: CallEnd,
  headers?: Headers,
): void {
  const kind = path.startsWith(OAUTH_PATH) ? 'oauth' : 'api';
  const milliseconds = Math.max(0, clock.nowEpochMs() - startedAtEpochMs);
  log.note({
    [`discord_${kind}_end`]: end,
    [`discord_${kind}_ms`]: milliseconds,
    [`discord_${kind}_id`]: headers && parseAnswerId(headers),
  });
  metrics.measure(LATENCY[kind], milliseconds);
  if (end === 429) metrics.count(COUNT.discordRateLimited);
  else if (typeof end === 'number' ? end >= 500 : end !== 'too_large') metrics.count(COUNT.discordUnavailable);
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
