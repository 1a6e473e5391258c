import { buildGrantMember } from '../../../shared/domain/grant-member.ts';
import { buildConnectionId } from '../../../shared/domain/ids.ts';
import { askWithCredentials } from './credentials-rules.ts';
import { ACCESS_LIFE_SECONDS, canAct, CODE_LIFE_MS, endAuthorization, issuePair } from './discord-rules.ts';
import { isBeingRevoked, isGhost, leave } from './disconnect-rules.ts';
import {
  ACCOUNT_IDS,
  toSeconds,
  type Account,
  type Draft,
  type Moment,
  type Pair,
  type SessionState,
  type Who,
} from './state.ts';

/** Seconds. */
const LINK_LIFE = 600;
const FINISHED_LIFE = 3600;
const CODE_LIFE = 100;

const MAX_WRONG = 5;

export function idOf({ tenant, user, account }: Who): string {
  return buildConnectionId(tenant, user, ACCOUNT_IDS[account]);
}

/** The whole way of the browser: link, consent, callback. */
export function comeBack(
  draft: Draft,
  sessionId: string,
  who: Who,
  options: { readonly repairs?: string; readonly isRefused: boolean; readonly isSlow: boolean },
  now: Moment,
): string {
  const seconds = toSeconds(now);
  draft.sessions.set(sessionId, {
    who,
    ...(options.repairs === undefined ? {} : { repairs: options.repairs }),
    isRefused: options.isRefused,
    status: 'open',
    wrongConfirmations: 0,
    createdAtSeconds: seconds,
    returnedAtSeconds: seconds,
    confirmableUntilSeconds: seconds + LINK_LIFE,
    codeUntilMs: options.isRefused ? 0 : now.discordMs + CODE_LIFE_MS,
  });
  return options.isSlow ? 'at Discord' : comeBackAgain(draft, sessionId, now);
}

/** The browser comes back from Discord; more than once with the same address and cookie, if the user likes. */
export function comeBackAgain(draft: Draft, sessionId: string, now: Moment): string {
  const seconds = toSeconds(now);
  const { createdAtSeconds, status, isRefused } = draft.session(sessionId);
  if (seconds >= createdAtSeconds + LINK_LIFE) return '400 page';
  if (status !== 'open') return '409 page';
  draft.changeSession(sessionId, {
    status: isRefused ? 'refused' : 'returned',
    returnedAtSeconds: seconds,
    confirmableUntilSeconds: seconds + FINISHED_LIFE,
  });
  return isRefused ? '302 access_denied' : '302 code';
}

/** How the app confirms: as it should, or wrongly in one way. */
export type Confirmer = 'owner' | 'wrong_user' | 'wrong_code' | 'other_tenant';

const OVER: Readonly<Partial<Record<SessionState['status'], string>>> = {
  open: '409 connect_session_unfinished',
  refused: '409 connect_session_refused',
  burnt: '409 connect_session_burnt',
  confirmed: '409 connect_session_used',
  failed: '410 authorization_code_expired',
};

export function confirm(draft: Draft, sessionId: string, as: Confirmer, now: Moment): string {
  const session = draft.session(sessionId);
  if (as === 'other_tenant' || toSeconds(now) >= session.confirmableUntilSeconds) {
    return '404 connect_session_not_found';
  }
  const over = OVER[session.status];
  if (over !== undefined) return over;
  if (session.wrongConfirmations >= MAX_WRONG) return burn(draft, sessionId, now);
  if (as !== 'owner') {
    draft.changeSession(sessionId, { wrongConfirmations: session.wrongConfirmations + 1 });
    return session.wrongConfirmations + 1 < MAX_WRONG ? '403 confirmation_rejected' : burn(draft, sessionId, now);
  }
  if (isClaimed(session, now)) return '409 confirmation_in_progress';
  return finish(draft, sessionId, now);
}

function isClaimed({ status, claimUntilMs }: SessionState, { gatewayMs }: Moment): boolean {
  return status === 'confirming' && claimUntilMs !== undefined && claimUntilMs >= gatewayMs;
}

function burn(draft: Draft, sessionId: string, now: Moment): string {
  const session = draft.session(sessionId);
  if (!isClaimed(session, now)) {
    if (session.kept !== undefined) disposeKept(draft, sessionId, now);
    closeSession(draft, sessionId, 'burnt');
  }
  return '409 connect_session_burnt';
}

/** From a claimed session to a stored connection. */
function finish(draft: Draft, sessionId: string, now: Moment): string {
  const session = draft.session(sessionId);
  const { who } = session;
  const seconds = toSeconds(now);
  let pair = session.kept;
  if (pair === undefined) {
    if (seconds - session.returnedAtSeconds >= CODE_LIFE)
      return fail(draft, sessionId, '410 authorization_code_expired');
    draft.answers.set(sessionId, seconds + FINISHED_LIFE);
    if (!askWithCredentials(draft, now).isTaken) {
      draft.changeSession(sessionId, { status: 'returned' });
      return '503 operator_credentials_rejected';
    }
    if (session.codeUntilMs <= now.discordMs) return fail(draft, sessionId, '410 authorization_code_expired');
    pair = issuePair(draft, who.account, now);
  } else if (!canAct(pair, now)) return fail(draft, sessionId, '410 authorization_code_expired');

  const id = idOf(who);
  if (session.repairs !== undefined && session.repairs !== id) {
    dispose(draft, who.account, now);
    return fail(draft, sessionId, '409 account_mismatch');
  }
  if (isBeingRevoked(draft.accounts[who.account], now)) {
    endAuthorization(draft, who.account);
    return fail(draft, sessionId, '409 disconnect_in_progress');
  }
  store(draft, sessionId, id, pair, now);
  closeSession(draft, sessionId, 'confirmed');
  return '200';
}

function store(draft: Draft, sessionId: string, id: string, pair: Pair, now: Moment): void {
  const { who } = draft.session(sessionId);
  const seconds = toSeconds(now);
  const earlier = draft.connections.get(id);
  const tag = toTag(id, sessionId);
  const member = buildGrantMember(id, sessionId, seconds);
  const { members, livePairs } = draft.accounts[who.account];
  const others = members.filter((one) => one !== earlier?.member && !one.startsWith(tag));
  // Whoever had been revoking without coming to an end no longer is.
  const isStored = earlier?.member?.startsWith(tag) === true;
  draft.accounts[who.account] = { livePairs, members: [...others, (isStored ? earlier.member : undefined) ?? member] };
  // An earlier try of this confirmation got as far as this.
  if (isStored) return;
  draft.connections.set(id, {
    who,
    status: 'active',
    isOwed: false,
    version: (earlier?.version ?? 0) + 1,
    pair,
    expiresAtSeconds: seconds + ACCESS_LIFE_SECONDS,
    connectedAtSeconds: earlier?.status === 'active' ? earlier.connectedAtSeconds : seconds,
    isUncertain: false,
    member,
  });
}

/** What all parts that a session's confirmation has taken begin with. */
function toTag(connectionId: string, sessionId: string): string {
  return buildGrantMember(connectionId, sessionId, 0).slice(0, -1);
}

/** Tokens that nobody will hold: revoked, unless somebody lives on the authorization. */
function dispose(
  draft: Draft,
  account: Account,
  now: Moment,
  isLeaving: (member: string) => boolean = () => false,
): void {
  if (leave(draft, account, isLeaving, now).length > 0) return;
  if (askWithCredentials(draft, now).isTaken) endAuthorization(draft, account);
  draft.accounts[account] = { livePairs: draft.accounts[account].livePairs, members: [] };
}

/** The same for those of an interrupted confirmation, whose part in the grant may have been entered already. */
export function disposeKept(draft: Draft, sessionId: string, now: Moment): void {
  const { who, kept } = draft.session(sessionId);
  const id = idOf(who);
  if (kept === undefined || !canAct(kept, now) || draft.connections.get(id)?.status === 'active') return;
  const tag = toTag(id, sessionId);
  dispose(draft, who.account, now, (one) => one.startsWith(tag) || isGhost(one, id, now));
}

function fail(draft: Draft, sessionId: string, answer: string): string {
  closeSession(draft, sessionId, 'failed');
  return answer;
}

export function closeSession(draft: Draft, sessionId: string, status: SessionState['status']): void {
  const { kept: _kept, claimUntilMs: _claimUntilMs, ...session } = draft.session(sessionId);
  draft.sessions.set(sessionId, { ...session, status, codeUntilMs: 0 });
  draft.answers.delete(sessionId);
}
