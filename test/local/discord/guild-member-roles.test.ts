import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PERMISSION as P } from '../../../infra/local/discord/permissions.ts';
import { SEED_GUILDS } from '../../../infra/local/discord/world/seed-guilds.ts';
import { SEED_USERS } from '../../../infra/local/discord/world/seed-users.ts';
import type { GuildBot } from './guild-bot.ts';
import { startGuildBot } from './guild-bot.ts';
import { REDIRECT_URI } from './scripted-app.ts';

const { linus, noor, solo } = SEED_USERS;
const { analyticalEngine } = SEED_GUILDS;
const MODERATOR = '197038439483310101';
const ADMIN = '197038439483310102';
const MEMBERS = `/guilds/${analyticalEngine.id}/members`;
const DENIED = [403, 50_013];

let bot: GuildBot;

beforeEach(async () => {
  bot = await startGuildBot();
});

afterEach(() => bot.simulator.stop());

describe('roles of a member', () => {
  const path = (roleId: string) => `${MEMBERS}/${linus.id}/roles/${roleId}`;
  const moderatorBits = analyticalEngine.roles.find(({ id }) => id === MODERATOR)?.permissions ?? 0n;

  it('are given and taken by who manages roles', async () => {
    const without = await bot.outcome('PUT', path(MODERATOR));
    await bot.arm(P.MANAGE_ROLES | moderatorBits, 2);
    const given = await bot.outcome('PUT', path(MODERATOR));
    const held = (await bot.readMember(linus.id))?.roles;
    const taken = await bot.outcome('DELETE', path(MODERATOR));

    expect([without, given, taken]).toEqual([DENIED, [204, undefined], [204, undefined]]);
    expect(held).toEqual([MODERATOR]);
    expect((await bot.readMember(linus.id))?.roles).toEqual([]);
  });

  it('only below the own role, and only with permissions that the bot has', async () => {
    await bot.arm(P.MANAGE_ROLES | moderatorBits, 1);
    const beside = await bot.outcome('PUT', path(MODERATOR));
    await bot.arm(P.MANAGE_ROLES, 5);
    const stronger = await bot.outcome('PUT', path(MODERATOR));
    const inEdit = await bot.outcome('PATCH', `${MEMBERS}/${linus.id}`, { roles: [MODERATOR] });

    expect([beside, stronger, inEdit]).toEqual([DENIED, DENIED, DENIED]);
  });

  it('never one that belongs to a bot, everyone’s or an unknown one', async () => {
    await bot.arm(P.ADMINISTRATOR, 50);
    const { guild } = await bot.simulator.control.readGuild({ guild_id: analyticalEngine.id });
    const own = guild.roles.find(({ bot_id }) => bot_id !== undefined)?.id ?? '';

    const managed = guild.roles.map((role) => (role.id === MODERATOR ? { ...role, managed: true } : role));
    await bot.simulator.control.putGuild({ guild: { ...guild, roles: managed } });

    expect(await bot.outcome('PUT', path(own))).toEqual(DENIED);
    expect(await bot.outcome('PUT', path(MODERATOR))).toEqual(DENIED);
    expect(await bot.outcome('PUT', path(analyticalEngine.id))).toEqual([400, 50_028]);
    expect(await bot.outcome('PUT', path('111111111111111111'))).toEqual([404, 10_011]);
  });
});

describe('adding a member', () => {
  const path = `${MEMBERS}/${solo.id}`;

  async function tokenOf(user: { id: string }, scope = 'identify guilds.join') {
    return (await bot.app.connect({ user_id: user.id, scope }))['access_token'];
  }

  it('takes his own token with guilds.join: 201 with the member, then 204', async () => {
    const body = { access_token: await tokenOf(solo) };
    await bot.arm(P.CREATE_INSTANT_INVITE);
    const first = await bot.call('PUT', path, body);

    expect([first.status, first.json]).toMatchObject([201, { user: { id: solo.id }, roles: [] }]);
    expect(await bot.outcome('PUT', path, body)).toEqual([204, undefined]);
  });

  it('refuses another user’s token, one without the scope, and one that is dead', async () => {
    const tokens = [await tokenOf(noor), await tokenOf(solo, 'identify'), 'dead'];
    const outcomes = await Promise.all(tokens.map((access_token) => bot.outcome('PUT', path, { access_token })));

    expect(outcomes).toEqual([
      [403, 50_025],
      [403, 50_025],
      [403, 50_025],
    ]);
    expect(await bot.outcome('PUT', path, {})).toEqual([400, 50_035]);
  });

  it('asks for the permission of each field', async () => {
    const access_token = await tokenOf(solo);

    expect(await bot.outcome('PUT', path, { access_token, nick: 'S' })).toEqual(DENIED);
    await bot.arm(P.MANAGE_NICKNAMES);
    expect((await bot.call('PUT', path, { access_token, nick: 'S' })).json).toMatchObject({ nick: 'S' });
  });

  it('refuses a token of another application', async () => {
    const { control } = bot.simulator;
    const other = await control.registerApplication({ name: 'Other', redirect_uris: [REDIRECT_URI] });
    const code = await bot.app.obtainCode({
      client_id: other.client_id,
      user_id: solo.id,
      scope: 'identify guilds.join',
    });
    const tokens = await bot.app.exchange(code, { client_id: other.client_id, client_secret: other.client_secret });

    expect(tokens.status).toBe(200);
    expect(await bot.outcome('PUT', path, { access_token: tokens.json['access_token'] })).toEqual([403, 50_025]);
  });

  it('gives only roles below the own', async () => {
    const access_token = await tokenOf(solo);
    await bot.arm(P.ADMINISTRATOR, 2);

    expect(await bot.outcome('PUT', path, { access_token, roles: [ADMIN] })).toEqual(DENIED);
    expect((await bot.call('PUT', path, { access_token, roles: [MODERATOR] })).json).toMatchObject({
      roles: [MODERATOR],
    });
  });

  it('does not let in who is banned', async () => {
    const access_token = await tokenOf(solo);
    await bot.arm(P.BAN_MEMBERS);
    await bot.call('PUT', `/guilds/${analyticalEngine.id}/bans/${solo.id}`, {});

    expect(await bot.outcome('PUT', path, { access_token })).toEqual([403, 40_007]);
  });
});
