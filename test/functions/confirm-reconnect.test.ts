import { describe, expect, it } from 'vitest';
import { useHarness } from '../support/use-harness.ts';
import {
  ada,
  comeBack,
  countLiveTokens,
  countRevocations,
  expectProblem,
  grace,
  linus,
  listConnections,
  mina,
  noor,
  solo,
} from './connect-expectations.ts';

const harness = useHarness();

const ENGINE = { id: '197038439483310086', name: 'Analytical Engine' };
const COMPILERS = { id: '613425648685547541', name: 'Compilers & <b>Debuggers</b>' };

async function connect(user_id: string, discordUserId: string, more: Record<string, unknown> = {}, guildId?: string) {
  const returned = await comeBack(
    harness,
    { user_id, ...more },
    { userId: discordUserId, ...(guildId === undefined ? {} : { guildId }) },
  );
  return returned.confirm();
}

const profileStatus = async (connectionId: string) =>
  (await harness.wire.send('GET', `/connections/${connectionId}/api/v10/users/@me`, { key: harness.key })).status;

describe('connecting again', () => {
  it('renews the one connection of the same user and account: id and age stay, scopes are the new ones', async () => {
    const first = (await connect('same', ada.id, { scopes: ['guilds'] })).json;
    harness.clock.advanceSeconds(90);
    const second = (await connect('same', ada.id, { scopes: ['connections'] })).json;

    expect(second).toEqual({
      ...first,
      scopes: ['identify', 'connections'],
      updated_at: '2026-11-24T12:01:30Z',
    });
    expect(await listConnections(harness, 'same')).toEqual([second]);
    expect(await profileStatus(first.id)).toBe(200);
  });

  it('repairs the connection that the session names', async () => {
    const first = (await connect('repaired', ada.id)).json;
    await harness.simulator.control.revokeAuthorization({ user_id: ada.id });
    harness.clock.advanceSeconds(8 * 86_400);
    expect(await profileStatus(first.id)).toBe(409);
    expect((await listConnections(harness, 'repaired'))[0]).toMatchObject({ status: 'reconnect_required' });

    const repaired = (await connect('repaired', ada.id, { connection_id: first.id })).json;
    expect(repaired).toMatchObject({ id: first.id, status: 'active', created_at: first.created_at });
    expect(repaired).not.toHaveProperty('status_reason');
    expect(await profileStatus(first.id)).toBe(200);
  });

  it('keeps two users of one Discord account, and one user with two accounts, apart', async () => {
    const ids = [
      (await connect('one', solo.id)).json.id,
      (await connect('two', solo.id)).json.id,
      (await connect('one', noor.id)).json.id,
    ];

    expect(new Set(ids).size).toBe(3);
    expect((await listConnections(harness, 'one')).map(({ id }) => id).toSorted()).toEqual([ids[0], ids[2]].toSorted());
  });

  it('connects a user whose names need care as they are', async () => {
    expect((await connect('noor', noor.id)).json.discord_user).toEqual({
      id: noor.id,
      username: noor.username,
      global_name: noor.global_name,
    });
  });
});

describe('another Discord account than the session’s connection', () => {
  it('is refused, and its tokens are revoked when nobody else uses them', async () => {
    const connection = (await connect('strict', ada.id)).json;
    const refused = await connect('strict', grace.id, { connection_id: connection.id });

    expectProblem(refused, 409, 'account_mismatch');
    expect(await countLiveTokens(harness, grace.id)).toBe(0);
    expect(await profileStatus(connection.id)).toBe(200);
    expect(await listConnections(harness, 'strict')).toEqual([connection]);
    // Nothing is in the way of connecting that account on purpose.
    expect((await connect('strict', grace.id)).status).toBe(200);
  });

  it('is refused without a revocation when another connection lives on its authorization', async () => {
    const connection = (await connect('careful', ada.id)).json;
    const other = (await connect('other', mina.id)).json;
    const before = await countRevocations(harness);

    expectProblem(await connect('careful', mina.id, { connection_id: connection.id }), 409, 'account_mismatch');
    expect(await countRevocations(harness)).toBe(before);
    expect(await profileStatus(other.id)).toBe(200);
  });

  it('is tried again when Discord could not revoke: no token is forgotten while it lives', async () => {
    const connection = (await connect('stubborn', ada.id)).json;
    const { confirm } = await comeBack(
      harness,
      { user_id: 'stubborn', connection_id: connection.id },
      { userId: linus.id },
    );
    await harness.simulator.control.addFault({
      path: '/api/oauth2/token/revoke',
      fault: { kind: 'answer', status: 500 },
    });

    expectProblem(await confirm(), 502, 'discord_unavailable');
    expect(await countLiveTokens(harness, linus.id)).toBe(1);
    expectProblem(await confirm(), 409, 'account_mismatch');
    expect(await countLiveTokens(harness, linus.id)).toBe(0);
  });
});

describe('what comes along with the tokens', () => {
  it('is the guild of the bot: those of earlier consents stay recorded', async () => {
    const first = await connect('installer', ada.id, { scopes: ['bot'] }, ENGINE.id);
    expect(first.json.guilds).toEqual([ENGINE]);
    expect(first.json.scopes).toEqual(['identify', 'bot']);
    const second = await connect('installer', ada.id, { scopes: ['bot', 'guilds'] }, COMPILERS.id);

    expect(second.json.guilds).toEqual([ENGINE, COMPILERS]);
  });

  it('is a webhook, stored sealed and shown without token and URL', async () => {
    const consent = { userId: ada.id, channelId: '197038439483310201' };
    const returned = await comeBack(harness, { user_id: 'hook', scopes: ['webhook.incoming'] }, consent);
    const connection = (await returned.confirm()).json;

    expect(connection.webhooks).toEqual([
      { id: expect.stringMatching(/^[0-9]{17,20}$/), channel_id: '197038439483310201', guild_id: ENGINE.id },
    ]);
    const { items } = await harness.simulator.control.listSecrets();
    const secrets = items.filter(({ kind }) => kind.includes('webhook'));
    expect(secrets.length).toBeGreaterThan(0);
    const stored = JSON.stringify(await harness.scanTable());
    for (const { value } of secrets) expect(stored).not.toContain(value);
    const item = (await harness.scanTable()).find((found) => found['id'] === connection.id);
    expect(JSON.stringify(item?.['webhooks'])).toContain('"sealedToken":"v1.');

    const second = await comeBack(harness, { user_id: 'hook', scopes: ['webhook.incoming'] }, consent);
    expect((await second.confirm()).json.webhooks).toHaveLength(2);
  });

  it('is taken without its token when Discord delivers none', async () => {
    const consent = { userId: ada.id, channelId: '197038439483310201' };
    const returned = await comeBack(harness, { user_id: 'mute hook', scopes: ['webhook.incoming'] }, consent);
    const webhook = { id: '1', channel_id: '2', guild_id: '3', url: 'https://discord.com/api/webhooks/1/x' };
    await harness.simulator.control.addFault({
      path: '/api/oauth2/token',
      fault: { kind: 'edit_json', set: { webhook } },
    });

    const confirmed = await returned.confirm();
    expect(confirmed.json.webhooks).toEqual([{ id: '1', channel_id: '2', guild_id: '3' }]);
  });
});
