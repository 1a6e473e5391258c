import type { PermissionName } from '../../../shared/catalogue/permission.ts';
import { demandOfBoth, type ActionCase, type ActionCases } from '../action-case.ts';

/** One field of a member's edit. */
function edit(field: string, value: unknown, permission: PermissionName): ActionCase {
  return demandOfBoth([permission], field, () => ({ body: { [field]: value } }));
}

export const GUILD_CASES: ActionCases = {
  'guild.read': [{}],
  'guild_roles.list': [{}],
  'guild_channels.list': [{ held: ['VIEW_CHANNEL'] }],
  'guild_threads.list_active': [{ held: ['VIEW_CHANNEL'] }],
  'guild_messages.search': [
    { ...demandOfBoth(['READ_MESSAGE_HISTORY'], 'everywhere'), held: ['VIEW_CHANNEL'] },
    demandOfBoth(['VIEW_CHANNEL', 'READ_MESSAGE_HISTORY'], 'in a channel', ({ general }) => ({
      query: { content: 'cards', channel_id: general },
    })),
  ],
  'user_guild.leave': [{ actor: ['MANAGE_GUILD'] }],
  'members.list': [{}],
  'members.search': [{}],
  'member.read': [{}],
  'member.add': [
    {
      name: 'who is not there yet',
      bot: ['CREATE_INSTANT_INVITE'],
      isByStranger: true,
      call: ({ stranger }) => ({ path: { user_id: stranger }, body: null }),
    },
    {
      name: 'who is there, with a nickname',
      actor: ['MANAGE_NICKNAMES'],
      bot: ['CREATE_INSTANT_INVITE', 'MANAGE_NICKNAMES'],
      call: ({ actor }) => ({ path: { user_id: actor } }),
    },
  ],
  'member.edit': [
    edit('nick', 'Linus', 'MANAGE_NICKNAMES'),
    demandOfBoth(['MANAGE_ROLES'], 'roles', ({ freeRole }) => ({ body: { roles: [freeRole] } })),
    edit('mute', true, 'MUTE_MEMBERS'),
    edit('deaf', true, 'DEAFEN_MEMBERS'),
    demandOfBoth(['MOVE_MEMBERS', 'VIEW_CHANNEL', 'CONNECT'], 'channel_id', ({ voice }) => ({
      body: { channel_id: voice },
    })),
    edit('communication_disabled_until', '2026-12-01T12:00:00Z', 'MODERATE_MEMBERS'),
    edit('flags', 4, 'MANAGE_ROLES'),
    demandOfBoth(['KICK_MEMBERS', 'BAN_MEMBERS', 'MODERATE_MEMBERS'], 'flags, as a moderator', () => ({
      body: { flags: 4 },
    })),
  ],
  'member.kick': [{}],
  'member_role.add': [{ call: ({ freeRole }) => ({ path: { role_id: freeRole } }) }],
  'member_role.remove': [{ call: ({ heldRole }) => ({ path: { role_id: heldRole } }) }],
  'bans.list': [{}],
  'ban.read': [{ call: ({ banned }) => ({ path: { user_id: banned } }) }],
  'ban.create': [{}],
  'ban.remove': [{ call: ({ banned }) => ({ path: { user_id: banned } }) }],
  'bans.create_bulk': [{}],
};
