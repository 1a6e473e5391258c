import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connectUser, type ConnectedUser } from '../support/connected-user.ts';
import { watchDiscord, type DiscordRequests } from '../support/discord-requests.ts';
import { useHarness } from '../support/use-harness.ts';
import { openStoredItems, type StoredItems } from '../support/stored-items.ts';
import type { JsonAnswer } from '../support/wire.ts';

/** Open sessions live ten minutes, finished ones an hour. */
const LONGEST_SESSION_LIFE_SECONDS = 3600;

describe('stored items that are not what they should be', () => {
  const harness = useHarness();
  let discord: DiscordRequests;
  let items: StoredItems;
  beforeAll(() => {
    discord = watchDiscord(harness.simulator);
    items = openStoredItems(harness);
  });
  beforeEach(() => {
    harness.log.entries.length = 0;
    harness.coldStart();
  });

  const connect = async (user: 'ada' | 'grace', key = harness.key) => {
    const connected = await connectUser(harness, { user, key });
    await discord.clear();
    return connected;
  };
  const loadConnection = ({ connectionId }: ConnectedUser) => items.load(`CONNECTION#${connectionId}`, 'CONNECTION');
  const changeConnection = ({ connectionId }: ConnectedUser, attributes: Record<string, unknown>) =>
    items.change(`CONNECTION#${connectionId}`, 'CONNECTION', attributes);

  const expectUnreadable = async (answer: JsonAnswer): Promise<void> => {
    expect([answer.status, answer.json.code]).toEqual([503, 'sealed_data_unreadable']);
    expect(answer.json).not.toHaveProperty('errors');
    expect(await discord.all()).toEqual([]);
  };

  it('tokens moved to another connection of the tenant do not open', async () => {
    const [ada, grace] = [await connect('ada'), await connect('grace')];
    const taken = await loadConnection(ada);
    await changeConnection(grace, { sealedTokens: taken?.['sealedTokens'] });

    await expectUnreadable(await grace.call());
    expect((await ada.call()).status).toBe(200);
  });

  it('tokens moved to another tenant do not open, not even together with their data key', async () => {
    const strangerKey = await harness.makeTenant('stranger');
    const [ada, grace] = [await connect('ada'), await connect('grace', strangerKey)];
    const taken = await loadConnection(ada);
    const sealedTokens = String(taken?.['sealedTokens']);
    await changeConnection(grace, { sealedTokens });
    await expectUnreadable(await grace.call('/users/@me', { key: strangerKey }));

    const keyId = sealedTokens.split('.')[1] ?? '';
    const dataKey = await items.load('TENANT#default', `DATAKEY#${keyId}`);
    await items.put({ ...dataKey, pk: 'TENANT#stranger', tenantId: 'stranger' });
    harness.coldStart();
    await expectUnreadable(await grace.call('/users/@me', { key: strangerKey }));
    expect(harness.log.entries).toContainEqual(
      expect.objectContaining({ event: 'outage', cause: 'InvalidCiphertextException' }),
    );
  });

  it('a connection moved to another tenant does not open there', async () => {
    const thiefKey = await harness.makeTenant('thief');
    const ada = await connect('ada');
    await changeConnection(ada, { tenantId: 'thief' });

    await expectUnreadable(await ada.call('/users/@me', { key: thiefKey }));
    expect((await ada.call()).json.code).toBe('connection_not_found');
  });

  it('an older pair put back does not open', async () => {
    const ada = await connect('ada');
    const old = await loadConnection(ada);
    harness.clock.advanceSeconds(6.5 * 86_400);
    await ada.call();
    await discord.clear();
    await changeConnection(ada, { sealedTokens: old?.['sealedTokens'] });

    await expectUnreadable(await ada.call());
  });

  it.each<[string, (sealed: string) => string]>([
    ['one bit flipped', (sealed) => sealed.slice(0, -3) + (sealed.at(-3) === 'A' ? 'B' : 'A') + sealed.slice(-2)],
    ['its end cut', (sealed) => sealed.slice(0, -4)],
    ['another version', (sealed) => sealed.replace(/^v1\./, 'v1.v1.')],
    ['an unknown data key', (sealed) => sealed.replace(/^v1\.[0-9a-f]{16}/, `v1.${'0'.repeat(16)}`)],
    ['nothing behind its prefix', () => 'v1.'],
  ])('a seal with %s does not open', async (_, bend) => {
    const ada = await connect('ada');
    const stored = await loadConnection(ada);
    await changeConnection(ada, { sealedTokens: bend(String(stored?.['sealedTokens'])) });

    await expectUnreadable(await ada.call());
  });

  it('a connection without tokens asks the user to connect again', async () => {
    const ada = await connect('ada');
    await changeConnection(ada, { sealedTokens: undefined });
    const { status, json } = await ada.call();

    expect([status, json.code, json.status_reason]).toEqual([409, 'reconnect_required', 'no_tokens']);
  });

  it.each<[string, Record<string, unknown>]>([
    ['an unknown status', { status: 'half-active' }],
    ['a scope for scopes', { scopes: 'identify' }],
    ['a version that is text', { tokensVersion: '1' }],
    ['no application', { clientId: undefined }],
    ['a seal that is a number', { sealedTokens: 5 }],
    ['plain text for a seal', { sealedTokens: 'plain-text-where-a-seal-belongs' }],
    ['a list for the user', { discordUser: [] }],
  ])('a connection with %s is a fault of ours, told without detail', async (_, attributes) => {
    const ada = await connect('ada');
    await changeConnection(ada, attributes);
    const { status, json } = await ada.call();

    expect([status, json.code]).toEqual([500, 'internal_error']);
    expect(Object.keys(json).toSorted()).toEqual(['code', 'detail', 'instance', 'message', 'status', 'title', 'type']);
    expect(JSON.stringify(json)).not.toMatch(/zod|schema|half-active|plain-text|sealedTokens|clientId/i);
    expect(harness.log.entries).toContainEqual(expect.objectContaining({ level: 'error', event: 'bug' }));
    expect(JSON.stringify(harness.log.entries)).not.toContain('plain-text');
    expect(await discord.all()).toEqual([]);
  });

  it('a row past its time counts as gone although DynamoDB has not deleted it yet [hostile 38]', async () => {
    const { wire, key } = harness;
    const input = { user_id: 'late', return_url: 'http://localhost:9/' };
    const open = await wire.createSession(key, input);
    const returned = await wire.comeBack(key, input, { userId: '175928847299117063' });
    harness.clock.advanceSeconds(LONGEST_SESSION_LIFE_SECONDS + 1);
    const link = await wire.send('GET', String(open.json.authorize_url).slice(harness.origin.length));
    const confirmed = await wire.confirm(key, returned.sessionId, 'late', returned.confirmationCode);

    expect(await items.load(`SESSION#${open.json.id}`, 'SESSION')).toBeDefined();
    expect(await items.load(`SESSION#${returned.sessionId}`, 'SESSION')).toBeDefined();
    expect(link.status).toBe(404);
    expect([confirmed.status, confirmed.json.code]).toEqual([404, 'connect_session_not_found']);
  });
});
