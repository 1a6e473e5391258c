import type { Draft, Moment } from './state.ts';

/** Milliseconds between two requests with credentials that are refused. */
const PROBE_INTERVAL_MS = 30_000;

/** Milliseconds. What lies further ahead comes from a clock that was wrong. */
const MAX_AHEAD_MS = 15 * 60_000;

/** May Discord be asked, and does it take the credentials? Seconds to wait only where nothing was sent. */
export type Asked = { readonly isTaken: true } | { readonly isTaken: false; readonly retryAfterSeconds: number };

/** A request with the operator's credentials: refresh, exchange or revocation. */
export function askWithCredentials(draft: Draft, { gatewayMs }: Moment): Asked {
  const { gate } = draft;
  if (gate?.state === 'rejected') {
    const aheadMs = gate.nextProbeAtMs - gatewayMs;
    if (aheadMs > 0 && aheadMs <= MAX_AHEAD_MS) {
      const waitMs = Math.min(aheadMs, PROBE_INTERVAL_MS);
      return { isTaken: false, retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)) };
    }
  }
  if (draft.isSecretRight) {
    if (gate?.state === 'rejected') {
      draft.gate = { state: 'recovering', sinceMs: gatewayMs, nextProbeAtMs: gatewayMs + PROBE_INTERVAL_MS };
    }
    return { isTaken: true };
  }
  const sinceMs = gate?.state === 'rejected' ? gate.sinceMs : gatewayMs;
  draft.gate = { state: 'rejected', sinceMs, nextProbeAtMs: gatewayMs + PROBE_INTERVAL_MS };
  return { isTaken: false, retryAfterSeconds: 0 };
}
