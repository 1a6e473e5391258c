import { computeJitter } from '../../../shared/domain/refresh-policy.ts';
import { buildGrantMember } from '../../../shared/domain/grant-member.ts';
import { askWithCredentials } from './credentials-rules.ts';
import { ACCESS_LIFE_SECONDS, canAct, rotatePair } from './discord-rules.ts';
import { toSeconds, type ConnectionState, type Draft, type Moment } from './state.ts';

/** Seconds. */
const MIN_REMAINING = 60;

/** Milliseconds. What lies further ahead comes from a clock that was wrong. */
const MAX_AHEAD_MS = 15 * 60_000;

export const ANSWER_LOST = 'refresh_answer_lost';

/** Seconds before its end from which on the connection's pair is traded for a new one. */
export function computeEarlySeconds(connectionId: string): number {
  return Math.max(MIN_REMAINING, ACCESS_LIFE_SECONDS * (0.1 + 0.1 * computeJitter(connectionId)));
}

export function isAhead(untilMs: number | undefined, { gatewayMs }: Moment): boolean {
  return untilMs !== undefined && untilMs > gatewayMs && untilMs <= gatewayMs + MAX_AHEAD_MS;
}

/** What a call through the connection is answered, and what it does. */
export function act(draft: Draft, id: string, now: Moment): string {
  const before = draft.connection(id);
  const refusal = refuse(before);
  if (refusal !== undefined) return refusal;
  const remaining = before.expiresAtSeconds - toSeconds(now);
  if (remaining <= computeEarlySeconds(id)) {
    const isUsable = remaining > MIN_REMAINING;
    const isLeft = isUsable && isAhead(before.leaseUntilMs, now);
    const failure = isLeft ? undefined : refresh(draft, id, { isUsable, isRejected: false }, now);
    if (failure !== undefined && (!isUsable || failure.startsWith('409'))) return failure;
  }
  if (canActWith(draft, id, now)) return '200';
  if (draft.connection(id).version === before.version) {
    const failure = refresh(draft, id, { isUsable: false, isRejected: true }, now);
    if (failure !== undefined) return failure;
    if (canActWith(draft, id, now)) return '200';
  }
  return lose(draft, id, 'token_rejected');
}

function canActWith(draft: Draft, id: string, now: Moment): boolean {
  const { pair } = draft.connection(id);
  return pair !== undefined && canAct(pair, now);
}

function refuse({ status, reason }: ConnectionState): string | undefined {
  if (status === 'active') return undefined;
  return status === 'disconnected' ? '409 connection_disconnected' : `409 reconnect_required ${reason ?? ''}`;
}

/** Only the end user can mend it now. */
function lose(draft: Draft, id: string, reason: string): string {
  draft.changeConnection(id, { status: 'reconnect_required', reason });
  draft.dropFromConnection(id, 'hold', 'leaseUntilMs');
  return `409 reconnect_required ${reason}`;
}

interface Cause {
  readonly isUsable: boolean;
  readonly isRejected: boolean;
}

/** @returns the failure, or nothing when there is a new pair */
function refresh(draft: Draft, id: string, { isUsable, isRejected }: Cause, now: Moment): string | undefined {
  const { hold, leaseUntilMs, isUncertain, pair, who, spilled } = draft.connection(id);
  if (hold !== undefined && isAhead(hold.untilMs, now)) return hold.reason;
  if (isAhead(leaseUntilMs, now)) return '503 refresh_in_progress';
  const isTakenOver = leaseUntilMs !== undefined;
  if (isTakenOver && spilled !== undefined) {
    draft.dropFromConnection(id, 'hold', 'leaseUntilMs', 'spilled');
    draft.changeConnection(id, { ...spilled, version: draft.connection(id).version + 1, isUncertain: false });
    return undefined;
  }
  const asked = askWithCredentials(draft, now);
  if (!asked.isTaken) {
    const pauseMs = Math.max(isUsable ? 30_000 : 5_000, asked.retryAfterSeconds * 1000);
    const reason = '503 operator_credentials_rejected';
    draft.changeConnection(id, { hold: { untilMs: now.gatewayMs + pauseMs, reason } });
    draft.dropFromConnection(id, 'leaseUntilMs');
    return reason;
  }
  if (pair?.isAlive !== true) {
    return lose(draft, id, isTakenOver || isUncertain ? ANSWER_LOST : isRejected ? 'revoked_by_user' : 'grant_dead');
  }
  draft.dropFromConnection(id, 'hold', 'leaseUntilMs');
  spendKept(draft, id);
  draft.changeConnection(id, {
    pair: rotatePair(now),
    version: draft.connection(id).version + 1,
    expiresAtSeconds: toSeconds(now) + ACCESS_LIFE_SECONDS,
    isUncertain: false,
  });
  // The pair before it is spent: as many are alive as before.
  return draft.accounts[who.account].livePairs > 0 ? undefined : 'the model lost count of the live pairs';
}

/** A confirmation that broke off after it had stored the connection still keeps the pair, which is spent now. */
function spendKept(draft: Draft, id: string): void {
  const { member = '' } = draft.connection(id);
  for (const [sessionId, { kept }] of draft.sessions) {
    const isSame = member.startsWith(buildGrantMember(id, sessionId, 0).slice(0, -1));
    if (kept !== undefined && isSame) draft.changeSession(sessionId, { kept: { ...kept, isAlive: false } });
  }
}
