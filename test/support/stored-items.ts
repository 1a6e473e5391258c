import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Harness } from './harness.ts';

type Item = Record<string, unknown>;

/** Reads and forges items behind the product's back. */
export interface StoredItems {
  load(pk: string, sk: string): Promise<Item | undefined>;
  /** Changes attributes of an item as they are given; `undefined` removes one. @throws Error when there is no such item */
  change(pk: string, sk: string, attributes: Item): Promise<void>;
  put(item: Item): Promise<void>;
  remove(pk: string, sk: string): Promise<void>;
}

export function openStoredItems({ stack }: Harness): StoredItems {
  const { local, tableName } = stack.target.operator;
  if (local === undefined) throw new Error('the table is not a local one');
  const { dynamodbEndpoint: endpoint, region, accessKeyId, secretAccessKey } = local;
  const client = DynamoDBDocumentClient.from(
    new DynamoDBClient({ endpoint, region, credentials: { accessKeyId, secretAccessKey } }),
    { marshallOptions: { removeUndefinedValues: true } },
  );
  const load = async (pk: string, sk: string): Promise<Item | undefined> =>
    (await client.send(new GetCommand({ TableName: tableName, Key: { pk, sk }, ConsistentRead: true }))).Item;
  const put = async (item: Item): Promise<void> => {
    await client.send(new PutCommand({ TableName: tableName, Item: item }));
  };
  return {
    load,
    put,
    remove: async (pk, sk) => {
      await client.send(new DeleteCommand({ TableName: tableName, Key: { pk, sk } }));
    },
    change: async (pk, sk, attributes) => {
      const item = await load(pk, sk);
      if (item === undefined) throw new Error(`no item ${pk} ${sk}`);
      await put({ ...item, ...attributes });
    },
  };
}
