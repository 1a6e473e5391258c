/** Which work must not be forgotten: revocations owed (by connection), kept token answers (by connect session). */
export type TodoKind = 'REVOKE' | 'ANSWER';

/** Written before the state that it is about, removed after it is over: a crash anywhere in between leaves it to the sweep. */
export interface Todo {
  readonly kind: TodoKind;
  readonly id: string;
  /** Random; only who knows it removes the to-do, so that a later one for the same thing stays. */
  readonly claimId: string;
  readonly sinceEpochSeconds: number;
  /** The sweep leaves it alone until then: whoever wrote it is still at work. */
  readonly notBeforeEpochSeconds: number;
}

export interface TodoStore {
  /** Writes it, over an earlier one for the same thing. */
  put(todo: Todo): Promise<void>;
  /** Writes it, unless there is one for the same thing. */
  ensure(todo: Todo): Promise<void>;
  /**
   * Puts it off, if it is still as it was read: of several who take it up at once one gets it.
   * @returns whether this caller has it now
   */
  postpone(todo: Todo, notBeforeEpochSeconds: number): Promise<boolean>;
  /** Removes this to-do, not a later one for the same thing. */
  remove(todo: Pick<Todo, 'kind' | 'id' | 'claimId'>): Promise<void>;
  /** @param after - id of the last one of the page before */
  list(kind: TodoKind, page: { limit: number; after?: string }): Promise<{ todos: Todo[]; last?: string }>;
}

/** How far the sweep has come with looking at all connections, and who does it just now. */
export interface SweepState {
  /** Absent: no pass is under way. */
  readonly pass?: PatrolPosition;
  /** The next pass is to begin at once: there is something that concerns all connections. */
  readonly isPassWanted?: boolean;
  readonly lastPassBeganAtEpochSeconds?: number;
  readonly lastPassEndedAtEpochSeconds?: number;
}

/** A place in a pass over all tenants, which are taken in the order of their ids. */
export interface PatrolPosition {
  readonly beganAtEpochSeconds: number;
  /** The tenant whose turn it is, or was: connections up to the cursor have been looked at. */
  readonly tenant?: {
    readonly tenantId: string;
    readonly beganAtEpochSeconds: number;
    /** The data key that it seals with; absent: none yet. */
    readonly keyId?: string;
    /** Something that should be sealed anew could not be, so that old keys must stay. */
    readonly isUnfinished: boolean;
    readonly cursor?: string;
    /** No page is left. */
    readonly isDone: boolean;
  };
}

export interface SweepStateStore {
  load(): Promise<SweepState>;
  /** Takes the patrol, if nobody has it. @returns the state as it is now */
  claimPatrol(owner: string, nowEpochMs: number, untilEpochMs: number): Promise<SweepState | undefined>;
  /** Begins a pass. @returns false when the patrol is another's by now; so do the next two */
  beginPass(owner: string, pass: PatrolPosition): Promise<boolean>;
  savePosition(owner: string, pass: PatrolPosition): Promise<boolean>;
  endPass(owner: string, pass: PatrolPosition, endedAtEpochSeconds: number): Promise<boolean>;
  releasePatrol(owner: string): Promise<void>;
  /** Asks for a pass as soon as can be. */
  wantPass(): Promise<void>;
}
