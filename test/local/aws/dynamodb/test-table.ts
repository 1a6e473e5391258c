import { CreateTableCommand, DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { vi } from 'vitest';

/** Makes a table with the keys and the index of the real one and waits until it can be used. @returns its name */
export async function createTestTable(dynamoDb: DynamoDBClient, name: string): Promise<string> {
  const text = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' }) as const;
  await dynamoDb.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['pk', 'sk', 'gsi1pk', 'gsi1sk'].map(text),
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'gsi1',
          KeySchema: [
            { AttributeName: 'gsi1pk', KeyType: 'HASH' },
            { AttributeName: 'gsi1sk', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      ],
    }),
  );
  // As at AWS, the answer comes before the table can be used.
  await vi.waitUntil(
    async () => (await dynamoDb.send(new DescribeTableCommand({ TableName: name }))).Table?.TableStatus === 'ACTIVE',
    { interval: 5 },
  );
  return name;
}

/** Builds an item or key. */
export function buildItem(pk: string, rest: Record<string, string> = {}) {
  return Object.fromEntries(Object.entries({ pk, sk: 'ITEM', ...rest }).map(([name, S]) => [name, { S }]));
}
