import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  RestoreSecretCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import { startLocalStack, type LocalStack } from '../../infra/local/stack/start-local-stack.ts';
import type { SpillName } from '../../shared/app/ports.ts';
import { sealWith, type Sealed } from '../../shared/domain/envelope.ts';
import { sealContexts } from '../../shared/domain/seal-contexts.ts';
import { createSpillStore } from '../../shared/edges/spill-store.ts';
import { OutageError } from '../../shared/problems/failure.ts';

/**
 * The id has both odd characters of base64url, and the name ends with a hyphen and six characters, as the ARN of a secret does:
 * AWS warns of such names, but only for who finds secrets by parts of their ARNs.
 */
const SPILL: SpillName = { connectionId: 'con_-bcdefghijklmnop_-wxyz', tokensVersion: 5 };

const seal = (plaintext: string): Sealed =>
  sealWith(
    Buffer.alloc(32, 1),
    '0123456789abcdef',
    Buffer.alloc(12, 2),
    sealContexts.spill('t1', SPILL.connectionId, SPILL.tokensVersion),
    plaintext,
  );
const ONE = seal('one');
const TWO = seal('two');

describe('createSpillStore', () => {
  let stack: LocalStack;
  let deploymentName: string;
  let name: string;
  const clients: SecretsManagerClient[] = [];

  beforeAll(async () => {
    stack = await startLocalStack({
      assemblyDir: inject('assemblyDir'),
      port: 0,
      discordBaseUrl: 'http://localhost:9',
    });
    deploymentName = stack.target.environment['DEPLOYMENT_NAME'] ?? '';
    name = `${deploymentName}/spill/${SPILL.connectionId}.${SPILL.tokensVersion}`;
  });
  afterAll(async () => {
    for (const client of clients) client.destroy();
    await stack.stop();
  });
  beforeEach(async () => {
    // The SDK draws its waiting times.
    vi.spyOn(Math, 'random').mockReturnValue(0);
    await clientOf('').send(new DeleteSecretCommand({ SecretId: name, ForceDeleteWithoutRecovery: true }));
    stack.aws.requests.clear();
  });
  afterEach(() => {
    vi.restoreAllMocks();
    expect(stack.aws.faults.unused()).toEqual([]);
    stack.aws.faults.clear();
  });

  /** With the credentials of a function's role, by the beginning of its logical id; no text: the operator's. */
  function clientOf(caller: string): SecretsManagerClient {
    const model = [...stack.gateway.functions.values()].find(({ logicalId }) =>
      logicalId.startsWith(`${caller}Function`),
    );
    const environment = caller === '' ? stack.target.awsEnvironment : (model?.environment ?? {});
    const sessionToken = environment['AWS_SESSION_TOKEN'];
    const client = new SecretsManagerClient({
      endpoint: stack.aws.endpoints.secretsManager,
      region: environment['AWS_REGION'] ?? '',
      credentials: {
        accessKeyId: environment['AWS_ACCESS_KEY_ID'] ?? '',
        secretAccessKey: environment['AWS_SECRET_ACCESS_KEY'] ?? '',
        ...(sessionToken === undefined ? {} : { sessionToken }),
      },
      maxAttempts: 3,
    });
    clients.push(client);
    return client;
  }
  const storeOf = (caller: string, deployment = deploymentName) => createSpillStore(clientOf(caller), deployment);
  const versionsOf = async (): Promise<number> => {
    const described = await clientOf('').send(new DescribeSecretCommand({ SecretId: name }));
    return Object.keys(described.VersionIdsToStages ?? {}).length;
  };
  const failureOf = async (call: Promise<unknown>): Promise<unknown> => {
    const error: unknown = await call.then(() => undefined).catch((thrown: unknown) => thrown);
    return error instanceof OutageError ? [error.failure.reason, error.causeName] : error;
  };

  it.each(['ActionsUsers', 'Connections', 'Maintenance'])(
    'keeps a pair for %s, gives it back and forgets it',
    async (caller) => {
      const store = storeOf(caller);

      expect(await store.load(SPILL)).toBeUndefined();
      await store.save(SPILL, ONE);
      expect(await store.load(SPILL)).toBe(ONE);
      await store.remove(SPILL);
      expect(await store.load(SPILL)).toBeUndefined();
      await store.remove(SPILL);
    },
  );

  it('keeps each version of each connection apart', async () => {
    const store = storeOf('ActionsUsers');
    await store.save(SPILL, ONE);

    expect(await store.load({ ...SPILL, tokensVersion: 6 })).toBeUndefined();
    expect(await store.load({ ...SPILL, connectionId: `${SPILL.connectionId.slice(0, -1)}x` })).toBeUndefined();
  });

  it('uses AWS’s own key, none of the customer’s, and says by a tag what it is', async () => {
    await storeOf('ActionsUsers').save(SPILL, ONE);

    const described = await clientOf('').send(new DescribeSecretCommand({ SecretId: name }));
    expect(described.KmsKeyId).toBeUndefined();
    expect(described.Tags).toEqual([{ Key: 'discord-integration:kind', Value: 'spilled-tokens' }]);
    const touched = stack.aws.requests.counts();
    expect(Object.keys(touched).filter((call) => !call.startsWith('secretsManager.'))).toEqual([]);
  });

  it('takes the same pair twice for one, and a later one for the one that counts', async () => {
    const store = storeOf('ActionsUsers');
    await store.save(SPILL, ONE);
    await store.save(SPILL, ONE);
    expect(await versionsOf()).toBe(1);

    await store.save(SPILL, TWO);

    expect(await store.load(SPILL)).toBe(TWO);
  });

  it('makes one secret of a creation whose answer was lost', async () => {
    stack.aws.faults.add({
      service: 'secretsManager',
      operation: 'CreateSecret',
      drop: true,
      after: 'after',
      times: 1,
    });
    const store = storeOf('ActionsUsers');

    await store.save(SPILL, ONE);

    expect(stack.aws.requests.count('secretsManager', 'CreateSecret')).toBe(2);
    expect(await versionsOf()).toBe(1);
    expect(await store.load(SPILL)).toBe(ONE);
  });

  it('also when AWS then says that the secret is there already', async () => {
    stack.aws.faults.add({
      service: 'secretsManager',
      operation: 'CreateSecret',
      error: 'ResourceExistsException',
      after: 'after',
      times: 1,
    });
    const store = storeOf('ActionsUsers');

    await store.save(SPILL, ONE);

    expect(await versionsOf()).toBe(1);
    expect(await store.load(SPILL)).toBe(ONE);
  });

  it('counts a removal whose answer was lost as done', async () => {
    const store = storeOf('ActionsUsers');
    await store.save(SPILL, ONE);
    stack.aws.faults.add({
      service: 'secretsManager',
      operation: 'DeleteSecret',
      drop: true,
      after: 'after',
      times: 1,
    });

    await store.remove(SPILL);

    expect(await store.load(SPILL)).toBeUndefined();
  });

  it('sees nothing in a secret that waits for its deletion, until it is restored', async () => {
    const store = storeOf('ActionsUsers');
    await store.save(SPILL, ONE);
    await clientOf('').send(new DeleteSecretCommand({ SecretId: name, RecoveryWindowInDays: 7 }));

    expect(await store.load(SPILL)).toBeUndefined();
    expect(await failureOf(store.save(SPILL, TWO))).toEqual(['secret_unavailable', 'InvalidRequestException']);
    await clientOf('').send(new RestoreSecretCommand({ SecretId: name }));
    expect(await store.load(SPILL)).toBe(ONE);
  });

  it.each([
    ['save', 'CreateSecret', 'ThrottlingException'],
    ['save', 'CreateSecret', 'EncryptionFailure'],
    ['save', 'CreateSecret', 'LimitExceededException'],
    ['load', 'GetSecretValue', 'InternalServiceError'],
    ['load', 'GetSecretValue', 'DecryptionFailure'],
    ['remove', 'DeleteSecret', 'ThrottlingException'],
  ] as const)('is an outage when %s meets, at %s, %s', async (method, operation, error) => {
    const store = storeOf('ActionsUsers');
    stack.aws.faults.add({ service: 'secretsManager', operation, error });

    const call = method === 'save' ? store.save(SPILL, ONE) : store[method](SPILL);

    expect(await failureOf(call)).toEqual(['secret_unavailable', error]);
  });

  it('never takes for a sealed pair what somebody else has put there', async () => {
    await clientOf('').send(new CreateSecretCommand({ Name: name, SecretString: '{"access_token":"planted"}' }));

    expect(await failureOf(storeOf('ActionsUsers').load(SPILL))).toEqual(['sealed_data_unreadable', 'SealBrokenError']);
  });

  it.each(['Authorize', 'Callback', 'Portal'])('is out of reach for %s', async (caller) => {
    const store = storeOf(caller);
    const denied = ['secret_unavailable', 'AccessDeniedException'];

    expect(await failureOf(store.save(SPILL, ONE))).toEqual(denied);
    expect(await failureOf(store.load(SPILL))).toEqual(denied);
    expect(await failureOf(store.remove(SPILL))).toEqual(denied);
  });

  it.each(['Other', 'DiscordIntegration2', 'DiscordIntegration/spilled'])(
    'lets nobody near the spilled tokens of %s',
    async (other) => {
      const store = storeOf('ActionsUsers', other);
      const denied = ['secret_unavailable', 'AccessDeniedException'];

      expect(await failureOf(store.save(SPILL, ONE))).toEqual(denied);
      expect(await failureOf(store.load(SPILL))).toEqual(denied);
      expect(await failureOf(store.remove(SPILL))).toEqual(denied);
    },
  );

  it('lets nobody write over the integration’s secret by it', async () => {
    const SecretId = stack.target.operator.integrationSecretArn;
    const client = clientOf('ActionsUsers');
    const call = client.send(new PutSecretValueCommand({ SecretId, SecretString: 'x' }));

    await expect(call).rejects.toMatchObject({ name: 'AccessDeniedException' });
    await expect(client.send(new GetSecretValueCommand({ SecretId }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });
});
