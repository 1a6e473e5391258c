import { toEpochSeconds } from '../domain/epoch-seconds.ts';
import type { Caller } from './authenticate.ts';
import type { Audit, Clock, KeyUseStore, Memory, Random } from './ports.ts';

/** What a sandbox remembers of a key: that it has seen to it for this day, or that it could not. */
export interface NotedKeyUse {
  /** Days since 1970, UTC. */
  readonly day: number;
  /** Set after a failure: not tried again before. */
  readonly pauseUntilEpochMs?: number;
}

export interface KeyUseDeps {
  readonly keyUses: KeyUseStore;
  readonly notedKeyUses: Memory<NotedKeyUse>;
  readonly audit: Audit;
  readonly clock: Clock;
  readonly random: Random;
}

const SECONDS_A_DAY = 86_400;

/** Milliseconds. While the storage refuses writes, calls must not each wait for one more. */
const PAUSE_AFTER_FAILURE_MS = 60_000;

const USE_ID_BYTES = 8;

/**
 * Notes that an API key was used: at most once a day (UTC) for each key and sandbox, so that a warm call writes nothing. The
 * first use ever is recorded in the audit trail, once: the stored item says whose it was. Between that write and the record a
 * function can die; the record is then missing and `firstUsedAtEpochSeconds` is not.
 * @throws OutageError when the storage is down; the call itself does not depend on it
 */
export async function noteKeyUse(deps: KeyUseDeps, { keyId, tenantId, token }: Caller): Promise<void> {
  // The key made the token within the last hour, and that was noted.
  if (token !== undefined) return;
  const nowEpochMs = deps.clock.nowEpochMs();
  const nowEpochSeconds = toEpochSeconds(nowEpochMs);
  const day = Math.floor(nowEpochSeconds / SECONDS_A_DAY);
  const noted = deps.notedKeyUses.get(keyId, nowEpochMs);
  if (noted !== undefined && nowEpochMs < (noted.pauseUntilEpochMs ?? 0)) return;
  if (noted?.day === day && noted.pauseUntilEpochMs === undefined) return;

  const useId = Buffer.from(deps.random.bytes(USE_ID_BYTES)).toString('hex');
  // Before it has succeeded: the next call must not begin the same.
  deps.notedKeyUses.set(keyId, { day }, nowEpochMs);
  try {
    const use = await deps.keyUses.record(keyId, useId, nowEpochSeconds);
    if (use.firstUseId !== useId) return;
  } catch (error) {
    deps.notedKeyUses.set(keyId, { day, pauseUntilEpochMs: nowEpochMs + PAUSE_AFTER_FAILURE_MS }, nowEpochMs);
    throw error;
  }
  await deps.audit.record({ type: 'api_key_first_used', actor: { kind: 'api_key', id: keyId }, tenantId });
}
