import { Aws } from 'aws-cdk-lib/core';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { DATA_KEY_PURPOSE } from '../../shared/encryption-context.ts';
import { KEY_PREFIX, TABLE } from '../../shared/table.ts';
import type { FunctionAccess } from './function-access.ts';
import { buildMetricStatement } from './metric-access.ts';
import { buildSpillStatement } from './spill-access.ts';
import type { Storage } from './storage.ts';

/**
 * What reading and writing an encrypted table asks of its key: DynamoDB's documented minimum without `CreateGrant`, which only
 * whoever creates the table needs. Spelled out, because `GenerateDataKey*` and `ReEncrypt*` allow more than these.
 * @see DynamoDB docs: Encryption at rest, "Using a customer managed key"
 */
const TABLE_KEY_ACTIONS = [
  'kms:Decrypt',
  'kms:DescribeKey',
  'kms:Encrypt',
  'kms:GenerateDataKey',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
];

/**
 * Turns what a function may touch into IAM statements. Spelled out, since the `grant…` methods of CDK allow more.
 * @param deploymentName - what the names of spilled tokens begin with
 */
export function buildAccessStatements(
  access: FunctionAccess,
  storage: Storage,
  deploymentName: string,
): PolicyStatement[] {
  return [
    ...buildItemStatements(access, storage),
    ...buildListStatements(access, storage),
    ...buildDataKeyStatements(access, storage),
    ...buildSecretStatements(access, storage),
    ...(access.spills ? [buildSpillStatement(deploymentName)] : []),
    ...(access.metrics ? [buildMetricStatement()] : []),
  ];
}

function buildItemStatements({ items }: FunctionAccess, { table, tableKey }: Storage): PolicyStatement[] {
  if (items.length === 0) return [];
  const statements = items.map(
    ({ actions, keys }) =>
      new PolicyStatement({
        actions: actions.map((action) => `dynamodb:${action}`),
        resources: [table.tableArn],
        conditions: {
          'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': keys.map((key) => `${KEY_PREFIX[key]}*`) },
          // ForAllValues also passes when a request names no key at all.
          Null: { 'dynamodb:LeadingKeys': 'false' },
        },
      }),
  );
  const tableKeyStatement = new PolicyStatement({
    actions: TABLE_KEY_ACTIONS,
    resources: [tableKey.keyArn],
    conditions: { StringEquals: { 'kms:ViaService': buildServiceHost('dynamodb') } },
  });
  return [...statements, tableKeyStatement];
}

/** The index gives away keys and nothing else; the items behind them are read under the statements above. */
function buildListStatements({ listIndex }: FunctionAccess, { table }: Storage): PolicyStatement[] {
  if (!listIndex) return [];
  return [
    new PolicyStatement({
      actions: ['dynamodb:Query'],
      resources: [`${table.tableArn}/index/${TABLE.listIndex.name}`],
    }),
  ];
}

function buildDataKeyStatements({ dataKeys }: FunctionAccess, { tokenKey }: Storage): PolicyStatement[] {
  if (dataKeys.length === 0) return [];
  return [
    new PolicyStatement({
      actions: dataKeys.map((action) => `kms:${action}`),
      resources: [tokenKey.keyArn],
      conditions: { StringEquals: { 'kms:EncryptionContext:purpose': DATA_KEY_PURPOSE } },
    }),
  ];
}

function buildSecretStatements(
  access: FunctionAccess,
  { integrationSecretArn, secretKeyArn, setupCodeSecretArn, tokenKey }: Storage,
): PolicyStatement[] {
  return [
    ...(access.integrationSecret
      ? buildOneSecretStatements(integrationSecretArn, secretKeyArn, access.writesSecret)
      : []),
    ...(access.setupCode ? buildOneSecretStatements(setupCodeSecretArn, tokenKey.keyArn, false) : []),
  ];
}

/**
 * A read opens the data key that the value is encrypted with. A write makes a new one, and Secrets Manager opens the current one, too.
 * @see Secrets Manager docs: Secret encryption and decryption, "Permissions for the KMS key"
 */
function buildOneSecretStatements(secretArn: string, keyArn: string, isWritten: boolean): PolicyStatement[] {
  return [
    new PolicyStatement({
      actions: ['secretsmanager:GetSecretValue', ...(isWritten ? ['secretsmanager:PutSecretValue'] : [])],
      resources: [secretArn],
    }),
    new PolicyStatement({
      actions: ['kms:Decrypt', ...(isWritten ? ['kms:GenerateDataKey'] : [])],
      resources: [keyArn],
      conditions: {
        StringEquals: {
          'kms:ViaService': buildServiceHost('secretsmanager'),
          'kms:EncryptionContext:SecretARN': secretArn,
        },
      },
    }),
  ];
}

/** Spelling of a service in `kms:ViaService`. @see KMS docs: AWS KMS condition keys */
function buildServiceHost(service: string): string {
  return `${service}.${Aws.REGION}.amazonaws.com`;
}
