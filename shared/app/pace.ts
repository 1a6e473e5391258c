import { OutageError, type Failure } from '../problems/failure.ts';
import { fail, type Result } from '../result.ts';
import type { Log, Metrics } from './ports.ts';
import { reportOutage } from './report-outage.ts';

export interface PaceDeps {
  readonly log: Log;
  readonly metrics: Metrics;
  readonly sleep: (ms: number) => Promise<void>;
}

/** How often in a row it is waited because too much was asked of Discord. */
const MAX_WAITS = 10;

/** Failures in a row after which a service counts as down: asking on would cost each of the others its time-out. */
const MAX_FAILURES = 3;

/** Everybody would fail by the same, whoever's turn it is. */
const CONCERNS_ALL = new Set<Failure['reason']>([
  'operator_credentials_rejected',
  'operator_setup_incomplete',
  'secret_unavailable',
  'key_service_unavailable',
]);

const DISCORD_IS_DOWN = new Set<Failure['reason']>([
  'discord_timeout',
  'discord_unavailable',
  'discord_answer_unreadable',
  'discord_answer_too_large',
]);

const ASKED_TOO_MUCH = new Set<Failure['reason']>(['discord_rate_limited', 'token_requests_delayed']);

/** What became of one of many. */
export interface Paced<T> {
  readonly result: Result<T, Failure>;
  /** The others would fail as well, or would have to wait for too long: it is better to come back later. */
  readonly mustStop: boolean;
}

/**
 * For long rows of requests to Discord: waits as it is told and repeats, and says when there is no point in going on.
 * @param maxWaitSeconds - longest wait that is borne
 * @returns what carries out one of the row; storage that is down is thrown on, any other outage is a failure of this one
 */
export function createPace(
  deps: PaceDeps,
  maxWaitSeconds: number,
  onWait: (seconds: number) => void = () => undefined,
): <T>(act: () => Promise<Result<T, Failure>>) => Promise<Paced<T>> {
  let failures = 0;

  return async (act) => {
    for (let waits = 0; ; waits += 1) {
      const result = await catchOutage(deps, act);
      if (result.ok) {
        failures = 0;
        return { result, mustStop: false };
      }
      const { failure } = result;
      const waitSeconds =
        ASKED_TOO_MUCH.has(failure.reason) && 'retryAfterSeconds' in failure ? failure.retryAfterSeconds : undefined;
      if (waitSeconds === undefined) {
        failures = DISCORD_IS_DOWN.has(failure.reason) ? failures + 1 : 0;
        return { result, mustStop: CONCERNS_ALL.has(failure.reason) || failures >= MAX_FAILURES };
      }
      if (waits === MAX_WAITS || waitSeconds > maxWaitSeconds) {
        return { result, mustStop: true };
      }
      onWait(waitSeconds);
      await deps.sleep(waitSeconds * 1000);
    }
  };
}

async function catchOutage<T>(deps: PaceDeps, act: () => Promise<Result<T, Failure>>): Promise<Result<T, Failure>> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof OutageError) || error.failure.reason === 'storage_unavailable') throw error;
    reportOutage(deps, error);
    return fail(error.failure);
  }
}
