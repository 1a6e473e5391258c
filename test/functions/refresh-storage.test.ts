import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { connectUser } from '../support/connected-user.ts';
import { TOKEN_PATH, watchDiscord, type DiscordRequests } from '../support/discord-requests.ts';
import { useHarness } from '../support/use-harness.ts';
import { openStoredItems } from '../support/stored-items.ts';

const DAY = 86_400;
const UNTIL_DUE = 6.5 * DAY;

/** Tries of one call by the AWS SDK, as `shared/edges/live.ts` sets it. */
const SDK_TRIES = 3;

/** Tries of a write that must not be lost. */
const WRITE_TRIES = 4;

describe('a rotated token pair', () => {
  const harness = useHarness();
  let discord: DiscordRequests;
  beforeAll(() => {
    discord = watchDiscord(harness.simulator);
  });
  afterEach(() => {
    vi.restoreAllMocks();
    harness.log.entries.length = 0;
  });

  const connectAndWait = async () => {
    // The SDK draws its waiting times; a throttled call would otherwise take seconds.
    vi.spyOn(Math, 'random').mockReturnValue(0);
    const user = await connectUser(harness, { user: 'mina' });
    harness.clock.advanceSeconds(UNTIL_DUE);
    harness.coldStart();
    await discord.clear();
    return user;
  };
  const loadItem = (connectionId: string) => openStoredItems(harness).load(`CONNECTION#${connectionId}`, 'CONNECTION');

  it('is saved in the time left when DynamoDB throttles the write [hostile 12]', async () => {
    const user = await connectAndWait();
    harness.stack.aws.faults.add({
      service: 'dynamodb',
      operation: 'PutItem',
      match: user.connectionId,
      error: 'ProvisionedThroughputExceededException',
      times: 2 * SDK_TRIES + 1,
    });
    const answers = [await user.call(), await user.call()];

    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(await discord.refreshes()).toBe(1);
    expect(await loadItem(user.connectionId)).toMatchObject({ tokensVersion: 2, revision: 2 });
  });

  it('that cannot be saved is not used, and the loss is said aloud [hostile 12]', async () => {
    const user = await connectAndWait();
    harness.stack.aws.faults.add({
      service: 'dynamodb',
      operation: 'PutItem',
      match: user.connectionId,
      error: 'InternalServerError',
      times: WRITE_TRIES * SDK_TRIES,
    });
    const answer = await user.call();

    expect([answer.status, answer.json.code]).toEqual([503, 'storage_unavailable']);
    expect(answer.headers['retry-after']).toBe('5');
    expect([await discord.refreshes(), await discord.calls()]).toEqual([1, 0]);
    expect(harness.log.entries).toContainEqual({
      level: 'error',
      event: 'rotated_tokens_unsaved',
      connection_id: user.connectionId,
      cause: 'InternalServerError',
    });
    // The pair is gone and the stored one is spent: only the user can help, and the next call says so.
    expect((await user.call()).json).toMatchObject({ code: 'reconnect_required', status_reason: 'grant_dead' });
  });

  it('is not retried beyond the function’s own time [hostile 12]', async () => {
    const user = await connectAndWait();
    await harness.simulator.control.addFault({ path: TOKEN_PATH, fault: { kind: 'hold', phase: 'after' } });
    harness.stack.aws.faults.add({
      service: 'dynamodb',
      operation: 'PutItem',
      match: user.connectionId,
      error: 'InternalServerError',
      times: SDK_TRIES,
    });
    const call = user.call();
    await vi.waitFor(async () => expect((await harness.simulator.control.listFaults()).items[0]?.held).toBe(1));
    // The function began with 29 s; now less is left than a second write needs.
    harness.clock.advanceSeconds(27);
    await harness.simulator.control.releaseFaults({});

    expect((await call).json.code).toBe('storage_unavailable');
  });

  it('whose write took effect although its answer was lost is recognized as saved', async () => {
    const user = await connectAndWait();
    harness.stack.aws.faults.add({
      service: 'dynamodb',
      operation: 'PutItem',
      match: user.connectionId,
      drop: true,
      after: 'after',
      times: 1,
    });
    const answers = [await user.call(), await user.call()];

    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(await discord.refreshes()).toBe(1);
    expect(await loadItem(user.connectionId)).toMatchObject({ tokensVersion: 2, revision: 2, status: 'active' });
  });

  it('whose every answer was lost is found in the table', async () => {
    const user = await connectAndWait();
    harness.stack.aws.faults.add({
      service: 'dynamodb',
      operation: 'PutItem',
      match: user.connectionId,
      error: 'InternalServerError',
      after: 'after',
      times: SDK_TRIES,
    });
    const answers = [await user.call(), await user.call()];

    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(await discord.refreshes()).toBe(1);
    expect(await loadItem(user.connectionId)).toMatchObject({ tokensVersion: 2, status: 'active' });
  });

  it.each([
    [
      'the sealing key cannot be found',
      { service: 'dynamodb', operation: 'GetItem', match: '"DATAKEY"' },
      'storage_unavailable',
    ],
    ['the key service is down', { service: 'kms', operation: 'Decrypt' }, 'key_service_unavailable'],
  ] as const)('is not asked for while %s', async (_, place, code) => {
    const user = await connectAndWait();
    const error = place.service === 'kms' ? 'KMSInternalException' : 'InternalServerError';
    harness.stack.aws.faults.add({ ...place, error, times: SDK_TRIES });
    const failed = await user.call();

    expect([failed.status, failed.json.code]).toEqual([503, code]);
    expect(await discord.all()).toEqual([]);
    expect((await user.call()).status).toBe(200);
    expect(await discord.refreshes()).toBe(1);
  });

  it('is sealed anew: neither token stands in the table, and the old seal is gone', async () => {
    const user = await connectAndWait();
    const before = await loadItem(user.connectionId);
    await user.call();
    const after = await loadItem(user.connectionId);
    const { items } = await harness.simulator.control.listSecrets();
    const table = JSON.stringify(await harness.scanTable());

    expect(after?.['sealedTokens']).not.toBe(before?.['sealedTokens']);
    expect(table).not.toContain(before?.['sealedTokens']);
    for (const { value } of items) expect(table).not.toContain(value);
  });
});
