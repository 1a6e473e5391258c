import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { DescribeKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { AwsFault } from '../../../infra/local/aws/aws-faults.ts';
import { startAwsServers } from '../../../infra/local/aws/aws-servers.ts';
import type { AwsServers } from '../../../infra/local/aws/aws-servers.ts';
import { buildItem, createTestTable } from './dynamodb/test-table.ts';
import { buildSdkClients, findRefusal } from './sdk-clients.ts';

const KEY_ID = '11111111-2222-4333-8444-555555555555';

describe('AwsFaults', () => {
  let servers: AwsServers;
  let clients: ReturnType<typeof buildSdkClients>;
  let TableName: string;

  beforeAll(async () => {
    servers = await startAwsServers();
    clients = buildSdkClients(servers);
    TableName = await createTestTable(clients.dynamoDb, 'items');
  });
  afterEach(() => servers.faults.clear());
  afterAll(() => servers.stop());

  const put = (pk: string) => clients.dynamoDb.send(new PutItemCommand({ TableName, Item: buildItem(pk) }));
  const read = async (pk: string) =>
    (await clients.dynamoDb.send(new GetItemCommand({ TableName, Key: buildItem(pk) }))).Item;
  const describeKey = () => clients.kms.send(new DescribeKeyCommand({ KeyId: KEY_ID }));
  const readSecret = () => clients.secretsManager.send(new GetSecretValueCommand({ SecretId: 'none' }));
  const call = { dynamodb: () => put('F'), kms: describeKey, secretsManager: readSecret };

  it.each([
    ['dynamodb', 'ThrottlingException', 400],
    ['dynamodb', 'ProvisionedThroughputExceededException', 400],
    ['dynamodb', 'RequestLimitExceeded', 400],
    ['dynamodb', 'AccessDeniedException', 400],
    ['dynamodb', 'InternalServerError', 500],
    ['dynamodb', 'ServiceUnavailableException', 503],
    ['kms', 'ThrottlingException', 400],
    ['kms', 'AccessDeniedException', 400],
    ['kms', 'KMSInternalException', 500],
    ['kms', 'DependencyTimeoutException', 503],
    ['secretsManager', 'ThrottlingException', 400],
    ['secretsManager', 'AccessDeniedException', 400],
    ['secretsManager', 'InternalServiceError', 500],
    ['secretsManager', 'ResourceNotFoundException', 400],
  ] as const)('lets %s answer %s', async (service, error, status) => {
    servers.faults.add({ service, error });

    const refusal = await findRefusal(call[service]());

    expect(refusal).toMatchObject({ name: error, status });
    expect(refusal.message).toMatch(/\w+ /);
  });

  it('lets the SDK retry what is throttled, since the answer looks like that of AWS', async () => {
    servers.faults.add({ service: 'kms', error: 'ThrottlingException', times: 1 });
    servers.requests.clear();
    const { region, credentials } = clients.kms.config;
    const retrying = new KMSClient({ region, credentials, endpoint: servers.endpoints.kms, maxAttempts: 2 });

    const refusal = await findRefusal(retrying.send(new DescribeKeyCommand({ KeyId: KEY_ID })));

    expect(refusal.name).toBe('NotFoundException');
    expect(servers.requests.count('kms', 'DescribeKey')).toBe(2);
  });

  it('refuses before processing unless told otherwise', async () => {
    servers.faults.add({ service: 'dynamodb', operation: 'PutItem', error: 'InternalServerError', times: 1 });

    await findRefusal(put('before'));

    expect(await read('before')).toBeUndefined();
  });

  it.each<Partial<AwsFault>>([{ error: 'InternalServerError' }, { drop: true }])(
    'loses the answer of a write that took effect: %j',
    async (fault) => {
      servers.faults.add({ service: 'dynamodb', operation: 'PutItem', after: 'after', times: 1, ...fault });
      const pk = `after ${JSON.stringify(fault)}`;

      await findRefusal(put(pk));

      expect(await read(pk)).toBeDefined();
    },
  );

  it('cuts the connection without an answer', async () => {
    servers.faults.add({ service: 'kms', drop: true, times: 1 });

    const refusal = await findRefusal(describeKey());

    expect(refusal.status).toBeUndefined();
    expect(refusal.message).toMatch(/socket hang up|ECONNRESET/);
  });

  it('makes a caller give up who waits less long than the answer takes', async () => {
    servers.faults.add({ service: 'dynamodb', operation: 'PutItem', delayMs: 600_000, after: 'after', times: 1 });
    const command = new PutItemCommand({ TableName, Item: buildItem('slow') });

    const refusal = await findRefusal(clients.dynamoDb.send(command, { abortSignal: AbortSignal.timeout(200) }));

    expect(refusal.name).toBe('AbortError');
    expect(await read('slow')).toBeDefined();
  });

  it('strikes only the service, operation and body that it names, and so often', async () => {
    servers.faults.add({
      service: 'dynamodb',
      operation: 'PutItem',
      match: 'CONNECTION#',
      error: 'AccessDeniedException',
      times: 2,
    });

    expect(await read('CONNECTION#1')).toBeUndefined();
    await put('TENANT#1');
    expect((await findRefusal(put('CONNECTION#1'))).name).toBe('AccessDeniedException');
    expect(servers.faults.unused()).toHaveLength(1);
    expect((await findRefusal(put('CONNECTION#2'))).name).toBe('AccessDeniedException');
    expect(servers.faults.unused()).toEqual([]);
    await put('CONNECTION#3');
  });

  it('strikes all until cleared when it has no number', async () => {
    servers.faults.add({ service: 'kms', error: 'AccessDeniedException' });

    const first = await findRefusal(describeKey());
    const second = await findRefusal(describeKey());
    servers.faults.clear();
    const third = await findRefusal(describeKey());

    expect([first, second, third].map(({ name }) => name)).toEqual([
      'AccessDeniedException',
      'AccessDeniedException',
      'NotFoundException',
    ]);
  });

  it.each<[string, AwsFault]>([
    ['does nothing', { service: 'kms' }],
    ['does two things', { service: 'kms', error: 'AccessDeniedException', drop: true }],
    ['names an error that the service never sends', { service: 'kms', error: 'InternalServerError' }],
    ['leaves keys of no batch', { service: 'dynamodb', operation: 'GetItem', unprocessed: true }],
    [
      'leaves keys after the batch',
      { service: 'dynamodb', operation: 'BatchGetItem', unprocessed: true, after: 'after' },
    ],
    ['strikes less than once', { service: 'kms', drop: true, times: 0 }],
  ])('refuses a fault that %s', (_case, fault) => {
    expect(() => servers.faults.add(fault)).toThrow('bad fault');
  });

  describe('over HTTP', () => {
    const json = { 'content-type': 'application/json' };
    const control = (method: string, path: string, body?: string, headers: Record<string, string> = json) =>
      fetch(`${servers.endpoints.kms}/_control/${path}`, { method, headers, ...(body === undefined ? {} : { body }) });

    it('plants, lists and clears faults, of this server or of another', async () => {
      const own = await control('POST', 'faults', '{"error":"AccessDeniedException"}');
      const other = await control('POST', 'faults', '{"service":"secretsManager","drop":true}');

      expect([own.status, other.status]).toEqual([201, 201]);
      expect((await findRefusal(describeKey())).name).toBe('AccessDeniedException');
      expect(await (await control('GET', 'faults')).json()).toEqual([{ service: 'secretsManager', drop: true }]);
      await control('DELETE', 'faults');
      expect((await findRefusal(readSecret())).name).toBe('ResourceNotFoundException');
    });

    it('gives and clears the counts of requests', async () => {
      await control('DELETE', 'requests');
      await findRefusal(describeKey());

      expect(await (await control('GET', 'requests')).json()).toEqual({ 'kms.DescribeKey': 1 });
    });

    it.each([
      ['{"error":"Nonsense"}', json, 400],
      ['{', json, 400],
      ['null', json, 400],
      ['{"drop":true}', { 'content-type': 'text/plain' }, 415],
    ])('refuses %s', async (body, headers, status) => {
      expect((await control('POST', 'faults', body, headers)).status).toBe(status);
      expect(servers.faults.unused()).toEqual([]);
    });

    it('knows no other path', async () => {
      expect((await control('GET', 'keys')).status).toBe(404);
    });
  });
});
