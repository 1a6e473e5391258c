import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PERMISSION } from '../../../infra/local/discord/permissions.ts';
import { SEED_GUILDS } from '../../../infra/local/discord/world/seed-guilds.ts';
import type { GuildBot } from './guild-bot.ts';
import { startGuildBot } from './guild-bot.ts';
import { CHANNELS, listErrors, readList } from './message-bot.ts';
import { USER_AGENT } from './scripted-app.ts';

let bot: GuildBot;

const IN_GENERAL = `/channels/${CHANNELS.general}/webhooks`;

beforeAll(async () => {
  bot = await startGuildBot(PERMISSION.MANAGE_WEBHOOKS);
});

afterAll(() => bot.simulator.stop());

async function make(channelId = CHANNELS.general): Promise<{ id: string; token: string }> {
  const { json } = await bot.call('POST', `/channels/${channelId}/webhooks`, { name: 'Reporter' });
  return json as { id: string; token: string };
}

describe('webhooks by the bot', () => {
  it('are made, with token and URL, which are secrets', async () => {
    const reason = { 'x-audit-log-reason': 'reports' };
    const avatar = 'data:image/png;base64,iVBORw0KGgo=';
    const { status, json } = await bot.call('POST', IN_GENERAL, { name: ' Reporter ', avatar }, reason);

    expect([status, json]).toMatchObject([
      200,
      {
        name: 'Reporter',
        type: 1,
        channel_id: CHANNELS.general,
        guild_id: bot.guildId,
        application_id: bot.simulator.application.clientId,
        user: { id: bot.simulator.application.clientId },
      },
    ]);
    expect(json['avatar']).toMatch(/^[0-9a-f]{32}$/);
    const { items } = await bot.simulator.control.listSecrets();
    const secrets = items.map(({ value }) => value);
    expect(secrets).toContain(json['token']);
    expect(secrets).toContain(json['url']);
    const log = await bot.simulator.control.listAuditLog();
    expect(log.items.at(-1)).toMatchObject({ action: 'create_webhook', reason: 'reports' });
    await bot.call('DELETE', `/webhooks/${String(json['id'])}`);
  });

  it.each([
    [{ name: 'x'.repeat(81) }, 'name BASE_TYPE_MAX_LENGTH'],
    [{ name: '' }, 'name BASE_TYPE_MIN_LENGTH'],
    [{}, 'name BASE_TYPE_REQUIRED'],
    [{ name: 'My DisCord bot' }, 'name USERNAME_INVALID_CONTAINS'],
    [{ name: 'clyde' }, 'name USERNAME_INVALID_CONTAINS'],
    [{ name: 'a', avatar: 'https://example.com/a.png' }, 'avatar IMAGE_INVALID'],
    [{ name: 'a', avatar: 'data:text/html;base64,AAAA' }, 'avatar IMAGE_INVALID'],
  ])('have names and pictures of a kind: %j', async (body, error) => {
    const reply = await bot.call('POST', IN_GENERAL, body);

    expect([reply.status, listErrors(reply)]).toEqual([400, [error]]);
  });

  it('are 15 per channel at most, and only where there are messages', async () => {
    const made: string[] = [];
    for (let count = 0; count < 15; count += 1) made.push((await make()).id);

    expect(await bot.outcome('POST', IN_GENERAL, { name: 'one more' })).toEqual([400, 30007]);
    expect(readList(await bot.call('GET', IN_GENERAL)).map(({ id }) => id)).toEqual(made);
    const elsewhere = await make(CHANNELS.questions);
    const move = { channel_id: CHANNELS.general };
    expect(await bot.outcome('PATCH', `/webhooks/${elsewhere.id}`, move)).toEqual([400, 30007]);
    for (const id of [...made, elsewhere.id]) await bot.call('DELETE', `/webhooks/${id}`);
    const category = SEED_GUILDS.analyticalEngine.channels[0]?.id ?? '';
    expect(await bot.outcome('POST', `/channels/${category}/webhooks`, { name: 'a' })).toEqual([400, 50024]);
  });

  it('are read, moved, renamed and deleted', async () => {
    const { id, token } = await make();
    const path = `/webhooks/${id}`;
    const edited = await bot.call('PATCH', path, { name: 'Herald', channel_id: CHANNELS.questions, avatar: null });

    expect(edited.json).toMatchObject({ name: 'Herald', channel_id: CHANNELS.questions, token });
    expect((await bot.call('GET', path)).json).toEqual(edited.json);
    const inGuild = readList(await bot.call('GET', `/guilds/${bot.guildId}/webhooks`));
    expect(inGuild.map((webhook) => webhook['id'])).toEqual([id]);
    const { compilers } = SEED_GUILDS;
    await bot.arm(PERMISSION.ADMINISTRATOR, 10, compilers.id);
    const abroad = { channel_id: compilers.channels[0]?.id };
    expect((await bot.call('PATCH', path, abroad)).status).not.toBe(200);
    expect(await bot.outcome('DELETE', path)).toEqual([204, undefined]);
    expect(await bot.outcome('GET', path)).toEqual([404, 10015]);
    expect(await bot.outcome('DELETE', path)).toEqual([404, 10015]);
  });

  it('need MANAGE_WEBHOOKS, except to read its own', async () => {
    const { id } = await make();
    await bot.arm(0n);

    expect(await bot.outcome('GET', `/webhooks/${id}`)).toEqual([200, undefined]);
    for (const [method, path] of [
      ['POST', IN_GENERAL],
      ['GET', IN_GENERAL],
      ['GET', `/guilds/${bot.guildId}/webhooks`],
      ['PATCH', `/webhooks/${id}`],
      ['DELETE', `/webhooks/${id}`],
    ] as const) {
      const body = method === 'POST' || method === 'PATCH' ? { name: 'a' } : undefined;
      expect(await bot.outcome(method, path, body)).toEqual([403, 50013]);
    }
    await bot.arm(PERMISSION.MANAGE_WEBHOOKS);
    expect(await bot.outcome('DELETE', `/webhooks/${id}`)).toEqual([204, undefined]);
  });

  it('of other applications show no token', async () => {
    const { control } = bot.simulator;
    const other = await control.registerApplication({ name: 'Other' });
    const permissions = String(PERMISSION.MANAGE_WEBHOOKS);
    await control.installBot({ client_id: other.client_id, guild_id: bot.guildId, permissions });
    const headers = { authorization: `Bot ${other.bot_token}` };
    const { json } = await bot.call('POST', IN_GENERAL, { name: 'Theirs' }, headers);
    const path = `/webhooks/${String(json['id'])}`;
    const seen = (await bot.call('GET', path)).json;

    expect(seen['name']).toBe('Theirs');
    expect(Object.keys(seen)).not.toContain('token');
    expect(Object.keys(seen)).not.toContain('url');
    expect(json['token']).toBeTypeOf('string');
    await bot.call('DELETE', path);
  });

  it('are read and changed by their own token, but do not move by it', async () => {
    const { id, token } = await make();
    const path = `/api/v10/webhooks/${id}/${token}`;
    const headers = { 'user-agent': USER_AGENT, 'content-type': 'application/json' };
    const read = await bot.app.send(path, { headers });
    expect(read.json).toMatchObject({ id, token, name: 'Reporter' });
    expect(Object.keys(read.json)).not.toContain('user');
    const body = JSON.stringify({ name: 'Renamed', channel_id: CHANNELS.questions });
    const edited = await bot.app.send(path, { method: 'PATCH', headers, body });

    expect(edited.json).toMatchObject({ name: 'Renamed', channel_id: CHANNELS.general });
    expect((await bot.app.send(`${path}x`, { headers })).json['code']).toBe(50027);
    expect((await bot.app.send(path, { method: 'DELETE', headers })).status).toBe(204);
  });
});
