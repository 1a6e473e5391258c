import type { Context } from 'aws-lambda';

/** Second argument of a handler: what Node 24 on Lambda gives, so without `done`, `fail` and `succeed`. */
export type InvocationContext = Omit<Context, 'done' | 'fail' | 'succeed'>;

/**
 * Runs one function for one event. The default runs the bundled asset in a sandbox; a test may call handlers in its own process.
 * @param context - `getRemainingTimeInMillis` follows the gateway's clock
 * @param signal - aborted when the gateway has given the caller up: an event still waiting in a queue is then dropped
 * @returns what the handler returned; the gateway takes it through JSON
 * @throws FunctionFailure (or anything else) → 500; ThrottledFailure → 503
 */
export type Invoker = (
  functionLogicalId: string,
  event: unknown,
  context: InvocationContext,
  signal?: AbortSignal,
) => Promise<unknown>;

/** The function ran and did not answer: it threw, timed out, ran out of memory, exited or could not be loaded. */
export class FunctionFailure extends Error {
  override name = 'FunctionFailure';
}

/** Lambda would not have started the function: too many events are waiting, or none may run. */
export class ThrottledFailure extends Error {
  override name = 'ThrottledFailure';
}
