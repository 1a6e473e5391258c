import type { FuzzedRequest } from '../fuzzed-request.ts';
import type { FuzzSecret, Sent } from '../judge.ts';
import type { Places } from '../places.ts';

/** Milliseconds that a function may run, as in the template: an answer must be there by then. */
export const FUNCTION_MS = 29_000;

/** The running product with people connected, at which fuzzed requests are sent. */
export interface FuzzWorld {
  readonly places: Places;
  /** Whether a request can be sent here at all. */
  takes(request: FuzzedRequest): boolean;
  /** Puts guilds, messages and connections back, so that a request which fails does so again by itself. */
  reset(): Promise<void>;
  send(request: FuzzedRequest): Promise<Sent>;
  /** Those that there were at the last reset, and what was issued since. */
  listSecrets(): Promise<readonly FuzzSecret[]>;
}

/** Waits for an answer for as long as a function may take. @returns nothing when there was none by then */
export async function withinTime<T>(work: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), FUNCTION_MS);
  });
  const startedAt = performance.now();
  try {
    const answer = await Promise.race([work, late]);
    // One that kept the processor busy all the while lets no timer go off before it is done.
    return performance.now() - startedAt > FUNCTION_MS ? undefined : answer;
  } finally {
    clearTimeout(timer);
  }
}
