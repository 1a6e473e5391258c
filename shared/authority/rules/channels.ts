import { ALL_PERMISSIONS, type PermissionName } from '../../catalogue/permission.ts';
import type { AuthorityFailure } from '../../problems/failure.ts';
import { hasPermission, isThread } from '../compute-permissions.ts';
import type { OverwriteFacts } from '../facts.ts';
import { listNames, readList, readMember, readNumber, readText } from '../../domain/json-fields.ts';
import { demandInOtherChannel, demandOfBoth, requireSite, type GuildCall, type Rule } from '../rule.ts';
import { buildLack, loadHeld, namePermissions } from '../side.ts';

const MEMBER_OVERWRITE = 1;

function findManagePermission(call: GuildCall): PermissionName {
  return isThread(requireSite(call).channel) ? 'MANAGE_THREADS' : 'MANAGE_CHANNELS';
}

export const deleteChannel: Rule = { inGuild: (call) => demandOfBoth(call, [findManagePermission(call)]) };

export const editChannel: Rule = {
  inGuild: async (call) => {
    const { body } = call.call;
    const names = listNames(body);
    const parentId = readText(body, 'parent_id');
    const isOverwriting = names.includes('permission_overwrites');
    return [
      ...(await demandOfBoth(call, [
        findManagePermission(call),
        ...(isOverwriting ? (['MANAGE_ROLES'] as const) : []),
      ])),
      ...(isOverwriting ? await demandOfOverwrites(call) : []),
      ...(parentId === undefined ? [] : await demandInOtherChannel(call, parentId, ['MANAGE_CHANNELS'])),
    ];
  },
};

/** Nobody gives or takes by overwrites what he has not himself there. Taking an old overwrite away counts, too. */
async function demandOfOverwrites(call: GuildCall): Promise<AuthorityFailure[]> {
  const { channel } = requireSite(call);
  const changed = computeChanged(channel.overwrites, parseOverwrites(call.call.body));
  const failures: AuthorityFailure[] = [];
  for (const side of [call.actor, call.bot]) {
    const held = await loadHeld(call.facts, call, side, call.nowEpochMs);
    // What is shut has been said already.
    if (!hasPermission(held, 'VIEW_CHANNEL')) continue;
    const beyond = changed & ~held;
    if (beyond !== 0n) failures.push(buildLack(side.who, namePermissions(beyond), call));
  }
  return failures;
}

/** Every bit that differs for anybody. */
function computeChanged(before: readonly OverwriteFacts[], after: readonly OverwriteFacts[]): bigint {
  const nameOf = ({ kind, id }: OverwriteFacts) => `${kind} ${id}`;
  const old = new Map(before.map((overwrite) => [nameOf(overwrite), overwrite]));
  let changed = 0n;
  for (const overwrite of after) {
    const earlier = old.get(nameOf(overwrite));
    changed |= (overwrite.allow ^ (earlier?.allow ?? 0n)) | (overwrite.deny ^ (earlier?.deny ?? 0n));
    old.delete(nameOf(overwrite));
  }
  for (const { allow, deny } of old.values()) changed |= allow | deny;
  return changed;
}

function parseOverwrites(body: unknown): OverwriteFacts[] {
  return readList(body, 'permission_overwrites').map((item) => ({
    id: readText(item, 'id') ?? '',
    kind: readNumber(item, 'type') === MEMBER_OVERWRITE ? 'member' : 'role',
    allow: parseBits(readMember(item, 'allow')),
    deny: parseBits(readMember(item, 'deny')),
  }));
}

/** A permission set comes as decimal text; absent or null is none. What cannot be read could be anything. */
function parseBits(value: unknown): bigint {
  if (value === undefined || value === null) return 0n;
  return typeof value === 'string' && /^[0-9]{1,20}$/.test(value) ? BigInt(value) : ALL_PERMISSIONS;
}
