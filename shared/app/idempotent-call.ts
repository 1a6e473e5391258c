import { computeRecordHash, IDEMPOTENCY_LIFE_SECONDS, type IdempotencyRecord } from '../domain/idempotency.ts';
import { toEpochSeconds } from '../domain/epoch-seconds.ts';
import { sealContexts } from '../domain/seal-contexts.ts';
import type { RetrySafety } from '../catalogue/action.ts';
import { OutageError, type Failure, type InputFailure } from '../problems/failure.ts';
import { fail, ok, type Result } from '../result.ts';
import type { Clock, IdempotencyStore, Random, Vault } from './ports.ts';

export interface IdempotentCallDeps {
  readonly idempotency: IdempotencyStore;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly random: Random;
}

export interface IdempotentCall {
  readonly tenantId: string;
  readonly connectionId: string;
  /** As the caller chose it. */
  readonly key: string;
  /** See `computeFingerprint`. */
  readonly fingerprint: string;
  /** With `nonce` Discord itself recognizes a repetition, for a while. */
  readonly retry: Exclude<RetrySafety, 'idempotent'>;
}

/** An answer in the form in which it is kept. */
export interface KeptReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export type KeptOutcome = Result<KeptReply, Failure>;

/** The right to send a call, until it is finished or released. */
export interface IdempotencyClaim {
  readonly tenantId: string;
  readonly hash: string;
  readonly claimId: string;
}

export type Begun =
  | { readonly kind: 'fresh'; readonly claim: IdempotencyClaim }
  | { readonly kind: 'replay'; readonly outcome: KeptOutcome };

/** Milliseconds. Longer than an invocation of an action can last: after it a claim that still runs is nobody's. */
const CLAIM_MS = 60_000;

/** Milliseconds from the first attempt on. Discord recognizes a nonce for "the past few minutes". */
const NONCE_WINDOW_MS = 120_000;

const CLAIM_ID_BYTES = 16;

/** Bytes of an outcome that are kept: sealed, they must fit into an item of 400 KB beside the rest. */
const MAX_KEPT_BYTES = 256 * 1024;

/**
 * Claims a key for a call: sent is only what is `fresh`; a repetition gets the outcome of the first one. A call whose outcome is
 * not known is not sent a second time, unless Discord still recognizes it by its nonce.
 */
export async function beginIdempotentCall(
  deps: IdempotentCallDeps,
  call: IdempotentCall,
): Promise<Result<Begun, InputFailure>> {
  const hash = computeRecordHash(call.connectionId, call.key);
  const nowEpochMs = deps.clock.nowEpochMs();
  const record: IdempotencyRecord = {
    fingerprint: call.fingerprint,
    claimId: Buffer.from(deps.random.bytes(CLAIM_ID_BYTES)).toString('hex'),
    state: 'running',
    startedAtEpochMs: nowEpochMs,
    claimedUntilEpochMs: nowEpochMs + CLAIM_MS,
    expiresAtEpochSeconds: toEpochSeconds(nowEpochMs) + IDEMPOTENCY_LIFE_SECONDS,
  };
  const fresh = ok<Begun>({ kind: 'fresh', claim: { tenantId: call.tenantId, hash, claimId: record.claimId } });
  if (await deps.idempotency.create(hash, record, toEpochSeconds(nowEpochMs))) return fresh;

  const stored = await deps.idempotency.load(hash, toEpochSeconds(nowEpochMs));
  // Released or run out between the two: the next attempt of the caller finds the key free.
  if (stored === undefined) return fail({ reason: 'idempotency_in_progress', retryAfterSeconds: 1 });
  if (stored.fingerprint !== call.fingerprint) return fail({ reason: 'idempotency_key_reused' });
  if (stored.state === 'done') return loadOutcome(deps, call.tenantId, hash, stored);
  if (stored.state === 'running' && stored.claimedUntilEpochMs > nowEpochMs) {
    return fail({ reason: 'idempotency_in_progress', retryAfterSeconds: 1 });
  }
  if (call.retry !== 'nonce' || nowEpochMs >= stored.startedAtEpochMs + NONCE_WINDOW_MS) {
    return fail({ reason: 'idempotency_outcome_unknown' });
  }
  const { startedAtEpochMs, expiresAtEpochSeconds } = stored;
  const isTaken = await deps.idempotency.takeOver(hash, stored.claimId, {
    ...record,
    startedAtEpochMs,
    expiresAtEpochSeconds,
  });
  return isTaken ? fresh : fail({ reason: 'idempotency_in_progress', retryAfterSeconds: 1 });
}

/**
 * Notes what became of a call: a definitive outcome is kept for repetitions, an unknown one blocks them, and where nothing was
 * carried out the key is free again.
 */
export async function finishIdempotentCall(
  deps: IdempotentCallDeps,
  claim: IdempotencyClaim,
  outcome: KeptOutcome,
): Promise<void> {
  const { hash, claimId, tenantId } = claim;
  const end = outcome.ok ? 'kept' : judgeEnd(outcome.failure);
  if (end === 'not_carried_out') {
    await deps.idempotency.release(hash, claimId);
    return;
  }
  const text = JSON.stringify(outcome.ok ? ok(toStored(outcome.value)) : outcome);
  if (end === 'unknown' || Buffer.byteLength(text) > MAX_KEPT_BYTES) {
    await deps.idempotency.noteUnknown(hash, claimId);
    return;
  }
  const sealed = await deps.vault.seal(sealContexts.idempotentAnswer(tenantId, hash), text);
  await deps.idempotency.finish(hash, claimId, sealed);
}

/** Frees the key again because nothing was sent. */
export async function releaseIdempotentCall(deps: IdempotentCallDeps, claim: IdempotencyClaim): Promise<void> {
  await deps.idempotency.release(claim.hash, claim.claimId);
}

/** Discord has decided: a repetition would be told the same. */
const DEFINITIVE: ReadonlySet<Failure['reason']> = new Set<Failure['reason']>([
  'discord_rejected',
  'discord_input_rejected',
  'discord_refused',
  'discord_not_found',
  'conflict',
  'limit_reached',
  'webhook_gone',
  'discord_too_large',
  'recipient_refuses',
  'blocked_by_policy',
]);

/**
 * The call went out, and what became of it is not known. An outage of ours counts too: that nothing was sent before it is
 * {@link releaseIdempotentCall}'s to say.
 */
const UNKNOWN: ReadonlySet<Failure['reason']> = new Set<Failure['reason']>([
  'discord_timeout',
  'discord_unavailable',
  'discord_answer_unreadable',
  'discord_answer_too_large',
  'storage_unavailable',
  'key_service_unavailable',
  'secret_unavailable',
  'sealed_data_unreadable',
  'internal_error',
]);

/** What a failure says about the call. Whatever else failed was not carried out and may be sent again. */
function judgeEnd({ reason }: Failure): 'kept' | 'unknown' | 'not_carried_out' {
  if (DEFINITIVE.has(reason)) return 'kept';
  return UNKNOWN.has(reason) ? 'unknown' : 'not_carried_out';
}

interface StoredReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bodyBase64: string;
}

function toStored({ status, headers, body }: KeptReply): StoredReply {
  return { status, headers, bodyBase64: Buffer.from(body).toString('base64') };
}

async function loadOutcome(
  { vault }: IdempotentCallDeps,
  tenantId: string,
  hash: string,
  { sealedAnswer }: IdempotencyRecord,
): Promise<Result<Begun, InputFailure>> {
  const text = sealedAnswer && (await openIfPossible(vault, tenantId, hash, sealedAnswer));
  if (text === undefined) return fail({ reason: 'idempotency_outcome_unknown' });
  // Sealed by ourselves: the form is known.
  const stored = JSON.parse(text) as Result<StoredReply, Failure>;
  if (!stored.ok) return ok({ kind: 'replay', outcome: stored });
  const { status, headers, bodyBase64 } = stored.value;
  return ok({ kind: 'replay', outcome: ok({ status, headers, body: Buffer.from(bodyBase64, 'base64') }) });
}

/** Records are not sealed anew when the tenant's key is rotated: they live for a day only, and then the key may be gone. */
async function openIfPossible(vault: Vault, tenantId: string, hash: string, sealed: string) {
  try {
    return await vault.open(sealContexts.idempotentAnswer(tenantId, hash), sealed);
  } catch (error) {
    if (error instanceof OutageError && error.failure.reason === 'sealed_data_unreadable') return undefined;
    throw error;
  }
}
