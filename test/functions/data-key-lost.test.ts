import { describe, expect, it } from 'vitest';
import { connectUser } from '../support/connected-user.ts';
import { openStoredItems } from '../support/stored-items.ts';
import { useHarness } from '../support/use-harness.ts';

/** What docs/runbook.md promises under "A data key is lost". */
describe('a tenant whose data key is lost', () => {
  const harness = useHarness();

  const loseDataKey = async (tenant: string, key: string) => {
    const items = openStoredItems(harness);
    const user = await connectUser(harness, { key });
    const { keyId } = (await items.load(`TENANT#${tenant}`, 'DATAKEY')) ?? {};
    const dataKey = (await items.load(`TENANT#${tenant}`, `DATAKEY#${String(keyId)}`)) ?? {};
    await items.remove(`TENANT#${tenant}`, `DATAKEY#${String(keyId)}`);
    harness.coldStart();
    return { items, user, dataKey };
  };

  it('is told so, and has every connection back once an old copy of the key is put back', async () => {
    const key = await harness.makeTenant('restored');
    const { items, user, dataKey } = await loseDataKey('restored', key);

    expect((await user.call('/users/@me', { key })).json.code).toBe('sealed_data_unreadable');
    await items.put(dataKey);
    expect((await user.call('/users/@me', { key })).status).toBe(200);
  });

  it('gets a new key when the pointer to the old one is removed, and each connection back when its user connects', async () => {
    const key = await harness.makeTenant('renewed');
    const { items, user } = await loseDataKey('renewed', key);
    await items.remove('TENANT#renewed', 'DATAKEY');
    const stored = await items.load(`CONNECTION#${user.connectionId}`, 'CONNECTION');

    const again = await harness.wire.connect(
      key,
      { user_id: String(stored?.['userId']), return_url: 'http://localhost:9/back' },
      { userId: user.discordUserId },
    );

    expect(again.id).toBe(user.connectionId);
    expect((await user.call('/users/@me', { key })).status).toBe(200);
  });
});
