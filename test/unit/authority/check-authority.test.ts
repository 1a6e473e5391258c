import { describe, expect, it } from 'vitest';
import {
  ACTOR_ID,
  ACTOR_ROLE_ID,
  BOT_ID,
  BOT_ROLE_ID,
  buildChannel,
  buildDirectChannel,
  buildMember,
  buildWorld,
  CHANNEL_ID,
  decide,
  FOREIGN_GUILD_ID,
  GUILD_ID,
  NOW_EPOCH_MS,
  OTHER_GUILD_ID,
  WEBHOOK_ID,
} from '../../support/authority-facts.ts';

const READING = ['VIEW_CHANNEL', 'READ_MESSAGE_HISTORY'] as const;
const NOT_CONNECTED = [{ reason: 'guild_not_connected' }];

describe('checkAuthority', () => {
  it('tells where an allowed call goes', async () => {
    expect(await decide(buildWorld(READING, READING), 'messages.list')).toEqual({
      failures: [],
      place: { guildId: GUILD_ID, channelId: CHANNEL_ID },
    });
    expect(await decide(buildWorld([], []), 'guild.read')).toEqual({ failures: [], place: { guildId: GUILD_ID } });
  });

  it('tells nothing of a guild that is not the tenant’s, and asks Discord nothing about it', async () => {
    const world = buildWorld([], []);

    const { failures } = await decide(world, 'guild.read', { path: { guild_id: FOREIGN_GUILD_ID } });

    expect(failures).toEqual(NOT_CONNECTED);
    expect(world.asked).toEqual([`tenant ${FOREIGN_GUILD_ID}`]);
  });

  it('answers alike for channels, threads and webhooks of foreign guilds and for unknown ones', async () => {
    const world = buildWorld(READING, READING);
    world.putChannel(buildChannel({ id: '41', guildId: FOREIGN_GUILD_ID }));
    world.putChannel(buildChannel({ id: '42', guildId: FOREIGN_GUILD_ID, type: 11, parentId: '41' }));
    world.webhooks.set('61', { id: '61', channelId: '41', guildId: FOREIGN_GUILD_ID });

    for (const id of ['41', '42', '404']) {
      const decision = await decide(world, 'messages.list', { path: { channel_id: id } });
      expect(decision).toEqual({ failures: NOT_CONNECTED, place: { channelId: id } });
    }
    for (const id of ['61', '404']) {
      expect(await decide(world, 'webhook.read', { path: { webhook_id: id } })).toEqual({
        failures: NOT_CONNECTED,
        place: {},
      });
    }
  });

  it('names the actor who is no member and the bot that is none, both', async () => {
    const world = buildWorld([], []);
    world.members.delete(`${GUILD_ID} ${ACTOR_ID}`);
    world.members.delete(`${GUILD_ID} ${BOT_ID}`);

    expect((await decide(world, 'guild.read')).failures).toEqual([
      { reason: 'actor_not_in_guild', guildId: GUILD_ID },
      { reason: 'bot_access_missing', what: 'guild' },
    ]);
    world.guilds.delete(GUILD_ID);
    expect((await decide(world, 'guild.read')).failures).toEqual([{ reason: 'bot_access_missing', what: 'guild' }]);
  });

  it('names all that actor and bot lack, each once', async () => {
    const place = { where: 'guild', placeId: GUILD_ID };

    const { failures } = await decide(buildWorld([], ['MANAGE_GUILD']), 'bans.create_bulk', {
      body: { user_ids: [] },
    });

    expect(failures).toEqual([
      { reason: 'actor_permission_missing', missing: ['BAN_MEMBERS', 'MANAGE_GUILD'], ...place },
      { reason: 'bot_permission_missing', missing: ['BAN_MEMBERS'], ...place },
    ]);
  });

  it('names only what shuts a channel, and looks at nothing within', async () => {
    const world = buildWorld([], ['VIEW_CHANNEL', 'MANAGE_MESSAGES']);

    const { failures } = await decide(world, 'message.delete');

    expect(failures).toEqual([
      { reason: 'actor_permission_missing', missing: ['VIEW_CHANNEL'], where: 'channel', placeId: CHANNEL_ID },
    ]);
    expect(world.asked.filter((question) => question.startsWith('message'))).toEqual([]);
  });

  it('judges a thread by its parent, and not by a parent of another guild', async () => {
    const world = buildWorld(READING, READING);
    world.putChannel(buildChannel({ id: '42', type: 11, parentId: CHANNEL_ID }));
    world.putChannel(buildChannel({ id: '43', type: 11, parentId: '44' }));
    world.putChannel(buildChannel({ id: '44', guildId: OTHER_GUILD_ID }));
    const list = async (id: string) => (await decide(world, 'messages.list', { path: { channel_id: id } })).failures;

    expect(await list('42')).toEqual([]);
    expect(await list('43')).toHaveLength(2);
    const deny = 1n << 10n;
    world.putChannel(buildChannel({ overwrites: [{ id: ACTOR_ROLE_ID, kind: 'role', allow: 0n, deny }] }));
    expect(await list('42')).toMatchObject([{ reason: 'actor_permission_missing', placeId: '42' }]);
  });

  it('takes direct messages with the connected user, and no others', async () => {
    const world = buildWorld([], []);
    world.putChannel(buildDirectChannel('45', ACTOR_ID));
    world.putChannel(buildDirectChannel('46', '2999'));
    world.putChannel(buildDirectChannel('47', ACTOR_ID, '2999'));
    const send = (id: string) => decide(world, 'message.create', { path: { channel_id: id }, body: { content: 'hi' } });

    expect(await send('45')).toEqual({ failures: [], place: { channelId: '45' } });
    expect((await send('46')).failures).toEqual([{ reason: 'direct_message_refused' }]);
    expect((await send('47')).failures).toEqual([{ reason: 'direct_message_refused' }]);
  });

  it('says that direct messages are unsuitable for what they do not know', async () => {
    const world = buildWorld([], []);
    world.putChannel(buildDirectChannel('45', ACTOR_ID));

    for (const id of ['channel.edit', 'webhook.create', 'messages.delete_bulk', 'thread.create', 'reaction.remove']) {
      const { failures } = await decide(world, id, { path: { channel_id: '45' }, body: {} });
      expect(failures, id).toContainEqual({ reason: 'channel_unsuitable', needed: 'a channel of a guild' });
    }
  });

  it('lets who is timed out read and nothing else, administrators apart', async () => {
    const out = { ...buildMember(ACTOR_ID, ACTOR_ROLE_ID), timedOutUntilEpochMs: NOW_EPOCH_MS + 1 };
    const restricted = { reason: 'actor_restricted', restriction: 'timed_out' };
    const writing = [...READING, 'SEND_MESSAGES'] as const;
    const world = buildWorld([...writing, 'BAN_MEMBERS'], [...writing, 'BAN_MEMBERS']);
    world.putMember(GUILD_ID, out);
    const send = { body: { content: 'hi' } };

    expect((await decide(world, 'messages.list')).failures).toEqual([]);
    expect((await decide(world, 'message.create', send)).failures).toEqual([restricted]);
    expect((await decide(world, 'bans.list')).failures[0]).toEqual(restricted);
    const admin = buildWorld(['ADMINISTRATOR'], writing);
    admin.putMember(GUILD_ID, out);
    expect((await decide(admin, 'message.create', send)).failures).toEqual([]);
  });

  it('refuses everything to who has not passed the screening', async () => {
    const world = buildWorld(['ADMINISTRATOR'], READING);
    world.putMember(GUILD_ID, { ...buildMember(ACTOR_ID, ACTOR_ROLE_ID), isPending: true });

    expect((await decide(world, 'messages.list')).failures).toEqual([
      { reason: 'actor_restricted', restriction: 'pending' },
    ]);
  });

  it('does not let a bot act that is itself timed out', async () => {
    const writing = [...READING, 'SEND_MESSAGES'] as const;
    const world = buildWorld(writing, writing);
    world.putMember(GUILD_ID, { ...buildMember(BOT_ID, BOT_ROLE_ID), timedOutUntilEpochMs: NOW_EPOCH_MS + 1 });

    expect((await decide(world, 'message.create', { body: { content: 'hi' } })).failures).toMatchObject([
      { reason: 'bot_permission_missing', missing: ['SEND_MESSAGES'] },
    ]);
  });

  it('lets a webhook of the connection work where the bot cannot see its channel, and no other', async () => {
    const world = buildWorld(['MANAGE_WEBHOOKS'], ['MANAGE_WEBHOOKS']);
    world.channels.clear();

    expect((await decide(world, 'webhook.execute')).failures).toEqual([
      { reason: 'bot_access_missing', what: 'channel' },
    ]);
    world.made.add(`webhook ${WEBHOOK_ID}`);
    expect((await decide(world, 'webhook.execute')).failures).toEqual([]);
  });
});
