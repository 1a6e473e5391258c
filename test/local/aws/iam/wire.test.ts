import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DecryptCommand, EncryptCommand, GenerateDataKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { GetSecretValueCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import {
  BatchGetCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
} from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { startLocalStack, type LocalStack } from '../../../../infra/local/stack/start-local-stack.ts';
import { findRefusal } from '../sdk-clients.ts';

const PURPOSE = { purpose: 'tenant-data-key', tenant: 't1' };
const key = (pk: string) => ({ pk, sk: 'X' });

/** Callers by the beginning of their function's logical id; no letter: the operator. */
type Caller = 'Authorize' | 'Callback' | 'Connections' | 'Maintenance' | 'Portal' | 'ActionsUsers' | '';

describe('the template’s policies on the wire, with the real SDK', () => {
  let stack: LocalStack;
  let TableName: string;
  let KeyId: string;
  let SecretId: string;
  let CiphertextBlob: Uint8Array;

  beforeAll(async () => {
    stack = await startLocalStack({
      assemblyDir: inject('assemblyDir'),
      port: 0,
      discordBaseUrl: 'http://localhost:9',
    });
    ({ tableName: TableName, integrationSecretArn: SecretId } = stack.target.operator);
    KeyId = stack.target.environment['TOKEN_KEY_ARN'] ?? '';
    const operator = clientsOf('');
    for (const pk of ['SESSION#1', 'CONNECTION#1', 'APIKEY#1']) {
      await operator.table.send(new PutCommand({ TableName, Item: key(pk) }));
    }
    await operator.secrets.send(new PutSecretValueCommand({ SecretId, SecretString: 'a-client-secret' }));
    const made = await operator.kms.send(
      new GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_256', EncryptionContext: PURPOSE }),
    );
    CiphertextBlob = made.CiphertextBlob ?? new Uint8Array();
  });
  afterAll(() => stack.stop());

  /** Clients with the credentials that the function has in its environment. */
  function clientsOf(caller: Caller) {
    const model = [...stack.gateway.functions.values()].find(({ logicalId }) =>
      logicalId.startsWith(`${caller}Function`),
    );
    const environment = caller === '' ? stack.target.awsEnvironment : (model?.environment ?? {});
    const sessionToken = environment['AWS_SESSION_TOKEN'];
    const shared = {
      region: environment['AWS_REGION'] ?? '',
      credentials: {
        accessKeyId: environment['AWS_ACCESS_KEY_ID'] ?? '',
        secretAccessKey: environment['AWS_SECRET_ACCESS_KEY'] ?? '',
        ...(sessionToken === undefined ? {} : { sessionToken }),
      },
      maxAttempts: 1,
    };
    const { dynamodb, kms, secretsManager } = stack.aws.endpoints;
    return {
      table: DynamoDBDocumentClient.from(new DynamoDBClient({ ...shared, endpoint: dynamodb })),
      kms: new KMSClient({ ...shared, endpoint: kms }),
      secrets: new SecretsManagerClient({ ...shared, endpoint: secretsManager }),
    };
  }

  async function expectDenied(call: Promise<unknown>, action: string): Promise<void> {
    const before = stack.aws.denials.length;
    const refusal = await findRefusal(call);

    expect([refusal.name, refusal.status]).toEqual(['AccessDeniedException', 400]);
    expect(stack.aws.denials.slice(before)).toEqual([expect.stringContaining(`not authorized to perform: ${action} `)]);
    expect(JSON.stringify([refusal, stack.aws.denials])).not.toMatch(/CONNECTION#|APIKEY#|t1/);
  }

  it('gives every function an access key of its own, and the operator another', () => {
    const ids = [...stack.gateway.functions.values()].map(({ environment }) => environment['AWS_ACCESS_KEY_ID']);

    expect(ids).toHaveLength(10);
    expect(new Set([...ids, stack.target.awsEnvironment['AWS_ACCESS_KEY_ID']]).size).toBe(11);
    expect(ids).toContainEqual(expect.stringMatching(/^LOCALAuthorizeRole/));
  });

  it('lets authorize read a session and the integration, and names what it denies in AWS’s words', async () => {
    const { table } = clientsOf('Authorize');

    const session = await table.send(new GetCommand({ TableName, Key: key('SESSION#1') }));
    expect(session.Item).toEqual(key('SESSION#1'));
    const refusal = await findRefusal(table.send(new GetCommand({ TableName, Key: key('CONNECTION#1') })));
    expect(refusal.message).toMatch(
      /^User: arn:aws:sts::000000000000:assumed-role\/AuthorizeRole[0-9A-F]{8}\/local is not authorized to perform: dynamodb:GetItem on resource: arn:aws:dynamodb:us-east-1:000000000000:table\/Table because no identity-based policy allows the dynamodb:GetItem action$/,
    );
  });

  it('lets authorize neither read a connection, alone or in a batch, nor decrypt, nor read the secret', async () => {
    const { table, kms, secrets } = clientsOf('Authorize');

    await expectDenied(table.send(new GetCommand({ TableName, Key: key('CONNECTION#1') })), 'dynamodb:GetItem');
    const Keys = [key('SESSION#1'), key('CONNECTION#1')];
    const batch = new BatchGetCommand({ RequestItems: { [TableName]: { Keys } } });
    await expectDenied(table.send(batch), 'dynamodb:BatchGetItem');
    const decrypt = new DecryptCommand({ CiphertextBlob, EncryptionContext: PURPOSE });
    await expectDenied(kms.send(decrypt), 'kms:Decrypt');
    await expectDenied(secrets.send(new GetSecretValueCommand({ SecretId })), 'secretsmanager:GetSecretValue');
  });

  it('lets users read a key and a connection, but not write a key or make a data key', async () => {
    const { table, kms, secrets } = clientsOf('ActionsUsers');
    const Keys = [key('APIKEY#1'), key('CONNECTION#1')];

    const read = await table.send(new BatchGetCommand({ RequestItems: { [TableName]: { Keys } } }));
    expect(read.Responses?.[TableName]).toHaveLength(2);
    expect((await secrets.send(new GetSecretValueCommand({ SecretId }))).SecretString).toBe('a-client-secret');
    await expectDenied(table.send(new PutCommand({ TableName, Item: key('APIKEY#2') })), 'dynamodb:PutItem');
    const generate = new GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_256', EncryptionContext: PURPOSE });
    await expectDenied(kms.send(generate), 'kms:GenerateDataKey');
    await expectDenied(
      secrets.send(new PutSecretValueCommand({ SecretId, SecretString: 'x' })),
      'secretsmanager:PutSecretValue',
    );
  });

  it('lets the token key open tenants’ data keys only, and the table’s key nothing directly', async () => {
    const { kms } = clientsOf('ActionsUsers');

    const opened = await kms.send(new DecryptCommand({ KeyId, CiphertextBlob, EncryptionContext: PURPOSE }));
    expect(opened.Plaintext).toHaveLength(32);
    for (const EncryptionContext of [{ purpose: 'other' }, {}]) {
      await expectDenied(kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext })), 'kms:Decrypt');
    }
    const tableKey = stack.aws.resources.find('TableKey', 'AWS::KMS::Key') ?? '';
    const encrypt = new EncryptCommand({ KeyId: tableKey, Plaintext: Buffer.from('x') });
    await expectDenied(kms.send(encrypt), 'kms:Encrypt');
  });

  it('lets the sweep query what is left to do and a tenant’s keys, no connection, and change no settings', async () => {
    const { table } = clientsOf('Maintenance');
    const query = (pk: string) =>
      new QueryCommand({
        TableName,
        KeyConditionExpression: '#p = :p',
        ExpressionAttributeNames: { '#p': 'pk' },
        ExpressionAttributeValues: { ':p': pk },
      });

    expect((await table.send(query('TODO#REVOKE'))).Items).toEqual([]);
    expect((await table.send(query('TENANT#t1'))).Items).toEqual([]);
    await expectDenied(table.send(query('CONNECTION#1')), 'dynamodb:Query');
    await expectDenied(table.send(query('AUDIT#t1')), 'dynamodb:Query');
    await expectDenied(table.send(new PutCommand({ TableName, Item: key('INTEGRATION#x') })), 'dynamodb:PutItem');
    await expectDenied(table.send(new GetCommand({ TableName, Key: key('TOKEN#1') })), 'dynamodb:GetItem');
  });

  it('lets connections query the list, users not, and neither of them scan or query the table', async () => {
    const query = (IndexName?: string) =>
      new QueryCommand({
        TableName,
        ...(IndexName === undefined ? {} : { IndexName }),
        KeyConditionExpression: '#p = :p',
        ExpressionAttributeNames: { '#p': IndexName === undefined ? 'pk' : 'gsi1pk' },
        ExpressionAttributeValues: { ':p': 'CONNECTION#1' },
      });

    await clientsOf('Connections').table.send(query('gsi1'));
    await expectDenied(clientsOf('ActionsUsers').table.send(query('gsi1')), 'dynamodb:Query');
    await expectDenied(clientsOf('Connections').table.send(query()), 'dynamodb:Query');
    await expectDenied(clientsOf('Connections').table.send(new ScanCommand({ TableName })), 'dynamodb:Scan');
  });

  it('lets portal do nothing at all', async () => {
    const { table, secrets } = clientsOf('Portal');

    await expectDenied(table.send(new GetCommand({ TableName, Key: key('SESSION#1') })), 'dynamodb:GetItem');
    await expectDenied(secrets.send(new GetSecretValueCommand({ SecretId })), 'secretsmanager:GetSecretValue');
  });

  it('knows no caller but its functions and the operator', async () => {
    const shared = { region: 'us-east-1', maxAttempts: 1, endpoint: stack.aws.endpoints.kms };
    const model = [...stack.gateway.functions.values()].find(({ logicalId }) => logicalId.startsWith('Callback'));
    const accessKeyId = model?.environment['AWS_ACCESS_KEY_ID'] ?? '';

    for (const credentials of [
      { accessKeyId: 'AKIAOTHER', secretAccessKey: 'x' },
      { accessKeyId, secretAccessKey: 'x' },
    ]) {
      const kms = new KMSClient({ ...shared, credentials });
      const refusal = await findRefusal(kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext: PURPOSE })));
      expect([refusal.name, refusal.status]).toEqual(['UnrecognizedClientException', 400]);
    }
    const unsigned = await fetch(stack.aws.endpoints.dynamodb, {
      method: 'POST',
      headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'DynamoDB_20120810.ListTables' },
      body: '{}',
    });
    expect([unsigned.status, await unsigned.text()]).toEqual([
      400,
      expect.stringContaining('MissingAuthenticationToken'),
    ]);
  });

  it('answers a denial in the form of the wire: type and Message', async () => {
    const { environment } = [...stack.gateway.functions.values()].find((f) => f.logicalId.startsWith('Portal')) ?? {};
    const answer = await fetch(stack.aws.endpoints.dynamodb, {
      method: 'POST',
      headers: {
        authorization: `AWS4-HMAC-SHA256 Credential=${environment?.['AWS_ACCESS_KEY_ID'] ?? ''}/20261123/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=00`,
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-date': '20261123T000000Z',
        'x-amz-security-token': environment?.['AWS_SESSION_TOKEN'] ?? '',
        'x-amz-target': 'DynamoDB_20120810.GetItem',
      },
      body: JSON.stringify({ TableName, Key: { pk: { S: 'SESSION#1' }, sk: { S: 'X' } } }),
    });

    expect(await answer.json()).toEqual({
      __type: 'com.amazon.coral.service#AccessDeniedException',
      Message: expect.stringContaining('dynamodb:GetItem'),
    });
  });
});
