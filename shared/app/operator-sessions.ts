import type { AuditEventType } from '../domain/audit-event.ts';
import { toEpochSeconds } from '../domain/epoch-seconds.ts';
import { sha256Hex } from '../domain/hash.ts';
import {
  buildOperatorKey,
  isOperatorKey,
  isUnusedSetupCode,
  OPERATOR_KEY_BYTES,
  type OperatorRecord,
} from '../domain/operator-key.ts';
import { buildCsrfToken, OPERATOR_SESSION_BYTES, OPERATOR_SESSION_SECONDS } from '../domain/operator-session.ts';
import { Secret } from '../domain/secret.ts';
import type { OperatorAccessFailure } from '../problems/failure.ts';
import { fail, ok, type Result } from '../result.ts';
import type { OperatorStore, Random, SetupCodes } from './ports.ts';
import { attemptWithinLimit, type SignInLimitDeps } from './sign-in-limit.ts';

export interface OperatorSessionDeps extends SignInLimitDeps {
  readonly random: Random;
  readonly operators: OperatorStore;
}

export interface SetUpDeps extends OperatorSessionDeps {
  readonly setupCodes: SetupCodes;
}

/** A browser that has just been signed in. */
export interface SignedIn {
  /** For the cookie, and for nothing else. */
  readonly sessionId: Secret;
  readonly csrfToken: string;
  readonly expiresAtEpochSeconds: number;
}

/** Bytes that name a generation. */
const GENERATION_BYTES = 16;

/**
 * Makes the operator key from the set-up code, and signs in with it. Of two at once one gets a key. A new code in place of a used one
 * makes a new key: the old one and all sessions end.
 * @param address - whose attempts count together
 */
export function setUpOperator(
  deps: SetUpDeps,
  address: string,
  presented: string,
): Promise<Result<SignedIn & { readonly key: Secret }, OperatorAccessFailure>> {
  return attemptWithinLimit(deps, address, 'setup_code', async () => {
    const [code, stored] = await Promise.all([deps.setupCodes.load(), deps.operators.load()]);
    if (!isUnusedSetupCode(presented, code, stored)) return undefined;
    const { key, hash } = buildOperatorKey(deps.random.bytes(OPERATOR_KEY_BYTES));
    const operator: OperatorRecord = {
      keyHash: hash,
      setupCodeHash: sha256Hex(presented),
      generation: buildGeneration(deps),
      keyCreatedAtEpochSeconds: toEpochSeconds(deps.clock.nowEpochMs()),
    };
    // The session first: without the record that follows it is worth nothing, and after that record nothing may fail any more,
    // since the code would be used up and its key lost.
    const signedIn = await createSession(deps, operator.generation);
    if (!(await deps.operators.save(operator, stored?.generation))) return undefined;
    await record(deps, 'operator_set_up', { is_first: stored === undefined });
    return { ...signedIn, key };
  });
}

/** Signs in with the operator key. The session is always a new one. */
export function signIn(
  deps: OperatorSessionDeps,
  address: string,
  presented: string,
): Promise<Result<SignedIn, OperatorAccessFailure>> {
  return attemptWithinLimit(deps, address, 'operator_key', async () => {
    const stored = await deps.operators.load();
    if (stored === undefined || !isOperatorKey(presented, stored)) return undefined;
    const signedIn = await createSession(deps, stored.generation);
    await record(deps, 'operator_signed_in');
    return signedIn;
  });
}

export async function signOut(deps: OperatorSessionDeps, sessionHash: string): Promise<void> {
  await deps.operators.endSession(sessionHash);
  await record(deps, 'operator_signed_out');
}

/** Ends the sessions of all browsers, also of the one that asks. */
export async function endAllSessions(deps: OperatorSessionDeps): Promise<void> {
  await deps.operators.endSessions(buildGeneration(deps));
  await record(deps, 'operator_sessions_ended');
}

/**
 * Makes a new operator key in place of the one that is valid, which ends at once, as do all sessions but one.
 * @param generation - in which the one who asks was let in
 * @param keptSessionHash - the session that goes on; absent: none
 */
export async function rollOperatorKey(
  deps: OperatorSessionDeps,
  generation: string,
  keptSessionHash: string | undefined,
): Promise<Result<Secret, OperatorAccessFailure>> {
  const stored = await deps.operators.load();
  if (stored === undefined) return fail({ reason: 'operator_unauthenticated' });
  const { key, hash } = buildOperatorKey(deps.random.bytes(OPERATOR_KEY_BYTES));
  const rolled: OperatorRecord = {
    keyHash: hash,
    setupCodeHash: stored.setupCodeHash,
    generation: buildGeneration(deps),
    keyCreatedAtEpochSeconds: toEpochSeconds(deps.clock.nowEpochMs()),
    ...(keptSessionHash === undefined ? {} : { keptSessionHash }),
  };
  // Another one has ended this session or key in between: who asks is nobody any more.
  if (!(await deps.operators.save(rolled, generation))) return fail({ reason: 'operator_unauthenticated' });
  await record(deps, 'operator_key_rolled');
  return ok(key);
}

async function createSession(deps: OperatorSessionDeps, generation: string): Promise<SignedIn> {
  const sessionId = Buffer.from(deps.random.bytes(OPERATOR_SESSION_BYTES)).toString('base64url');
  const createdAtEpochSeconds = toEpochSeconds(deps.clock.nowEpochMs());
  const expiresAtEpochSeconds = createdAtEpochSeconds + OPERATOR_SESSION_SECONDS;
  const session = { generation, createdAtEpochSeconds, expiresAtEpochSeconds };
  await deps.operators.createSession(sha256Hex(sessionId), session);
  return { sessionId: new Secret(sessionId), csrfToken: buildCsrfToken(sessionId), expiresAtEpochSeconds };
}

function buildGeneration({ random }: OperatorSessionDeps): string {
  return Buffer.from(random.bytes(GENERATION_BYTES)).toString('hex');
}

async function record(
  { audit }: OperatorSessionDeps,
  type: AuditEventType,
  details?: Readonly<Record<string, boolean>>,
): Promise<void> {
  await audit.record({ type, actor: { kind: 'operator' }, ...(details === undefined ? {} : { details }) });
}
