import { askWithCredentials } from './credentials-rules.ts';
import { endAuthorization } from './discord-rules.ts';
import { toSeconds, type Account, type AccountState, type Draft, type Moment, type Tenant } from './state.ts';

/** Seconds. */
const OWN_TRY = 60;
const GHOST_AFTER = 120;
const STALE_REVOCATION = 300;

/** Whether somebody revokes the account's authorization right now, as far as one can tell. */
export function isBeingRevoked({ revokingSinceSeconds }: AccountState, now: Moment): boolean {
  return revokingSinceSeconds !== undefined && revokingSinceSeconds >= toSeconds(now) - STALE_REVOCATION;
}

/** The app disconnects, for the first time or again. */
export function disconnect(draft: Draft, id: string, now: Moment, options?: SettleOptions): string {
  const { status, isOwed } = draft.connection(id);
  if (status === 'disconnected' && !isOwed) return '200';
  draft.revocations.set(id, toSeconds(now) + OWN_TRY);
  if (status !== 'disconnected') {
    draft.changeConnection(id, { status: 'disconnected', reason: 'disconnected_by_app', isOwed: true });
  }
  return settleRevocation(draft, id, now, options);
}

/** The operator ends all connections of a tenant: first all of them here, then at Discord, one after another. */
export function revokeAll(draft: Draft, tenant: Tenant, now: Moment, options?: SettleOptions): void {
  const ids = [...draft.connections].filter(([, { who }]) => who.tenant === tenant).map(([id]) => id);
  // What was connected later than now, as a clock that was set back sees it, is spared like what is connected meanwhile.
  const isMeant = (id: string): boolean => {
    const { status, connectedAtSeconds } = draft.connection(id);
    return status !== 'disconnected' && connectedAtSeconds <= toSeconds(now);
  };
  for (const id of ids.filter(isMeant)) {
    draft.revocations.set(id, toSeconds(now) + OWN_TRY);
    draft.changeConnection(id, { status: 'disconnected', reason: 'revoked_by_operator', isOwed: true });
  }
  const order = (id: string): string => `${Buffer.from(draft.connection(id).who.user).toString('base64url')}#${id}`;
  for (const id of ids
    .filter((one) => draft.connection(one).isOwed)
    .toSorted((a, b) => (order(a) < order(b) ? -1 : 1))) {
    if (settleRevocation(draft, id, now, options) !== '200') return;
  }
}

export interface SettleOptions {
  /** Accounts whose authorization somebody else has joined meanwhile. */
  readonly joined?: readonly Account[];
}

/** Tells Discord, if nobody else lives on the authorization, and forgets the tokens. */
export function settleRevocation(draft: Draft, id: string, now: Moment, { joined = [] }: SettleOptions = {}): string {
  const { who, spilled, member, pair: stored } = draft.connection(id);
  const pair = spilled?.pair ?? stored;
  const { account } = who;
  const isLeaving = (one: string): boolean => one === member || isFormer(one, member) || isGhost(one, id, now);
  const members = leave(draft, account, isLeaving, now);
  if (members.length === 0 && !joined.includes(account)) {
    draft.changeAccount(account, { revokingSinceSeconds: toSeconds(now) });
    if (pair !== undefined) {
      if (!askWithCredentials(draft, now).isTaken) return '503 operator_credentials_rejected';
      // A dead token revokes nothing, and Discord says yes to it all the same.
      if (pair.isAlive) endAuthorization(draft, account);
    }
    draft.accounts[account] = { livePairs: draft.accounts[account].livePairs, members };
  }
  draft.changeConnection(id, { isOwed: false, isUncertain: false });
  draft.dropFromConnection(id, 'pair', 'hold', 'leaseUntilMs', 'member', 'spilled');
  draft.revocations.delete(id);
  return '200';
}

/**
 * Takes parts out of a grant. If others remain, those that a confirmation left which is long over go with them.
 * @returns the parts that remain
 */
export function leave(
  draft: Draft,
  account: Account,
  isLeaving: (member: string) => boolean,
  now: Moment,
): readonly string[] {
  const isNamed = (member: string): boolean => {
    const [id = ''] = member.split(':');
    return draft.connections.get(id)?.member === member || !isGhost(member, id, now);
  };
  const members = draft.accounts[account].members.filter((one) => !isLeaving(one)).filter(isNamed);
  draft.changeAccount(account, { members });
  return members;
}

/** A part that the connection had before its own, and that could not be given up at once. */
function isFormer(member: string, own: string | undefined): boolean {
  const [owner, , addedAt] = member.split(':');
  const [connectionId, , ownAddedAt] = (own ?? '').split(':');
  return owner === connectionId && Number(addedAt) < Number(ownAddedAt);
}

/** A part that an interrupted confirmation of this connection left. */
export function isGhost(member: string, connectionId: string, now: Moment): boolean {
  const [owner, , addedAt] = member.split(':');
  return owner === connectionId && toSeconds(now) - Number(addedAt) >= GHOST_AFTER;
}
