import type { ApiCall } from '../api/route.ts';
import type { WorldRole } from '../world/world.ts';
import type { FoundGuild } from './access.ts';
import { requireBot } from './access.ts';
import { has } from './evaluate.ts';
import { isRoleBelow } from './hierarchy.ts';

/** Whether the bot, which may manage roles, may take this one from somebody: it stands below and belongs to no integration. */
export function canTake(call: ApiCall, { guild }: FoundGuild, role: WorldRole): boolean {
  return !role.managed && isRoleBelow(guild, requireBot(call).clientId, role);
}

/** Whether it may give it: besides, the role has no permission that the bot lacks. Discord docs: topics/permissions */
export function canGive(call: ApiCall, found: FoundGuild, role: WorldRole): boolean {
  return canTake(call, found, role) && has(found.permissions, role.permissions);
}

/** Whether the bot may exchange the first set of roles for the second. */
export function canExchange(
  call: ApiCall,
  found: FoundGuild,
  before: readonly string[],
  after: readonly string[],
): boolean {
  const { roles } = found.guild;
  const given = roles.filter(({ id }) => after.includes(id) && !before.includes(id));
  const taken = roles.filter(({ id }) => before.includes(id) && !after.includes(id));
  return given.every((role) => canGive(call, found, role)) && taken.every((role) => canTake(call, found, role));
}
