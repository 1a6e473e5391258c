import { toEpochSeconds } from '../domain/epoch-seconds.ts';
import { MAX_AHEAD_MS } from '../domain/refresh-lease.ts';
import type { Audit, Clock, CredentialGateStore, Log, Metrics } from './ports.ts';

/** Milliseconds between two requests with credentials that Discord has refused: it may have been asked wrongly, or be mended. */
export const PROBE_INTERVAL_MS = 30_000;

/** Milliseconds after the credentials are accepted again in which everyone catches up, no faster than {@link CATCH_UP_PER_SECOND}. */
const CATCH_UP_MS = 10 * 60_000;

/** Token requests a second over all sandboxes while catching up: far below what counts as abuse, soon done for thousands. */
const CATCH_UP_PER_SECOND = 10;

/** Seconds until a request that came too many in its second may try again. */
const CATCH_UP_RETRY_SECONDS = 2;

export interface CredentialGateDeps {
  readonly gate: CredentialGateStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly audit: Audit;
}

/** May Discord be asked with the integration's credentials now? */
export type Admission =
  | { readonly kind: 'open' }
  /** They are refused at the moment, and this caller is the one that finds out whether they still are. */
  | { readonly kind: 'probe' }
  | { readonly kind: 'rejected'; readonly retryAfterSeconds: number }
  | { readonly kind: 'catching_up'; readonly retryAfterSeconds: number };

/**
 * Decides before each request with client id and secret. Refused credentials concern every connection, so what one sandbox
 * learnt holds for all: until the operator has entered others, one probe in {@link PROBE_INTERVAL_MS} goes out and nothing else.
 * @throws OutageError when the storage is down
 */
export async function admitTokenRequest({ gate, clock }: CredentialGateDeps): Promise<Admission> {
  const known = await gate.load();
  if (known === undefined) return { kind: 'open' };
  const nowEpochMs = clock.nowEpochMs();
  if (known.state === 'recovering') {
    const age = nowEpochMs - known.sinceEpochMs;
    if (age < 0 || age >= CATCH_UP_MS) return { kind: 'open' };
    return (await gate.countRequest(toEpochSeconds(nowEpochMs), CATCH_UP_PER_SECOND))
      ? { kind: 'open' }
      : { kind: 'catching_up', retryAfterSeconds: CATCH_UP_RETRY_SECONDS };
  }
  const waitMs = known.nextProbeAtEpochMs - nowEpochMs;
  // A clock that was set back must not hold everything for long.
  const isDue = waitMs <= 0 || waitMs > MAX_AHEAD_MS;
  if (isDue && (await gate.claimProbe(known, nowEpochMs + PROBE_INTERVAL_MS))) return { kind: 'probe' };
  const heldMs = isDue ? PROBE_INTERVAL_MS : Math.min(waitMs, PROBE_INTERVAL_MS);
  return { kind: 'rejected', retryAfterSeconds: Math.max(1, Math.ceil(heldMs / 1000)) };
}

/** Discord has refused the credentials, also after they were read anew. */
export async function noteRejection(deps: CredentialGateDeps, admission: Admission): Promise<void> {
  const nowEpochMs = deps.clock.nowEpochMs();
  deps.log.error('operator_credentials_rejected', { is_probe: admission.kind === 'probe' });
  const isNews = await deps.gate.reject(nowEpochMs, nowEpochMs + PROBE_INTERVAL_MS);
  if (isNews) await deps.audit.record({ type: 'credentials_rejected', actor: { kind: 'system' } });
}

/** Discord has taken the credentials that it had refused before. */
export async function noteAcceptance(deps: CredentialGateDeps): Promise<void> {
  await deps.gate.recover(deps.clock.nowEpochMs());
  deps.log.info('operator_credentials_accepted');
  await deps.audit.record({ type: 'credentials_accepted', actor: { kind: 'system' } });
}
