import { toEpochSeconds } from '../domain/epoch-seconds.ts';
import { computeSignInWait, SIGN_IN_WINDOW_SECONDS, type SignInTries } from '../domain/sign-in-tries.ts';
import type { OperatorAccessFailure } from '../problems/failure.ts';
import { fail, ok, type Result } from '../result.ts';
import type { Audit, Clock, SignInTriesStore } from './ports.ts';

export interface SignInLimitDeps {
  readonly clock: Clock;
  readonly audit: Audit;
  readonly signInTries: SignInTriesStore;
}

/** How somebody wanted to get in. */
export type SignInWay = 'setup_code' | 'operator_key' | 'bearer';

/**
 * Lets an attempt be made as long as its address has attempts left, and counts it when it fails. It is counted first and taken back
 * when it was not a failure, so that many attempts at once are not more than one after another.
 * @param attempt - gives nothing when what was presented is wrong
 */
export async function attemptWithinLimit<T>(
  deps: SignInLimitDeps,
  address: string,
  way: SignInWay,
  attempt: () => Promise<T | undefined>,
): Promise<Result<T, OperatorAccessFailure>> {
  const counted = await deps.signInTries.count(address, toEpochSeconds(deps.clock.nowEpochMs()));
  if (counted === undefined) return fail(await buildExceeded(deps, address));
  let value: T | undefined;
  try {
    value = await attempt();
  } catch (error) {
    // An outage says nothing about what was presented.
    await deps.signInTries.release(address, counted);
    throw error;
  }
  if (value === undefined) {
    await recordFailure(deps, address, way, counted);
    return fail({ reason: 'operator_credential_rejected' });
  }
  await deps.signInTries.release(address, counted);
  return ok(value);
}

/** Counts a failure that was seen without {@link attemptWithinLimit}. */
export async function countFailure(
  deps: SignInLimitDeps,
  address: string,
  way: SignInWay,
): Promise<OperatorAccessFailure> {
  const counted = await deps.signInTries.count(address, toEpochSeconds(deps.clock.nowEpochMs()));
  if (counted === undefined) return buildExceeded(deps, address);
  await recordFailure(deps, address, way, counted);
  return { reason: 'operator_credential_rejected' };
}

async function buildExceeded(deps: SignInLimitDeps, address: string): Promise<OperatorAccessFailure> {
  const tries = await deps.signInTries.load(address);
  const wait = computeSignInWait(tries, toEpochSeconds(deps.clock.nowEpochMs()));
  return { reason: 'sign_in_attempts_exceeded', retryAfterSeconds: wait ?? SIGN_IN_WINDOW_SECONDS };
}

/** One record for each address and window: whoever tries often must not fill the audit log. */
async function recordFailure(
  { signInTries, audit }: SignInLimitDeps,
  address: string,
  way: SignInWay,
  counted: SignInTries,
): Promise<void> {
  if (!(await signInTries.claimRecord(address, counted))) return;
  await audit.record({ type: 'operator_sign_in_failed', actor: { kind: 'operator' }, details: { address, way } });
}
