import { isAhead } from './act-rules.ts';
import { canAct } from './discord-rules.ts';
import { ACCOUNTS, type ConnectionState, type Draft, type Moment, type SessionState } from './state.ts';

/**
 * A state as it is compared: what matters at this moment, without times and random ids. Two states that look the same here
 * answer the same to every call made now.
 */
export function buildView(draft: Draft, now: Moment): Record<string, string> {
  const view: Record<string, string> = {};
  for (const [id, connection] of draft.connections) view[`connection ${id}`] = describeConnection(connection, now);
  for (const [id, session] of draft.sessions) view[`session ${id}`] = describeSession(session, now);
  for (const account of ACCOUNTS) {
    const { livePairs, members, revokingSinceSeconds } = draft.accounts[account];
    const owners = members.map((member) => member.split(':')[0] ?? '').toSorted();
    const revoking = revokingSinceSeconds === undefined ? '' : ', being revoked';
    view[account] = `${livePairs} live pairs, shared by ${owners.join(' ')}${revoking}`;
  }
  view['credentials'] = draft.gate?.state ?? 'fine';
  // One whose connection owes nothing is for something that somebody else has done: the sweep takes it away.
  const isOwed = (id: string): boolean => draft.connections.get(id)?.isOwed === true;
  view['revocations'] = [...draft.revocations.keys()].filter(isOwed).toSorted().join(' ');
  view['answers'] = [...draft.answers.keys()].toSorted().join(' ');
  return view;
}

function describeConnection(connection: ConnectionState, now: Moment): string {
  const { status, reason, isOwed, pair, hold, leaseUntilMs, isUncertain, member, spilled } = connection;
  return [
    status,
    reason,
    isOwed ? 'revocation owed' : undefined,
    pair === undefined ? 'no tokens' : pair.isAlive ? (canAct(pair, now) ? 'live pair' : 'refreshable') : 'dead pair',
    hold !== undefined && isAhead(hold.untilMs, now) ? `held: ${hold.reason}` : undefined,
    leaseUntilMs === undefined ? undefined : 'leased',
    isUncertain ? 'uncertain' : undefined,
    member === undefined ? 'no part' : undefined,
    spilled === undefined ? undefined : spilled.pair.isAlive ? 'live pair spilled' : 'dead pair spilled',
  ]
    .filter((part) => part !== undefined)
    .join(', ');
}

function describeSession({ status, wrongConfirmations, kept }: SessionState, _now: Moment): string {
  const answer = kept === undefined ? '' : kept.isAlive ? ', live answer kept' : ', dead answer kept';
  return `${status}, ${wrongConfirmations} wrong${answer}`;
}

/** What differs, one line for each. */
export function compareViews(expected: Record<string, string>, found: Record<string, string>): string[] {
  const names = [...new Set([...Object.keys(expected), ...Object.keys(found)])];
  return names
    .filter((name) => expected[name] !== found[name])
    .map((name) => `${name}: expected "${expected[name] ?? 'nothing'}", found "${found[name] ?? 'nothing'}"`);
}
