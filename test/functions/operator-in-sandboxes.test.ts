import { describe, expect, it } from 'vitest';
import { SEED_USERS } from '../../infra/local/discord/world/seed-users.ts';
import { signInOperator } from '../support/operator-client.ts';
import { useHarness } from '../support/use-harness.ts';

const RETURN_URL = 'http://localhost:9/back';

/** The function as it is deployed, with no more than its own role allows. */
describe('connections, audit and revocation in the deployed function', () => {
  const harness = useHarness({ functions: 'sandboxes' });

  it('work under its role', async () => {
    const { wire, stack } = harness;
    const operator = await signInOperator(harness);
    const connect = async (user_id: string, userId: string) =>
      String((await wire.connect(harness.key, { user_id, return_url: RETURN_URL }, { userId })).id);
    const [first, second] = [await connect('a', SEED_USERS.ada.id), await connect('b', SEED_USERS.grace.id)];
    const path = `/operator/connections/${first}`;
    const statuses = async (...calls: [method: string, path: string, body?: unknown][]) => {
      const found: number[] = [];
      for (const call of calls) {
        const answer = await operator.call(...call);
        if (answer.json?.token !== undefined) {
          harness.knowSecret({ kind: 'connection token', value: String(answer.json.token), scope: 'logs' });
        }
        found.push(answer.status);
      }
      return found;
    };

    expect(
      await statuses(
        ['GET', '/operator/connections'],
        ['GET', '/operator/connections?q=a'],
        ['GET', path],
        ['GET', `${path}/actions?guild_id=197038439483310086&channel_id=197038439483310201`],
        ['POST', `${path}/tokens`, {}],
        ['POST', `${path}/reconnect-links`, { return_url: RETURN_URL }],
        ['GET', '/audit'],
        ['GET', `/audit?connection_id=${first}&format=csv`],
        ['DELETE', path],
        ['POST', '/operator/revocations', { confirm: 'revoke everything' }],
      ),
    ).toEqual([200, 200, 200, 200, 201, 201, 200, 200, 200, 200]);
    const ended = await operator.call('GET', `/operator/connections/${second}`);
    expect(ended.json).toMatchObject({ status: 'disconnected', is_revocation_owed: false });
    expect(stack.aws.denials).toEqual([]);
  });
});
