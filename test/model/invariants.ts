import { ACCOUNTS, type Account, type ConnectionState, type Draft } from './reference/state.ts';
import type { World } from './world.ts';

/** What a sequence has met that nothing can undo. */
export class Excuses {
  /** Accounts with tokens at Discord whose only copy was lost on the way, in a window that cannot be closed. */
  readonly lost = new Set<Account>();
  /** Refresh tokens before this one may be sent again: somebody died or was late with them. */
  refreshes = 0;
}

/**
 * What holds after every step, whatever happened.
 * @returns one line for each violation
 */
export function checkAlways(world: World, state: Draft, excuses: Excuses): string[] {
  return [
    ...checkOrphans(state, excuses),
    ...checkStatuses(state),
    ...checkLog(world),
    ...checkRefreshes(world, excuses),
  ];
}

/** No authorization is alive at Discord unless somebody holds a token that can end it. */
function checkOrphans(state: Draft, { lost }: Excuses): string[] {
  return ACCOUNTS.filter((account) => state.accounts[account].livePairs > 0 && !isHeld(state, account))
    .filter((account) => !lost.has(account))
    .map((account) => `the authorization of ${account} is alive and nobody holds it`);
}

function isHeld(state: Draft, account: Account): boolean {
  const isHolder = ({ who, pair }: { who: { account: Account }; pair?: { isAlive: boolean } }): boolean =>
    who.account === account && pair?.isAlive === true;
  return (
    [...state.connections.values()].some((one) => isHolder(one) || isHolder({ who: one.who, ...one.spilled })) ||
    [...state.sessions.values()].some(({ who, kept }) =>
      isHolder({ who, ...(kept === undefined ? {} : { pair: kept }) }),
    )
  );
}

/** A disconnected connection has told Discord, or a to-do says that it has not. */
function checkStatuses(state: Draft): string[] {
  return [...state.connections].flatMap(([id, { status, isOwed, pair, reason }]) => {
    const problems: string[] = [];
    const isOver = status === 'disconnected';
    if (isOver && isOwed && !state.revocations.has(id)) problems.push(`${id} owes a revocation without a to-do`);
    if (isOver && !isOwed && pair !== undefined) problems.push(`${id} is over and has tokens`);
    if (!isOver && pair === undefined) problems.push(`${id} is ${status} without tokens`);
    if ((status === 'active') !== (reason === undefined)) {
      problems.push(`${id} is ${status} with reason ${reason ?? 'none'}`);
    }
    return problems;
  });
}

function checkLog({ log }: World): string[] {
  return log.filter(({ event }) => event === 'bug').map((entry) => `a bug was logged: ${JSON.stringify(entry)}`);
}

/** A refresh token that Discord has looked at is never sent there again. A refused client secret comes before that. */
function checkRefreshes({ refreshes }: World, excuses: Excuses): string[] {
  const seen = new Set<string>();
  return refreshes.slice(excuses.refreshes).flatMap(({ token, status }) => {
    if (status === 401) return [];
    if (seen.has(token)) return ['a refresh token was sent to Discord twice'];
    seen.add(token);
    return [];
  });
}

/**
 * What holds besides when everything had time to come to rest.
 * @param before - no status has changed since then: nobody did anything
 */
export function checkAtRest(before: Draft, state: Draft, { lost }: Excuses): string[] {
  const moved = [...state.connections].filter(([id, { status }]) => before.connections.get(id)?.status !== status);
  const owed = [...state.connections].filter(([, { isOwed }]) => isOwed);
  return [
    ...moved.map(([id, { status }]) => `${id} became ${status} by itself`),
    ...owed.map(([id]) => `${id} still owes a revocation`),
    ...[...state.revocations.keys()].map((id) => `the revocation of ${id} is still to be done`),
    ...[...state.answers.keys()].map((id) => `the confirmation ${id} is still to be settled`),
    ...ACCOUNTS.flatMap((account) => checkGrantAtRest(state, account, lost.has(account))),
  ];
}

/** The grant counts exactly those who are connected, and the authorization is over when there is nobody. */
function checkGrantAtRest(state: Draft, account: Account, isLost: boolean): string[] {
  const { members, livePairs } = state.accounts[account];
  // A connection may have a former part besides its own, which goes with it.
  const isConnected = ([, { who, status }]: [string, ConnectionState]): boolean =>
    who.account === account && status !== 'disconnected';
  const connected = [...state.connections].filter(isConnected).map(([id]) => id);
  // What a confirmation entered that lost its pair stays until somebody leaves, and counts for nobody then.
  const isCounted = (id: string): boolean => !isLost || connected.includes(id);
  const counted = [...new Set(members.map((member) => member.split(':')[0] ?? ''))].filter(isCounted).toSorted().join();
  const problems: string[] = [];
  if (counted !== connected.toSorted().join()) {
    problems.push(`the grant of ${account} counts [${counted}], connected are [${connected.join()}]`);
  }
  if (connected.length === 0 && livePairs > 0 && !isLost) problems.push(`${account} is still authorized for nobody`);
  return problems;
}
