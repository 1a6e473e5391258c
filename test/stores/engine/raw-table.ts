import { DeleteTableCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  BatchWriteCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  ScanCommand,
} from '@aws-sdk/lib-dynamodb';
import type { ItemKey } from '../../../shared/edges/keys.ts';
import type { Item } from '../../../shared/edges/table-client.ts';

/** BatchWriteItem takes at most this many. */
const WRITE_LIMIT = 25;

/** The table without the stores: to see what they wrote, and to put there what they would never write. */
export interface RawTable {
  load(key: ItemKey): Promise<Item | undefined>;
  /** Writes the item over whatever is there; `undefined` leaves an attribute out. */
  put(item: Item): Promise<void>;
  /** Changes attributes as they are given; `undefined` removes one. @throws Error when there is no such item */
  change(key: ItemKey, attributes: Item): Promise<void>;
  remove(key: ItemKey): Promise<void>;
  /** Everything, in no order. */
  scan(): Promise<Item[]>;
  /** Deletes every item. */
  empty(): Promise<void>;
  /** Deletes the table. */
  drop(): Promise<void>;
}

/** @param client - straight to the engine, without faults in between */
export function openRawTable(client: DynamoDBClient, TableName: string): RawTable {
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });

  const load = async (Key: ItemKey): Promise<Item | undefined> =>
    (await documents.send(new GetCommand({ TableName, Key, ConsistentRead: true }))).Item;

  const put = async (Item: Item): Promise<void> => {
    await documents.send(new PutCommand({ TableName, Item }));
  };

  const scan = async (): Promise<Item[]> => {
    const items: Item[] = [];
    let after: Item | undefined;
    do {
      const page = await documents.send(
        new ScanCommand({
          TableName,
          ConsistentRead: true,
          ...(after === undefined ? {} : { ExclusiveStartKey: after }),
        }),
      );
      items.push(...(page.Items ?? []));
      after = page.LastEvaluatedKey;
    } while (after !== undefined);
    return items;
  };

  const empty = async (): Promise<void> => {
    const requests = (await scan()).map(({ pk, sk }) => ({ DeleteRequest: { Key: { pk, sk } } }));
    while (requests.length > 0) {
      const batch = requests.splice(0, WRITE_LIMIT);
      const answer = await documents.send(new BatchWriteCommand({ RequestItems: { [TableName]: batch } }));
      if (Object.keys(answer.UnprocessedItems ?? {}).length > 0) throw new Error('the engine left items unprocessed');
    }
  };

  return {
    load,
    put,
    change: async (key, attributes) => {
      const item = await load(key);
      if (item === undefined) throw new Error(`no item ${key.pk} ${key.sk}`);
      await put({ ...item, ...attributes });
    },
    remove: async (Key) => {
      await documents.send(new DeleteCommand({ TableName, Key }));
    },
    scan,
    empty,
    drop: async () => {
      await client.send(new DeleteTableCommand({ TableName }));
    },
  };
}
