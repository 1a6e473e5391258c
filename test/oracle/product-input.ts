import type { PermissionInput } from '../../shared/authority/compute-permissions.ts';
import type { OverwriteFacts } from '../../shared/authority/facts.ts';
import { buildChannel, buildRole, GUILD_ID, NOW_EPOCH_MS } from '../support/authority-facts.ts';
import type { RandomGuild, RandomOverwrite } from './random-guild.ts';

export const MEMBER_ID = '2001';
export const OTHER_ID = '2002';
const OWNER_ID = '2000';

export const ROLE_IDS = ['3000', '3001', '3002'] as const;
export const PLACE_ID = '4009';
export const PARENT_ID = '4001';

/** Whom an overwrite is of, as Discord says it: an id and whether it is a member's. */
export function findOverwriteTarget({ of }: RandomOverwrite): { readonly id: string; readonly isMember: boolean } {
  switch (of) {
    case 'everyone':
      return { id: GUILD_ID, isMember: false };
    case 'member':
      return { id: MEMBER_ID, isMember: true };
    case 'other member':
      return { id: OTHER_ID, isMember: true };
    case 'role 0':
    case 'role 1':
    case 'role 2':
      return { id: ROLE_IDS[Number(of.slice(-1))] ?? '', isMember: false };
  }
}

/** What the product computes from. */
export function buildProductInput(random: RandomGuild): PermissionInput {
  const { channelType, timeOutMs } = random;
  const overwrites = random.overwrites.map((overwrite): OverwriteFacts => {
    const { id, isMember } = findOverwriteTarget(overwrite);
    return { id, kind: isMember ? 'member' : 'role', allow: overwrite.allow, deny: overwrite.deny };
  });
  const isThread = channelType !== undefined && channelType >= 10 && channelType <= 12;
  const site = isThread
    ? {
        channel: buildChannel({ id: PLACE_ID, type: channelType, parentId: PARENT_ID }),
        parent: buildChannel({ id: PARENT_ID, overwrites }),
      }
    : { channel: buildChannel({ id: PLACE_ID, type: channelType ?? 0, overwrites }) };
  return {
    guild: {
      id: GUILD_ID,
      ownerId: random.isOwner ? MEMBER_ID : OWNER_ID,
      roles: [
        buildRole(GUILD_ID, 0, random.everyone),
        ...random.roles.map((bits, at) => buildRole(ROLE_IDS[at] ?? '', at + 1, bits)),
      ],
    },
    member: {
      userId: MEMBER_ID,
      roleIds: random.ownRoles.map((at) => ROLE_IDS[at] ?? ''),
      isPending: random.isPending,
      ...(timeOutMs === undefined ? {} : { timedOutUntilEpochMs: NOW_EPOCH_MS + timeOutMs }),
    },
    ...(channelType === undefined ? {} : { site }),
    isThreadMember: random.isThreadMember,
    nowEpochMs: NOW_EPOCH_MS,
  };
}
