import { PERMISSION } from '../permissions.ts';
import { SEED_USERS } from './seed-users.ts';
import type { WorldChannel, WorldGuild, WorldMember, WorldOverwrite, WorldRole } from './world.ts';

const MEMBER_PERMISSIONS =
  PERMISSION.CREATE_INSTANT_INVITE |
  PERMISSION.ADD_REACTIONS |
  PERMISSION.VIEW_CHANNEL |
  PERMISSION.SEND_MESSAGES |
  PERMISSION.EMBED_LINKS |
  PERMISSION.ATTACH_FILES |
  PERMISSION.READ_MESSAGE_HISTORY |
  PERMISSION.CONNECT |
  PERMISSION.CHANGE_NICKNAME |
  PERMISSION.CREATE_PUBLIC_THREADS |
  PERMISSION.SEND_MESSAGES_IN_THREADS;

const MODERATOR_PERMISSIONS =
  PERMISSION.MANAGE_MESSAGES |
  PERMISSION.MANAGE_WEBHOOKS |
  PERMISSION.MANAGE_THREADS |
  PERMISSION.MODERATE_MEMBERS |
  PERMISSION.PIN_MESSAGES;

function role(id: string, name: string, position: number, permissions: bigint, color = 0): WorldRole {
  return { id, name, color, position, permissions, managed: false, hoist: position > 0, mentionable: false };
}

function channel(
  id: string,
  type: number,
  name: string,
  position: number,
  parentId: string | null = null,
  overwrites: readonly WorldOverwrite[] = [],
): WorldChannel {
  return { id, type, name, position, parent_id: parentId, topic: null, permission_overwrites: overwrites };
}

function member(user: { id: string }, roles: readonly string[], nick: string | null = null): WorldMember {
  const joinedAt = '2022-03-14T15:09:26.535000+00:00';
  return { user_id: user.id, nick, roles, joined_at: joinedAt, pending: false, communication_disabled_until: null };
}

const { ada, grace, linus, mina, noor } = SEED_USERS;

/** Ada owns it, Grace moderates it, Linus and Noor are ordinary members. Has every kind of channel and a staff-only one. */
const analyticalEngine: WorldGuild = {
  id: '197038439483310086',
  name: 'Analytical Engine',
  icon: 'f64c482b807da4f539cff778d174971c',
  banner: null,
  description: 'Where cards are punched.',
  owner_id: ada.id,
  features: ['COMMUNITY', 'NEWS'],
  mfa_level: 0,
  approximate_presence_count: 3,
  roles: [
    role('197038439483310086', '@everyone', 0, MEMBER_PERMISSIONS),
    role('197038439483310101', 'Moderator', 1, MODERATOR_PERMISSIONS, 3_447_003),
    role('197038439483310102', 'Admin', 2, PERMISSION.ADMINISTRATOR, 15_158_332),
  ],
  channels: [
    channel('197038439483310200', 4, 'Text', 0),
    channel('197038439483310201', 0, 'general', 1, '197038439483310200'),
    channel('197038439483310202', 5, 'announcements', 2, '197038439483310200', [
      { id: '197038439483310086', type: 0, allow: 0n, deny: PERMISSION.SEND_MESSAGES },
    ]),
    channel('197038439483310203', 0, 'staff-only', 3, '197038439483310200', [
      { id: '197038439483310086', type: 0, allow: 0n, deny: PERMISSION.VIEW_CHANNEL },
      { id: '197038439483310102', type: 0, allow: PERMISSION.VIEW_CHANNEL, deny: 0n },
    ]),
    channel('197038439483310204', 15, 'questions', 4, '197038439483310200'),
    channel('197038439483310205', 2, 'Voice', 5),
  ],
  members: [
    member(ada, ['197038439483310102']),
    member(grace, ['197038439483310101'], 'Amazing Grace'),
    member(linus, []),
    member(noor, []),
  ],
};

/** Grace owns it, Ada may manage it without being its owner, Mina is timed out; demands two-factor of moderators. */
const compilers: WorldGuild = {
  id: '613425648685547541',
  name: 'Compilers & <b>Debuggers</b>',
  icon: null,
  banner: null,
  description: null,
  owner_id: grace.id,
  features: [],
  mfa_level: 1,
  approximate_presence_count: 1,
  roles: [
    role('613425648685547541', '@everyone', 0, MEMBER_PERMISSIONS),
    role('613425648685547600', 'Keeper', 1, PERMISSION.MANAGE_GUILD | PERMISSION.MANAGE_ROLES),
  ],
  channels: [
    channel('613425648685547700', 0, 'general', 0),
    // Ada's own overwrite: webhooks here, although her role does not give them.
    channel('613425648685547701', 0, 'builds', 1, null, [
      { id: ada.id, type: 1, allow: PERMISSION.MANAGE_WEBHOOKS, deny: 0n },
    ]),
  ],
  members: [
    member(grace, []),
    member(ada, ['613425648685547600'], 'Lady A'),
    { ...member(mina, []), communication_disabled_until: '2099-01-01T00:00:00.000000+00:00' },
  ],
};

/** Noor owns it and is alone with Linus; its name has right-to-left text and an emoji. */
const stars: WorldGuild = {
  id: '1302650648685547521',
  name: 'نجوم ✨ Stars',
  icon: null,
  banner: null,
  description: null,
  owner_id: noor.id,
  features: [],
  mfa_level: 0,
  approximate_presence_count: 2,
  roles: [role('1302650648685547521', '@everyone', 0, MEMBER_PERMISSIONS)],
  channels: [channel('1302650648685547600', 0, 'sky', 0), channel('1302650648685547601', 16, 'photos', 1)],
  members: [member(noor, []), member(linus, [], 'Лінус')],
};

/** The guilds of the simulator, by a short name for tests and documents. */
export const SEED_GUILDS = { analyticalEngine, compilers, stars } as const;
