import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AwsFault } from '../../infra/local/aws/aws-faults.ts';
import { connectUser, type ConnectedUser } from '../support/connected-user.ts';
import { watchDiscord, type DiscordRequests } from '../support/discord-requests.ts';
import { useHarness } from '../support/use-harness.ts';

/** Tries of one call by the AWS SDK, as `shared/edges/live.ts` sets it. */
const SDK_TRIES = 3;

/** Seconds that a data key may serve from memory. */
const DATA_KEY_MAX_AGE = 5 * 60;

type Fault = Omit<AwsFault, 'times'>;

describe('faults of AWS during actions', () => {
  const harness = useHarness();
  let discord: DiscordRequests;
  let ada: ConnectedUser;
  beforeAll(async () => {
    discord = watchDiscord(harness.simulator);
    ada = await connectUser(harness);
  });
  beforeEach(async () => {
    // The SDK draws its waiting times; a throttled call would otherwise take seconds.
    vi.spyOn(Math, 'random').mockReturnValue(0);
    harness.coldStart();
    await ada.call();
    harness.stack.aws.requests.clear();
    harness.log.entries.length = 0;
    await discord.clear();
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  const plant = (fault: AwsFault) => harness.stack.aws.faults.add(fault);

  it('need one read of DynamoDB when warm, and nothing of KMS or Secrets Manager', async () => {
    for (const path of ['/users/@me', '/users/@me/guilds']) {
      harness.stack.aws.requests.clear();
      expect((await ada.call(path)).status).toBe(200);
      expect(harness.stack.aws.requests.counts()).toEqual({ 'dynamodb.BatchGetItem': 1 });
    }
  });

  it('need one more read, one decryption and the note that the key is used when cold', async () => {
    harness.coldStart();
    await ada.call();

    expect(harness.stack.aws.requests.counts()).toEqual({
      'dynamodb.BatchGetItem': 1,
      'dynamodb.GetItem': 1,
      'dynamodb.UpdateItem': 1,
      'kms.Decrypt': 1,
    });
  });

  it.each<[string, Fault]>([
    [
      'ProvisionedThroughputExceededException',
      { service: 'dynamodb', error: 'ProvisionedThroughputExceededException' },
    ],
    ['ThrottlingException', { service: 'dynamodb', error: 'ThrottlingException' }],
    ['RequestLimitExceeded', { service: 'dynamodb', error: 'RequestLimitExceeded' }],
    ['InternalServerError', { service: 'dynamodb', error: 'InternalServerError' }],
    ['a dropped connection', { service: 'dynamodb', drop: true }],
  ])('bear %s of DynamoDB twice, and name the outage when it lasts [hostile 38]', async (_, fault) => {
    plant({ ...fault, operation: 'BatchGetItem', times: SDK_TRIES - 1 });
    expect((await ada.call()).status).toBe(200);

    await discord.clear();
    plant({ ...fault, operation: 'BatchGetItem', times: SDK_TRIES });
    const failed = await ada.call();
    expect([failed.status, failed.json.code]).toEqual([503, 'storage_unavailable']);
    expect([failed.headers['retry-after'], failed.json.retry_after]).toEqual(['5', 5]);
    expect(await discord.all()).toEqual([]);
    expect((await ada.call()).status).toBe(200);
  });

  it('name an outage also when DynamoDB denies access, and log its name only', async () => {
    plant({ service: 'dynamodb', operation: 'BatchGetItem', error: 'AccessDeniedException', times: 1 });
    const { json } = await ada.call();
    const id = String(json.instance).replace('urn:request:', '');

    expect(json.code).toBe('storage_unavailable');
    expect(harness.log.entries.filter(({ level }) => level === 'error')).toEqual([
      { level: 'error', event: 'outage', request_id: id, code: 'storage_unavailable', cause: 'AccessDeniedException' },
    ]);
  });

  it.each([
    ['the connection', 'CONNECTION#'],
    ['the key', 'APIKEY#'],
  ])('do not take %s for absent when DynamoDB leaves it unprocessed [hostile 38]', async (_, match) => {
    plant({ service: 'dynamodb', operation: 'BatchGetItem', unprocessed: true, match, times: 2 });
    expect((await ada.call()).status).toBe(200);

    plant({ service: 'dynamodb', operation: 'BatchGetItem', unprocessed: true, match });
    const failed = await ada.call();
    expect([failed.status, failed.json.code]).toEqual([503, 'storage_unavailable']);
  });

  it('go on with a warm data key while KMS is down, until its age limit, and then fail closed [hostile 38]', async () => {
    plant({ service: 'kms', error: 'KMSInternalException' });
    for (const seconds of [0, DATA_KEY_MAX_AGE - 1, 1]) {
      harness.clock.advanceSeconds(seconds);
      expect((await ada.call()).status).toBe(200);
    }
    expect(harness.stack.aws.requests.count('kms')).toBe(0);

    harness.clock.advanceSeconds(1);
    const failed = [await ada.call(), await ada.call()];
    for (const { status, json, headers } of failed) {
      expect([status, json.code, headers['retry-after']]).toEqual([503, 'key_service_unavailable', '5']);
    }
    harness.stack.aws.faults.clear();
    expect((await ada.call()).status).toBe(200);
  });

  it('do not trust the age of a data key when the clock was set back', async () => {
    harness.clock.advanceSeconds(-3600);
    await ada.call();
    harness.clock.advanceSeconds(3600);

    expect(harness.stack.aws.requests.count('kms', 'Decrypt')).toBe(1);
  });

  it.each<[string, Fault]>([
    ['is throttled', { service: 'kms', error: 'ThrottlingException' }],
    ['denies access', { service: 'kms', error: 'AccessDeniedException' }],
    ['has the key disabled', { service: 'kms', error: 'DisabledException' }],
    ['has the key pending deletion', { service: 'kms', error: 'KMSInvalidStateException' }],
    ['cannot be reached', { service: 'kms', drop: true }],
  ])('name the outage when KMS %s [hostile 38]', async (_, fault) => {
    harness.coldStart();
    plant(fault);
    const { status, json, headers } = await ada.call();

    expect([status, json.code, headers['retry-after']]).toEqual([503, 'key_service_unavailable', '5']);
    expect(await discord.all()).toEqual([]);
  });
});
