import { CreateTableCommand, DescribeTableCommand, ResourceNotFoundException } from '@aws-sdk/client-dynamodb';
import type { DynamoDBClient, TableDescription } from '@aws-sdk/client-dynamodb';
import { isDeepStrictEqual } from 'node:util';
import { setTimeout as wait } from 'node:timers/promises';
import * as z from 'zod/mini';
import type { ResourceMap } from './resource-map.ts';
import { parseProperties } from './template.ts';
import type { ProvisionedResource, TemplateResource } from './template.ts';

const IGNORED = {
  ContributorInsightsSpecification: 'no effect on what the table does',
  DeletionProtectionEnabled: 'nothing deletes local tables',
  PointInTimeRecoverySpecification: 'no backups locally',
  SSESpecification: 'the local table lies unencrypted on disk; what must not be read there is sealed before',
  Tags: 'no effect',
  TimeToLiveSpecification: 'dynalite never expires items; readers compare the time themselves, since AWS is late too',
};

const keySchema = z
  .array(z.strictObject({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }))
  .check(z.minLength(1), z.maxLength(2));

const tableProperties = z.strictObject({
  TableName: z.optional(z.string()),
  BillingMode: z.literal('PAY_PER_REQUEST'),
  KeySchema: keySchema,
  AttributeDefinitions: z.array(z.strictObject({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) })),
  GlobalSecondaryIndexes: z.optional(
    z.array(
      z.strictObject({
        IndexName: z.string(),
        KeySchema: keySchema,
        Projection: z.strictObject({
          ProjectionType: z.enum(['ALL', 'KEYS_ONLY', 'INCLUDE']),
          NonKeyAttributes: z.optional(z.array(z.string())),
        }),
      }),
    ),
  ),
});

type TableProperties = z.infer<typeof tableProperties>;

/** Times that a new table is looked at, and the milliseconds between: dynalite makes one at once, so this is generous. */
const MAX_LOOKS = 200;
const LOOK_INTERVAL_MS = 5;

/**
 * Makes an AWS::DynamoDB::Table, or finds the one that was made before; its name is the logical id unless the template
 * gives one.
 * @throws Error when the one made before has other keys or indexes
 */
export async function provisionTable(
  resource: TemplateResource,
  dynamoDb: DynamoDBClient,
  resources: ResourceMap,
): Promise<ProvisionedResource> {
  const { logicalId, type } = resource;
  const properties = parseProperties(resource, tableProperties, IGNORED);
  const name = resources.find(logicalId, type) ?? properties.TableName ?? logicalId;

  if ((await describe(dynamoDb, name)) === undefined) {
    await dynamoDb.send(new CreateTableCommand({ ...properties, TableName: name }));
  }
  const table = await waitUntilActive(dynamoDb, name);
  if (!isDeepStrictEqual(toShape(table), toShape(properties))) {
    throw new Error(
      `${logicalId}: the local table ${name} has other keys or indexes; start afresh without the old data`,
    );
  }
  resources.record(logicalId, type, name);
  return { ref: name, attributes: { Arn: table.TableArn ?? '' } };
}

async function describe(dynamoDb: DynamoDBClient, name: string): Promise<TableDescription | undefined> {
  try {
    return (await dynamoDb.send(new DescribeTableCommand({ TableName: name }))).Table;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

async function waitUntilActive(dynamoDb: DynamoDBClient, name: string): Promise<TableDescription> {
  for (let look = 0; look < MAX_LOOKS; look += 1) {
    const table = await describe(dynamoDb, name);
    if (table?.TableStatus === 'ACTIVE') return table;
    await wait(LOOK_INTERVAL_MS);
  }
  throw new Error(`the local table ${name} did not become active; start afresh without the old data`);
}

/** What must be the same on both sides, in one order and without what only a description has. */
function toShape(table: TableDescription | TableProperties): unknown {
  const byName = (entries: unknown[]) => entries.map((entry) => JSON.stringify(entry)).sort();
  const attributes = table.AttributeDefinitions?.map((attribute) => [attribute.AttributeName, attribute.AttributeType]);
  const indexes = table.GlobalSecondaryIndexes?.map((index) => [
    index.IndexName,
    index.KeySchema?.map((key) => [key.AttributeName, key.KeyType]),
    index.Projection?.ProjectionType,
    index.Projection?.NonKeyAttributes?.toSorted() ?? [],
  ]);
  return {
    keys: table.KeySchema?.map((key) => [key.AttributeName, key.KeyType]),
    attributes: byName(attributes ?? []),
    indexes: byName(indexes ?? []),
  };
}
