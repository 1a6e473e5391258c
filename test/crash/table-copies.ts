import { isDeepStrictEqual } from 'node:util';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand, DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { Harness } from '../support/harness.ts';

export type Item = Record<string, unknown>;

/** The whole table behind the product's back. */
export interface TableCopies {
  /** Every item there is now. */
  scan(): Promise<Item[]>;
  /** Makes the table hold these items and no others. */
  restore(wanted: readonly Item[]): Promise<void>;
}

/** Requests of one BatchWriteItem. @see DynamoDB API reference: BatchWriteItem */
const MAX_BATCH = 25;

export function createTableCopies({ stack }: Harness): TableCopies {
  const { local, tableName } = stack.target.operator;
  if (local === undefined) throw new Error('the table is not a local one');
  const { dynamodbEndpoint: endpoint, region, accessKeyId, secretAccessKey } = local;
  const client = DynamoDBDocumentClient.from(
    new DynamoDBClient({ endpoint, region, credentials: { accessKeyId, secretAccessKey } }),
  );
  const scan = async (): Promise<Item[]> => {
    const items: Item[] = [];
    let start: Item | undefined;
    do {
      const page = await client.send(new ScanCommand({ TableName: tableName, ExclusiveStartKey: start }));
      items.push(...(page.Items ?? []));
      start = page.LastEvaluatedKey;
    } while (start !== undefined);
    return items;
  };
  return {
    scan,
    restore: async (items) => {
      const wanted = new Map(items.map((item) => [identify(item), item]));
      const now = new Map((await scan()).map((item) => [identify(item), item]));
      const gone = [...now].filter(([name]) => !wanted.has(name)).map(([, item]) => item);
      const changed = [...wanted].filter(([name, item]) => !isDeepStrictEqual(now.get(name), item));
      const requests = [
        ...gone.map(({ pk, sk }) => ({ DeleteRequest: { Key: { pk, sk } } })),
        ...changed.map(([, item]) => ({ PutRequest: { Item: item } })),
      ];
      for (let at = 0; at < requests.length; at += MAX_BATCH) {
        const batch = requests.slice(at, at + MAX_BATCH);
        await client.send(new BatchWriteCommand({ RequestItems: { [tableName]: batch } }));
      }
    },
  };
}

function identify({ pk, sk }: Item): string {
  return `${String(pk)}\n${String(sk)}`;
}
