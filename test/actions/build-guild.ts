import type { SimulatorControl } from '../../infra/local/discord/control/operations.ts';
import { SEED_USERS } from '../../infra/local/discord/world/seed-users.ts';

type GuildRecord = Parameters<SimulatorControl['putGuild']>[0]['guild'];
type Channel = GuildRecord['channels'][number];

const { ada, grace, linus, noor, mina, solo } = SEED_USERS;

/** The role of the actor and of his equals. */
export const ACTOR_ROLE = '197038439483310105';

/** What is in the guild from the beginning. */
export const PLACES = {
  guild: '197038439483310086',
  heldRole: '197038439483310101',
  freeRole: '197038439483310102',
  category: '197038439483310200',
  general: '197038439483310201',
  announcements: '197038439483310202',
  staff: '197038439483310203',
  forum: '197038439483310204',
  voice: '197038439483310205',
  thread: '197038439483310301',
  actor: grace.id,
  linus: linus.id,
  noor: noor.id,
  banned: mina.id,
  stranger: solo.id,
} as const;

const BEGINNING = '2026-11-24T11:00:00.000000+00:00';

function role(id: string, name: string, position: number): GuildRecord['roles'][number] {
  return { id, name, color: 0, position, permissions: '0', managed: false, hoist: false, mentionable: false };
}

function channel(id: string, type: number, name: string, parentId: string | null = PLACES.category): Channel {
  return { id, type, name, position: 1, parent_id: parentId, topic: null, permission_overwrites: [] };
}

function member(userId: string, roles: readonly string[]): GuildRecord['members'][number] {
  return {
    user_id: userId,
    nick: null,
    roles,
    joined_at: BEGINNING,
    pending: false,
    communication_disabled_until: null,
  };
}

const thread: Channel = {
  ...channel(PLACES.thread, 11, 'punching', PLACES.general),
  owner_id: linus.id,
  thread_metadata: {
    archived: false,
    auto_archive_duration: 10_080,
    archive_timestamp: BEGINNING,
    locked: false,
    invitable: true,
    create_timestamp: BEGINNING,
  },
  thread_members: [{ user_id: linus.id, join_timestamp: BEGINNING }],
};

/** Ada owns it; Grace and Noor have the one role that can do anything; nobody else has any permission. */
export function buildGuild(): GuildRecord {
  return {
    id: PLACES.guild,
    name: 'Analytical Engine',
    icon: null,
    banner: null,
    description: null,
    owner_id: ada.id,
    features: ['COMMUNITY', 'NEWS'],
    mfa_level: 0,
    approximate_presence_count: 3,
    roles: [
      role(PLACES.guild, '@everyone', 0),
      role(PLACES.heldRole, 'Puncher', 1),
      role(PLACES.freeRole, 'Reader', 2),
      role(ACTOR_ROLE, 'Actor', 5),
    ],
    channels: [
      channel(PLACES.category, 4, 'Text', null),
      channel(PLACES.general, 0, 'general'),
      channel(PLACES.announcements, 5, 'announcements'),
      channel(PLACES.staff, 0, 'staff'),
      channel(PLACES.forum, 15, 'questions'),
      channel(PLACES.voice, 2, 'voice', null),
      thread,
    ],
    members: [
      member(ada.id, []),
      member(grace.id, [ACTOR_ROLE]),
      member(noor.id, [ACTOR_ROLE]),
      { ...member(linus.id, [PLACES.heldRole]), voice_channel_id: PLACES.voice },
    ],
    bans: [{ user_id: mina.id, reason: 'spam' }],
  };
}
