import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PERMISSION as P } from '../../../infra/local/discord/permissions.ts';
import { SEED_GUILDS } from '../../../infra/local/discord/world/seed-guilds.ts';
import type { GuildBot } from './guild-bot.ts';
import { startGuildBot } from './guild-bot.ts';

const { analyticalEngine, stars } = SEED_GUILDS;
const GUILD = `/guilds/${analyticalEngine.id}`;
const CATEGORY = '197038439483310200';
const GENERAL = '197038439483310201';
const ANNOUNCEMENTS = '197038439483310202';
const STAFF = '197038439483310203';
const QUESTIONS = '197038439483310204';
const DENIED = [403, 50_013];
const NO_ACCESS = [403, 50_001];
const DONE = [200, undefined];

let bot: GuildBot;

beforeEach(async () => {
  bot = await startGuildBot();
});

afterEach(() => bot.simulator.stop());

describe('reading a guild', () => {
  it('gives owner, roles with the bot’s own among them, and counts when asked', async () => {
    const reply = await bot.call('GET', `${GUILD}?with_counts=true`);
    const { clientId } = bot.simulator.application;

    expect(reply.json).toMatchObject({ owner_id: analyticalEngine.owner_id, approximate_member_count: 5 });
    expect(reply.json['roles']).toContainEqual(
      expect.objectContaining({ managed: true, tags: { bot_id: clientId }, permissions: '0', position: 10 }),
    );
    expect((await bot.call('GET', GUILD)).json).not.toHaveProperty('approximate_member_count');
    expect(JSON.parse((await bot.call('GET', `${GUILD}/roles`)).text)).toEqual(reply.json['roles']);
  });

  it('lists all channels, those too that the bot cannot see, and no threads', async () => {
    await bot.call('POST', `/channels/${GENERAL}/threads`, { name: 't', type: 11 });
    const channels = JSON.parse((await bot.call('GET', `${GUILD}/channels`)).text) as { id: string }[];

    expect(channels.map(({ id }) => id)).toEqual(analyticalEngine.channels.map(({ id }) => id));
  });

  it('a guild is left by its bot, which then does not know it', async () => {
    expect((await bot.call('DELETE', `/users/@me/guilds/${analyticalEngine.id}`)).status).toBe(204);
    expect(await bot.outcome('GET', GUILD)).toEqual([404, 10_004]);
    expect(await bot.outcome('GET', `/channels/${GENERAL}`)).toEqual(NO_ACCESS);
    expect((await bot.call('GET', '/users/@me/guilds')).text).toBe('[]');
  });

  it('is not for bearers', async () => {
    const tokens = await bot.app.connect({ scope: 'identify guilds' });

    expect((await bot.app.get(GUILD, tokens['access_token'])).status).toBe(401);
  });
});

describe('a channel', () => {
  it('is read by who can see it', async () => {
    expect((await bot.call('GET', `/channels/${ANNOUNCEMENTS}`)).json).toMatchObject({
      guild_id: analyticalEngine.id,
      type: 5,
      parent_id: CATEGORY,
      permission_overwrites: [{ id: analyticalEngine.id, type: 0, allow: '0', deny: String(P.SEND_MESSAGES) }],
    });
    expect(await bot.outcome('GET', `/channels/${STAFF}`)).toEqual(NO_ACCESS);
    expect(await bot.outcome('GET', `/channels/${stars.channels[0]?.id}`)).toEqual(NO_ACCESS);
    expect(await bot.outcome('GET', '/channels/111111111111111111')).toEqual([404, 10_003]);
  });

  it('is edited by who manages channels', async () => {
    const edit = { name: 'main', topic: 'T', nsfw: true, rate_limit_per_user: 21_600, parent_id: null };
    const without = await bot.outcome('PATCH', `/channels/${GENERAL}`, edit);
    await bot.arm(P.MANAGE_CHANNELS);
    const done = await bot.call('PATCH', `/channels/${GENERAL}`, edit);

    expect(without).toEqual(DENIED);
    expect([done.status, done.json]).toMatchObject([200, edit]);
    expect((await bot.call('GET', `/channels/${GENERAL}`)).json).toMatchObject(edit);
  });

  it.each([
    [{ name: '' }, 'name'],
    [{ name: 'n'.repeat(101) }, 'name'],
    [{ topic: 't'.repeat(1025) }, 'topic'],
    [{ rate_limit_per_user: 21_601 }, 'rate_limit_per_user'],
    [{ parent_id: GENERAL }, 'parent_id'],
    [{ type: 2 }, 'type'],
    [{ nsfw: 'yes' }, 'nsfw'],
  ])('is not edited to %j', async (edit, field) => {
    await bot.arm(P.MANAGE_CHANNELS);
    const reply = await bot.call('PATCH', `/channels/${GENERAL}`, edit);

    expect(reply.json['code']).toBe(50_035);
    expect(Object.keys(reply.json['errors'] ?? {})).toEqual([field]);
  });

  it('has its overwrites changed only by who manages roles and has the permissions himself', async () => {
    const grant = (allow: bigint) => ({
      permission_overwrites: [{ id: analyticalEngine.id, type: 0, allow: String(allow), deny: '0' }],
    });
    const edit = (allow: bigint) => bot.outcome('PATCH', `/channels/${GENERAL}`, grant(allow));
    await bot.arm(P.MANAGE_CHANNELS);
    const without = await edit(P.SEND_MESSAGES);
    await bot.arm(P.MANAGE_CHANNELS | P.MANAGE_ROLES);

    expect(without).toEqual(DENIED);
    expect(await edit(P.MANAGE_WEBHOOKS)).toEqual(DENIED);
    expect(await edit(P.SEND_MESSAGES)).toEqual(DONE);
    // What stands there already is not asked for again, but taking it away is.
    await bot.arm(P.MANAGE_CHANNELS | P.MANAGE_ROLES | P.MANAGE_WEBHOOKS);
    expect(await edit(P.MANAGE_WEBHOOKS)).toEqual(DONE);
  });

  it('is deleted with its threads and webhooks', async () => {
    await bot.app.connect({ scope: 'identify webhook.incoming', channel_id: GENERAL });
    const thread = await bot.call('POST', `/channels/${GENERAL}/threads`, { name: 't', type: 11 });
    const without = await bot.outcome('DELETE', `/channels/${GENERAL}`);
    await bot.arm(P.MANAGE_CHANNELS);
    const gone = await bot.call('DELETE', `/channels/${GENERAL}`);

    expect(without).toEqual(DENIED);
    expect([gone.status, gone.json]).toMatchObject([200, { id: GENERAL, name: 'general' }]);
    expect(await bot.outcome('GET', `/channels/${GENERAL}`)).toEqual([404, 10_003]);
    expect(await bot.outcome('GET', `/channels/${String(thread.json['id'])}`)).toEqual([404, 10_003]);
    expect((await bot.simulator.control.listWebhooks()).items).toEqual([]);
  });

  it('of a deleted category stays', async () => {
    await bot.arm(P.MANAGE_CHANNELS);
    await bot.call('DELETE', `/channels/${CATEGORY}`);

    expect((await bot.call('GET', `/channels/${GENERAL}`)).json).toMatchObject({ parent_id: null });
  });
});

describe('making a thread', () => {
  it.each([
    [GENERAL, { type: 11 }, P.CREATE_PUBLIC_THREADS, 11],
    [GENERAL, { type: 12, invitable: false }, P.CREATE_PRIVATE_THREADS, 12],
    [GENERAL, {}, P.CREATE_PRIVATE_THREADS, 12],
    [ANNOUNCEMENTS, { type: 10 }, P.CREATE_PUBLIC_THREADS, 10],
  ])('in %s with %j needs its permission', async (channelId, body, needed, type) => {
    const { control } = bot.simulator;
    const { guild } = await control.readGuild({ guild_id: analyticalEngine.id });
    const everyone = { id: guild.id, type: 0 as const, allow: '0', deny: String(needed) };
    const channels = guild.channels.map((channel) => ({ ...channel, permission_overwrites: [everyone] }));
    await control.putGuild({ guild: { ...guild, channels } });
    const without = await bot.outcome('POST', `/channels/${channelId}/threads`, { name: 't', ...body });
    await control.putGuild({
      guild: { ...guild, channels: channels.map((channel) => ({ ...channel, permission_overwrites: [] })) },
    });
    await bot.arm(needed);
    const made = await bot.call('POST', `/channels/${channelId}/threads`, { name: 't', ...body });

    expect(without).toEqual(DENIED);
    expect([made.status, made.json]).toMatchObject([
      201,
      { type, parent_id: channelId, owner_id: bot.simulator.application.clientId, member_count: 1 },
    ]);
    expect(made.json['member']).toMatchObject({ user_id: bot.simulator.application.clientId });
  });

  it.each([
    [GENERAL, { type: 10 }, [400, 50_024]],
    [ANNOUNCEMENTS, {}, [400, 50_024]],
    [CATEGORY, { type: 11 }, [400, 50_024]],
    [GENERAL, { type: 13 }, [400, 50_035]],
    [GENERAL, { type: 11, name: '' }, [400, 50_035]],
    [GENERAL, { type: 11, name: 'n'.repeat(100) }, [201, undefined]],
    [GENERAL, { type: 11, name: 'n'.repeat(101) }, [400, 50_035]],
    [GENERAL, { type: 11, auto_archive_duration: 61 }, [400, 50_035]],
    [GENERAL, { type: 11, rate_limit_per_user: 21_601 }, [400, 50_035]],
  ])('in %s with %j gives %j', async (channelId, body, expected) => {
    await bot.arm(P.ADMINISTRATOR);

    expect(await bot.outcome('POST', `/channels/${channelId}/threads`, { name: 't', ...body })).toEqual(expected);
  });

  it('in a forum needs SEND_MESSAGES and a message', async () => {
    const path = `/channels/${QUESTIONS}/threads`;

    expect(await bot.outcome('POST', path, { name: 'q' })).toEqual([400, 50_035]);
    expect(await bot.outcome('POST', path, { name: 'q', message: { content: 'x' }, applied_tags: ['1'] })).toEqual([
      400, 50_035,
    ]);
    expect((await bot.call('POST', path, { name: 'q', message: { content: 'x' } })).json).toMatchObject({
      type: 11,
      parent_id: QUESTIONS,
      name: 'q',
    });
  });
});
