import { describe, expect, it } from 'vitest';
import type { PermissionName } from '../../../shared/catalogue/permission.ts';
import {
  ACTOR_ID,
  ACTOR_ROLE_ID,
  bitsOf,
  BOT_ROLE_ID,
  buildChannel,
  buildMember,
  buildRole,
  decide,
  FOREIGN_GUILD_ID,
  buildWorld,
  GUILD_ID,
  OTHER_GUILD_ID,
  OWNER_ID,
  TARGET_ID,
  TARGET_ROLE_ID,
  type AuthorityWorld,
} from '../../support/authority-facts.ts';
import { expectNeeds, listFailures } from '../../support/expect-needs.ts';

const KICKING: readonly PermissionName[] = ['KICK_MEMBERS'];
const BANNING: readonly PermissionName[] = ['BAN_MEMBERS'];
const ROLES: readonly PermissionName[] = ['MANAGE_ROLES'];

const of = (who: 'actor' | 'bot', targetId = TARGET_ID) => ({
  reason: 'target_not_below',
  who,
  target: targetId === TARGET_ID || targetId === OWNER_ID ? 'member' : 'role',
  targetId,
});

const raise = (roleId: string) => (world: AuthorityWorld) => {
  world.putMember(GUILD_ID, buildMember(TARGET_ID, roleId));
};

const addRole =
  (id: string, position: number, bits = 0n, isManaged = false) =>
  (world: AuthorityWorld) => {
    const guild = world.guilds.get(GUILD_ID);
    if (guild === undefined) throw new Error('no guild');
    world.guilds.set(GUILD_ID, { ...guild, roles: [...guild.roles, buildRole(id, position, bits, { isManaged })] });
  };

describe('below', () => {
  it('kicks and bans who stands below actor and bot', async () => {
    await expectNeeds('member.kick', { actor: KICKING, bot: KICKING });
    await expectNeeds('ban.create', { actor: BANNING, bot: BANNING });
  });

  it('names who does not stand above: equal is not below', async () => {
    const kick = (roleId: string) => listFailures('member.kick', KICKING, KICKING, { arrange: raise(roleId) });

    expect(await kick(ACTOR_ROLE_ID)).toEqual([of('actor')]);
    expect(await kick(BOT_ROLE_ID)).toEqual([of('actor'), of('bot')]);
    const owner = { call: { path: { user_id: OWNER_ID } } };
    expect(await listFailures('member.kick', KICKING, KICKING, owner)).toEqual([
      of('actor', OWNER_ID),
      of('bot', OWNER_ID),
    ]);
  });

  it('bans who is not in the guild, and kicks nobody who is not', async () => {
    const call = { call: { path: { user_id: '404' } } };

    expect(await listFailures('ban.create', BANNING, BANNING, call)).toEqual([]);
    expect(await listFailures('member.kick', KICKING, KICKING, call)).toEqual([
      { reason: 'bot_access_missing', what: 'member' },
    ]);
  });
});

describe('bulk_ban', () => {
  it('judges every one of the members', async () => {
    const needed = ['BAN_MEMBERS', 'MANAGE_GUILD'] as const;
    const ids = Array.from({ length: 25 }, (_, at) => `77${at}`);
    const ban = (...userIds: string[]) =>
      listFailures('bans.create_bulk', needed, needed, { call: { body: { user_ids: [...ids, ...userIds] } } });

    await expectNeeds('bans.create_bulk', { actor: needed, bot: needed, call: { body: { user_ids: [TARGET_ID] } } });
    expect(await ban(TARGET_ID)).toEqual([]);
    expect(await ban(TARGET_ID, OWNER_ID)).toEqual([of('actor', OWNER_ID), of('bot', OWNER_ID)]);
  });
});

describe('role', () => {
  const give = (roleId: string, arrange?: (world: AuthorityWorld) => void, actor = ROLES) =>
    listFailures('member_role.add', actor, ROLES, {
      call: { path: { role_id: roleId } },
      ...(arrange === undefined ? {} : { arrange }),
    });

  it('gives and takes roles below the own', async () => {
    await expectNeeds('member_role.add', { actor: ROLES, bot: ROLES });
    await expectNeeds('member_role.remove', { actor: ROLES, bot: ROLES });
    expect(await give(ACTOR_ROLE_ID)).toEqual([of('actor', ACTOR_ROLE_ID)]);
    expect(await give('31', addRole('31', 6))).toEqual([of('actor', '31'), of('bot', '31')]);
  });

  it('gives no role of an integration, not @everyone and none that is unknown', async () => {
    for (const id of ['31', GUILD_ID, '404']) {
      expect(await give(id, addRole('31', 1, 0n, true))).toEqual([{ reason: 'role_not_assignable', roleId: id }]);
    }
  });

  it('gives no permission that the user has not himself', async () => {
    const strong = addRole('31', 1, bitsOf('BAN_MEMBERS', 'MANAGE_ROLES') | (1n << 60n));

    expect(await give('31', strong)).toEqual([
      { reason: 'actor_permission_missing', missing: ['BAN_MEMBERS', 'other'], where: 'guild', placeId: GUILD_ID },
    ]);
    expect(await give('31', strong, ['ADMINISTRATOR'])).toEqual([]);
  });
});

describe('edit_member', () => {
  const FIELDS: readonly (readonly [object, PermissionName])[] = [
    [{ nick: 'x' }, 'MANAGE_NICKNAMES'],
    [{ roles: [] }, 'MANAGE_ROLES'],
    [{ mute: true }, 'MUTE_MEMBERS'],
    [{ deaf: false }, 'DEAFEN_MEMBERS'],
    [{ channel_id: null }, 'MOVE_MEMBERS'],
    [{ communication_disabled_until: null }, 'MODERATE_MEMBERS'],
  ];

  it('needs for each field its own permission', async () => {
    for (const [body, name] of FIELDS) {
      await expectNeeds('member.edit', { actor: [name], bot: [name], call: { body } });
    }
    const all = FIELDS.map(([, name]) => name);
    const body = Object.assign({}, ...FIELDS.map(([field]) => field)) as object;
    await expectNeeds('member.edit', { actor: all, bot: all, call: { body } });
  });

  it('needs for flags one of three', async () => {
    const call = { body: { flags: 4 } };
    const moderating = ['KICK_MEMBERS', 'BAN_MEMBERS', 'MODERATE_MEMBERS'] as const;

    for (const needed of [moderating, ROLES, ['MANAGE_GUILD'] as const]) {
      expect(await listFailures('member.edit', needed, needed, { call })).toEqual([]);
    }
    const lacking = await listFailures('member.edit', ['KICK_MEMBERS', 'MODERATE_MEMBERS'], [], { call });
    expect(lacking).toMatchObject([
      { reason: 'actor_permission_missing', missing: ['BAN_MEMBERS'] },
      { reason: 'bot_permission_missing', missing: ['MANAGE_ROLES'] },
    ]);
  });

  it('edits nobody who does not stand below, but lets the user name himself', async () => {
    const naming = ['MANAGE_NICKNAMES'] as const;
    const edit = (userId: string) =>
      listFailures('member.edit', naming, naming, { call: { path: { user_id: userId }, body: { nick: 'x' } } });

    expect(await edit(OWNER_ID)).toEqual([of('actor', OWNER_ID), of('bot', OWNER_ID)]);
    expect(await edit(ACTOR_ID)).toEqual([]);
  });

  it('judges the roles that come and those that go, and not those that stay', async () => {
    const edit = (roles: readonly string[], ...before: string[]) =>
      listFailures('member.edit', ROLES, ROLES, {
        call: { body: { roles } },
        arrange: (world) => {
          addRole('31', 1, bitsOf('BAN_MEMBERS'))(world);
          world.putMember(GUILD_ID, buildMember(TARGET_ID, ...before));
        },
      });
    const lack = { reason: 'actor_permission_missing', missing: ['BAN_MEMBERS'], where: 'guild', placeId: GUILD_ID };

    expect(await edit(['31'], '31')).toEqual([]);
    expect(await edit(['31', TARGET_ROLE_ID], '31')).toEqual([]);
    expect(await edit(['31'])).toEqual([lack]);
    expect(await edit([], '31')).toEqual([lack]);
    expect(await edit([GUILD_ID])).toEqual([{ reason: 'role_not_assignable', roleId: GUILD_ID }]);
  });

  it('moves only to a voice channel of the same guild, in which both may connect', async () => {
    const moving = ['VIEW_CHANNEL', 'CONNECT', 'MOVE_MEMBERS'] as const;
    const call = (id: string) => ({ body: { channel_id: id } });
    const arrange = (world: AuthorityWorld) => {
      world.putChannel(buildChannel({ id: '42', type: 2 }));
      world.putChannel(buildChannel({ id: '43', type: 2, guildId: OTHER_GUILD_ID }));
      world.putChannel(buildChannel({ id: '44', type: 2, guildId: FOREIGN_GUILD_ID }));
    };
    const move = (id: string) => listFailures('member.edit', moving, moving, { call: call(id), arrange });

    await expectNeeds('member.edit', { actor: moving, bot: moving, call: call('42'), arrange });
    expect(await move('43')).toMatchObject([{ reason: 'channel_unsuitable' }]);
    expect(await move('44')).toEqual([{ reason: 'guild_not_connected' }]);
    expect(await move('4001')).toMatchObject([{ reason: 'channel_unsuitable' }]);
  });
});

describe('add_member', () => {
  const INVITING = ['CREATE_INSTANT_INVITE'] as const;
  const add = async (body: object | undefined, bot: readonly PermissionName[], userId = ACTOR_ID) => {
    const world = buildWorld([], bot);
    world.members.delete(`${GUILD_ID} ${ACTOR_ID}`);
    return (await decide(world, 'member.add', { path: { user_id: userId }, body })).failures;
  };

  it('adds only the connected user, who need not be a member, by the bot’s invitation', async () => {
    expect(await add(undefined, INVITING)).toEqual([]);
    expect(await add(undefined, [])).toMatchObject([{ reason: 'bot_permission_missing', missing: INVITING }]);
    expect(await add(undefined, INVITING, TARGET_ID)).toEqual([{ reason: 'only_own_member' }]);
  });

  it('gives him nothing along with it that he could not give himself', async () => {
    const failures = await add({ nick: 'x' }, [...INVITING, 'MANAGE_NICKNAMES']);

    expect(failures).toMatchObject([{ reason: 'actor_permission_missing', missing: ['MANAGE_NICKNAMES'] }]);
    const member = ['MANAGE_NICKNAMES'] as const;
    await expectNeeds('member.add', {
      actor: member,
      bot: [...INVITING, ...member],
      call: { path: { user_id: ACTOR_ID }, body: { nick: 'x' } },
    });
  });
});

describe('leave_guild', () => {
  it('needs MANAGE_GUILD of the user and nothing of the bot', async () => {
    await expectNeeds('user_guild.leave', { actor: ['MANAGE_GUILD'], bot: [] });
  });
});
