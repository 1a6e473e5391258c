import { isStale, parseConnectionId, type GrantMember } from '../domain/grant-member.ts';
import { toEpochSeconds } from '../domain/epoch-seconds.ts';
import type { Clock, ConnectionStore, GrantStore } from './ports.ts';

export interface LeaveGrantDeps {
  readonly connections: ConnectionStore;
  readonly grants: GrantStore;
  readonly clock: Clock;
}

/** Of an authorization that more share than anybody will, the rest counts as living. */
const MAX_LOOKED_AT = 50;

/**
 * Takes members out of a grant. If others remain, those that a confirmation left behind that died for good are taken out too:
 * no connection names them, and none would ever leave for them, so the authorization would live for ever.
 * @returns whether nobody is left, in which case the grant is now marked as being revoked by the caller
 * @throws OutageError
 */
export async function leaveGrant(
  { connections, grants, clock }: LeaveGrantDeps,
  clientId: string,
  discordUserId: string,
  isLeaving: (member: GrantMember) => boolean,
): Promise<boolean> {
  const nowEpochSeconds = toEpochSeconds(clock.nowEpochMs());
  if (await grants.leaveAndClaimRevocation(clientId, discordUserId, isLeaving, nowEpochSeconds)) return true;
  const stale = (await grants.load(clientId, discordUserId)).filter((member) => isStale(member, nowEpochSeconds));
  const unnamed = new Set<GrantMember>();
  for (const member of stale.slice(0, MAX_LOOKED_AT)) {
    const connection = await connections.load(parseConnectionId(member));
    if (connection?.grantMember !== member) unnamed.add(member);
  }
  if (unnamed.size === 0) return false;
  const isGone = (member: GrantMember): boolean => isLeaving(member) || unnamed.has(member);
  return grants.leaveAndClaimRevocation(clientId, discordUserId, isGone, nowEpochSeconds);
}
