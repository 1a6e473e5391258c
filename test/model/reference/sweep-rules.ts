import { closeSession, disposeKept, idOf } from './connect-rules.ts';
import { isGhost, settleRevocation, type SettleOptions } from './disconnect-rules.ts';
import { toSeconds, type Draft, type Moment } from './state.ts';

/** Seconds. A to-do that says to wait longer than this comes from a clock that was wrong. */
const MAX_AHEAD = 2 * 60 * 60;

/** Seconds until a to-do that could not be done is tried again, at least. */
const DELAY = 60;

/** One run of the sweep: what is owed and due, until Discord refuses the credentials. */
export function sweep(draft: Draft, now: Moment, options?: SettleOptions): void {
  const isDue = (notBefore: number): boolean => notBefore <= toSeconds(now) || notBefore > toSeconds(now) + MAX_AHEAD;
  for (const [id, notBefore] of draft.revocations) {
    if (!isDue(notBefore)) continue;
    const { status, isOwed } = draft.connection(id);
    draft.revocations.set(id, toSeconds(now) + DELAY);
    if (status !== 'disconnected' || !isOwed) draft.revocations.delete(id);
    else if (settleRevocation(draft, id, now, options) !== '200') return;
  }
  for (const [id, notBefore] of draft.answers) if (isDue(notBefore)) settleAnswer(draft, id, now);
}

/** A confirmation that was broken off and that nobody took up again. */
function settleAnswer(draft: Draft, id: string, now: Moment): void {
  const { status, who, kept } = draft.session(id);
  if (status === 'returned' || status === 'confirming') {
    if (kept !== undefined) disposeKept(draft, id, now);
    const connectionId = idOf(who);
    const own = draft.connections.get(connectionId)?.member;
    const members = draft.accounts[who.account].members.filter(
      (one) => one === own || !isGhost(one, connectionId, now),
    );
    if (kept !== undefined) draft.changeAccount(who.account, { members });
    closeSession(draft, id, 'failed');
  }
  draft.answers.delete(id);
}
