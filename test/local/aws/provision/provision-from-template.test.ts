import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { GetKeyRotationStatusCommand } from '@aws-sdk/client-kms';
import { DescribeSecretCommand, GetSecretValueCommand, PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { App, RemovalPolicy, SecretValue, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AttributeType, BillingMode, ProjectionType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startAwsServers } from '../../../../infra/local/aws/aws-servers.ts';
import { provisionFromTemplate } from '../../../../infra/local/aws/provision/provision-from-template.ts';
import { buildSdkClients, findRefusal } from '../sdk-clients.ts';
import { makeTemporaryFolder } from '../temporary-folder.ts';

async function start(dataDir?: string) {
  const servers = await startAwsServers(dataDir === undefined ? {} : { dataDir });
  onTestFinished(() => servers.stop());
  return { servers, clients: buildSdkClients(servers) };
}

/** A stack as this project's, made by CDK itself. */
function synthesize() {
  const stack = new Stack(new App(), 'Test');
  const tableKey = new Key(stack, 'TableKey', { enableKeyRotation: true, alias: 'table' });
  const table = new Table(stack, 'Table', {
    partitionKey: { name: 'pk', type: AttributeType.STRING },
    sortKey: { name: 'sk', type: AttributeType.STRING },
    billingMode: BillingMode.PAY_PER_REQUEST,
    encryption: TableEncryption.CUSTOMER_MANAGED,
    encryptionKey: tableKey,
    timeToLiveAttribute: 'expiresAtEpochSeconds',
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    deletionProtection: true,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  table.addGlobalSecondaryIndex({
    indexName: 'gsi1',
    partitionKey: { name: 'gsi1pk', type: AttributeType.STRING },
    sortKey: { name: 'gsi1sk', type: AttributeType.STRING },
    projectionType: ProjectionType.KEYS_ONLY,
  });
  const generated = new Secret(stack, 'Generated', {
    encryptionKey: tableKey,
    generateSecretString: { secretStringTemplate: '{"client_id":""}', generateStringKey: 'unset', passwordLength: 40 },
  });
  const fixed = new Secret(stack, 'Fixed', { secretStringValue: SecretValue.unsafePlainText('{"client_secret":""}') });
  const ids = { tableKey, table, generated, fixed };
  return {
    template: Template.fromStack(stack).toJSON() as unknown,
    id: (name: keyof typeof ids) =>
      stack.getLogicalId(ids[name].node.defaultChild as Parameters<Stack['getLogicalId']>[0]),
  };
}

const oneResource = (Type: string, Properties: object = {}, rest: object = {}) => ({
  Resources: { Mine: { Type, Properties, ...rest } },
});
const KEYS = {
  BillingMode: 'PAY_PER_REQUEST',
  KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
  AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
};

describe('provisionFromTemplate', () => {
  it('makes what a CDK template declares', async () => {
    const { template, id } = synthesize();
    const { servers, clients } = await start();

    const made = await provisionFromTemplate(template, servers);

    const [table, key, secret] = [made[id('table')], made[id('tableKey')], made[id('generated')]];
    const { Table: described } = await clients.dynamoDb.send(new DescribeTableCommand({ TableName: table?.ref }));
    expect(described).toMatchObject({ TableStatus: 'ACTIVE', TableArn: table?.attributes['Arn'] });
    expect(described?.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName)).toEqual(['gsi1']);
    const rotation = await clients.kms.send(new GetKeyRotationStatusCommand({ KeyId: key?.attributes['Arn'] }));
    expect(rotation).toMatchObject({ KeyRotationEnabled: true });
    const value = await clients.secretsManager.send(new GetSecretValueCommand({ SecretId: secret?.ref }));
    expect(JSON.parse(value.SecretString ?? '')).toEqual({
      client_id: '',
      unset: expect.stringMatching(/^.{40}$/s) as string,
    });
    const described2 = await clients.secretsManager.send(new DescribeSecretCommand({ SecretId: secret?.ref }));
    expect(described2.KmsKeyId).toBe(key?.attributes['Arn']);
    const fixed = await clients.secretsManager.send(new GetSecretValueCommand({ SecretId: made[id('fixed')]?.ref }));
    expect(fixed.SecretString).toBe('{"client_secret":""}');
    expect(Object.keys(made).sort()).toEqual([id('tableKey'), id('table'), id('generated'), id('fixed')].sort());
  });

  it('finds the same resources again, at once and after a restart, and leaves values that were changed', async () => {
    const { template, id } = synthesize();
    const dataDir = makeTemporaryFolder();
    const { servers, clients } = await start(dataDir);
    const first = await provisionFromTemplate(template, servers);
    const SecretId = first[id('fixed')]?.ref;
    await clients.secretsManager.send(new PutSecretValueCommand({ SecretId, SecretString: 'changed' }));

    const second = await provisionFromTemplate(template, servers);
    await servers.stop();
    const again = await start(dataDir);
    const third = await provisionFromTemplate(template, again.servers);

    expect(second).toEqual(first);
    expect(third).toEqual(first);
    const value = await again.clients.secretsManager.send(new GetSecretValueCommand({ SecretId }));
    expect(value.SecretString).toBe('changed');
  });

  it('finds table and secret though a crash kept them out of the map', async () => {
    const { template, id } = synthesize();
    const dataDir = makeTemporaryFolder();
    const before = await start(dataDir);
    const first = await provisionFromTemplate(template, before.servers);
    await before.servers.stop();
    rmSync(path.join(dataDir, 'resources.json'));

    const second = await provisionFromTemplate(template, (await start(dataDir)).servers);

    expect(second[id('table')]).toEqual(first[id('table')]);
    expect(second[id('fixed')]).toEqual(first[id('fixed')]);
  });

  it('makes a secret without a value when the template gives none', async () => {
    const { servers, clients } = await start();

    const made = await provisionFromTemplate(oneResource('AWS::SecretsManager::Secret', { Name: 'mine' }), servers);

    const refusal = await findRefusal(
      clients.secretsManager.send(new GetSecretValueCommand({ SecretId: made['Mine']?.ref })),
    );
    expect(refusal.message).toContain('AWSCURRENT');
  });

  it('does not care about resources of other services', async () => {
    const { servers } = await start();

    expect(await provisionFromTemplate(oneResource('AWS::Lambda::Function'), servers)).toEqual({});
  });

  it.each([
    ['an unknown type', oneResource('AWS::DynamoDB::GlobalTable'), 'Mine: AWS::DynamoDB::GlobalTable'],
    ['a rotation', oneResource('AWS::SecretsManager::RotationSchedule'), 'RotationSchedule cannot be made locally'],
    [
      'an unknown property',
      oneResource('AWS::DynamoDB::Table', { ...KEYS, StreamSpecification: {} }),
      'StreamSpecification',
    ],
    [
      'provisioned capacity',
      oneResource('AWS::DynamoDB::Table', { ...KEYS, BillingMode: 'PROVISIONED' }),
      'BillingMode',
    ],
    ['an asymmetric key', oneResource('AWS::KMS::Key', { KeySpec: 'RSA_2048' }), 'KeySpec'],
    ['a condition', oneResource('AWS::KMS::Key', {}, { Condition: 'IsProd' }), 'conditions are not evaluated'],
    [
      'a reference to nothing',
      oneResource('AWS::SecretsManager::Secret', { KmsKeyId: { Ref: 'Nothing' } }),
      'cannot resolve {"Ref":"Nothing"}',
    ],
    ['no template at all', { resources: {} }, 'not a CloudFormation template'],
  ])('refuses a template with %s', async (_case, template, message) => {
    const { servers } = await start();

    await expect(provisionFromTemplate(template, servers)).rejects.toThrow(message);
  });

  it('refuses a table whose keys on disk are others, and a key that is lost', async () => {
    const dataDir = makeTemporaryFolder();
    const before = await start(dataDir);
    await provisionFromTemplate(oneResource('AWS::DynamoDB::Table', KEYS), before.servers);
    await provisionFromTemplate({ Resources: { Key: { Type: 'AWS::KMS::Key' } } }, before.servers);
    await before.servers.stop();
    rmSync(path.join(dataDir, 'kms.json'));
    const { servers } = await start(dataDir);

    const otherKeys = { ...KEYS, AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'N' }] };
    const otherTable = provisionFromTemplate(oneResource('AWS::DynamoDB::Table', otherKeys), servers);
    await expect(otherTable).rejects.toThrow('has other keys or indexes');
    const lostKey = provisionFromTemplate({ Resources: { Key: { Type: 'AWS::KMS::Key' } } }, servers);
    await expect(lostKey).rejects.toThrow('has lost key');
    const otherType = provisionFromTemplate(oneResource('AWS::KMS::Key'), servers);
    await expect(otherType).rejects.toThrow('Mine is a AWS::KMS::Key in the template');
  });
});
