import type { WorldGuild, WorldRole } from '../world/world.ts';
import { findMember } from '../world/world.ts';

/**
 * Position of the member's highest role; 0, that of everyone's role, when he has no other or is not a member.
 * @see Discord docs: topics/permissions#permission-hierarchy
 */
export function computeTopPosition(guild: WorldGuild, memberId: string): number {
  const held = findMember(guild, memberId)?.roles ?? [];
  return Math.max(0, ...guild.roles.filter(({ id }) => held.includes(id)).map(({ position }) => position));
}

/**
 * Whether the first stands above the second: by ownership, else by the highest role. Equal is not above, nor is anybody
 * above himself or above the owner.
 */
export function isAbove(guild: WorldGuild, memberId: string, targetId: string): boolean {
  if (guild.owner_id === targetId) return false;
  if (guild.owner_id === memberId) return true;
  // Who is not in the guild has no role there and can be banned by anyone who may ban.
  if (findMember(guild, targetId) === undefined) return findMember(guild, memberId) !== undefined;
  return computeTopPosition(guild, memberId) > computeTopPosition(guild, targetId);
}

/** Whether the role stands below the member's highest. All roles stand below the owner. */
export function isRoleBelow(guild: WorldGuild, memberId: string, role: WorldRole): boolean {
  return guild.owner_id === memberId || computeTopPosition(guild, memberId) > role.position;
}
