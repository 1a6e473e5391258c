import type { Invoker } from '../../../infra/local/gateway/invoker.ts';

/** Milliseconds that a function may run, as in the template. */
const FUNCTION_MS = 29_000;

/**
 * What a function is told besides its event. As on Lambda the deadline is a time of day, so a clock that is set changes it.
 * @param now - the gateway's epoch milliseconds
 */
export function buildContext(requestId: string, now: () => number): Parameters<Invoker>[2] {
  const startedAtEpochMs = now();
  return {
    awsRequestId: requestId,
    getRemainingTimeInMillis: () => startedAtEpochMs + FUNCTION_MS - now(),
  } as Parameters<Invoker>[2];
}
