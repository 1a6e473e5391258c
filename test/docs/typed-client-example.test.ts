import { beforeAll, describe, expect, it } from 'vitest';
import {
  createGateway,
  explain,
  GatewayProblem,
  listActiveConnections,
  readMessage,
  sendMessage,
  type Gateway,
} from '../../docs/examples/typed-client.ts';
import { armGuild, PLACES } from '../clients/armed-guild.ts';
import { connectUser } from '../support/connected-user.ts';
import { useHarness } from '../support/use-harness.ts';

describe('docs/examples/typed-client.ts', () => {
  const harness = useHarness();
  let gateway: Gateway;
  let owner = '';
  let member = '';
  beforeAll(async () => {
    owner = await armGuild(harness);
    member = (await connectUser(harness, { user: 'linus' })).connectionId;
    gateway = createGateway(harness.origin, harness.key);
  });

  const catchProblem = async (call: Promise<unknown>) => {
    const error: unknown = await call.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof GatewayProblem)) throw new Error(`no problem but ${String(error)}`);
    return error.problem;
  };

  it('lists the connections of a user of the app', async () => {
    const connections = await listActiveConnections(gateway, 'owner');

    expect(connections.map(({ id, discord_user }) => [id, discord_user.username])).toEqual([[owner, 'ada.lovelace']]);
    expect(await listActiveConnections(gateway, 'nobody')).toEqual([]);
  });

  it('sends a message once for one key, and reads it', async () => {
    const place = { connectionId: member, channelId: PLACES.general };
    const sent = await sendMessage(gateway, place, 'Good morning 🃏', 'morning');
    const again = await sendMessage(gateway, place, 'Good morning 🃏', 'morning');
    const read = await readMessage(gateway, place, sent.id);

    expect(again.id).toBe(sent.id);
    expect([read.id, read.content]).toEqual([sent.id, 'Good morning 🃏']);
  });

  it('explains a refusal', async () => {
    const place = { connectionId: member, channelId: PLACES.staff };
    const problem = await catchProblem(readMessage(gateway, place, '1200000000000000001'));

    expect(problem).toMatchObject({ status: 403, code: 'actor_permission_missing', where: 'channel' });
    expect(explain(problem)).toBe('You may not do that on Discord: ask an admin of the server for VIEW_CHANNEL.');
  });

  it('has a problem for a message that is too long, with the place in the body', async () => {
    const place = { connectionId: member, channelId: PLACES.general };
    const problem = await catchProblem(sendMessage(gateway, place, 'x'.repeat(2_001), 'long'));

    expect(problem).toMatchObject({ status: 400, code: 'input_invalid', errors: [{ pointer: '/content' }] });
    expect(explain(problem)).toBe(problem.detail);
  });
});
