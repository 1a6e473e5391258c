import type { Connection } from '../domain/connection.ts';
import { isHoldOn } from '../domain/refresh-lease.ts';
import type { Failure } from '../problems/failure.ts';
import { fail, type Result } from '../result.ts';
import { toHeldFailure } from './held-failure.ts';
import { isUnchanged, openNewerTokens } from './newer-tokens.ts';
import type { UsableToken } from './open-tokens.ts';
import type { Clock, ConnectionStore, Deadline, Random, Vault } from './ports.ts';

export interface LeaseDeps {
  readonly connections: ConnectionStore;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly random: Random;
  readonly sleep: (ms: number) => Promise<void>;
}

/** The right to refresh is ours: the connection as it is stored now, and what an earlier holder may have left behind. */
export interface HeldLease {
  readonly connection: Connection;
  readonly owner: string;
  /** Whether an earlier holder never gave the lease back: it may have spent the refresh token, and have spilled the new pair. */
  readonly isTakenOver: boolean;
}

const OWNER_BYTES = 16;

/** Milliseconds, in all, that a call waits for another one's refresh. Discord answers one within a second, mostly. */
const MAX_WAIT_MS = 8_000;

/** Milliseconds before the first look, doubled for each further one: a refresh takes about 200 ms, or much longer. */
const FIRST_PAUSE_MS = 25;
const LONGEST_PAUSE_MS = 400;

/** Milliseconds that must remain after waiting, to use the token that was waited for. */
const RESERVE_MS = 3_000;

/**
 * Makes this invocation the one that refreshes, or finds out what another one has made of it.
 * @param isTokenUsable - nobody waits for another's refresh while the old token still works
 * @returns the lease; or the outcome without one: newer tokens, a changed status, `refresh_in_progress`, the failure of a
 * refresh a moment ago
 * @throws OutageError
 */
export async function acquireLease(
  deps: LeaseDeps,
  connection: Connection,
  isTokenUsable: boolean,
  deadline: Deadline,
): Promise<{ readonly lease: HeldLease } | { readonly outcome: Result<UsableToken, Failure> }> {
  const owner = Buffer.from(deps.random.bytes(OWNER_BYTES)).toString('hex');
  for (let waitedMs = 0, pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    const nowEpochMs = deps.clock.nowEpochMs();
    // Its end follows this invocation's own: after that it can't write any more.
    const lease = { owner, untilEpochMs: nowEpochMs + deadline.remainingMs() };
    const taken = await deps.connections.acquireRefreshLease(connection, lease, nowEpochMs);
    if (taken !== undefined) return { lease: { ...taken, owner } };

    const stored = await deps.connections.load(connection.id);
    const newer = await openNewerTokens(deps, connection, stored);
    if (!isUnchanged(newer)) return { outcome: newer };
    if (isHoldOn(stored?.refreshHold, nowEpochMs)) return { outcome: toHeldFailure(stored.refreshHold, nowEpochMs) };
    const isTooLate = waitedMs >= MAX_WAIT_MS || deadline.remainingMs() < RESERVE_MS;
    if (isTokenUsable || isTooLate) return { outcome: fail({ reason: 'refresh_in_progress', retryAfterSeconds: 1 }) };
    await deps.sleep(pauseMs);
    waitedMs += pauseMs;
  }
}
