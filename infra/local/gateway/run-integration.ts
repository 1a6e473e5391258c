import { buildAnswer } from './build-answer.ts';
import type { HttpAnswer } from './build-answer.ts';
import { ThrottledFailure } from './invoker.ts';
import { MAX_LAMBDA_PAYLOAD_BYTES } from './limits.ts';
import type { ApiRoute } from './read-api.ts';

/** Runs a function for an event and returns what its handler returned. */
export type RunFunction = (functionLogicalId: string, event: unknown, signal: AbortSignal) => Promise<unknown>;

/** The function's answer, or API Gateway's own instead of it. */
export type IntegrationOutcome =
  | { readonly ok: true; readonly answer: HttpAnswer; readonly latencyMs: number }
  | {
      readonly ok: false;
      readonly statusCode: number;
      readonly message: string;
      /** For the terminal and the access log; never sent to the caller. */
      readonly reason: string;
      /** Status of Lambda's invoke call: 200 also for a function that failed; absent if it did not answer in time. */
      readonly invokeStatus: 200 | 429 | undefined;
      readonly latencyMs: number;
    };

const TIMED_OUT = Symbol('timed out');

/** Waits no longer than the integration's time-out. The function may run on, as on Lambda; a queued event is dropped. */
async function withTimeout(run: RunFunction, route: ApiRoute, event: unknown): Promise<unknown> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<typeof TIMED_OUT>((resolve) => {
    timer = setTimeout(() => {
      resolve(TIMED_OUT);
      controller.abort();
    }, route.integrationTimeoutMs);
  });
  try {
    return await Promise.race([run(route.functionLogicalId, event, controller.signal), timeout]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Runs a route's function and makes an HTTP answer of its result.
 * - answered: by the rules of {@link buildAnswer}; malformed, or more than 6 MB → 500 `Internal Server Error`
 * - threw, exited, ran out of memory or into its own time-out → 500 `Internal Server Error`
 * - throttled by Lambda, or slower than the integration's time-out → 503 `Service Unavailable` (serverless.com, "HTTP API":
 *   "successful lambda invocations reported with 503"; sst #2232). AWS documents neither.
 * @see API Gateway Developer Guide, "Troubleshooting issues with HTTP API Lambda integrations"
 */
export async function runIntegration(run: RunFunction, route: ApiRoute, event: unknown): Promise<IntegrationOutcome> {
  const startedAtMs = performance.now();
  const failed = (statusCode: 500 | 503, reason: string, invokeStatus?: 200 | 429): IntegrationOutcome => ({
    ok: false,
    statusCode,
    message: statusCode === 500 ? 'Internal Server Error' : 'Service Unavailable',
    reason,
    invokeStatus,
    latencyMs: Math.round(performance.now() - startedAtMs),
  });
  try {
    const result = await withTimeout(run, route, event);
    if (result === TIMED_OUT) return failed(503, `no answer within ${route.integrationTimeoutMs} ms`);
    // Both ways through JSON: an in-process handler's Date, undefined or Buffer becomes what Lambda would make of it.
    const json = (JSON.stringify(result) as string | undefined) ?? 'null';
    if (Buffer.byteLength(json) > MAX_LAMBDA_PAYLOAD_BYTES) return failed(500, 'the answer is larger than 6 MB', 200);
    const built = buildAnswer(JSON.parse(json));
    if (!built.ok) return failed(500, `malformed answer: ${built.malformed}`, 200);
    return { ok: true, answer: built.answer, latencyMs: Math.round(performance.now() - startedAtMs) };
  } catch (error) {
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return error instanceof ThrottledFailure ? failed(503, reason, 429) : failed(500, reason, 200);
  }
}
