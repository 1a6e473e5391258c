import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Simulator } from '../../../infra/local/discord/simulator.ts';
import { SEED_GUILDS } from '../../../infra/local/discord/world/seed-guilds.ts';
import { SEED_USERS } from '../../../infra/local/discord/world/seed-users.ts';
import { ScriptedApp, startTestSimulator } from './scripted-app.ts';

let simulator: Simulator;
let app: ScriptedApp;
let accessToken: unknown;
let nowEpochMs: number;

beforeEach(async () => {
  nowEpochMs = 1_760_000_000_000;
  simulator = await startTestSimulator({
    now: () => nowEpochMs,
    limits: { routes: { 'users/@me': { limit: 2, window_ms: 2500 } } },
  });
  app = new ScriptedApp(simulator);
  accessToken = (await app.connect({ scope: 'identify guilds guilds.members.read' }))['access_token'];
});

afterEach(() => simulator.stop());

describe('rate limits', () => {
  it('tell in headers what is left and until when', async () => {
    await app.get('/users/@me', accessToken);
    nowEpochMs += 500;
    const { headers } = await app.get('/users/@me', accessToken);

    expect(headers.get('x-ratelimit-limit')).toBe('2');
    expect(headers.get('x-ratelimit-remaining')).toBe('0');
    expect(headers.get('x-ratelimit-reset')).toBe('1760000002.500');
    expect(headers.get('x-ratelimit-reset-after')).toBe('2.000');
    expect(headers.get('x-ratelimit-bucket')).toMatch(/^[0-9a-f]{32}$/);
  });

  it('answer 429 when exceeded, count nothing then, and open again after the window', async () => {
    await app.get('/users/@me', accessToken);
    await app.get('/users/@me', accessToken);
    nowEpochMs += 1000;
    const refused = await app.get('/users/@me', accessToken);
    nowEpochMs += 1500;
    const open = await app.get('/users/@me', accessToken);

    expect(refused.status).toBe(429);
    expect(refused.json).toEqual({ message: 'You are being rate limited.', retry_after: 1.5, global: false });
    expect(refused.headers.get('retry-after')).toBe('2');
    expect(refused.headers.get('x-ratelimit-scope')).toBe('user');
    expect(refused.headers.get('x-ratelimit-remaining')).toBe('0');
    expect(refused.headers.has('x-ratelimit-global')).toBe(false);
    expect(open.headers.get('x-ratelimit-remaining')).toBe('1');
  });

  it('count one user’s tokens together and different users apart', async () => {
    const second = await app.connect({ scope: 'identify' });
    const other = await app.connect({ scope: 'identify', user_id: SEED_USERS.grace.id });
    await app.get('/users/@me', accessToken);
    await app.get('/users/@me', second['access_token']);

    expect((await app.get('/users/@me', accessToken)).status).toBe(429);
    expect((await app.get('/users/@me', other['access_token'])).status).toBe(200);
  });

  it('count routes apart, and one route apart for each guild', async () => {
    await simulator.control.setRateLimits({ route: { limit: 1, window_ms: 1000 } });
    const member = (guildId: string) => app.get(`/users/@me/guilds/${guildId}/member`, accessToken);
    const first = await member(SEED_GUILDS.analyticalEngine.id);
    const second = await member(SEED_GUILDS.compilers.id);

    expect([first.status, second.status]).toEqual([200, 200]);
    expect(second.headers.get('x-ratelimit-bucket')).toBe(first.headers.get('x-ratelimit-bucket'));
    expect((await member(SEED_GUILDS.compilers.id)).status).toBe(429);
    expect((await app.get('/users/@me/guilds', accessToken)).status).toBe(200);
  });

  it('have a global one that says so', async () => {
    await simulator.control.setRateLimits({ global_per_user: { limit: 1, window_ms: 1000 } });
    await app.get('/users/@me', accessToken);
    const refused = await app.get('/users/@me/guilds', accessToken);

    expect(refused.json).toMatchObject({ retry_after: 1, global: true });
    expect(refused.headers.get('x-ratelimit-global')).toBe('true');
    expect(refused.headers.get('x-ratelimit-scope')).toBe('global');
    expect(refused.headers.has('x-ratelimit-bucket')).toBe(false);
  });

  it('give a bot 50 requests per second over all routes', async () => {
    const asBot = (path: string) => app.get(path, '', { authorization: `Bot ${simulator.application.botToken}` });
    await simulator.control.setRateLimits({ routes: {} });
    const replies = await Promise.all(
      Array.from({ length: 51 }, (_, at) => asBot(at % 2 ? '/users/@me' : '/users/@me/guilds')),
    );

    expect(replies.filter((reply) => reply.status === 429)).toHaveLength(1);
  });

  it('hold for requests without a valid credential, by address', async () => {
    await simulator.control.setRateLimits({ global_per_ip: { limit: 2, window_ms: 1000 } });
    const statuses = [];
    for (const token of ['a', 'b', 'c']) statuses.push((await app.get('/users/@me', token)).status);

    expect(statuses).toEqual([401, 401, 429]);
    expect((await app.get('/users/@me', accessToken)).status).toBe(200);
  });
});
