import type { OperatorRecord } from '../../domain/operator-key.ts';
import type { OperatorSession } from '../../domain/operator-session.ts';
import type { Secret } from '../../domain/secret.ts';
import type { SignInTries } from '../../domain/sign-in-tries.ts';

/** The operator's key and signed-in browsers. */
export interface OperatorStore {
  load(): Promise<OperatorRecord | undefined>;
  /** In one read. */
  loadWithSession(sessionHash: string): Promise<{
    readonly operator: OperatorRecord | undefined;
    readonly session: OperatorSession | undefined;
  }>;
  /** In one read. */
  loadWithTries(address: string): Promise<{
    readonly operator: OperatorRecord | undefined;
    readonly tries: SignInTries | undefined;
  }>;
  /** Saves when the stored generation is still `previous` (absent: nothing stored yet). */
  save(operator: OperatorRecord, previous: string | undefined): Promise<boolean>;
  /** Begins another generation, in which no session is. @returns false when there is no operator yet */
  endSessions(generation: string): Promise<boolean>;
  createSession(sessionHash: string, session: OperatorSession): Promise<void>;
  endSession(sessionHash: string): Promise<void>;
}

/** Failed sign-ins by address. */
export interface SignInTriesStore {
  load(address: string): Promise<SignInTries | undefined>;
  /**
   * Counts an attempt as failed before it is looked at, so that none of many at once is looked at that must not be.
   * @returns nothing when the address has no attempt left in its window
   */
  count(address: string, nowEpochSeconds: number): Promise<SignInTries | undefined>;
  /** Takes back what was counted: it has not failed. */
  release(address: string, counted: SignInTries): Promise<void>;
  /** @returns whether this caller is the one who writes the audit record of the window */
  claimRecord(address: string, counted: SignInTries): Promise<boolean>;
}

/** The one-time set-up code. */
export interface SetupCodes {
  /** @returns nothing while there is none */
  load(): Promise<Secret | undefined>;
}

export interface SetupCodeWriter extends SetupCodes {
  save(code: Secret): Promise<void>;
}
