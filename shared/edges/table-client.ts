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
import { conditional, guard } from './call-table.ts';
import { toPrimaryKey, type ItemKey } from './keys.ts';
import { buildPageInput, buildRangeCondition, type QueryPage, type SortKeyRange } from './query-input.ts';

export type Item = Record<string, unknown>;

type UpdateParts = Pick<
  UpdateCommandInput,
  'UpdateExpression' | 'ConditionExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'
>;

/** Ends a call early, as an outage. */
interface SendOptions {
  readonly abortSignal?: AbortSignal;
}

/** How often keys that DynamoDB left unprocessed are asked for again before the read counts as failed. */
const MAX_BATCH_ROUNDS = 5;

/** Milliseconds before the second round, doubled for each further one. */
const BATCH_BACKOFF_MS = 25;

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

  async get(key: ItemKey, options: SendOptions = {}): Promise<Item | undefined> {
    const command = new GetCommand({ TableName: this.#tableName, Key: toPrimaryKey(key), ConsistentRead: true });
    return (await guard(() => this.#client.send(command, options))).Item;
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
  async put(
    key: ItemKey,
    item: Item,
    condition?: Omit<UpdateParts, 'UpdateExpression'>,
    options: SendOptions = {},
  ): Promise<boolean> {
    const command = new PutCommand({
      TableName: this.#tableName,
      Item: { ...item, ...toPrimaryKey(key) },
      ...condition,
    });
    return (await conditional(() => this.#client.send(command, options))) !== undefined;
  }

  /** @returns the item after the update, or nothing when the condition did not hold */
  async update(key: ItemKey, parts: UpdateParts, options: SendOptions = {}): Promise<Item | undefined> {
    const command = new UpdateCommand({
      TableName: this.#tableName,
      Key: toPrimaryKey(key),
      ReturnValues: 'ALL_NEW',
      ...parts,
    });
    const answer = await conditional(() => this.#client.send(command, options));
    return answer && (answer.Attributes ?? {});
  }

  async delete(key: ItemKey, condition?: Omit<UpdateParts, 'UpdateExpression'>): Promise<boolean> {
    const command = new DeleteCommand({ TableName: this.#tableName, Key: toPrimaryKey(key), ...condition });
    return (await conditional(() => this.#client.send(command))) !== undefined;
  }

  /**
   * Items of one partition in the order of their sort keys, read consistently. `last`, which is there when there may be more,
   * and `after` are sort keys.
   */
  async query(range: SortKeyRange, page: QueryPage<string> = {}): Promise<{ items: Item[]; last?: string }> {
    const { after, ...rest } = page;
    const start = after === undefined ? {} : { after: toPrimaryKey({ pk: range.partition, sk: after }) };
    const input: QueryCommandInput = {
      TableName: this.#tableName,
      ConsistentRead: true,
      ...buildRangeCondition(range, TABLE),
      ...buildPageInput({ ...rest, ...start }),
    };
    const answer = await guard(() => this.#client.send(new QueryCommand(input)));
    const last = answer.LastEvaluatedKey;
    return { items: answer.Items ?? [], ...(last === undefined ? {} : { last: String(last[TABLE.sortKey]) }) };
  }

  /** Primary keys of one list, in order; the items themselves must be read consistently. */
  async listKeys(
    list: SortKeyRange,
    page: QueryPage<Record<string, unknown>> = {},
  ): Promise<{ keys: ItemKey[]; last?: Record<string, unknown> }> {
    const input: QueryCommandInput = {
      TableName: this.#tableName,
      IndexName: TABLE.listIndex.name,
      ...buildRangeCondition(list, TABLE.listIndex),
      ...buildPageInput(page),
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
