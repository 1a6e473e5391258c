import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Simulator } from '../../../infra/local/discord/simulator.ts';
import { SEED_GUILDS } from '../../../infra/local/discord/world/seed-guilds.ts';
import { SEED_USERS } from '../../../infra/local/discord/world/seed-users.ts';
import { CHALLENGE, readCallback, REDIRECT_URI, ScriptedApp, startTestSimulator } from './scripted-app.ts';

let simulator: Simulator;
let app: ScriptedApp;

beforeAll(async () => {
  simulator = await startTestSimulator();
  app = new ScriptedApp(simulator);
});

afterAll(() => simulator.stop());

const { ada, grace, linus, noor, solo } = SEED_USERS;
const { analyticalEngine, compilers, stars } = SEED_GUILDS;
const GENERAL = '197038439483310201';
const STAFF_ONLY = '197038439483310203';
const BUILDS = '613425648685547701';

describe('consent page', () => {
  it('is labelled as a simulator, has no script and offers every user', async () => {
    const reply = await app.openConsent();

    expect(reply.status).toBe(200);
    expect(reply.text).toContain('not Discord');
    expect(reply.text).not.toContain('<script');
    expect(reply.headers.get('content-security-policy')).toContain("default-src 'none'");
    for (const user of simulator.world.users) expect(reply.text).toContain(`value="${user.id}"`);
  });

  it('escapes names and what the query brought', async () => {
    const reply = await app.openConsent({ state: '"><img src=x>' });

    expect(reply.text).not.toContain('<img');
    expect(reply.text).toContain('&quot;&gt;&lt;img src=x&gt;');
  });

  it('asks for the server on a second page and preselects the wished one', async () => {
    const changes = { scope: 'identify bot', guild_id: compilers.id };
    const first = await app.openConsent(changes);
    const second = await app.openConsent({ ...changes, user_id: ada.id });

    expect(first.text).not.toContain('value="authorize"');
    expect(second.text).toContain(`<option value="${compilers.id}" selected>`);
    expect(second.text).toContain(`<option value="${analyticalEngine.id}">`);
    expect(second.text).not.toContain(stars.id);
  });

  it('offers only the wished server when the choice is locked', async () => {
    const changes = { scope: 'bot', guild_id: compilers.id, disable_guild_select: 'true', user_id: ada.id };
    const reply = await app.openConsent(changes);

    expect(reply.text).toContain(`value="${compilers.id}"`);
    expect(reply.text).not.toContain(`value="${analyticalEngine.id}"`);
  });

  it('offers only channels in which the user manages webhooks', async () => {
    const graces = await app.openConsent({ scope: 'webhook.incoming', user_id: grace.id });
    const adas = await app.openConsent({ scope: 'webhook.incoming', user_id: ada.id });

    expect(graces.text).toContain(`value="${GENERAL}"`);
    expect(graces.text).not.toContain(`value="${STAFF_ONLY}"`);
    expect(adas.text).toContain(`value="${STAFF_ONLY}"`);
    expect(adas.text).toContain(`value="${BUILDS}"`);
    expect(adas.text).not.toContain('value="613425648685547700"');
  });

  it('offers nothing but Cancel to a user without a server', async () => {
    const reply = await app.openConsent({ scope: 'identify bot', user_id: solo.id });

    expect(reply.text).toContain('No server to choose');
    expect(reply.text).not.toContain('value="authorize"');
    expect(reply.text).toContain('value="cancel"');
  });
});

describe('authorization requests that cannot be trusted', () => {
  it.each([
    ['an unknown client_id', { client_id: '1157382094513872927' }],
    ['a client_id that is no snowflake', { client_id: 'abc' }],
    ['no redirect_uri', { redirect_uri: undefined }],
    ['another path', { redirect_uri: `${REDIRECT_URI}/` }],
    ['another case', { redirect_uri: REDIRECT_URI.replace('localhost', 'LOCALHOST') }],
    ['another port', { redirect_uri: REDIRECT_URI.replace('3000', '3001') }],
    ['an added query', { redirect_uri: `${REDIRECT_URI}?x=1` }],
  ])('end on a page and redirect nowhere: %s', async (_what, changes) => {
    const got = await app.openConsent(changes);
    const posted = await app.postConsent(changes);

    expect([got.status, posted.status]).toEqual([400, 400]);
    expect(got.headers.get('location')).toBeNull();
    expect(posted.headers.get('location')).toBeNull();
  });

  it('refuse a parameter that comes twice', async () => {
    const query = `client_id=${simulator.application.clientId}&client_id=1&scope=identify`;
    const reply = await app.send(`/oauth2/authorize?${query}`, {});

    expect(reply.status).toBe(400);
    expect(reply.text).toContain('invalid_request');
  });
});

describe('authorization requests that are wrong', () => {
  it.each([
    ['invalid_request', { response_type: undefined }],
    ['unsupported_response_type', { response_type: 'token' }],
    ['invalid_scope', { scope: undefined }],
    ['invalid_scope', { scope: '' }],
    ['invalid_scope', { scope: 'identify nonsense' }],
    ['invalid_scope', { scope: 'identify,email' }],
    ['invalid_scope', { scope: 'toString' }],
    ['invalid_scope', { scope: 'relationships.read' }],
    ['invalid_scope', { scope: 'applications.commands.update' }],
    ['invalid_scope', { scope: 'role_connections.write', code_challenge: CHALLENGE, code_challenge_method: 'S256' }],
    ['invalid_request', { code_challenge: CHALLENGE }],
    ['invalid_request', { code_challenge: CHALLENGE, code_challenge_method: 'plain' }],
    ['invalid_request', { code_challenge_method: 'S256' }],
    ['invalid_request', { code_challenge: CHALLENGE.slice(1), code_challenge_method: 'S256' }],
    ['invalid_request', { code_challenge: `${CHALLENGE}=`, code_challenge_method: 'S256' }],
    ['invalid_request', { prompt: 'login' }],
    ['invalid_request', { permissions: '0x8' }],
    ['invalid_request', { permissions: '18446744073709551616' }],
    ['invalid_request', { integration_type: '1' }],
    ['invalid_request', { guild_id: 'x' }],
    ['invalid_request', { disable_guild_select: 'yes' }],
  ])('go back to the application with %s: %j', async (error, changes) => {
    const callback = readCallback(await app.openConsent(changes));

    expect(callback.get('error')).toBe(error);
    expect(callback.get('state')).toBe('state-1');
    expect(callback.has('code')).toBe(false);
  });
});

describe('the decision', () => {
  it('returns code and state and nothing else', async () => {
    const reply = await app.postConsent();

    expect(reply.status).toBe(302);
    expect(reply.headers.get('location')).toMatch(
      /^http:\/\/localhost:3000\/integration-callback\?code=[A-Za-z0-9]{30}&state=state-1$/,
    );
  });

  it('returns access_denied in Discord’s words when the user cancels', async () => {
    const reply = await app.postConsent({ decision: 'cancel' });

    expect(reply.headers.get('location')).toBe(
      `${REDIRECT_URI}?error=access_denied&error_description=The+resource+owner+or+authorization+server+denied+the+request.&state=state-1`,
    );
  });

  it('returns the chosen guild and the permissions with bot', async () => {
    const reply = await app.postConsent({
      scope: 'identify bot',
      guild_id: compilers.id,
      permissions: '2251799813685248',
    });
    const callback = readCallback(reply);

    expect(callback.get('guild_id')).toBe(compilers.id);
    expect(callback.get('permissions')).toBe('2251799813685248');
  });

  it.each([
    [
      'a guild that the user does not manage',
      { scope: 'identify bot', user_id: linus.id, guild_id: analyticalEngine.id },
    ],
    ['a guild that the user is not in', { scope: 'identify bot', guild_id: stars.id }],
    ['a moderator without MANAGE_GUILD', { scope: 'identify bot', user_id: grace.id, guild_id: analyticalEngine.id }],
    ['no guild', { scope: 'identify bot' }],
    ['a channel without MANAGE_WEBHOOKS', { scope: 'webhook.incoming', user_id: noor.id, channel_id: GENERAL }],
    ['a channel that the user cannot see', { scope: 'webhook.incoming', user_id: grace.id, channel_id: STAFF_ONLY }],
    ['a channel of another guild', { scope: 'webhook.incoming', channel_id: GENERAL, guild_id: compilers.id }],
    ['no channel', { scope: 'webhook.incoming' }],
  ])('is refused on the spot for %s', async (_what, changes) => {
    const reply = await app.postConsent(changes);

    expect(reply.status).toBe(403);
    expect(reply.headers.get('location')).toBeNull();
  });

  it.each([
    ['an unknown user', { user_id: '1' }, 400],
    ['no decision', { decision: undefined }, 400],
  ])('is refused without %s', async (_what, changes, status) => {
    expect((await app.postConsent(changes)).status).toBe(status);
  });

  it('is not taken from another site’s form', async () => {
    const fields = app.authorizeFields({ user_id: ada.id, decision: 'authorize' });
    const byOrigin = await app.postForm('/oauth2/authorize', fields, { origin: 'https://evil.example' });
    const byFetchSite = await app.postForm('/oauth2/authorize', fields, { 'sec-fetch-site': 'cross-site' });

    expect([byOrigin.status, byFetchSite.status]).toEqual([403, 403]);
  });

  it('is taken only as a form', async () => {
    const reply = await app.send('/oauth2/authorize', { method: 'POST', body: '{}' });

    expect(reply.status).toBe(415);
  });
});

describe('prompt=none', () => {
  it('skips the screen only for what this user has granted before', async () => {
    const open = (scope: string, userId: string) => app.openConsent({ prompt: 'none', scope, user_id: userId });
    const before = await open('identify', noor.id);
    await app.connect({ user_id: noor.id, scope: 'identify guilds' });
    const same = await open('identify', noor.id);
    const more = await open('identify email', noor.id);
    const other = await open('identify', linus.id);

    expect(before.status).toBe(200);
    expect(readCallback(same).get('code')).toMatch(/^[A-Za-z0-9]{30}$/);
    expect([more.status, other.status]).toEqual([200, 200]);
  });

  it('shows the screen always for bot and webhook.incoming', async () => {
    await app.connect({ scope: 'identify bot', guild_id: compilers.id });
    const reply = await app.openConsent({ prompt: 'none', scope: 'identify bot', user_id: ada.id });

    expect(reply.status).toBe(200);
  });
});

describe('install links', () => {
  it('are refused for an application that requires a code grant', async () => {
    const reply = await app.send(`/oauth2/authorize?client_id=${simulator.application.clientId}`, {});

    expect(reply.status).toBe(400);
    expect(reply.text).toContain('code grant');
  });

  it('add the bot without any code where none is required', async () => {
    const { client_id: clientId } = await simulator.control.registerApplication({
      name: 'Open bot',
      bot_require_code_grant: false,
    });
    const fields = { client_id: clientId, user_id: ada.id, guild_id: compilers.id, decision: 'authorize' };
    const reply = await app.postForm('/oauth2/authorize', fields, {});

    expect(reply.status).toBe(200);
    expect(reply.text).toContain('was added to');
  });
});

describe('/api/oauth2/authorize', () => {
  it('sends browsers on with the query as it is', async () => {
    const reply = await app.send('/api/oauth2/authorize?client_id=1&scope=a%20b', {});

    expect(reply.headers.get('location')).toBe('/oauth2/authorize?client_id=1&scope=a%20b');
  });
});
