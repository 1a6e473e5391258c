import { describe, expect, it } from 'vitest';
import {
  computePermissions,
  findClosingPermission,
  type ChannelSite,
  type PermissionInput,
} from '../../../shared/authority/compute-permissions.ts';
import type { GuildFacts, MemberFacts, OverwriteFacts } from '../../../shared/authority/facts.ts';
import { ALL_PERMISSIONS } from '../../../shared/catalogue/permission.ts';
import { bitsOf, buildChannel, buildMember, buildRole, GUILD_ID, NOW_EPOCH_MS } from '../../support/authority-facts.ts';

const MEMBER = buildMember('7', '71', '72');
const EVERYONE = bitsOf('VIEW_CHANNEL', 'SEND_MESSAGES', 'READ_MESSAGE_HISTORY', 'CONNECT');

function guildOf(everyone: bigint, first = 0n, second = 0n): GuildFacts {
  const roles = [buildRole(GUILD_ID, 0, everyone), buildRole('71', 1, first), buildRole('72', 2, second)];
  return { id: GUILD_ID, ownerId: '1', roles: [...roles, buildRole('73', 3, ALL_PERMISSIONS)] };
}

function role(id: string, allow: bigint, deny: bigint): OverwriteFacts {
  return { id, kind: 'role', allow, deny };
}

function compute(guild: GuildFacts, site?: ChannelSite, change: Partial<PermissionInput> = {}): bigint {
  const where = site === undefined ? {} : { site };
  return computePermissions({
    guild,
    member: MEMBER,
    isThreadMember: false,
    nowEpochMs: NOW_EPOCH_MS,
    ...where,
    ...change,
  });
}

function siteOf(type: number, ...overwrites: OverwriteFacts[]): ChannelSite {
  return { channel: buildChannel({ type, overwrites }) };
}

function threadOf(type: number, ...overwrites: OverwriteFacts[]): ChannelSite {
  return { channel: buildChannel({ id: '9', type, parentId: '4001' }), parent: buildChannel({ overwrites }) };
}

describe('computePermissions', () => {
  it('sums @everyone and the own roles, and no others', () => {
    const guild = guildOf(bitsOf('VIEW_CHANNEL'), bitsOf('KICK_MEMBERS'), bitsOf('BAN_MEMBERS'));

    expect(compute(guild)).toBe(bitsOf('VIEW_CHANNEL', 'KICK_MEMBERS', 'BAN_MEMBERS'));
  });

  it('gives owner and administrator everything, whatever overwrites deny', () => {
    const site = siteOf(2, role(GUILD_ID, 0n, ALL_PERMISSIONS), { ...role('7', 0n, ALL_PERMISSIONS), kind: 'member' });

    expect(compute({ ...guildOf(0n), ownerId: '7' }, site)).toBe(ALL_PERMISSIONS);
    expect(compute(guildOf(0n, bitsOf('ADMINISTRATOR')), site)).toBe(ALL_PERMISSIONS);
    expect(compute(guildOf(EVERYONE), site)).toBe(0n);
  });

  it('lets overwrites of roles beat that of @everyone, and the own beat both', () => {
    const bit = bitsOf('ADD_REACTIONS');
    const own = (allow: bigint, deny: bigint): OverwriteFacts => ({ id: '7', kind: 'member', allow, deny });
    const has = (...overwrites: OverwriteFacts[]) =>
      (compute(guildOf(EVERYONE), siteOf(0, ...overwrites)) & bit) !== 0n;

    expect(has(role(GUILD_ID, bit, 0n))).toBe(true);
    expect(has(role('71', 0n, bit), role(GUILD_ID, bit, 0n))).toBe(false);
    expect(has(role('71', bit, 0n), role(GUILD_ID, 0n, bit))).toBe(true);
    expect(has(own(0n, bit), role('71', bit, 0n))).toBe(false);
    expect(has(own(bit, 0n), role('71', 0n, bit))).toBe(true);
  });

  it('lets what one role allows beat what another denies, in either order', () => {
    const bit = bitsOf('ADD_REACTIONS');
    const overwrites = [role('71', bit, 0n), role('72', 0n, bit)];

    expect(compute(guildOf(EVERYONE), siteOf(0, ...overwrites)) & bit).toBe(bit);
    expect(compute(guildOf(EVERYONE), siteOf(0, ...overwrites.toReversed())) & bit).toBe(bit);
  });

  it('does not look at overwrites of other roles and members, nor at ids of the other kind', () => {
    const overwrites = [role('73', 0n, EVERYONE), role('7', 0n, EVERYONE)];
    const foreign = [
      { ...role('8', 0n, EVERYONE), kind: 'member' as const },
      { ...role('71', 0n, EVERYONE), kind: 'member' as const },
    ];

    expect(compute(guildOf(EVERYONE), siteOf(0, ...overwrites, ...foreign))).toBe(EVERYONE);
  });

  it('leaves nothing in a channel without VIEW_CHANNEL, nor in voice and stage without CONNECT', () => {
    const noView = role(GUILD_ID, 0n, bitsOf('VIEW_CHANNEL'));
    const noConnect = role(GUILD_ID, 0n, bitsOf('CONNECT'));

    expect(compute(guildOf(EVERYONE), siteOf(0, noView))).toBe(0n);
    expect([2, 13].map((type) => compute(guildOf(EVERYONE), siteOf(type, noConnect)))).toEqual([0n, 0n]);
    expect(compute(guildOf(EVERYONE), siteOf(0, noConnect))).toBe(EVERYONE & ~bitsOf('CONNECT'));
  });

  it('takes what only sending gives a sense from who may not send', () => {
    const silent = bitsOf('VIEW_CHANNEL', 'ADD_REACTIONS');
    const loud = bitsOf('MENTION_EVERYONE', 'SEND_TTS_MESSAGES', 'ATTACH_FILES', 'EMBED_LINKS');

    expect(compute(guildOf(silent | loud), siteOf(0))).toBe(silent);
    expect(compute(guildOf(silent | loud | bitsOf('SEND_MESSAGES')), siteOf(0))).toBe(
      silent | loud | bitsOf('SEND_MESSAGES'),
    );
  });

  it('asks in threads for SEND_MESSAGES_IN_THREADS, and takes the overwrites of the parent', () => {
    const bits = bitsOf('VIEW_CHANNEL', 'ATTACH_FILES', 'SEND_MESSAGES', 'SEND_MESSAGES_IN_THREADS');

    expect(compute(guildOf(bits), threadOf(11, role(GUILD_ID, 0n, bitsOf('SEND_MESSAGES'))))).toBe(
      bits & ~bitsOf('SEND_MESSAGES'),
    );
    expect(compute(guildOf(bits), threadOf(11, role(GUILD_ID, 0n, bitsOf('SEND_MESSAGES_IN_THREADS'))))).toBe(
      bitsOf('VIEW_CHANNEL', 'SEND_MESSAGES'),
    );
  });

  it('shuts a thread whose parent is not known', () => {
    const { channel } = threadOf(11);

    expect(compute(guildOf(EVERYONE), { channel })).toBe(0n);
  });

  it('opens a private thread to its members and to who manages threads', () => {
    const manager = EVERYONE | bitsOf('MANAGE_THREADS');

    expect(compute(guildOf(EVERYONE), threadOf(12))).toBe(0n);
    expect(compute(guildOf(EVERYONE), threadOf(12), { isThreadMember: true })).toBe(EVERYONE);
    expect(compute(guildOf(manager), threadOf(12))).toBe(manager);
  });

  it('leaves seeing and reading to who is timed out, until the time-out is over', () => {
    const until = (timedOutUntilEpochMs: number): MemberFacts => ({ ...MEMBER, timedOutUntilEpochMs });
    const out = until(NOW_EPOCH_MS + 1);

    expect(compute(guildOf(EVERYONE), siteOf(0), { member: out })).toBe(bitsOf('VIEW_CHANNEL', 'READ_MESSAGE_HISTORY'));
    expect(compute(guildOf(EVERYONE), siteOf(0), { member: until(NOW_EPOCH_MS) })).toBe(EVERYONE);
    expect(compute(guildOf(bitsOf('ADMINISTRATOR')), siteOf(0), { member: out })).toBe(ALL_PERMISSIONS);
    expect(compute({ ...guildOf(0n), ownerId: '7' }, siteOf(0), { member: out })).toBe(ALL_PERMISSIONS);
  });

  it('gives nothing to who has not passed the screening, the owner apart', () => {
    const member = { ...MEMBER, isPending: true };

    expect(compute(guildOf(bitsOf('ADMINISTRATOR')), undefined, { member })).toBe(0n);
    expect(compute({ ...guildOf(0n), ownerId: '7' }, undefined, { member })).toBe(ALL_PERMISSIONS);
  });
});

describe('findClosingPermission', () => {
  const find = (guild: GuildFacts, site: ChannelSite) =>
    findClosingPermission({ guild, site, member: MEMBER, isThreadMember: false, nowEpochMs: NOW_EPOCH_MS });

  it('names what shuts a channel', () => {
    expect(find(guildOf(0n), siteOf(0))).toBe('VIEW_CHANNEL');
    expect(find(guildOf(bitsOf('VIEW_CHANNEL')), siteOf(2))).toBe('CONNECT');
    expect(find(guildOf(EVERYONE), threadOf(12))).toBe('MANAGE_THREADS');
  });
});
