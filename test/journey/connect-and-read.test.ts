import { describe, expect, it } from 'vitest';
import { useHarness } from '../support/use-harness.ts';

const ADA = '175928847299117063';

describe.each(['in-process', 'sandboxes'] as const)('the whole path with functions in %s', (functions) => {
  const harness = useHarness({ functions });

  it('connects a user and reads his profile byte for byte', async () => {
    const { wire, key } = harness;
    const connection = await wire.connect(
      key,
      { user_id: 'alice', return_url: 'http://localhost:9/back?page=2' },
      { userId: ADA },
    );

    expect(connection).toMatchObject({
      user_id: 'alice',
      status: 'active',
      discord_user: { id: ADA, username: 'ada.lovelace', global_name: 'Ada' },
      scopes: ['identify', 'email', 'guilds'],
    });
    const profile = await wire.send('GET', `/connections/${connection.id}/api/v10/users/@me`, { key });
    expect(profile.status).toBe(200);
    expect(profile.headers['content-type']).toMatch(/^application\/json/);
    expect(profile.json).toMatchObject({ id: ADA, email: 'ada@example.com' });
    expect(profile.headers['x-ratelimit-limit']).toBeDefined();
  });

  it('keeps no token readable in the table', async () => {
    const items = JSON.stringify(await harness.scanTable());
    const { items: secrets } = await harness.simulator.control.listSecrets();

    expect(secrets.length).toBeGreaterThan(3);
    for (const { value } of secrets) expect(items).not.toContain(value);
  });

  it('disconnects, revokes at Discord and forgets the tokens', async () => {
    const { wire, key, simulator } = harness;
    const connection = await wire.connect(key, { user_id: 'bob', return_url: 'http://localhost:9/' }, { userId: ADA });
    const first = (await wire.send('GET', '/connections', { key })).json.items.find(
      (c: { user_id: string }) => c.user_id === 'alice',
    );
    const closed = await wire.send('DELETE', `/connections/${connection.id}`, { key });

    expect(closed.json).toMatchObject({ status: 'disconnected' });
    expect((await simulator.control.listAuthorizations()).items[0]?.live_refresh_tokens).toBeGreaterThan(0);
    await wire.send('DELETE', `/connections/${first.id}`, { key });
    expect((await simulator.control.listAuthorizations()).items.filter((a) => a.live_refresh_tokens > 0)).toEqual([]);
    const refused = await wire.send('GET', `/connections/${connection.id}/api/v10/users/@me`, { key });
    expect([refused.status, refused.json.code]).toEqual([409, 'connection_disconnected']);
  });
});
