import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
  type QueryCommandInput,
  type UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { OutageError } from '../problems/failure.ts';
import { TABLE } from '../table.ts';
import { toPrimaryKey, type ItemKey } from './keys.ts';

export type Item = Record<string, unknown>;

type UpdateParts = Pick<
  UpdateCommandInput,
  'UpdateExpression' | 'ConditionExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'
>;

/** How often keys that DynamoDB left unprocessed are asked for again before the read counts as failed. */
const MAX_BATCH_ROUNDS = 5;

/** Milliseconds before the second round, doubled for each further one. */
const BATCH_BACKOFF_MS = 25;

/** Errors that say that the request itself was wrong: a bug, not an outage. */
const BUGS = new Set(['ValidationException', 'SerializationException']);

/**
 * The one table, with the few operations that the stores use. Conditions that do not hold come back as `undefined`; an
 * outage is an `OutageError`. Reads are consistent. `sleep` is a parameter so that tests need not wait.
 */
export class TableClient {
  readonly #client: DynamoDBDocumentClient;
  readonly #tableName: string;
  readonly #sleep: (ms: number) => Promise<void>;

  constructor(client: DynamoDBClient, tableName: string, sleep: (ms: number) => Promise<void>) {
    this.#client = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
    this.#tableName = tableName;
    this.#sleep = sleep;
  }

  async get(key: ItemKey): Promise<Item | undefined> {
    const command = new GetCommand({ TableName: this.#tableName, Key: toPrimaryKey(key), ConsistentRead: true });
    return (await guard(() => this.#client.send(command))).Item;
  }

  /**
   * Reads several items in one round trip, in the order of the keys. Keys that DynamoDB did not process are asked for
   * again: unprocessed is not absent.
   */
  async getAll(wanted: readonly ItemKey[]): Promise<(Item | undefined)[]> {
    const found = new Map<string, Item>();
    let open: Record<string, unknown>[] = wanted.map(toPrimaryKey);
    for (let round = 0; open.length > 0; round += 1) {
      if (round === MAX_BATCH_ROUNDS) throw new OutageError({ reason: 'storage_unavailable' }, 'UnprocessedKeys');
      if (round > 0) await this.#sleep(BATCH_BACKOFF_MS * 2 ** (round - 1));
      const command = new BatchGetCommand({
        RequestItems: { [this.#tableName]: { Keys: open, ConsistentRead: true } },
      });
      const answer = await guard(() => this.#client.send(command));
      for (const item of answer.Responses?.[this.#tableName] ?? []) found.set(identify(item), item);
      open = answer.UnprocessedKeys?.[this.#tableName]?.Keys ?? [];
    }
    return wanted.map((key) => found.get(identify(toPrimaryKey(key))));
  }

  /** @returns whether the condition held */
  async put(key: ItemKey, item: Item, condition?: Omit<UpdateParts, 'UpdateExpression'>): Promise<boolean> {
    const command = new PutCommand({
      TableName: this.#tableName,
      Item: { ...item, ...toPrimaryKey(key) },
      ...condition,
    });
    return (await conditional(() => this.#client.send(command))) !== undefined;
  }

  /** @returns the item after the update, or nothing when the condition did not hold */
  async update(key: ItemKey, parts: UpdateParts): Promise<Item | undefined> {
    const command = new UpdateCommand({
      TableName: this.#tableName,
      Key: toPrimaryKey(key),
      ReturnValues: 'ALL_NEW',
      ...parts,
    });
    const answer = await conditional(() => this.#client.send(command));
    return answer && (answer.Attributes ?? {});
  }

  async delete(key: ItemKey, condition?: Omit<UpdateParts, 'UpdateExpression'>): Promise<boolean> {
    const command = new DeleteCommand({ TableName: this.#tableName, Key: toPrimaryKey(key), ...condition });
    return (await conditional(() => this.#client.send(command))) !== undefined;
  }

  /** Primary keys of one list, in order; the items themselves must be read consistently. */
  async listKeys(
    list: { readonly partition: string; readonly prefix?: string },
    page: { readonly limit?: number; readonly after?: Record<string, unknown> } = {},
  ): Promise<{ keys: ItemKey[]; last?: Record<string, unknown> }> {
    const { name, partitionKey, sortKey } = TABLE.listIndex;
    const input: QueryCommandInput = {
      TableName: this.#tableName,
      IndexName: name,
      KeyConditionExpression: list.prefix === undefined ? '#p = :p' : '#p = :p AND begins_with(#s, :s)',
      ExpressionAttributeNames: { '#p': partitionKey, ...(list.prefix === undefined ? {} : { '#s': sortKey }) },
      ExpressionAttributeValues: { ':p': list.partition, ...(list.prefix === undefined ? {} : { ':s': list.prefix }) },
      ...(page.limit === undefined ? {} : { Limit: page.limit }),
      ...(page.after === undefined ? {} : { ExclusiveStartKey: page.after }),
    };
    const answer = await guard(() => this.#client.send(new QueryCommand(input)));
    const found = (answer.Items ?? []).map((item) => ({
      pk: String(item[TABLE.partitionKey]),
      sk: String(item[TABLE.sortKey]),
    }));
    return { keys: found, ...(answer.LastEvaluatedKey === undefined ? {} : { last: answer.LastEvaluatedKey }) };
  }
}

function identify(item: Item): string {
  return `${String(item[TABLE.partitionKey])}\n${String(item[TABLE.sortKey])}`;
}

async function conditional<T>(send: () => Promise<T>): Promise<T | undefined> {
  try {
    return await send();
  } catch (error) {
    if (error instanceof Error && error.name === 'ConditionalCheckFailedException') return undefined;
    throw toOutage(error);
  }
}

async function guard<T>(send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (error) {
    throw toOutage(error);
  }
}

function toOutage(error: unknown): unknown {
  if (!(error instanceof Error) || BUGS.has(error.name)) return error;
  return new OutageError({ reason: 'storage_unavailable' }, error.name);
}
