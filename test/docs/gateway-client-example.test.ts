import { beforeAll, describe, expect, it } from 'vitest';
import { GatewayClient } from '../../docs/examples/gateway-client.ts';
import { connectUser, type ConnectedUser } from '../support/connected-user.ts';
import { useHarness } from '../support/use-harness.ts';

describe('docs/examples/gateway-client.ts', () => {
  const harness = useHarness();
  let ada: ConnectedUser;
  beforeAll(async () => {
    ada = await connectUser(harness);
  });

  it('makes a connection token with which a second client does what it is for, and no more', async () => {
    const backEnd = new GatewayClient(harness.origin, harness.key);
    const { token, actions } = await backEnd.createToken(ada.connectionId, { actions: ['user.read'], expires_in: 60 });
    harness.knowSecret({ kind: 'connection token', value: token, scope: 'logs' });
    const page = new GatewayClient(harness.origin, token);

    expect(actions).toEqual(['user.read']);
    expect(await page.discord(ada.connectionId, '/users/@me')).toMatchObject({ id: ada.discordUserId });
    await expect(page.discord(ada.connectionId, '/users/@me/guilds')).rejects.toMatchObject({
      status: 403,
      code: 'token_not_allowed',
    });
    await expect(page.disconnect(ada.connectionId)).rejects.toMatchObject({ code: 'token_not_allowed' });
  });
});
