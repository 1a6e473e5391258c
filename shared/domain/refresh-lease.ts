/** The right to refresh one connection. Held by one invocation of one sandbox; stored in the connection's own item. */
export interface RefreshLease {
  /** Random for each try, so that nobody takes another's lease for his own. */
  readonly owner: string;
  /** When the holder's invocation is over at the latest, by its own remaining time. After it anyone may take over. */
  readonly untilEpochMs: number;
}

/** A pause for all sandboxes after a refresh that failed for a passing reason. */
export interface RefreshHold {
  readonly untilEpochMs: number;
  /** The failure's `reason`, which callers get meanwhile when the old token is of no use any more. */
  readonly reason: string;
}

/** Milliseconds of pause after a failed refresh while the old token still works: nobody is waiting. */
const HOLD_WHILE_USABLE_MS = 30_000;

/** Milliseconds of pause after a failed refresh when calls fail by it: as short as decency towards Discord allows. */
const HOLD_WHILE_EXPIRED_MS = 5_000;

/**
 * How long nobody tries again. What Discord or the credentials' hold asked for counts when it is longer.
 * @param retryAfterSeconds - as told by whoever refused
 */
export function computeHoldMs(isTokenUsable: boolean, retryAfterSeconds = 0): number {
  const leastMs = isTokenUsable ? HOLD_WHILE_USABLE_MS : HOLD_WHILE_EXPIRED_MS;
  return Math.min(Math.max(leastMs, retryAfterSeconds * 1000), MAX_AHEAD_MS);
}

/**
 * Milliseconds. A time that lies further ahead comes from a clock that was wrong: no invocation and no pause lasts so long,
 * and nobody is to wait for it.
 */
export const MAX_AHEAD_MS = 15 * 60_000;

function isAhead(untilEpochMs: number, nowEpochMs: number): boolean {
  return untilEpochMs > nowEpochMs && untilEpochMs <= nowEpochMs + MAX_AHEAD_MS;
}

export function isLeaseHeld(lease: RefreshLease | undefined, nowEpochMs: number): boolean {
  return lease !== undefined && isAhead(lease.untilEpochMs, nowEpochMs);
}

/** A lease whose time is over without having been given back: its holder died, or could not store what it got. */
export function isLeaseStale(lease: RefreshLease | undefined, nowEpochMs: number): boolean {
  return lease !== undefined && !isAhead(lease.untilEpochMs, nowEpochMs);
}

export function isHoldOn(hold: RefreshHold | undefined, nowEpochMs: number): hold is RefreshHold {
  return hold !== undefined && isAhead(hold.untilEpochMs, nowEpochMs);
}
