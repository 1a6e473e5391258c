import { describe, expect, it } from 'vitest';
import { toDynamoDbAccesses } from '../../../../infra/local/aws/iam/dynamodb-access.ts';
import { toKmsAccesses } from '../../../../infra/local/aws/iam/kms-access.ts';
import { toSecretsManagerAccesses } from '../../../../infra/local/aws/iam/secrets-manager-access.ts';

const ACCOUNT = 'us-east-1:000000000000';
const TABLE = `arn:aws:dynamodb:${ACCOUNT}:table/Items`;
const KEY = `arn:aws:kms:${ACCOUNT}:key/k1`;
const SECRET = `arn:aws:secretsmanager:${ACCOUNT}:secret:App-aB3xYz`;
const PLAIN_SECRET = `arn:aws:secretsmanager:${ACCOUNT}:secret:Plain-aB3xYz`;

const resources = {
  tables: new Map([
    [TABLE, { partitionKey: 'pk', keyArn: KEY }],
    [`${TABLE}Plain`, { partitionKey: 'id' }],
  ]),
  secrets: new Map([
    [SECRET, { keyArn: KEY }],
    [PLAIN_SECRET, {}],
  ]),
};
const dynamoDb = (operation: string, input: Record<string, unknown>) =>
  toDynamoDbAccesses(operation, { TableName: 'Items', ...input }, resources);
const item = (pk: string) => ({ pk: { S: pk }, sk: { S: 'x' } });

/** What a table access asks of the table's key. */
const openTableKey = {
  action: 'kms:Decrypt',
  resource: KEY,
  via: 'dynamodb',
  context: {
    'kms:ViaService': ['dynamodb.us-east-1.amazonaws.com'],
    'kms:EncryptionContext:aws:dynamodb:tableName': ['Items'],
    'kms:EncryptionContext:aws:dynamodb:subscriberId': ['000000000000'],
  },
};

describe('toDynamoDbAccesses', () => {
  it('asks for the action on the table with the key that is named, and for the table’s key', () => {
    expect(dynamoDb('GetItem', { Key: item('A#1') })).toEqual([
      { action: 'dynamodb:GetItem', resource: TABLE, context: { 'dynamodb:LeadingKeys': ['A#1'] } },
      openTableKey,
    ]);
  });

  it.each([
    ['PutItem', { Item: { ...item('A#1'), name: { S: 'B#2' } } }, ['A#1']],
    ['UpdateItem', { Key: item('A#1') }, ['A#1']],
    ['DeleteItem', { Key: item('A#1') }, ['A#1']],
    ['GetItem', { Key: { pk: { N: '5' } } }, ['5']],
    ['GetItem', { Key: { sk: { S: 'x' } } }, []],
    ['GetItem', {}, []],
    [
      'Query',
      {
        KeyConditionExpression: '#p = :p',
        ExpressionAttributeNames: { '#p': 'pk' },
        ExpressionAttributeValues: { ':p': { S: 'A#1' } },
      },
      ['A#1'],
    ],
    [
      'Query',
      {
        KeyConditionExpression: 'sk>=:s AND pk=:p',
        ExpressionAttributeValues: { ':p': { S: 'A#1' }, ':s': { S: 'B#2' } },
      },
      ['A#1'],
    ],
    [
      'Query',
      {
        KeyConditionExpression: '(pk = :p) AND (sk = :s)',
        ExpressionAttributeValues: { ':p': { S: 'A#1' }, ':s': { S: 'B#2' } },
      },
      ['A#1'],
    ],
    ['Query', { KeyConditionExpression: 'other = :p', ExpressionAttributeValues: { ':p': { S: 'A#1' } } }, []],
  ])('reads the partition keys of %s %j', (operation, input, keys) => {
    expect(dynamoDb(operation, input)[0]?.context['dynamodb:LeadingKeys']).toEqual(keys);
  });

  it('reads all keys of a batch, table by table', () => {
    const RequestItems = { Items: { Keys: [item('A#1'), item('B#2')] }, ItemsPlain: { Keys: [{ id: { S: 'C#3' } }] } };

    expect(dynamoDb('BatchGetItem', { RequestItems })).toEqual([
      { action: 'dynamodb:BatchGetItem', resource: TABLE, context: { 'dynamodb:LeadingKeys': ['A#1', 'B#2'] } },
      openTableKey,
      { action: 'dynamodb:BatchGetItem', resource: `${TABLE}Plain`, context: { 'dynamodb:LeadingKeys': ['C#3'] } },
    ]);
  });

  it('counts a batch as naming no key when one of its items names none', () => {
    const RequestItems = { Items: { Keys: [item('A#1'), { sk: { S: 'x' } }] } };

    expect(dynamoDb('BatchGetItem', { RequestItems })[0]?.context['dynamodb:LeadingKeys']).toEqual([]);
  });

  it('reads puts and deletions of a written batch', () => {
    const RequestItems = { Items: [{ PutRequest: { Item: item('A#1') } }, { DeleteRequest: { Key: item('B#2') } }] };

    expect(dynamoDb('BatchWriteItem', { RequestItems })[0]).toMatchObject({
      action: 'dynamodb:BatchWriteItem',
      context: { 'dynamodb:LeadingKeys': ['A#1', 'B#2'] },
    });
  });

  it('asks for the index when one is queried or scanned, and for the table’s key there too', () => {
    const index = {
      IndexName: 'gsi1',
      KeyConditionExpression: 'pk = :p',
      ExpressionAttributeValues: { ':p': { S: 'A' } },
    };

    expect(dynamoDb('Query', index)).toEqual([
      { action: 'dynamodb:Query', resource: `${TABLE}/index/gsi1`, context: {} },
      openTableKey,
    ]);
    expect(dynamoDb('Scan', { IndexName: 'gsi1' })[0]?.resource).toBe(`${TABLE}/index/gsi1`);
    expect(dynamoDb('Scan', {})[0]).toEqual({ action: 'dynamodb:Scan', resource: TABLE, context: {} });
  });

  it('tells what a write returns, NONE unless it says otherwise', () => {
    expect(dynamoDb('UpdateItem', { Key: item('A') })[0]?.context['dynamodb:ReturnValues']).toEqual(['NONE']);
    const all = dynamoDb('PutItem', { Item: item('A'), ReturnValues: 'ALL_OLD' });
    expect(all[0]?.context['dynamodb:ReturnValues']).toEqual(['ALL_OLD']);
  });

  it('takes a table by its ARN, and asks no key for a table under a key of AWS or for its description', () => {
    expect(dynamoDb('GetItem', { TableName: TABLE, Key: item('A') })[0]?.resource).toBe(TABLE);
    expect(dynamoDb('GetItem', { TableName: 'ItemsPlain', Key: {} })).toHaveLength(1);
    expect(dynamoDb('DescribeTable', {})).toEqual([{ action: 'dynamodb:DescribeTable', resource: TABLE, context: {} }]);
  });

  it.each([
    ['TransactWriteItems', {}, 'does not know TransactWriteItems'],
    ['GetItem', { TableName: undefined }, 'Member must not be null'],
    ['GetItem', { TableName: 5 }, 'TableName must be a string'],
    ['BatchGetItem', {}, 'RequestItems'],
    ['BatchGetItem', { RequestItems: {} }, 'RequestItems'],
  ])('lets no unreadable %s %j pass', (operation, input, message) => {
    expect(() => dynamoDb(operation, input)).toThrow(message);
  });
});

describe('toKmsAccesses', () => {
  const id = '11111111-2222-4333-8444-555555555555';
  const arn = `arn:aws:kms:${ACCOUNT}:key/${id}`;

  it('asks for the action on the key with each pair of the encryption context', () => {
    expect(toKmsAccesses('GenerateDataKey', { KeyId: id, EncryptionContext: { purpose: 'x', tenant: 't' } })).toEqual([
      {
        action: 'kms:GenerateDataKey',
        resource: arn,
        context: { 'kms:EncryptionContext:purpose': ['x'], 'kms:EncryptionContext:tenant': ['t'] },
      },
    ]);
    expect(toKmsAccesses('DescribeKey', { KeyId: arn })[0]).toEqual({
      action: 'kms:DescribeKey',
      resource: arn,
      context: {},
    });
  });

  it('finds the key of ciphertext that is sent without one', () => {
    const blob = Buffer.concat([Buffer.from([1]), Buffer.from(id.replaceAll('-', ''), 'hex'), Buffer.alloc(60)]);

    expect(toKmsAccesses('Decrypt', { CiphertextBlob: blob.toString('base64') })[0]?.resource).toBe(arn);
    expect(() => toKmsAccesses('Decrypt', { CiphertextBlob: 'AAAA' })).toThrow(
      expect.objectContaining({ code: 'InvalidCiphertextException' }),
    );
  });

  it.each(['ReEncrypt', 'CreateGrant', 'ScheduleKeyDeletion'])('does not let %s pass', (operation) => {
    expect(() => toKmsAccesses(operation, { KeyId: id })).toThrow(`does not know ${operation}`);
  });
});

describe('toSecretsManagerAccesses', () => {
  const of = (operation: string, SecretId: string) => toSecretsManagerAccesses(operation, { SecretId }, resources);

  it('asks for the secret and for opening its key by way of Secrets Manager', () => {
    expect(of('GetSecretValue', SECRET)).toEqual([
      { action: 'secretsmanager:GetSecretValue', resource: SECRET, context: {} },
      {
        action: 'kms:Decrypt',
        resource: KEY,
        via: 'secretsmanager',
        context: {
          'kms:ViaService': ['secretsmanager.us-east-1.amazonaws.com'],
          'kms:EncryptionContext:SecretARN': [SECRET],
        },
      },
    ]);
    expect(of('PutSecretValue', SECRET).map(({ action }) => action)).toEqual([
      'secretsmanager:PutSecretValue',
      'kms:GenerateDataKey',
      'kms:Decrypt',
    ]);
  });

  it('goes by the whole ARN, however the secret is named', () => {
    expect(of('GetSecretValue', 'App')[0]?.resource).toBe(SECRET);
    expect(of('GetSecretValue', SECRET.slice(0, -7))[0]?.resource).toBe(SECRET);
    expect(of('GetSecretValue', 'Ap')[0]?.resource).toBe(`arn:aws:secretsmanager:${ACCOUNT}:secret:Ap`);
  });

  it('asks no key for a secret under a key of AWS or for a description', () => {
    expect(of('GetSecretValue', 'Plain')).toHaveLength(1);
    expect(of('DescribeSecret', 'App')).toHaveLength(1);
  });

  it('asks for a new secret by its name, for its tags as well, and for a key only if it names one', () => {
    const create = (more: object) => toSecretsManagerAccesses('CreateSecret', { Name: 'made/x', ...more }, resources);
    const resource = `arn:aws:secretsmanager:${ACCOUNT}:secret:made/x`;

    expect(create({})).toEqual([{ action: 'secretsmanager:CreateSecret', resource, context: {} }]);
    expect(create({ Tags: [{ Key: 'a', Value: 'b' }] })[1]).toEqual({
      action: 'secretsmanager:TagResource',
      resource,
      context: {},
    });
    expect(create({ KmsKeyId: KEY }).map(({ action, resource: on }) => [action, on])).toEqual([
      ['secretsmanager:CreateSecret', resource],
      ['kms:GenerateDataKey', KEY],
      ['kms:Decrypt', KEY],
    ]);
  });

  it('asks nothing of the key for a deletion', () => {
    expect(of('DeleteSecret', 'App')).toEqual([
      { action: 'secretsmanager:DeleteSecret', resource: SECRET, context: {} },
    ]);
  });

  it.each(['UpdateSecret', 'RestoreSecret', 'constructor'])('does not let %s pass', (operation) => {
    expect(() => of(operation, 'App')).toThrow(`does not know ${operation}`);
  });
});
