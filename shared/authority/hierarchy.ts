import type { GuildFacts, MemberFacts, RoleFacts } from './facts.ts';

/**
 * Position of a member's highest role; 0 is @everyone. The owner stands above all roles.
 * @see Discord docs: topics/permissions (Permission Hierarchy)
 */
export function computeRank(guild: GuildFacts, member: MemberFacts): number {
  if (guild.ownerId === member.userId) return Number.POSITIVE_INFINITY;
  const positions = guild.roles.filter(({ id }) => member.roleIds.includes(id)).map(({ position }) => position);
  return Math.max(0, ...positions);
}

/** Of roles in one place it is not known which is the higher: equal is not below. */
export function isMemberBelow(guild: GuildFacts, above: MemberFacts, target: MemberFacts): boolean {
  return computeRank(guild, target) < computeRank(guild, above);
}

export function isRoleBelow(guild: GuildFacts, above: MemberFacts, role: RoleFacts): boolean {
  return role.position < computeRank(guild, above);
}
