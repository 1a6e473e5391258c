import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectControl } from '../../../infra/local/discord/control/control-client.ts';
import { PERMISSION as P } from '../../../infra/local/discord/permissions.ts';
import { SEED_GUILDS } from '../../../infra/local/discord/world/seed-guilds.ts';
import { SEED_USERS } from '../../../infra/local/discord/world/seed-users.ts';
import { GuildBot, startGuildBot } from './guild-bot.ts';
import { startTestSimulator } from './scripted-app.ts';

const { ada, grace, linus } = SEED_USERS;
const { analyticalEngine, compilers } = SEED_GUILDS;
const ENGINE = { guild_id: analyticalEngine.id };

let bot: GuildBot;
let folder: string | undefined;

beforeEach(async () => {
  bot = await startGuildBot(P.KICK_MEMBERS);
});

afterEach(async () => {
  await bot.simulator.stop();
  // Only now: a running simulator still writes its state file.
  if (folder !== undefined) await rm(folder, { recursive: true });
  folder = undefined;
});

function kick(user: { id: string }, guildId = analyticalEngine.id) {
  return bot.outcome('DELETE', `/guilds/${guildId}/members/${user.id}`);
}

async function memberIds(from = bot.simulator.control): Promise<string[]> {
  return (await from.readGuild(ENGINE)).guild.members.map(({ user_id }) => user_id);
}

describe('the bot in a guild', () => {
  it('joins by consent with a managed role, in the lowest place above everyone, that has what was granted', async () => {
    await bot.app.connect({ scope: 'identify bot', guild_id: compilers.id, permissions: String(P.MANAGE_MESSAGES) });
    const { guild } = await bot.simulator.control.readGuild({ guild_id: compilers.id });
    const role = guild.roles.find(({ bot_id }) => bot_id === bot.simulator.application.clientId);

    expect(role).toMatchObject({ managed: true, position: 1, permissions: String(P.MANAGE_MESSAGES) });
    expect(guild.members.at(-1)).toMatchObject({ user_id: bot.simulator.application.clientId, roles: [role?.id] });
  });

  it('gets other permissions when it is installed again, and keeps its place', async () => {
    await bot.simulator.control.installBot({ ...ENGINE, permissions: '8' });
    const { guild } = await bot.simulator.control.readGuild(ENGINE);

    expect(guild.roles.filter(({ bot_id }) => bot_id !== undefined)).toMatchObject([
      { position: 10, permissions: '8' },
    ]);
  });

  it('that is kicked loses its role and the guild', async () => {
    const { clientId } = bot.simulator.application;
    await bot.simulator.control.removeMember({ ...ENGINE, user_id: clientId });
    const { guild } = await bot.simulator.control.readGuild(ENGINE);

    expect(guild.roles.map(({ id }) => id)).toEqual(analyticalEngine.roles.map(({ id }) => id));
    expect(await bot.outcome('GET', `/guilds/${analyticalEngine.id}`)).toEqual([404, 10_004]);
  });

  it('is held to two-factor of its application’s owner where the guild demands it', async () => {
    const guildId = compilers.id;
    await bot.arm(P.KICK_MEMBERS, 10, guildId);
    const owned = await kick(ada, guildId);
    await bot.simulator.stop();
    bot = await startGuildBot(0n, { application: { owner_user_id: grace.id } });
    await bot.arm(P.KICK_MEMBERS, 10, guildId);

    await bot.arm(P.KICK_MEMBERS);

    expect(owned).toEqual([204, undefined]);
    expect(await kick(ada, guildId)).toEqual([403, 60_003]);
    expect(await kick(linus)).toEqual([204, undefined]);
  });
});

describe('the state of guilds', () => {
  it('is saved and restored by the control API, and a reset goes back to the seed', async () => {
    const control = connectControl(bot.simulator.baseUrl);
    const saved = await control.saveState();
    await kick(linus);
    const without = await memberIds(control);
    await control.restoreState(saved);
    const restored = await memberIds(control);
    await control.reset();

    expect(without).not.toContain(linus.id);
    expect(restored).toEqual([...analyticalEngine.members.map(({ user_id }) => user_id), expect.any(String)]);
    expect((await control.readGuild(ENGINE)).guild.roles).toHaveLength(analyticalEngine.roles.length);
    expect((await control.listAuditLog()).items).toEqual([]);
  });

  it('from before guilds could change has the bots in it that are installed, and no others', async () => {
    const { control, application } = bot.simulator;
    const { guilds: _guilds, ...installed } = (await control.saveState()).state;
    await control.removeMember({ ...ENGINE, user_id: application.clientId });
    const { guilds: _others, ...removed } = (await control.saveState()).state;
    await control.restoreState({ state: installed });
    const there = await memberIds();
    await control.restoreState({ state: removed });

    expect(there).toContain(application.clientId);
    expect(await memberIds()).not.toContain(application.clientId);
  });

  it('outlives a restart with a state file, and one from before guilds could change is read', async () => {
    folder = await mkdtemp(join(tmpdir(), 'simulator-'));
    const stateFile = join(folder, 'discord.json');
    await bot.simulator.stop();
    bot = await startGuildBot(P.KICK_MEMBERS, { stateFile });
    await kick(linus);
    await bot.simulator.stop();
    bot = new GuildBot(await startTestSimulator({ stateFile }));
    const kept = await memberIds();
    await bot.simulator.stop();
    const { guilds: _guilds, ...old } = JSON.parse(await readFile(stateFile, 'utf8')) as Record<string, unknown>;
    await writeFile(stateFile, JSON.stringify(old));
    bot = new GuildBot(await startTestSimulator({ stateFile }));
    const seeded = await memberIds();

    expect(kept).not.toContain(linus.id);
    expect(kept).toContain(bot.simulator.application.clientId);
    expect(seeded).toEqual([...analyticalEngine.members.map(({ user_id }) => user_id), expect.any(String)]);
  });
});

describe('arranging a world', () => {
  it('a guild is replaced and the bot stays in it, with its role', async () => {
    const { control } = bot.simulator;
    const { guild } = await control.readGuild(ENGINE);
    const isOwn = (id: string) => id === bot.simulator.application.clientId;
    await control.putGuild({
      guild: {
        ...guild,
        owner_id: linus.id,
        roles: guild.roles.filter(({ bot_id }) => bot_id === undefined),
        members: guild.members.filter(({ user_id }) => !isOwn(user_id)),
      },
    });

    expect(await kick(linus)).toEqual([403, 50_013]);
    expect(await kick(grace)).toEqual([204, undefined]);
    expect((await bot.call('GET', `/guilds/${analyticalEngine.id}`)).json).toMatchObject({ owner_id: linus.id });
  });

  it.each([
    ['a member who does not exist', { owner_id: '1' }],
    ['no role of everyone', { roles: [] }],
  ])('a guild is refused with %s', async (_problem, change) => {
    const { control } = bot.simulator;
    const { guild } = await control.readGuild(ENGINE);

    await expect(control.putGuild({ guild: { ...guild, ...change } })).rejects.toThrow(/no user|is missing/);
  });

  it('a channel stays in its guild', async () => {
    const { control } = bot.simulator;
    const [engine, other] = [await control.readGuild(ENGINE), await control.readGuild({ guild_id: compilers.id })];
    const guild = { ...other.guild, channels: engine.guild.channels };

    await expect(control.putGuild({ guild })).rejects.toThrow(/in another guild/);
  });
});

describe('the bot’s own application', () => {
  it('tells intents, redirect URIs and the key', async () => {
    const { json } = await bot.call('GET', '/applications/@me');

    expect(json).toMatchObject({
      id: bot.simulator.application.clientId,
      flags: (1 << 15) | (1 << 19),
      flags_new: String((1 << 15) | (1 << 19)),
      redirect_uris: ['http://localhost:3000/integration-callback'],
      bot_require_code_grant: true,
      owner: { id: ada.id },
    });
    expect(json['verify_key']).toMatch(/^[0-9a-f]{64}$/);
  });

  it('sets its limited intents and no other flag', async () => {
    const set = await bot.call('PATCH', '/applications/@me', { flags: 1 << 19, description: 'D' });

    expect(set.json).toMatchObject({ flags: 1 << 19, description: 'D' });
    expect(await bot.outcome('GET', `/guilds/${analyticalEngine.id}/members`)).toEqual([403, 50_001]);
    expect(await bot.outcome('PATCH', '/applications/@me', { flags: 1 << 18 })).toEqual([400, 50_035]);
    expect((await bot.simulator.control.listApplications()).items[0]?.intents).toEqual(['MESSAGE_CONTENT']);
  });

  it('is told to bots only', async () => {
    const tokens = await bot.app.connect();

    expect((await bot.app.get('/applications/@me', tokens['access_token'])).status).toBe(401);
  });
});

describe('rate limits', () => {
  it('count each guild for itself', async () => {
    const limits = { routes: { 'guilds/{guild_id}': { limit: 1, window_ms: 60_000 } } };
    await bot.simulator.control.setRateLimits(limits);
    await bot.arm(0n, 1, compilers.id);
    const first = await bot.call('GET', `/guilds/${analyticalEngine.id}`);
    const again = await bot.call('GET', `/guilds/${analyticalEngine.id}`);
    const other = await bot.call('GET', `/guilds/${compilers.id}`);

    expect([first.status, again.status, other.status]).toEqual([200, 429, 200]);
    expect(again.headers.get('x-ratelimit-bucket')).toBe(other.headers.get('x-ratelimit-bucket'));
  });
});
