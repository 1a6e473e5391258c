import {
  BatchGetItemCommand,
  DeleteItemCommand,
  DescribeTableCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startAwsServers } from '../../../../infra/local/aws/aws-servers.ts';
import type { AwsServers } from '../../../../infra/local/aws/aws-servers.ts';
import { buildSdkClients, findRefusal } from '../sdk-clients.ts';
import { buildItem, createTestTable } from './test-table.ts';

const IF_ABSENT = { ConditionExpression: 'attribute_not_exists(pk)' };

describe('openDynamoDbService', () => {
  let servers: AwsServers;
  let dynamoDb: ReturnType<typeof buildSdkClients>['dynamoDb'];
  let TableName: string;

  beforeAll(async () => {
    servers = await startAwsServers();
    dynamoDb = buildSdkClients(servers).dynamoDb;
    TableName = await createTestTable(dynamoDb, 'items');
  });
  afterAll(() => servers.stop());

  const read = async (pk: string) =>
    (await dynamoDb.send(new GetItemCommand({ TableName, Key: buildItem(pk), ConsistentRead: true }))).Item;

  it('keeps an item', async () => {
    await dynamoDb.send(new PutItemCommand({ TableName, Item: buildItem('A', { note: 'ü🎉' }) }));

    expect(await read('A')).toEqual(buildItem('A', { note: 'ü🎉' }));
    expect(await read('B')).toBeUndefined();
  });

  it('names its tables by the local account and region, whatever the environment of the process', async () => {
    const { Table } = await dynamoDb.send(new DescribeTableCommand({ TableName }));

    expect(Table?.TableArn).toBe('arn:aws:dynamodb:us-east-1:000000000000:table/items');
  });

  it('lets exactly one of twenty conditional puts at once win', async () => {
    const puts = Array.from({ length: 20 }, (_, index) =>
      dynamoDb.send(new PutItemCommand({ TableName, Item: buildItem('RACE', { by: `${index}` }), ...IF_ABSENT })),
    );
    const outcomes = await Promise.allSettled(puts);

    const winners = outcomes.flatMap(({ status }, index) => (status === 'fulfilled' ? [`${index}`] : []));
    const names = outcomes.flatMap((outcome) =>
      outcome.status === 'rejected' ? [(outcome.reason as Error).name] : [],
    );
    expect(names).toEqual(Array(19).fill('ConditionalCheckFailedException'));
    expect(await read('RACE')).toEqual(buildItem('RACE', { by: winners[0] ?? '' }));
  });

  it('evaluates conditions of updates and deletes', async () => {
    await dynamoDb.send(new PutItemCommand({ TableName, Item: buildItem('C', { version: '1' }) }));
    const update = (from: string, to: string) =>
      dynamoDb.send(
        new UpdateItemCommand({
          TableName,
          Key: buildItem('C'),
          UpdateExpression: 'SET version = :to',
          ConditionExpression: 'version = :from',
          ExpressionAttributeValues: { ':from': { S: from }, ':to': { S: to } },
        }),
      );
    const remove = new DeleteItemCommand({
      TableName,
      Key: buildItem('C'),
      ConditionExpression: 'version = :version',
      ExpressionAttributeValues: { ':version': { S: '1' } },
    });

    await update('1', '2');

    expect((await findRefusal(update('1', '3'))).name).toBe('ConditionalCheckFailedException');
    expect((await findRefusal(dynamoDb.send(remove))).name).toBe('ConditionalCheckFailedException');
    expect(await read('C')).toEqual(buildItem('C', { version: '2' }));
  });

  it('lists keys over the index, in order, and forgets those that left it', async () => {
    for (const name of ['b', 'a', 'c']) {
      await dynamoDb.send(
        new PutItemCommand({ TableName, Item: buildItem(`L#${name}`, { gsi1pk: 'LIST', gsi1sk: name, extra: 'x' }) }),
      );
    }
    await dynamoDb.send(new DeleteItemCommand({ TableName, Key: buildItem('L#c') }));

    const { Items } = await dynamoDb.send(
      new QueryCommand({
        TableName,
        IndexName: 'gsi1',
        KeyConditionExpression: 'gsi1pk = :list',
        ExpressionAttributeValues: { ':list': { S: 'LIST' } },
      }),
    );

    expect(Items).toEqual(['a', 'b'].map((name) => buildItem(`L#${name}`, { gsi1pk: 'LIST', gsi1sk: name })));
  });

  it('refuses to return the old item of a failed condition, which dynalite would silently leave out', async () => {
    const put = new PutItemCommand({
      TableName,
      Item: buildItem('A'),
      ...IF_ABSENT,
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });

    expect(await findRefusal(dynamoDb.send(put))).toMatchObject({
      name: 'ValidationException',
      message: 'the local server does not support ReturnValuesOnConditionCheckFailure',
    });
  });

  it('answers UnknownOperationException to transactions and UpdateTimeToLive', async () => {
    const transaction = new TransactWriteItemsCommand({
      TransactItems: [{ Put: { TableName, Item: buildItem('T') } }],
    });
    const timeToLive = new UpdateTimeToLiveCommand({
      TableName,
      TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
    });

    expect((await findRefusal(dynamoDb.send(transaction))).name).toBe('UnknownOperationException');
    expect((await findRefusal(dynamoDb.send(timeToLive))).name).toBe('UnknownOperationException');
  });

  it('answers nonsense with an error and goes on serving', async () => {
    const headers = { 'x-amz-target': 'DynamoDB_20120810.GetItem', 'content-type': 'application/x-amz-json-1.0' };
    const bodies = ['', '{', '[]', 'null', '{"TableName":5}', '{"Key":{"pk":[]}}'];
    const answers = await Promise.all(
      bodies.map((body) => fetch(servers.endpoints.dynamodb, { method: 'POST', headers, body })),
    );

    expect(answers.every(({ status }) => status >= 400)).toBe(true);
    expect(await read('A')).toBeDefined();
  });

  describe('with an unprocessed fault', () => {
    const Keys = ['P#1', 'P#2', 'P#3'].map((pk) => buildItem(pk));
    const batch = (keys: typeof Keys) =>
      dynamoDb.send(new BatchGetItemCommand({ RequestItems: { [TableName]: { Keys: keys, ConsistentRead: true } } }));
    const fault = { service: 'dynamodb', operation: 'BatchGetItem', unprocessed: true, times: 1 } as const;

    beforeAll(async () => {
      for (const Item of Keys) await dynamoDb.send(new PutItemCommand({ TableName, Item }));
    });

    it('answers the first half of a batch and gives the rest back as it was asked', async () => {
      servers.faults.add(fault);

      const partial = await batch(Keys);
      const rest = await dynamoDb.send(new BatchGetItemCommand({ RequestItems: partial.UnprocessedKeys }));

      expect(partial.Responses?.[TableName]).toEqual([Keys[0]]);
      expect(partial.UnprocessedKeys).toEqual({ [TableName]: { Keys: Keys.slice(1), ConsistentRead: true } });
      expect(rest.Responses?.[TableName]).toHaveLength(2);
      expect(rest.UnprocessedKeys).toEqual({});
    });

    it('leaves out just the keys that match', async () => {
      servers.faults.add({ ...fault, match: 'P#2' });

      const partial = await batch(Keys);

      expect(partial.UnprocessedKeys?.[TableName]?.Keys).toEqual([Keys[1]]);
      expect(partial.Responses?.[TableName]).toHaveLength(2);
    });

    it('throttles when no key would be processed', async () => {
      servers.faults.add(fault);

      expect((await findRefusal(batch(Keys.slice(0, 1)))).name).toBe('ProvisionedThroughputExceededException');
    });
  });
});
