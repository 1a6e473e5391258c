import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SEED_GUILDS } from '../../infra/local/discord/world/seed-guilds.ts';
import { connectUser, type ConnectedUser } from '../support/connected-user.ts';
import { watchDiscord, type DiscordRequests } from '../support/discord-requests.ts';
import { makeLimitedKey, makeToken } from '../support/made-credentials.ts';
import { useHarness } from '../support/use-harness.ts';

const { analyticalEngine: GUILD_X, compilers: GUILD_Y } = SEED_GUILDS;
const CHANNEL = '197038439483310201';

const PROFILE = '/users/@me';
const GUILDS = '/users/@me/guilds';
const memberOf = ({ id }: { id: string }) => `/users/@me/guilds/${id}/member`;

const harness = useHarness();
let discord: DiscordRequests;
let ada: ConnectedUser;

beforeAll(async () => {
  discord = watchDiscord(harness.simulator);
  ada = await connectUser(harness, { scopes: ['identify', 'guilds', 'guilds.members.read'] });
});
beforeEach(() => discord.clear());

/** What the token answers to each path: a status, or what it says to be missing. */
async function tryAll(token: string, ...paths: string[]): Promise<unknown[]> {
  const outcomes: unknown[] = [];
  for (const path of paths) {
    const { status, json } = await ada.call(path, { key: token });
    outcomes.push(status === 200 ? 200 : [status, json.code, json.missing ?? []]);
  }
  return outcomes;
}

const refused = (...missing: string[]) => [403, 'token_not_allowed', missing];

describe('a connection token that is limited to actions', () => {
  it('runs these and no other, and says which they are', async () => {
    const { token } = await makeToken(harness, ada.connectionId, { actions: ['user.read'] });

    expect(await tryAll(token, PROFILE, GUILDS, memberOf(GUILD_X))).toEqual([
      200,
      refused('user_guilds.list'),
      refused('user_guild_member.read'),
    ]);
    expect(await discord.calls()).toBe(1);
    const { json } = await ada.call(GUILDS, { key: token });
    expect(json).toMatchObject({ allowed: ['user.read'], missing: ['user_guilds.list'] });
    expect(json.detail).toBe(
      "The token is limited to the actions user.read. Stay within the token's limits, or call from your back end with an API key.",
    );
  });

  it('is told so by a problem that Discord clients can read, without an Allow header', async () => {
    const { token } = await makeToken(harness, ada.connectionId, { actions: ['user.read'] });
    const answer = await ada.call(GUILDS, { key: token });

    expect(answer.headers).not.toHaveProperty('allow');
    expect(answer.headers['content-type']).toBe('application/json');
    expect(answer.json.message).toContain('The connection token does not allow this');
  });

  it('can do nothing that its key cannot', async () => {
    const { key } = await makeLimitedKey(harness, { actions: ['user.read', 'user_guilds.list'] });
    const whole = await makeToken(harness, ada.connectionId, undefined, key);
    const part = await makeToken(harness, ada.connectionId, { actions: ['user_guilds.list'] }, key);

    expect(await tryAll(whole.token, PROFILE, GUILDS, memberOf(GUILD_X))).toEqual([
      200,
      200,
      refused('user_guild_member.read'),
    ]);
    expect(await tryAll(part.token, PROFILE, GUILDS)).toEqual([refused('user.read'), 200]);
  });
});

describe('a connection token that is limited to guilds', () => {
  it('is refused on another guild before Discord hears of it, and says which are allowed [hostile 22]', async () => {
    const { token } = await makeToken(harness, ada.connectionId, { guild_ids: [GUILD_X.id] });

    expect(await tryAll(token, memberOf(GUILD_X))).toEqual([200]);
    await discord.clear();
    const { status, json } = await ada.call(memberOf(GUILD_Y), { key: token });
    expect([status, json.code]).toEqual([403, 'token_not_allowed']);
    expect(json).toMatchObject({ allowed: [GUILD_X.id], missing: [GUILD_Y.id] });
    expect(json.detail).toContain(`limited to the guilds ${GUILD_X.id}.`);
    expect(await discord.all()).toEqual([]);
  });

  it('answers for guilds that do not exist like for guilds that do', async () => {
    const { token } = await makeToken(harness, ada.connectionId, { guild_ids: [GUILD_X.id] });

    expect(await tryAll(token, memberOf({ id: '999999999999999999' }))).toEqual([refused('999999999999999999')]);
  });

  it('sees the user himself, and not the list of all his guilds', async () => {
    const { token } = await makeToken(harness, ada.connectionId, { guild_ids: [GUILD_X.id, GUILD_Y.id] });

    expect(await tryAll(token, PROFILE, memberOf(GUILD_Y), GUILDS)).toEqual([200, 200, refused()]);
  });

  it('needs the action as well', async () => {
    const body = { guild_ids: [GUILD_X.id], actions: ['user.read'] };
    const { token } = await makeToken(harness, ada.connectionId, body);

    expect(await tryAll(token, PROFILE, memberOf(GUILD_X))).toEqual([200, refused('user_guild_member.read')]);
  });

  it('is compared with the id as it is sent on: no other spelling slips through [hostile 23]', async () => {
    const { token } = await makeToken(harness, ada.connectionId, { guild_ids: [GUILD_X.id] });
    const spellings = [`0${GUILD_Y.id}`, `${GUILD_Y.id} `, `${GUILD_X.id}%2F..%2F${GUILD_Y.id}`, `${GUILD_X.id}%3F`];
    await discord.clear();
    for (const id of spellings) {
      const answer = await ada.call(`/users/@me/guilds/${id}/member`, { key: token });
      expect([400, 403, 404, 405]).toContain(answer.status);
    }
    expect(await discord.all()).toEqual([]);
  });
});

describe('a connection token that is limited to channels', () => {
  it('reaches no guild as a whole', async () => {
    const { token } = await makeToken(harness, ada.connectionId, { channel_ids: [CHANNEL] });

    expect(await tryAll(token, PROFILE, memberOf(GUILD_X), GUILDS)).toEqual([200, refused(GUILD_X.id), refused()]);
  });

  it('reaches the guilds that are named beside them', async () => {
    const body = { channel_ids: [CHANNEL], guild_ids: [GUILD_X.id] };
    const { token } = await makeToken(harness, ada.connectionId, body);

    expect(await tryAll(token, memberOf(GUILD_X), memberOf(GUILD_Y))).toEqual([200, refused(GUILD_Y.id)]);
  });
});

describe('what a connection token can never do', () => {
  it.each([
    ['make tokens', 'POST', '/connections/{connection}/tokens'],
    ['revoke tokens', 'DELETE', '/connections/{connection}/tokens/{token}'],
    ['list connections', 'GET', '/connections'],
    ['read its connection', 'GET', '/connections/{connection}'],
    ['end its connection', 'DELETE', '/connections/{connection}'],
    ['make connect sessions', 'POST', '/connect-sessions'],
    ['confirm a connect session', 'POST', `/connect-sessions/cs_${'A'.repeat(43)}/confirm`],
  ])('is to %s: 403, and nothing is read for it [hostile 22]', async (_what, method, template) => {
    const { id, token } = await makeToken(harness, ada.connectionId);
    const path = template.replace('{connection}', ada.connectionId).replace('{token}', id);
    harness.stack.aws.requests.clear();
    const answer = await harness.wire.send(method, path, { key: token, ...(method === 'POST' ? { json: {} } : {}) });

    expect([answer.status, answer.json.code]).toEqual([403, 'token_not_allowed']);
    expect(answer.json).not.toHaveProperty('allowed');
    expect(harness.stack.aws.requests.counts()).toEqual({});
    expect((await ada.load()).status).toBe('active');
    expect((await ada.call(PROFILE, { key: token })).status).toBe(200);
  });
});
