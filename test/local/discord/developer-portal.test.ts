import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Simulator } from '../../../infra/local/discord/simulator.ts';
import { SEED_GUILDS } from '../../../infra/local/discord/world/seed-guilds.ts';
import { SEED_USERS } from '../../../infra/local/discord/world/seed-users.ts';
import { LIST, submitForm } from './developer-forms.ts';
import {
  readCallback,
  REDIRECT_URI,
  ScriptedApp,
  startTestSimulator,
  USER_AGENT,
  type Fields,
  type Reply,
} from './scripted-app.ts';

let simulator: Simulator;
let app: ScriptedApp;
let pages: string;

beforeAll(async () => {
  simulator = await startTestSimulator();
  app = new ScriptedApp(simulator);
  pages = `${LIST}/${simulator.application.clientId}`;
});

beforeEach(() => simulator.control.setRedirectUris({ redirect_uris: [REDIRECT_URI] }));

afterAll(() => simulator.stop());

const open = (path: string) => app.send(path, {});

const submit = (path: string, fields: Fields) => submitForm(app, path, fields);

/** The text that stands in a field of the page. */
const readField = (reply: Reply, id: string) => new RegExp(`id="${id}"[^>]* value="([^"]*)"`).exec(reply.text)?.[1];

/** Client credentials: the shortest question whether an id and a secret are right. */
async function askWith(clientId: string, clientSecret: string): Promise<number> {
  const fields = {
    grant_type: 'client_credentials',
    scope: 'identify',
    client_id: clientId,
    client_secret: clientSecret,
  };
  return (await app.postForm('/api/oauth2/token', fields, { 'user-agent': USER_AGENT })).status;
}

const asBot = (token: string) =>
  app.send('/api/v10/applications/@me', { headers: { authorization: `Bot ${token}`, 'user-agent': USER_AGENT } });

const readApplication = async () => (await simulator.control.listApplications()).items[0];

describe('the simulated Developer Portal', () => {
  it('is labelled as a simulator, has no script, and lets its forms go nowhere else', async () => {
    for (const path of [LIST, `${pages}/information`, `${pages}/oauth2`, `${pages}/bot`]) {
      const reply = await open(path);
      expect(reply.status).toBe(200);
      expect(reply.text).toContain('not Discord');
      expect(reply.text).not.toContain('<script');
      const policy = reply.headers.get('content-security-policy');
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("form-action 'self'");
      expect(policy).toContain("frame-ancestors 'none'");
    }
  });

  it('shows ids and keys, and no secret', async () => {
    const { clientId, clientSecret, botToken } = simulator.application;
    const information = await open(`${pages}/information`);
    expect(readField(information, 'application_id')).toBe(clientId);
    expect(readField(information, 'public_key')).toBe((await asBot(botToken)).json['verify_key']);
    const oauth2 = await open(`${pages}/oauth2`);
    expect(readField(oauth2, 'client_id')).toBe(clientId);
    for (const { text } of [information, oauth2, await open(`${pages}/bot`)]) {
      expect(text).not.toContain(clientSecret);
      expect(text).not.toContain(botToken);
    }
  });

  it.each([
    ['/developers', 302, LIST],
    ['/developers/applications/APP', 302, `${LIST}/APP/information`],
    ['/developers/docs', 404, null],
    ['/developers/applications/APP/webhooks', 404, null],
    ['/developers/applications/APP/constructor', 404, null],
    ['/developers/applications/APP/bot/more', 404, null],
    ['/developers/applications/1157382094513872927/bot', 404, null],
  ])('answers %s with %i', async (path, status, location) => {
    const fill = (text: string) => text.replace('APP', simulator.application.clientId);
    const reply = await open(fill(path));
    expect([reply.status, reply.headers.get('location')]).toEqual([status, location === null ? null : fill(location)]);
  });
});

describe('a new application', () => {
  it('is as Discord makes it: no redirect, no intents, no code grant, and nobody knows its secrets', async () => {
    const made = await submit(LIST, { change: 'create', name: ' My app ' });
    const page = made.headers.get('location')?.replace('?saved', '') ?? '';
    const clientId = page.split('/')[3] ?? '';
    expect(page).toMatch(/^\/developers\/applications\/[0-9]{17,20}\/information$/);
    expect((await open(LIST)).text).toContain('<bdi>My app</bdi>');
    const record = (await simulator.control.listApplications()).items.find((item) => item.client_id === clientId);
    expect(record).toMatchObject({
      name: 'My app',
      redirect_uris: [],
      intents: [],
      bot_require_code_grant: false,
      bot_public: true,
    });

    const path = `${LIST}/${clientId}`;
    const secret = readField(await submit(`${path}/oauth2`, { change: 'reset_secret' }), 'new_secret') ?? '';
    expect(await askWith(clientId, secret)).toBe(200);
    const token = readField(await submit(`${path}/bot`, { change: 'reset_token' }), 'new_secret') ?? '';
    expect((await asBot(token)).json).toMatchObject({ id: clientId, redirect_uris: [] });
  });

  it('has a name that turns nothing around and adds no markup', async () => {
    const name = '</bdi><img src=x>\u202e"\'';
    const made = await submit(LIST, { change: 'create', name });
    const path = made.headers.get('location') ?? '';
    for (const reply of [await open(LIST), await open(path)]) {
      expect(reply.text).not.toContain('<img');
      expect(reply.text).toContain('<bdi>&lt;/bdi&gt;&lt;img src=x&gt;\u202e&quot;&#39;</bdi>');
    }
  });

  it.each(['', '   ', 'x'.repeat(33)])('is not made with the name %j', async (name) => {
    const before = (await simulator.control.listApplications()).items.length;
    const reply = await submit(LIST, { change: 'create', name });
    expect(reply.status).toBe(400);
    expect(reply.text).toContain('1 to 32 characters');
    expect(readField(reply, 'name')).toBe(name);
    expect((await simulator.control.listApplications()).items).toHaveLength(before);
  });
});

describe('secrets', () => {
  it('are shown once when reset, and the earlier one is void at once', async () => {
    const { clientId, clientSecret } = simulator.application;
    const reply = await submit(`${pages}/oauth2`, { change: 'reset_secret' });
    const fresh = readField(reply, 'new_secret') ?? '';
    expect([await askWith(clientId, clientSecret), await askWith(clientId, fresh)]).toEqual([401, 200]);
    expect((await open(`${pages}/oauth2`)).text).not.toContain(fresh);
    expect((await simulator.control.listSecrets()).items).toContainEqual({ kind: 'client_secret', value: fresh });
  });

  it('of the bot too', async () => {
    const { botToken } = simulator.application;
    const reply = await submit(`${pages}/bot`, { change: 'reset_token' });
    const fresh = readField(reply, 'new_secret') ?? '';
    expect([(await asBot(botToken)).status, (await asBot(fresh)).status]).toEqual([401, 200]);
    expect((await open(`${pages}/bot`)).text).not.toContain(fresh);
  });
});

describe('redirects', () => {
  const OTHER = 'https://app.example.com/back?a=1&b=2';

  it('lead back only as long as they are registered', async () => {
    const authorize = async () => (await app.postConsent({ redirect_uri: OTHER })).status;
    expect(await authorize()).toBe(400);
    const added = await submit(`${pages}/oauth2`, { change: 'add_redirect', redirect_uri: OTHER });
    expect([added.status, added.headers.get('location')]).toEqual([302, `${pages}/oauth2?saved`]);
    expect((await open(`${pages}/oauth2`)).text).toContain('<code>https://app.example.com/back?a=1&amp;b=2</code>');
    expect(await authorize()).toBe(302);
    await submit(`${pages}/oauth2`, { change: 'remove_redirect', redirect_uri: OTHER });
    expect(await authorize()).toBe(400);
    expect((await readApplication())?.redirect_uris).toEqual([REDIRECT_URI]);
  });

  it.each([
    'app.example.com/back',
    'https://*.example.com/back',
    'https://app.example.com/back#part',
    'https://app.example.com/back ',
    REDIRECT_URI,
    '',
    '"><img src=x>',
  ])('are not taken: %j', async (uri) => {
    const reply = await submit(`${pages}/oauth2`, { change: 'add_redirect', redirect_uri: uri });
    expect(reply.status).toBe(400);
    expect(reply.text).toContain('role="alert"');
    expect(reply.text).not.toContain('<img');
    expect((await readApplication())?.redirect_uris).toEqual([REDIRECT_URI]);
  });

  it('are ten at most', async () => {
    const ten = Array.from({ length: 10 }, (_, at) => `https://app.example.com/${at}`);
    await simulator.control.setRedirectUris({ redirect_uris: ten });
    const reply = await submit(`${pages}/oauth2`, { change: 'add_redirect', redirect_uri: OTHER });
    expect(reply.status).toBe(400);
    expect(reply.text).toContain('at most 10');
    expect((await readApplication())?.redirect_uris).toEqual(ten);
  });
});

describe('the bot', () => {
  it('has what is switched on, and no more', async () => {
    await submit(`${pages}/bot`, { change: 'save', message_content: 'on' });
    expect(await readApplication()).toMatchObject({
      intents: ['MESSAGE_CONTENT'],
      bot_public: false,
      bot_require_code_grant: false,
    });
    const text = (await open(`${pages}/bot`)).text;
    const checked = [...text.matchAll(/name="(\w+)" checked/g)].map(([, name]) => name);
    expect(checked).toEqual(['message_content']);
    const told = (await asBot(simulator.application.botToken)).json;
    expect(told).toMatchObject({ bot_public: false, bot_require_code_grant: false, flags: 1 << 19 });
  });

  it('is added by others only when it is public', async () => {
    const { grace, ada } = SEED_USERS;
    const join = (userId: string) =>
      app.postConsent({ scope: 'bot', user_id: userId, guild_id: SEED_GUILDS.compilers.id });
    await submit(`${pages}/bot`, { change: 'save', bot_require_code_grant: 'on' });
    expect([(await join(grace.id)).status, readCallback(await join(ada.id)).has('code')]).toEqual([403, true]);
    await submit(`${pages}/bot`, { change: 'save', bot_require_code_grant: 'on', bot_public: 'on' });
    expect(readCallback(await join(grace.id)).has('code')).toBe(true);
  });
});
