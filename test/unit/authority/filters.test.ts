import { describe, expect, it } from 'vitest';
import { isChannelVisible, isHeldInChannel, loadViewer, type Viewer } from '../../../shared/authority/filters.ts';
import {
  ACTOR_ID,
  bitsOf,
  BOT_ID,
  buildChannel,
  buildWorld,
  CHANNEL_ID,
  GUILD_ID,
  NOW_EPOCH_MS,
  OTHER_GUILD_ID,
  type AuthorityWorld,
} from '../../support/authority-facts.ts';

const HIDDEN = { id: ACTOR_ID, kind: 'member' as const, allow: 0n, deny: bitsOf('VIEW_CHANNEL') };

async function view(world: AuthorityWorld): Promise<Viewer> {
  const viewer = await loadViewer(world.facts, { actorId: ACTOR_ID, botId: BOT_ID }, GUILD_ID, NOW_EPOCH_MS);
  if (viewer === undefined) throw new Error('no viewer');
  return viewer;
}

describe('loadViewer', () => {
  it('is nobody who is not in the guild', async () => {
    const world = buildWorld([], []);
    world.members.delete(`${GUILD_ID} ${ACTOR_ID}`);

    expect(await loadViewer(world.facts, { actorId: ACTOR_ID, botId: BOT_ID }, GUILD_ID, 0)).toBeUndefined();
  });
});

describe('isChannelVisible', () => {
  it('shows what the user may see, by what the answer tells, without asking for each channel', async () => {
    const world = buildWorld(['VIEW_CHANNEL'], []);
    const viewer = await view(world);
    world.asked.length = 0;

    expect(await isChannelVisible(viewer, buildChannel())).toBe(true);
    expect(await isChannelVisible(viewer, buildChannel({ overwrites: [HIDDEN] }))).toBe(false);
    expect(await isChannelVisible(viewer, buildChannel({ guildId: OTHER_GUILD_ID }))).toBe(false);
    expect(world.asked).toEqual([]);
  });

  it('shows threads of channels that he may see, private ones to their members', async () => {
    const world = buildWorld(['VIEW_CHANNEL'], []);
    const viewer = await view(world);
    const thread = buildChannel({ id: '42', type: 11, parentId: CHANNEL_ID });
    const secret = { ...thread, type: 12 };

    expect(await isChannelVisible(viewer, thread)).toBe(true);
    expect(await isChannelVisible(viewer, { ...thread, parentId: '404' })).toBe(false);
    expect(await isChannelVisible(viewer, secret)).toBe(false);
    world.threadMembers.add(`42 ${ACTOR_ID}`);
    expect(await isChannelVisible(viewer, secret)).toBe(true);
    world.putChannel(buildChannel({ overwrites: [HIDDEN] }));
    expect(await isChannelVisible(viewer, thread)).toBe(false);
  });
});

describe('isHeldInChannel', () => {
  it('asks for the permissions where the item stands', async () => {
    const world = buildWorld(['VIEW_CHANNEL', 'READ_MESSAGE_HISTORY'], []);
    world.putChannel(buildChannel({ id: '43', guildId: OTHER_GUILD_ID }));
    world.putChannel(buildChannel({ id: '44', overwrites: [HIDDEN] }));
    const viewer = await view(world);

    expect(await isHeldInChannel(viewer, CHANNEL_ID, ['READ_MESSAGE_HISTORY'])).toBe(true);
    expect(await isHeldInChannel(viewer, CHANNEL_ID, ['MANAGE_WEBHOOKS'])).toBe(false);
    for (const id of ['43', '44', '404']) expect(await isHeldInChannel(viewer, id, [])).toBe(false);
  });
});
