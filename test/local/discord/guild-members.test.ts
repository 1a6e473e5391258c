import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PERMISSION as P } from '../../../infra/local/discord/permissions.ts';
import { SEED_GUILDS } from '../../../infra/local/discord/world/seed-guilds.ts';
import { SEED_USERS } from '../../../infra/local/discord/world/seed-users.ts';
import type { GuildBot } from './guild-bot.ts';
import { startGuildBot } from './guild-bot.ts';

const { ada, grace, linus, noor, mina } = SEED_USERS;
const { analyticalEngine, stars } = SEED_GUILDS;
const MODERATOR = '197038439483310101';
const ADMIN = '197038439483310102';
const MEMBERS = `/guilds/${analyticalEngine.id}/members`;
const DENIED = [403, 50_013];

let bot: GuildBot;

beforeEach(async () => {
  bot = await startGuildBot();
});

afterEach(() => bot.simulator.stop());

function ids(text: string): string[] {
  return (JSON.parse(text) as { user: { id: string } }[]).map(({ user }) => user.id);
}

describe('reading members', () => {
  it('lists one unless more are asked for, by id, from after the cursor', async () => {
    const all = ids((await bot.call('GET', `${MEMBERS}?limit=1000`)).text);
    const { clientId } = bot.simulator.application;

    expect(all).toEqual([linus.id, ada.id, grace.id, clientId, noor.id]);
    expect(ids((await bot.call('GET', MEMBERS)).text)).toEqual([linus.id]);
    expect(ids((await bot.call('GET', `${MEMBERS}?limit=2&after=${ada.id}`)).text)).toEqual([grace.id, clientId]);
  });

  it('does not list without the intent, but searches and reads one', async () => {
    await bot.simulator.control.setIntents({ intents: ['MESSAGE_CONTENT'] });

    expect(await bot.outcome('GET', MEMBERS)).toEqual([403, 50_001]);
    expect(ids((await bot.call('GET', `${MEMBERS}/search?query=AMAZ&limit=5`)).text)).toEqual([grace.id]);
    expect((await bot.call('GET', `${MEMBERS}/${grace.id}`)).json).toMatchObject({ nick: 'Amazing Grace' });
  });

  it.each([
    ['?limit=0', 400, 50_035],
    ['?limit=1001', 400, 50_035],
    ['?limit=1000', 200, undefined],
    ['/search', 400, 50_035],
    [`/search?query=${'a'.repeat(101)}`, 400, 50_035],
    [`/search?query=${'a'.repeat(100)}`, 200, undefined],
    [`/${mina.id}`, 404, 10_007],
    ['/111111111111111111', 404, 10_013],
  ])('%s gives %i', async (rest, status, code) => {
    expect(await bot.outcome('GET', `${MEMBERS}${rest}`)).toEqual([status, code]);
  });

  it('a guild that the bot is not in looks like one that does not exist', async () => {
    expect(await bot.outcome('GET', `/guilds/${stars.id}/members`)).toEqual([404, 10_004]);
    expect(await bot.outcome('GET', '/guilds/111111111111111111/members')).toEqual([404, 10_004]);
  });
});

describe('kicking', () => {
  it('needs the permission and a place above', async () => {
    const path = `${MEMBERS}/${grace.id}`;
    const without = await bot.outcome('DELETE', path);
    await bot.arm(P.KICK_MEMBERS, 1);
    const beside = await bot.outcome('DELETE', path);
    await bot.arm(P.KICK_MEMBERS, 2);
    const done = await bot.outcome('DELETE', path);

    expect([without, beside, done]).toEqual([DENIED, DENIED, [204, undefined]]);
    expect(await bot.outcome('GET', path)).toEqual([404, 10_007]);
    expect(await bot.outcome('DELETE', path)).toEqual([404, 10_007]);
  });

  it('never reaches the owner or the bot itself, even for an administrator', async () => {
    await bot.arm(P.ADMINISTRATOR, 50);

    expect(await bot.outcome('DELETE', `${MEMBERS}/${ada.id}`)).toEqual(DENIED);
    expect(await bot.outcome('DELETE', `${MEMBERS}/${bot.simulator.application.clientId}`)).toEqual(DENIED);
  });

  it('takes the guild out of the list of the one who was kicked', async () => {
    const tokens = await bot.app.connect({ user_id: linus.id, scope: 'identify guilds' });
    await bot.arm(P.KICK_MEMBERS);
    await bot.call('DELETE', `${MEMBERS}/${linus.id}`);
    const left = await bot.app.get('/users/@me/guilds', tokens['access_token']);

    expect((JSON.parse(left.text) as { id: string }[]).map(({ id }) => id)).toEqual([stars.id]);
  });
});

describe('editing a member', () => {
  it.each([
    ['nick', P.MANAGE_NICKNAMES, { nick: 'N' }, { nick: 'N' }],
    ['roles', P.MANAGE_ROLES | P.MANAGE_MESSAGES, { roles: [] }, { roles: [] }],
    [
      'communication_disabled_until',
      P.MODERATE_MEMBERS,
      { communication_disabled_until: '2020-01-01T00:00:00Z' },
      { communication_disabled_until: '2020-01-01T00:00:00Z' },
    ],
  ])('%s has its own permission', async (_field, needed, body, expected) => {
    await bot.arm(~needed & ((1n << 53n) - 1n) & ~P.ADMINISTRATOR);
    const without = await bot.outcome('PATCH', `${MEMBERS}/${grace.id}`, body);
    await bot.arm(needed);
    const reply = await bot.call('PATCH', `${MEMBERS}/${grace.id}`, body);

    expect(without).toEqual(DENIED);
    expect([reply.status, reply.json]).toMatchObject([200, expected]);
    expect(await bot.readMember(grace.id)).toMatchObject(expected);
  });

  it.each([
    ['mute', P.MUTE_MEMBERS, { mute: true }],
    ['deaf', P.DEAFEN_MEMBERS, { deaf: true }],
    ['channel_id', P.MOVE_MEMBERS, { channel_id: null }],
  ])('%s needs its permission and a member who is connected to voice', async (_field, needed, body) => {
    const path = `${MEMBERS}/${grace.id}`;
    const without = await bot.outcome('PATCH', path, body);
    await bot.arm(needed);
    const away = await bot.outcome('PATCH', path, body);
    const member = await bot.readMember(grace.id);
    if (member === undefined) throw new Error('grace is gone');
    await bot.simulator.control.putMember({
      guild_id: analyticalEngine.id,
      member: { ...member, voice_channel_id: '197038439483310205' },
    });

    expect([without, away]).toEqual([DENIED, [400, 40_032]]);
    expect(await bot.outcome('PATCH', path, body)).toEqual([200, undefined]);
  });

  it.each([
    [{ nick: 'x'.repeat(33) }, 'nick', 'BASE_TYPE_MAX_LENGTH'],
    [{ nick: 5 }, 'nick', 'STRING_TYPE_CONVERT'],
    [{ communication_disabled_until: 'tomorrow' }, 'communication_disabled_until', 'DATE_TIME_TYPE_PARSE'],
    [{ roles: [MODERATOR, MODERATOR] }, 'roles', 'SET_TYPE_ALREADY_CONTAINS_VALUE'],
    [{ channel_id: 'x' }, 'channel_id', 'NUMBER_TYPE_COERCE'],
  ])('%j is refused with the field’s name', async (body, field, code) => {
    const reply = await bot.call('PATCH', `${MEMBERS}/${grace.id}`, body);

    expect(reply.json).toMatchObject({ code: 50_035, errors: { [field]: { _errors: [{ code }] } } });
  });

  it('names an item of a list by its index', async () => {
    const reply = await bot.call('PATCH', `${MEMBERS}/${grace.id}`, { roles: [MODERATOR, 'x'] });

    expect(reply.json['errors']).toEqual({
      roles: { 1: { _errors: [{ code: 'NUMBER_TYPE_COERCE', message: 'Value is not snowflake.' }] } },
    });
  });

  it.each([
    [28 * 86_400_000, 200],
    [28 * 86_400_000 + 1, 400],
  ])('a time-out lasts at most 28 days: %i ms gives %i', async (lengthMs, status) => {
    const now = Date.parse('2026-01-01T00:00:00Z');
    await bot.simulator.stop();
    bot = await startGuildBot(P.MODERATE_MEMBERS, { now: () => now });
    const until = new Date(now + lengthMs).toISOString();
    const reply = await bot.call('PATCH', `${MEMBERS}/${linus.id}`, { communication_disabled_until: until });

    expect(reply.status).toBe(status);
  });

  it('does not time out an administrator', async () => {
    await bot.arm(P.MODERATE_MEMBERS, 10);
    const { control } = bot.simulator;
    const member = await bot.readMember(linus.id);
    if (member === undefined) throw new Error('linus is gone');
    await control.putMember({ guild_id: analyticalEngine.id, member: { ...member, roles: [ADMIN] } });
    const body = { communication_disabled_until: '2020-01-01T00:00:00Z' };

    expect(await bot.outcome('PATCH', `${MEMBERS}/${linus.id}`, body)).toEqual(DENIED);
  });

  it('reaches nobody above or beside', async () => {
    await bot.arm(P.MANAGE_NICKNAMES, 1);

    expect(await bot.outcome('PATCH', `${MEMBERS}/${grace.id}`, { nick: 'N' })).toEqual(DENIED);
    expect(await bot.outcome('PATCH', `${MEMBERS}/${ada.id}`, { nick: 'N' })).toEqual(DENIED);
    expect(await bot.outcome('PATCH', `${MEMBERS}/${linus.id}`, { nick: 'N' })).toEqual([200, undefined]);
  });

  it('does all of an edit or none', async () => {
    await bot.arm(P.MANAGE_NICKNAMES);

    expect(await bot.outcome('PATCH', `${MEMBERS}/${grace.id}`, { nick: 'N', roles: [] })).toEqual(DENIED);
    expect(await bot.readMember(grace.id)).toMatchObject({ nick: 'Amazing Grace', roles: [MODERATOR] });
  });

  it('refuses a body that is no JSON, and one of another type', async () => {
    const headers = { 'content-type': 'text/plain' };
    const path = `${MEMBERS}/${grace.id}`;

    expect((await bot.call('PATCH', path, {}, headers)).json['code']).toBe(50_035);
    expect((await bot.call('PATCH', path)).json['code']).toBe(50_035);
  });
});
