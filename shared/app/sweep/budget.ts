import type { Deadline } from '../ports.ts';

/** Milliseconds that must be left to begin something new: the longest single thing has to end within. */
const RESERVE_MS = 20_000;

/** Milliseconds that one thing may take, as for a request: what it holds meanwhile, others wait for. */
const STEP_MS = 29_000;

/** The time of one run. */
export interface Budget {
  /** Whether something new may be begun. */
  hasTime(): boolean;
  /** For one thing of many. */
  readonly step: Deadline;
  remainingMs(): number;
}

export function createBudget(deadline: Deadline): Budget {
  return {
    hasTime: () => deadline.remainingMs() > RESERVE_MS,
    step: { remainingMs: () => Math.min(STEP_MS, deadline.remainingMs()) },
    remainingMs: () => deadline.remainingMs(),
  };
}
