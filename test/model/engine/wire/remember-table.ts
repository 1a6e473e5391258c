import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { TABLE } from '../../../../shared/table.ts';
import type { Harness } from '../../../support/harness.ts';

/** BatchWriteItem takes at most this many. */
const WRITE_LIMIT = 25;

/** Remembers which items there are, so that everything else can be taken away again. */
export async function rememberTable(harness: Harness): Promise<{ restore(): Promise<void> }> {
  const { local, tableName } = harness.stack.target.operator;
  const client = DynamoDBDocumentClient.from(
    new DynamoDBClient({
      endpoint: local?.dynamodbEndpoint ?? '',
      region: local?.region ?? '',
      credentials: { accessKeyId: local?.accessKeyId ?? '', secretAccessKey: local?.secretAccessKey ?? '' },
    }),
  );
  const toKey = (item: Readonly<Record<string, unknown>>) => ({
    [TABLE.partitionKey]: item[TABLE.partitionKey],
    [TABLE.sortKey]: item[TABLE.sortKey],
  });
  const load = async () => (await harness.scanTable()).map(toKey);
  const kept = new Set((await load()).map((key) => JSON.stringify(key)));
  return {
    restore: async () => {
      const added = (await load()).filter((key) => !kept.has(JSON.stringify(key)));
      for (let at = 0; at < added.length; at += WRITE_LIMIT) {
        const requests = added.slice(at, at + WRITE_LIMIT).map((Key) => ({ DeleteRequest: { Key } }));
        await client.send(new BatchWriteCommand({ RequestItems: { [tableName]: requests } }));
      }
    },
  };
}
