import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStoredItems } from '../support/stored-items.ts';
import { useHarness } from '../support/use-harness.ts';
import type { JsonAnswer } from '../support/wire.ts';
import { comeBack, countLiveTokens, expectProblem, grace, untilHeld } from './connect-expectations.ts';

const harness = useHarness();

const WEBHOOK_PATH = '/api/v10/webhooks/*/*';

/** Channels in which Grace may make webhooks. */
const CHANNEL = '613425648685547700';

let users = 0;

/** Connects again and again as one app user: each consent makes one more webhook. */
async function connect(webhooks = 1, userId?: string): Promise<string> {
  if (userId === undefined) users += 1;
  let id = '';
  for (let count = 0; count < webhooks; count += 1) {
    const { confirm } = await comeBack(
      harness,
      { user_id: userId ?? `hooks-${users}`, scopes: ['identify', 'webhook.incoming'] },
      { userId: grace.id, channelId: CHANNEL },
    );
    const confirmed = await confirm();
    expect([confirmed.status, confirmed.text]).toEqual([200, expect.any(String)]);
    id = String(confirmed.json.id);
  }
  return id;
}

const disconnect = (id: string, query = '?delete_webhooks=true'): Promise<JsonAnswer> =>
  harness.wire.send('DELETE', `/connections/${id}${query}`, { key: harness.key });

const read = async (id: string) => (await harness.wire.send('GET', `/connections/${id}`, { key: harness.key })).json;

const listIds = async (id: string): Promise<string[]> =>
  (await read(id)).webhooks.map((webhook: { id: string }) => webhook.id);

const listAtDiscord = async (): Promise<string[]> =>
  (await harness.simulator.control.listWebhooks()).items.map(({ id }) => id);

/** Ids of the webhooks that Discord was asked to delete since the list of requests was cleared. */
const listAsked = async (): Promise<string[]> =>
  (await harness.simulator.control.listRequests({ method: 'DELETE' })).items.map(
    ({ path }) => path.split('/')[4] ?? '',
  );

/** Disconnects for good, whatever a test has left. */
async function tidyUp(id: string): Promise<void> {
  expect((await disconnect(id)).status).toBe(200);
}

describe('DELETE /connections/{id}?delete_webhooks=true', () => {
  it('deletes the webhooks of the connection first, each with its own token and nothing else, and then disconnects', async () => {
    const id = await connect(2);
    const others = await connect(1);
    const ids = await listIds(id);
    expect(ids).toHaveLength(2);
    await harness.simulator.control.clearRequests();

    const answer = await disconnect(id);
    expect(answer.json).toMatchObject({ id, status: 'disconnected', webhooks: [] });
    expect(await listAtDiscord()).toEqual(await listIds(others));
    const { items } = await harness.simulator.control.listRequests({});
    expect(items.map(({ method, path }) => `${method} ${path.replace(/sha256:.*/, '…')}`)).toEqual(
      ids.map((webhookId) => `DELETE /api/v10/webhooks/${webhookId}/…`),
    );
    for (const { headers, status } of items) {
      expect(headers).not.toHaveProperty('authorization');
      expect(status).toBe(204);
    }
    await harness.simulator.control.clearRequests();
    await tidyUp(others);
    const last = (await harness.simulator.control.listRequests({})).items.map(({ method }) => method);
    // The revocation comes after them: without a connection nobody has their tokens.
    expect(last).toEqual(['DELETE', 'POST']);
    expect(await countLiveTokens(harness, grace.id)).toBe(0);
  });

  it.each(['', '?delete_webhooks=false'])('leaves them where they are with "%s"', async (query) => {
    const id = await connect();
    const [webhookId = ''] = await listIds(id);

    expect((await disconnect(id, query)).json).toMatchObject({ status: 'disconnected' });
    expect(await listAtDiscord()).toContain(webhookId);
  });

  describe('with another query', () => {
    let id: string;

    beforeAll(async () => {
      id = await connect();
    });
    afterAll(() => tidyUp(id));

    it.each([
      ['?delete_webhooks=1', 'must be true or false'],
      ['?delete_webhooks=', 'must be true or false'],
      ['?delete_webhooks=TRUE', 'must be true or false'],
      ['?delete_webhooks=true&delete_webhooks=false', 'stands there more than once'],
      ['?deleteWebhooks=true', 'is not known; known are delete_webhooks'],
      ['?delete_webhooks=true&force=1', 'is not known; known are delete_webhooks'],
    ])('refuses %s and says what is allowed, before anything is done', async (query, detail) => {
      const refused = await disconnect(id, query);

      expectProblem(refused, 400, 'input_invalid');
      expect(refused.json.errors).toMatchObject([{ detail }]);
      expect(await read(id)).toMatchObject({ status: 'active', webhooks: [expect.anything()] });
    });
  });

  it('succeeds without webhooks, and again when everything is over', async () => {
    const id = await connect();
    await tidyUp(id);
    await harness.simulator.control.clearRequests();

    expect((await disconnect(id)).json).toMatchObject({ status: 'disconnected' });
    expect((await harness.simulator.control.listRequests({})).items).toEqual([]);
  });

  it.each([
    ['500', { kind: 'answer', status: 500 }, 502, 'discord_unavailable'],
    ['429', { kind: 'rate_limit', retry_after_seconds: 3 }, 429, 'discord_rate_limited'],
    ['nothing', { kind: 'drop', phase: 'before' }, 502, 'discord_unavailable'],
    ['a Cloudflare page', { kind: 'cloudflare' }, 429, 'discord_rate_limited'],
    ['HTML in place of 204', { kind: 'answer', status: 200, body: '<html>' }, 502, 'discord_answer_unreadable'],
  ] as const)(
    'stops at %s from Discord with nothing lost, and a repetition goes on [hostile 37]',
    async (_, fault, status, code) => {
      const id = await connect(3);
      const [first = '', second = '', third = ''] = await listIds(id);
      await harness.simulator.control.addFault({ method: 'DELETE', path: WEBHOOK_PATH, skip: 1, fault });
      await harness.simulator.control.clearRequests();

      expectProblem(await disconnect(id), status, code);
      // What is gone is off the list; the rest is there, token and all.
      expect(await read(id)).toMatchObject({ status: 'active', webhooks: [{ id: second }, { id: third }] });
      const called = await harness.wire.send('GET', `/connections/${id}/api/v10/users/@me`, { key: harness.key });
      expect(called.status).toBe(200);
      await tidyUp(id);
      expect(await listAsked()).toEqual([first, second, second, third]);
      expect(await listAtDiscord()).not.toEqual(expect.arrayContaining([first]));
      for (const gone of [first, second, third]) expect(await listAtDiscord()).not.toContain(gone);
    },
  );

  it('counts as done what somebody else has deleted, also when an earlier answer was lost', async () => {
    const id = await connect(2);
    const [first = '', second = ''] = await listIds(id);
    await harness.simulator.control.deleteWebhook({ id: first });
    await harness.simulator.control.addFault({
      method: 'DELETE',
      path: WEBHOOK_PATH,
      skip: 1,
      fault: { kind: 'drop', phase: 'after' },
    });
    expectProblem(await disconnect(id), 502, 'discord_unavailable');
    expect(await listIds(id)).toEqual([second]);
    expect(await listAtDiscord()).not.toContain(second);

    expect((await disconnect(id)).json).toMatchObject({ status: 'disconnected', webhooks: [] });
  });

  it('counts as done a webhook whose token Discord no longer takes, and says so in the log', async () => {
    const id = await connect();
    await harness.simulator.control.addFault({
      method: 'DELETE',
      path: WEBHOOK_PATH,
      fault: { kind: 'answer', status: 401, json: { message: 'Invalid Webhook Token', code: 50027 } },
    });

    expect((await disconnect(id)).json).toMatchObject({ status: 'disconnected', webhooks: [] });
    const told = harness.log.entries.filter((entry) => JSON.stringify(entry).includes('webhook_token_refused'));
    expect(told).toHaveLength(1);
  });

  it.each([
    ['404 of a proxy', { status: 404, body: '<html>' }, 404],
    ['another 404', { status: 404, json: { message: 'no', code: 10003 } }, 404],
    ['another 401', { status: 401, json: { message: '401: Unauthorized', code: 0 } }, 401],
    ['403', { status: 403, json: { message: 'no', code: 50013 } }, 403],
  ])('keeps a webhook that Discord refuses with %s, and deletes the others', async (_, answer, status) => {
    const id = await connect(3);
    const [first = '', second = ''] = await listIds(id);
    await harness.simulator.control.addFault({
      method: 'DELETE',
      path: WEBHOOK_PATH,
      skip: 1,
      fault: { kind: 'answer', ...answer },
    });
    const refused = await disconnect(id);

    expectProblem(refused, status, 'discord_rejected');
    expect(await read(id)).toMatchObject({ status: 'active', webhooks: [{ id: second }] });
    expect(await listAtDiscord()).toContain(second);
    expect(await listAtDiscord()).not.toContain(first);
    await tidyUp(id);
    expect(await listAtDiscord()).not.toContain(second);
  });

  it('loses neither the new tokens nor the deletion when a refresh happens in between', async () => {
    const id = await connect();
    const [webhookId = ''] = await listIds(id);
    await harness.simulator.control.addFault({ method: 'DELETE', path: WEBHOOK_PATH, fault: { kind: 'hold' } });
    const running = disconnect(id);
    await untilHeld(harness);
    await harness.simulator.control.expireAccessTokens({ user_id: grace.id });
    const called = await harness.wire.send('GET', `/connections/${id}/api/v10/users/@me`, { key: harness.key });
    expect(called.status).toBe(200);
    await harness.simulator.control.releaseFaults({});

    expect((await running).json).toMatchObject({ status: 'disconnected', webhooks: [] });
    expect(await listAtDiscord()).not.toContain(webhookId);
    expect(await countLiveTokens(harness, grace.id)).toBe(0);
  });

  it('also deletes the webhook of a consent that comes in between', async () => {
    const id = await connect();
    await harness.simulator.control.addFault({ method: 'DELETE', path: WEBHOOK_PATH, fault: { kind: 'hold' } });
    const running = disconnect(id);
    await untilHeld(harness);
    expect(await connect(1, `hooks-${users}`)).toBe(id);
    const ids = await listIds(id);
    expect(ids).toHaveLength(2);
    await harness.simulator.control.releaseFaults({});

    expect((await running).json).toMatchObject({ status: 'disconnected', webhooks: [] });
    for (const webhookId of ids) expect(await listAtDiscord()).not.toContain(webhookId);
  });

  it('is finished by a repetition when the key service was down [hostile 38]', async () => {
    const id = await connect();
    harness.coldStart();
    harness.stack.aws.faults.add({ service: 'kms', error: 'AccessDeniedException', times: 1 });
    expectProblem(await disconnect(id), 503, 'key_service_unavailable');
    expect((await read(id)).status).toBe('active');

    await tidyUp(id);
  });

  it('does not wait for a webhook whose token Discord never delivered', async () => {
    const id = await connect(2);
    const items = openStoredItems(harness);
    const stored = await items.load(`CONNECTION#${id}`, 'CONNECTION');
    const [first, second] = stored?.['webhooks'] as { id: string; sealedToken: string }[];
    const { sealedToken: _, ...without } = first ?? { id: '', sealedToken: '' };
    await items.change(`CONNECTION#${id}`, 'CONNECTION', { webhooks: [without, second] });

    expect((await disconnect(id)).json).toMatchObject({ status: 'disconnected', webhooks: [] });
    expect(await listAtDiscord()).toContain(without.id);
    expect(await listAtDiscord()).not.toContain(second?.id);
    await harness.simulator.control.deleteWebhook({ id: without.id });
  });

  it('opens no webhook token that was moved from another connection', async () => {
    const [mine, other] = [await connect(), await connect()];
    const items = openStoredItems(harness);
    const foreign = await items.load(`CONNECTION#${other}`, 'CONNECTION');
    await items.change(`CONNECTION#${mine}`, 'CONNECTION', { webhooks: foreign?.['webhooks'] });

    expectProblem(await disconnect(mine), 503, 'sealed_data_unreadable');
    expect(await listAtDiscord()).toEqual(expect.arrayContaining(await listIds(other)));
    await disconnect(mine, '');
    await tidyUp(other);
  });
});
