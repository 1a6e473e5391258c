import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { ENV } from '../../shared/env.ts';
import { COUNT } from '../../shared/metric-names.ts';
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

  const connectAndWait = async (seconds = UNTIL_DUE) => {
    // The SDK draws its waiting times; a throttled call would otherwise take seconds.
    vi.spyOn(Math, 'random').mockReturnValue(0);
    const user = await connectUser(harness, { user: 'mina' });
    harness.clock.advanceSeconds(seconds);
    harness.coldStart();
    await discord.clear();
    return user;
  };
  const loadItem = (connectionId: string) => openStoredItems(harness).load(`CONNECTION#${connectionId}`, 'CONNECTION');

  const isSpilled = async (connectionId: string): Promise<boolean> => {
    const { local } = harness.stack.target.operator;
    const client = new SecretsManagerClient({
      endpoint: local?.secretsManagerEndpoint ?? '',
      region: local?.region ?? '',
      credentials: { accessKeyId: local?.accessKeyId ?? '', secretAccessKey: local?.secretAccessKey ?? '' },
    });
    const deployment = harness.stack.target.environment[ENV.deploymentName] ?? '';
    const input = { SecretId: `${deployment}/spill/${connectionId}.2` };
    try {
      return (await client.send(new GetSecretValueCommand(input))).SecretString !== undefined;
    } catch (error) {
      expect(error).toBeInstanceOf(ResourceNotFoundException);
      return false;
    } finally {
      client.destroy();
    }
  };

  const plantSaveFault = (connectionId: string, times: number) => {
    harness.stack.aws.faults.add({
      service: 'dynamodb',
      operation: 'PutItem',
      match: `CONNECTION#${connectionId}`,
      error: 'InternalServerError',
      times,
    });
  };

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
    expect(await loadItem(user.connectionId)).toMatchObject({ tokensVersion: 2, status: 'active' });
  });

  it('that the table does not take is spilled, used, and brought back by the next refresh [hostile 12]', async () => {
    const user = await connectAndWait();
    plantSaveFault(user.connectionId, WRITE_TRIES * SDK_TRIES);
    expect((await user.call()).status).toBe(200);

    expect(await discord.refreshes()).toBe(1);
    expect(harness.log.entries).toContainEqual(
      expect.objectContaining({ event: 'rotated_tokens_spilled', connection_id: user.connectionId }),
    );
    expect(harness.metrics.counts()).toHaveProperty(COUNT.rotatedTokensSpilled);
    expect(await loadItem(user.connectionId)).toMatchObject({ tokensVersion: 1, refreshLease: {} });
    // The lease of the one that spilled is over; whoever is next looks in the second place before asking Discord.
    harness.clock.advanceSeconds(31);
    expect((await user.call()).status).toBe(200);
    expect(await discord.refreshes()).toBe(1);
    expect(await loadItem(user.connectionId)).toMatchObject({ tokensVersion: 2, status: 'active' });
    expect(await loadItem(user.connectionId)).not.toHaveProperty('refreshLease');
    expect(await isSpilled(user.connectionId)).toBe(false);
    expect((await user.call()).status).toBe(200);
    expect(await discord.refreshes()).toBe(1);
  });

  it('that lies in the second place is what a disconnect revokes', async () => {
    const user = await connectAndWait();
    plantSaveFault(user.connectionId, WRITE_TRIES * SDK_TRIES);
    await user.call();
    harness.clock.advanceSeconds(31);
    const closed = await harness.wire.send('DELETE', `/connections/${user.connectionId}`, { key: harness.key });

    expect(closed.status).toBe(200);
    expect(await isSpilled(user.connectionId)).toBe(false);
    expect((await harness.simulator.control.listAuthorizations()).items).not.toContainEqual(
      expect.objectContaining({ user_id: user.discordUserId, live_refresh_tokens: 1 }),
    );
  });

  it('is not given up while it cannot be said whether it was spilled', async () => {
    const user = await connectAndWait();
    plantSaveFault(user.connectionId, WRITE_TRIES * SDK_TRIES);
    await user.call();
    harness.clock.advanceSeconds(7 * DAY);
    harness.stack.aws.faults.add({
      service: 'secretsManager',
      operation: 'GetSecretValue',
      match: 'spill',
      error: 'InternalServiceError',
      times: SDK_TRIES,
    });
    const failed = await user.call();

    expect([failed.status, failed.json.code]).toEqual([503, 'secret_unavailable']);
    expect(await discord.refreshes()).toBe(1);
    harness.clock.advanceSeconds(31);
    // The spilled pair is a week old by now, so that it is brought back and refreshed in its turn.
    expect((await user.call()).status).toBe(200);
    expect(await loadItem(user.connectionId)).toMatchObject({ status: 'active' });
  });

  it('that neither place takes is not used, and the loss is said aloud [hostile 12]', async () => {
    const user = await connectAndWait();
    plantSaveFault(user.connectionId, WRITE_TRIES * SDK_TRIES);
    harness.stack.aws.faults.add({
      service: 'secretsManager',
      operation: 'CreateSecret',
      error: 'InternalServiceError',
      times: SDK_TRIES,
    });
    const answer = await user.call();

    expect(answer.status).toBe(503);
    expect(answer.headers['retry-after']).toBe('5');
    expect([await discord.refreshes(), await discord.calls()]).toEqual([1, 0]);
    expect(harness.log.entries).toContainEqual(
      expect.objectContaining({
        level: 'error',
        event: 'rotated_tokens_unsaved',
        connection_id: user.connectionId,
        cause: 'InternalServerError',
        spill_cause: 'InternalServiceError',
      }),
    );
    // The pair is gone and the stored one is spent: only the user can help, and the next call says so.
    harness.clock.advanceSeconds(31);
    expect((await user.call()).json).toMatchObject({
      code: 'reconnect_required',
      status_reason: 'refresh_answer_lost',
    });
  });

  it('is not retried beyond the function’s own time, and is spilled in what is left of it [hostile 12]', async () => {
    const user = await connectAndWait();
    await harness.simulator.control.addFault({ path: TOKEN_PATH, fault: { kind: 'hold', phase: 'after' } });
    plantSaveFault(user.connectionId, SDK_TRIES);
    const call = user.call();
    await vi.waitFor(async () => expect((await harness.simulator.control.listFaults()).items[0]?.held).toBe(1));
    // The function began with 29 s; now less is left than a second write needs.
    harness.clock.advanceSeconds(27);
    await harness.simulator.control.releaseFaults({});
    await call;

    expect(await isSpilled(user.connectionId)).toBe(true);
    harness.clock.advanceSeconds(31);
    expect((await user.call()).status).toBe(200);
    expect(await discord.refreshes()).toBe(1);
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
    expect(await loadItem(user.connectionId)).toMatchObject({ tokensVersion: 2, status: 'active' });
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
    [
      'the lease cannot be written',
      { service: 'dynamodb', operation: 'UpdateItem', match: 'refreshLease' },
      'storage_unavailable',
    ],
    ['the secret cannot be read', { service: 'secretsManager', operation: 'GetSecretValue' }, 'secret_unavailable'],
  ] as const)('is not asked for while %s', async (_, place, code) => {
    const user = await connectAndWait(7 * DAY + 1);
    const error = {
      kms: 'KMSInternalException',
      dynamodb: 'InternalServerError',
      secretsManager: 'InternalServiceError',
    };
    harness.stack.aws.faults.add({ ...place, error: error[place.service], times: SDK_TRIES });
    const failed = await user.call();

    expect([failed.status, failed.json.code]).toEqual([503, code]);
    expect(await discord.all()).toEqual([]);
    harness.clock.advanceSeconds(5);
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
