import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createApiKey } from '../../shared/app/operate-tenants.ts';
import { rollApiKey } from '../../shared/app/roll-api-key.ts';
import { connectUser, type ConnectedUser } from '../support/connected-user.ts';
import { watchDiscord, type DiscordRequests } from '../support/discord-requests.ts';
import { askForToken, makeLimitedKey, makeToken } from '../support/made-credentials.ts';
import { useHarness } from '../support/use-harness.ts';
import { expectProblem, RETURN_URL, withoutRequestId } from './connect-expectations.ts';

const UNKNOWN_KEY = `dik_${'0'.repeat(16)}_${'A'.repeat(43)}`;

const harness = useHarness();
let discord: DiscordRequests;
let ada: ConnectedUser;

beforeAll(async () => {
  discord = watchDiscord(harness.simulator);
  ada = await connectUser(harness);
});
beforeEach(() => discord.clear());

const profile = (key: string) => ada.call('/users/@me', { key });

/** Use cases of the operator, on the harness's clock. */
const operator = () => ({ ...harness.edges, clock: harness.clock });

describe('an API key that is limited to actions', () => {
  it('runs these and no other, and says which they are', async () => {
    const { key } = await makeLimitedKey(harness, { actions: ['user_guilds.list'] });

    expect((await ada.call('/users/@me/guilds', { key })).status).toBe(200);
    await discord.clear();
    const { status, json } = await profile(key);
    expect([status, json.code]).toEqual([403, 'key_not_allowed']);
    expect(json).toMatchObject({ allowed: ['user_guilds.list'], missing: ['user.read'] });
    expect(json.detail).toContain('The key is limited to the actions user_guilds.list.');
    expect(await discord.all()).toEqual([]);
  });

  it('manages connections and connect sessions all the same', async () => {
    const { key } = await makeLimitedKey(harness, { actions: ['user_guilds.list'] });
    const session = await harness.wire.createSession(key, { user_id: 'u', return_url: RETURN_URL });

    expect(session.status).toBe(201);
    expect((await harness.wire.send('GET', '/connections', { key })).status).toBe(200);
    expect((await harness.wire.send('GET', `/connections/${ada.connectionId}`, { key })).status).toBe(200);
  });

  it('makes no token that may do more, and names what is too much', async () => {
    const { key } = await makeLimitedKey(harness, { actions: ['user_guilds.list', 'user.read'] });
    const body = { actions: ['user.read', 'user_connections.list', 'user_guild_member.read'] };
    const refused = await askForToken(harness, ada.connectionId, body, key);

    expectProblem(refused, 403, 'key_not_allowed');
    expect(refused.json).toMatchObject({
      missing: ['user_connections.list', 'user_guild_member.read'],
      allowed: ['user_guilds.list', 'user.read'],
    });
  });

  it('makes tokens that may do what it may, when nothing else is asked for', async () => {
    const { key } = await makeLimitedKey(harness, { actions: ['user_guilds.list'] });
    const { json } = await askForToken(harness, ada.connectionId, undefined, key);

    expect(json.actions).toEqual(['user_guilds.list']);
    expect((await profile(json.token)).json.code).toBe('token_not_allowed');
  });

  it.each([
    [{ actions: ['user.read', 'user.write'] }, /^unknown action user.write; known are user.read, /],
    [{ actions: [''] }, /^unknown action ;/],
    [{ actions: [] }, /^name at least one action/],
    [{ lifeSeconds: 59 }, /^a key lives a minute at least/],
    [{ lifeSeconds: 3_651 * 86_400 }, /^a key lives a minute at least and ten years at most/],
  ])('is not made with %j', async (limits, detail) => {
    const made = await createApiKey(operator(), 'default', 'x', limits);

    expect(made.ok ? made : made.failure.detail).toEqual(expect.stringMatching(detail));
  });
});

describe('an API key that expires', () => {
  it('works until its last second and is then like an unknown one, on every kind of call', async () => {
    const { key } = await makeLimitedKey(harness, { lifeSeconds: 3600 });
    harness.clock.advanceSeconds(3599);
    expect((await profile(key)).status).toBe(200);
    harness.clock.advanceSeconds(1);

    for (const [method, path] of [
      ['GET', ada.path()],
      ['GET', '/connections'],
      ['GET', `/connections/${ada.connectionId}`],
      ['POST', `/connections/${ada.connectionId}/tokens`],
      ['POST', '/connect-sessions'],
    ] as const) {
      const refused = await harness.wire.send(method, path, { key });
      expect([refused.status, refused.json.code]).toEqual([401, 'caller_unknown']);
      const unknown = await harness.wire.send(method, path, { key: UNKNOWN_KEY });
      expect(withoutRequestId(refused)).toEqual(withoutRequestId(unknown));
    }
  });

  it('stays in the table for the list of keys: its end is not a TTL', async () => {
    const { keyId } = await makeLimitedKey(harness, { lifeSeconds: 60 });

    const item = (await harness.scanTable()).find(({ pk }) => pk === `APIKEY#${keyId}`);
    expect(item).toHaveProperty('validUntilEpochSeconds');
    expect(item).not.toHaveProperty('expiresAtEpochSeconds');
  });
});

describe('rolling an API key', () => {
  const roll = async (keyId: string, overlapSeconds?: number) => {
    const rolled = await rollApiKey(operator(), keyId, overlapSeconds);
    if (!rolled.ok) throw new Error(rolled.failure.detail);
    const key = rolled.value.key.reveal();
    harness.knowSecret({ kind: 'API key', value: key, scope: 'everywhere' });
    return { ...rolled.value, key };
  };

  it('lets both keys work for a day, and then only the new one', async () => {
    const old = await makeLimitedKey(harness);
    const { key } = await roll(old.keyId);
    harness.clock.advanceSeconds(86_399);
    expect([(await profile(old.key)).status, (await profile(key)).status]).toEqual([200, 200]);
    harness.clock.advanceSeconds(1);

    expect((await profile(old.key)).json.code).toBe('caller_unknown');
    expect((await profile(key)).status).toBe(200);
  });

  it('hands limits on, and as much time as the old key had from its beginning', async () => {
    const old = await makeLimitedKey(harness, { actions: ['user.read'], lifeSeconds: 1000 });
    harness.clock.advanceSeconds(900);
    const { key, record, replaced } = await roll(old.keyId);
    const nowSeconds = harness.clock.nowEpochMs() / 1000;

    expect(record).toMatchObject({
      name: 'limited',
      actions: ['user.read'],
      validUntilEpochSeconds: nowSeconds + 1000,
    });
    // The overlap gives the old key no time that it did not have.
    expect(replaced).toMatchObject({ validUntilEpochSeconds: nowSeconds + 100, replacedByKeyId: record.keyId });
    expect((await ada.call('/users/@me/guilds', { key })).json.code).toBe('key_not_allowed');
  });

  it('ends the tokens of the old key with it', async () => {
    const old = await makeLimitedKey(harness);
    const { token } = await makeToken(harness, ada.connectionId, undefined, old.key);
    await roll(old.keyId, 600);
    harness.clock.advanceSeconds(599);
    expect((await profile(token)).status).toBe(200);
    harness.clock.advanceSeconds(1);

    expect((await profile(token)).json.code).toBe('caller_unknown');
  });

  it('leaves one new key when two operators roll at once', async () => {
    const old = await makeLimitedKey(harness);
    const outcomes = await Promise.all([rollApiKey(operator(), old.keyId), rollApiKey(operator(), old.keyId)]);
    const replaced = await harness.edges.apiKeys.load(old.keyId);

    const made = outcomes.flatMap((outcome) => (outcome.ok ? [outcome.value.record.keyId] : []));
    expect(made).toEqual([replaced?.replacedByKeyId]);
    const live = (await harness.edges.apiKeys.list('default')).filter(
      (key) => key.name === 'limited' && key.createdAtEpochSeconds * 1000 === harness.clock.nowEpochMs(),
    );
    expect(live.filter(({ revokedAtEpochSeconds }) => revokedAtEpochSeconds === undefined)).toHaveLength(2);
  });

  it('is recorded with both ids', async () => {
    const old = await makeLimitedKey(harness);
    const { record } = await roll(old.keyId, 0);
    const records = (await harness.scanTable()).filter(
      ({ pk, type }) => pk === 'AUDIT#default' && type === 'api_key_rolled',
    );

    expect(records).toContainEqual(
      expect.objectContaining({
        actor: { kind: 'operator' },
        details: {
          keyId: old.keyId,
          replacedByKeyId: record.keyId,
          validUntilEpochSeconds: harness.clock.nowEpochMs() / 1000,
        },
      }),
    );
    expect((await profile(old.key)).json.code).toBe('caller_unknown');
  });
});
