import type { AuthorizationState, ConnectSession } from '../../domain/connect-session.ts';
import type { Sealed } from '../../domain/envelope.ts';
import type { Integration } from '../../domain/integration.ts';

/**
 * Connect sessions and their states. Every step is one conditional write; a write whose answer was lost and which the SDK
 * repeats is recognized by its claim id, so that nobody loses a race against himself.
 */
export interface ConnectSessionStore {
  create(session: ConnectSession): Promise<void>;
  load(id: string): Promise<ConnectSession | undefined>;
  loadWithIntegration(
    id: string,
  ): Promise<{ session: ConnectSession | undefined; integration: Integration | undefined }>;
  /** Counts one opening of an open session; false when it was opened `maxStarts` times or is not open. */
  countStart(id: string, maxStarts: number): Promise<boolean>;
  saveState(state: AuthorizationState): Promise<void>;
  loadState(stateHash: string): Promise<AuthorizationState | undefined>;
  deleteState(stateHash: string): Promise<void>;
  /** `open` → `returned`, with the sealed code. */
  consume(
    id: string,
    claimId: string,
    returned: {
      sealedCode: Sealed;
      confirmationHash: string;
      returnedAtEpochSeconds: number;
      expiresAtEpochSeconds: number;
    },
  ): Promise<boolean>;
  /** `open` → `refused`. */
  refuse(id: string, claimId: string, expiresAtEpochSeconds: number): Promise<boolean>;
  /**
   * Counts a wrong confirmation of a `returned` or `confirming` session.
   * @returns attempts left, or nothing when there were none left or the session waits for no confirmation
   */
  countWrongConfirmation(id: string, maxWrong: number): Promise<number | undefined>;
  /** `returned`, or `confirming` whose claim is over, → `confirming` by this claim. */
  claimConfirmation(id: string, claimId: string, nowEpochMs: number, claimedUntilEpochMs: number): Promise<boolean>;
  /** Gives an unused claim back: `confirming` → `returned`. */
  releaseConfirmation(id: string, claimId: string): Promise<void>;
  /** Keeps the sealed token answer and forgets the code, which is used up. */
  saveAnswer(
    id: string,
    claimId: string,
    kept: { sealedAnswer: Sealed; confirmableUntilEpochSeconds: number; expiresAtEpochSeconds: number },
  ): Promise<boolean>;
  /** `confirming` → `confirmed`, `failed` or `burnt`; forgets everything sealed. */
  finish(id: string, claimId: string, status: 'confirmed' | 'failed' | 'burnt'): Promise<void>;
}
