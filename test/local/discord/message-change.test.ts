import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PERMISSION } from '../../../infra/local/discord/permissions.ts';
import { SEED_USERS } from '../../../infra/local/discord/world/seed-users.ts';
import type { GuildBot } from './guild-bot.ts';
import { startGuildBot } from './guild-bot.ts';
import { CHANNELS, listErrors, MESSAGES, readList, say } from './message-bot.ts';

let bot: GuildBot;
let own: string;
let foreign: string;

const { ada, grace } = SEED_USERS;

beforeAll(async () => {
  bot = await startGuildBot();
});

beforeEach(async () => {
  await bot.arm(0n);
  own = String((await say(bot, { content: 'mine' }))['id']);
  const body = { content: 'his', embeds: [{ title: 'a' }] };
  foreign = (await bot.simulator.control.sayAs({ user_id: ada.id, channel_id: CHANNELS.general, body })).message_id;
});

afterAll(() => bot.simulator.stop());

describe('PATCH /channels/{channel_id}/messages/{message_id}', () => {
  it('changes what is given, keeps the rest, and reads mentions again', async () => {
    const embeds = [{ title: 'kept' }];
    const body = { content: `<@${ada.id}>`, embeds, allowed_mentions: { parse: [] } };
    const sent = await say(bot, body);
    const path = `${MESSAGES}/${String(sent['id'])}`;
    const edited = (await bot.call('PATCH', path, { content: `<@${ada.id}> again` })).json;

    expect(sent['mentions']).toEqual([]);
    expect(edited).toMatchObject({ content: `<@${ada.id}> again`, embeds, mentions: [{ id: ada.id }] });
    expect(edited['edited_timestamp']).not.toBeNull();
    expect(await bot.outcome('PATCH', path, { content: '', embeds: [] })).toEqual([400, 50006]);
    expect(listErrors(await bot.call('PATCH', path, { flags: 1 << 12 }))).toEqual(['flags MESSAGE_FLAGS_INVALID']);
  });

  it('changes of others’ messages only the flags, with MANAGE_MESSAGES', async () => {
    const path = `${MESSAGES}/${foreign}`;

    expect(await bot.outcome('PATCH', path, { flags: 4 })).toEqual([403, 50013]);
    await bot.arm(PERMISSION.MANAGE_MESSAGES);
    expect(await bot.outcome('PATCH', path, { content: 'x' })).toEqual([403, 50005]);
    expect(await bot.outcome('PATCH', path, { content: 'x', flags: 4 })).toEqual([403, 50005]);
    expect((await bot.call('PATCH', path, { flags: 4 })).json).toMatchObject({ flags: 4, content: 'his' });
  });
});

describe('DELETE /channels/{channel_id}/messages/{message_id}', () => {
  it('deletes own messages, and others’ with MANAGE_MESSAGES', async () => {
    expect(await bot.outcome('DELETE', `${MESSAGES}/${own}`)).toEqual([204, undefined]);
    expect(await bot.outcome('DELETE', `${MESSAGES}/${own}`)).toEqual([404, 10008]);
    expect(await bot.outcome('DELETE', `${MESSAGES}/${foreign}`)).toEqual([403, 50013]);
    await bot.arm(PERMISSION.MANAGE_MESSAGES);
    const reason = { 'x-audit-log-reason': 'spam%20%E2%9C%A8' };
    expect((await bot.call('DELETE', `${MESSAGES}/${foreign}`, undefined, reason)).status).toBe(204);
    const { items } = await bot.simulator.control.listAuditLog();
    expect(items.at(-1)).toMatchObject({ action: 'delete_message', reason: 'spam ✨' });
  });
});

describe('POST /channels/{channel_id}/messages/bulk-delete', () => {
  const remove = (messages: string[]) => bot.outcome('POST', `${MESSAGES}/bulk-delete`, { messages });

  it('deletes all or nothing', async () => {
    expect(await remove([own, foreign])).toEqual([403, 50013]);
    await bot.arm(PERMISSION.MANAGE_MESSAGES);
    expect(await remove([own])).toEqual([400, 50035]);
    expect(await remove(Array.from({ length: 101 }, (_, at) => `${at + 1}`))).toEqual([400, 50035]);
    expect(await remove([own, own])).toEqual([400, 50016]);
    expect(await remove([own, '1157382094513872926'])).toEqual([400, 50034]);
    expect(await bot.outcome('GET', `${MESSAGES}/${own}`)).toEqual([200, undefined]);
    expect(await remove([own, foreign])).toEqual([204, undefined]);
    expect(await bot.outcome('GET', `${MESSAGES}/${own}`)).toEqual([404, 10008]);
  });

  it('counts the 14 days on the simulator’s clock', async () => {
    await bot.arm(PERMISSION.MANAGE_MESSAGES);
    await bot.simulator.control.advanceClock({ advance_ms: 15 * 24 * 3_600_000 });

    expect(await remove([own, foreign])).toEqual([400, 50034]);
    expect(await bot.outcome('DELETE', `${MESSAGES}/${own}`)).toEqual([204, undefined]);
  });
});

describe('POST …/crosspost', () => {
  it('publishes once, in announcement channels', async () => {
    await bot.arm(PERMISSION.ADMINISTRATOR);
    const path = `/channels/${CHANNELS.announcements}/messages`;
    const id = String((await say(bot, { content: 'news' }, path))['id']);

    expect((await bot.call('POST', `${path}/${id}/crosspost`)).json['flags']).toBe(1);
    expect(await bot.outcome('POST', `${path}/${id}/crosspost`)).toEqual([400, 40033]);
    expect(await bot.outcome('POST', `${MESSAGES}/${own}/crosspost`)).toEqual([400, 50024]);
  });
});

describe('reactions', () => {
  const path = (emoji: string, rest = '') => `${MESSAGES}/${foreign}/reactions/${encodeURIComponent(emoji)}${rest}`;

  it('come and go, one per user and emoji', async () => {
    await bot.simulator.control.reactAs({
      user_id: grace.id,
      channel_id: CHANNELS.general,
      message_id: foreign,
      emoji: '❤️',
    });
    for (let count = 0; count < 2; count += 1)
      expect(await bot.outcome('PUT', path('❤', '/@me'))).toEqual([204, undefined]);
    const read = async () => (await bot.call('GET', `${MESSAGES}/${foreign}`)).json['reactions'];

    expect(await read()).toMatchObject([{ emoji: { id: null, name: '❤️' }, count: 2, me: true }]);
    const users = readList(await bot.call('GET', path('❤️'))).map(({ id }) => id);
    expect(users.toSorted()).toEqual([bot.simulator.application.clientId, grace.id].toSorted());
    expect(await bot.outcome('DELETE', path('❤️', `/${grace.id}`))).toEqual([403, 50013]);
    expect(await bot.outcome('DELETE', path('❤️', '/@me'))).toEqual([204, undefined]);
    await bot.arm(PERMISSION.MANAGE_MESSAGES);
    expect(await bot.outcome('DELETE', path('❤️', `/${grace.id}`))).toEqual([204, undefined]);
    expect(await read()).toBeUndefined();
  });

  it('must be emojis that there are', async () => {
    const { emoji_id } = await bot.simulator.control.addEmoji({ guild_id: bot.guildId, name: 'card' });

    for (const wrong of ['x', '❤️❤️', 'card', 'card:1']) {
      expect(await bot.outcome('PUT', path(wrong, '/@me'))).toEqual([400, 10014]);
    }
    expect(await bot.outcome('PUT', path(`old_name:${emoji_id}`, '/@me'))).toEqual([204, undefined]);
    expect(await bot.outcome('DELETE', `${MESSAGES}/${foreign}/reactions`)).toEqual([403, 50013]);
    await bot.arm(PERMISSION.MANAGE_MESSAGES);
    expect(await bot.outcome('DELETE', path(`card:${emoji_id}`))).toEqual([204, undefined]);
    expect(await bot.outcome('DELETE', `${MESSAGES}/${foreign}/reactions`)).toEqual([204, undefined]);
  });

  it('are of 20 kinds at most, and joining one needs no permission', async () => {
    const kinds = Array.from({ length: 21 }, (_, at) => String.fromCodePoint(0x1f600 + at));
    for (const kind of kinds.slice(0, 20))
      expect(await bot.outcome('PUT', path(kind, '/@me'))).toEqual([204, undefined]);

    expect(await bot.outcome('PUT', path(kinds[20] ?? '', '/@me'))).toEqual([400, 30010]);
    const { guild } = await bot.simulator.control.readGuild({ guild_id: bot.guildId });
    const roles = guild.roles.map((role) => ({
      ...role,
      permissions: String(BigInt(role.permissions) & ~PERMISSION.ADD_REACTIONS),
    }));
    await bot.simulator.control.putGuild({ guild: { ...guild, roles } });
    expect(await bot.outcome('PUT', path(kinds[0] ?? '', '/@me'))).toEqual([204, undefined]);
    expect(await bot.outcome('PUT', `${MESSAGES}/${own}/reactions/%F0%9F%98%80/@me`)).toEqual([403, 50013]);
    await bot.simulator.control.putGuild({ guild });
  });
});

describe('pins', () => {
  it('need PIN_MESSAGES; MANAGE_MESSAGES is not enough', async () => {
    await bot.arm(PERMISSION.MANAGE_MESSAGES);

    expect(await bot.outcome('PUT', `${MESSAGES}/pins/${own}`)).toEqual([403, 50013]);
  });

  it('are listed newest first and told of in the channel', async () => {
    await bot.arm(PERMISSION.PIN_MESSAGES);
    const { control } = bot.simulator;
    for (const id of [own, foreign, foreign]) {
      expect(await bot.outcome('PUT', `${MESSAGES}/pins/${id}`)).toEqual([204, undefined]);
      await control.advanceClock({ advance_ms: 1000 });
    }
    const list = async (query = '') => (await bot.call('GET', `${MESSAGES}/pins${query}`)).json;
    const { items } = (await list()) as { items: { pinned_at: string; message: { id: string } }[] };

    expect(items.map(({ message }) => message.id)).toEqual([foreign, own]);
    expect(await list('?limit=1')).toMatchObject({ items: [{ message: { id: foreign } }], has_more: true });
    const before = encodeURIComponent(items[0]?.pinned_at ?? '');
    expect(await list(`?before=${before}`)).toMatchObject({ items: [{ message: { id: own } }], has_more: false });
    const [notice] = readList(await bot.call('GET', `${MESSAGES}?limit=1`));
    expect(notice).toMatchObject({ type: 6, message_reference: { message_id: foreign } });
    expect(await bot.outcome('PUT', `${MESSAGES}/pins/${String(notice?.['id'])}`)).toEqual([403, 50021]);
    expect(await bot.outcome('DELETE', `${MESSAGES}/pins/${foreign}`)).toEqual([204, undefined]);
    expect(await bot.outcome('PUT', `${MESSAGES}/pins/123`)).toEqual([404, 10008]);
  });

  it('are 250 at most', async () => {
    await bot.arm(PERMISSION.ADMINISTRATOR);
    const path = `/channels/${CHANNELS['staff-only']}/messages`;
    const make = async () => String((await say(bot, { content: 'a' }, path))['id']);
    for (let count = 0; count < 250; count += 1) await bot.call('PUT', `${path}/pins/${await make()}`);

    expect(await bot.outcome('PUT', `${path}/pins/${await make()}`)).toEqual([400, 30003]);
  });
});

describe('POST /channels/{channel_id}/typing', () => {
  it('needs to be allowed to send', async () => {
    expect(await bot.outcome('POST', `/channels/${CHANNELS.general}/typing`)).toEqual([204, undefined]);
    expect(await bot.outcome('POST', `/channels/${CHANNELS.announcements}/typing`)).toEqual([403, 50013]);
  });
});
