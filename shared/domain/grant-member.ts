import { sha256Hex } from './hash.ts';

/**
 * A member of a grant's set: one confirmation's part in an authorization, `<connection id>:<session tag>:<epoch seconds>`. The
 * connection's id alone would not do: while an old part is being given up, the same user may be connecting again under the
 * same connection id, and his new part must count as somebody who is there.
 */
export type GrantMember = string;

/** Seconds after which a part that no connection names is left over from a confirmation that died: longer than any runs. */
const GHOST_AFTER_SECONDS = 120;

export function buildGrantMember(connectionId: string, sessionId: string, nowEpochSeconds: number): GrantMember {
  return `${buildSessionPrefix(connectionId, sessionId)}${nowEpochSeconds}`;
}

/** Whether it is a part that this session's confirmation took, in this or an earlier try. */
export function isOfSession(member: GrantMember, connectionId: string, sessionId: string): boolean {
  return member.startsWith(buildSessionPrefix(connectionId, sessionId));
}

/** Whether no confirmation is under way any more that took it: either a connection names it, or nobody ever will. */
export function isStale(member: GrantMember, nowEpochSeconds: number): boolean {
  const [, , addedAt] = member.split(':');
  return nowEpochSeconds - Number(addedAt) >= GHOST_AFTER_SECONDS;
}

/** Whether it is a part of this connection that is no longer wanted by anybody. */
export function isGhost(member: GrantMember, connectionId: string, nowEpochSeconds: number): boolean {
  return parseConnectionId(member) === connectionId && isStale(member, nowEpochSeconds);
}

/** Whose part it is. */
export function parseConnectionId(member: GrantMember): string {
  const [connectionId = ''] = member.split(':');
  return connectionId;
}

/**
 * Whether it is a part that the same connection had before its own one: giving it up broke off when the user connected again.
 * One that is taken at the same moment by a confirmation under way is younger.
 * @param own - the part that the connection names
 */
export function isFormer(member: GrantMember, own: GrantMember): boolean {
  const [owner, , addedAt] = member.split(':');
  const [connectionId, , ownAddedAt] = own.split(':');
  return owner === connectionId && Number(addedAt) < Number(ownAddedAt);
}

function buildSessionPrefix(connectionId: string, sessionId: string): string {
  return `${connectionId}:${sha256Hex(sessionId).slice(0, 8)}:`;
}
