import type { Sealed } from '../../domain/envelope.ts';
import type { IdempotencyRecord } from '../../domain/idempotency.ts';

/** Records of calls with an `Idempotency-Key`, by the hash of connection and key. */
export interface IdempotencyStore {
  /** Makes the record where there is none that is still alive. */
  create(hash: string, record: IdempotencyRecord, nowEpochSeconds: number): Promise<boolean>;
  /** Takes the place of a claim that has run out, unless another one has. */
  takeOver(hash: string, lapsedClaimId: string, record: IdempotencyRecord): Promise<boolean>;
  /** @returns nothing when there is none or its time has passed */
  load(hash: string, nowEpochSeconds: number): Promise<IdempotencyRecord | undefined>;
  /** Keeps the answer; only the claim that runs can. */
  finish(hash: string, claimId: string, sealedAnswer: Sealed): Promise<boolean>;
  /** Notes that the call went out and that its outcome is not known; only the claim that runs can. */
  noteUnknown(hash: string, claimId: string): Promise<boolean>;
  /** Forgets the record, so that the key is free again; only the claim that runs can. */
  release(hash: string, claimId: string): Promise<boolean>;
}
