import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Simulator } from '../../../infra/local/discord/simulator.ts';
import { ScriptedApp, startTestSimulator, USER_AGENT, type Reply } from './scripted-app.ts';

const GENERAL = '197038439483310201';

let simulator: Simulator;
let app: ScriptedApp;

beforeAll(async () => {
  simulator = await startTestSimulator();
  app = new ScriptedApp(simulator);
});

afterAll(() => simulator.stop());

async function makeWebhook(): Promise<{ id: string; token: string }> {
  const tokens = await app.connect({ scope: 'identify webhook.incoming', channel_id: GENERAL });
  return tokens['webhook'] as { id: string; token: string };
}

function remove(id: string, token: string, headers: Record<string, string> = {}): Promise<Reply> {
  return app.send(`/api/v10/webhooks/${id}/${token}`, {
    method: 'DELETE',
    headers: { 'user-agent': USER_AGENT, ...headers },
  });
}

async function listIds(): Promise<string[]> {
  return (await simulator.control.listWebhooks()).items.map(({ id }) => id);
}

describe('DELETE /webhooks/{webhook_id}/{webhook_token}', () => {
  it('deletes with the token alone, answers 204 without a body, and knows the webhook no more', async () => {
    const { id, token } = await makeWebhook();
    const other = await makeWebhook();
    const reply = await remove(id, token);

    expect([reply.status, reply.text]).toEqual([204, '']);
    expect(reply.headers.get('x-ratelimit-bucket')).toMatch(/^[0-9a-f]+$/);
    expect(await listIds()).toEqual([other.id]);
    const again = await remove(id, token);
    expect([again.status, again.json]).toEqual([404, { message: 'Unknown Webhook', code: 10015 }]);
    await simulator.control.deleteWebhook({ id: other.id });
    expect((await remove(other.id, other.token)).json['code']).toBe(10015);
  });

  it('makes room for another webhook in the channel', async () => {
    const made: { id: string; token: string }[] = [];
    for (let count = 0; count < 15; count += 1) made.push(await makeWebhook());
    const full = await app.postConsent({ scope: 'webhook.incoming', channel_id: GENERAL });
    expect(full.headers.get('location')).toBeNull();
    for (const { id, token } of made) await remove(id, token);

    expect((await makeWebhook()).id).toMatch(/^[0-9]+$/);
  });

  it('refuses another token with 401 and 50027, and keeps the webhook', async () => {
    const { id, token } = await makeWebhook();
    const { token: foreign } = await makeWebhook();
    for (const wrong of [foreign, token.slice(1), `${token}x`]) {
      const reply = await remove(id, wrong);
      expect([reply.status, reply.json]).toEqual([401, { message: 'Invalid Webhook Token', code: 50027 }]);
    }

    expect(await listIds()).toContain(id);
  });

  it('does not look at an Authorization header', async () => {
    const { id, token } = await makeWebhook();

    expect((await remove(id, token, { authorization: 'Bearer of-somebody' })).status).toBe(204);
  });

  it('demands an id that is a snowflake, the version and the method', async () => {
    const { id, token } = await makeWebhook();
    expect((await remove('x', token)).json['code']).toBe(50035);
    const headers = { 'user-agent': USER_AGENT };
    const unversioned = await app.send(`/api/webhooks/${id}/${token}`, { method: 'DELETE', headers });
    expect(unversioned.json['code']).toBe(50041);
    const put = await app.send(`/api/v10/webhooks/${id}/${token}`, { method: 'PUT', headers });

    expect([put.status, put.headers.get('allow')]).toEqual([405, 'GET, PATCH, DELETE, POST']);
  });

  it('leaves no token in the list of requests', async () => {
    const { id, token } = await makeWebhook();
    await remove(id, token);
    const { items } = await simulator.control.listRequests({ method: 'DELETE' });

    expect(items.at(-1)?.path).toMatch(new RegExp(`^/api/v10/webhooks/${id}/sha256:[0-9a-f]{16}$`));
    expect(JSON.stringify(items)).not.toContain(token);
  });
});
