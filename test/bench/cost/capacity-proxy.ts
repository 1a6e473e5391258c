import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import * as z from 'zod/mini';

/** Units that DynamoDB would bill. */
export interface Capacity {
  read: number;
  write: number;
}

export interface CapacityProxy {
  readonly origin: string;
  /** Units since the last call. */
  take(): Capacity;
  stop(): Promise<void>;
}

const answerSchema = z.object({ ConsumedCapacity: z.optional(z.unknown()) });
const unitsSchema = z.object({ CapacityUnits: z.number() });

const WRITES = new Set(['PutItem', 'UpdateItem', 'DeleteItem']);

/**
 * Stands before the local DynamoDB and asks it for the units that each call takes, which it reckons from the size of the items as AWS
 * does. It does not count the index: a new item in a list costs one more write, a later one of it none, since the index holds keys only.
 */
export async function startCapacityProxy(dynamodbOrigin: string): Promise<CapacityProxy> {
  let counted: Capacity = { read: 0, write: 0 };
  const forward = async (incoming: IncomingMessage): Promise<{ status: number; headers: Headers; body: string }> => {
    const operation = String(incoming.headers['x-amz-target']).split('.')[1] ?? '';
    const request = z.record(z.string(), z.unknown()).parse(JSON.parse(await text(incoming)));
    const { host: _host, connection: _connection, 'content-length': _length, ...headers } = incoming.headers;
    const answer = await fetch(dynamodbOrigin, {
      method: 'POST',
      headers: headers as Record<string, string>,
      body: JSON.stringify({ ...request, ReturnConsumedCapacity: 'TOTAL' }),
    });
    const body = await answer.text();
    const isWrite = WRITES.has(operation);
    counted[isWrite ? 'write' : 'read'] += sumUnits(body) + (isNewInList(operation, request) ? 1 : 0);
    return { status: answer.status, headers: answer.headers, body };
  };
  const server = createServer((incoming, outgoing) => {
    forward(incoming).then(
      ({ status, headers, body }) => outgoing.writeHead(status, Object.fromEntries(headers)).end(body),
      () => outgoing.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    take: () => {
      const taken = counted;
      counted = { read: 0, write: 0 };
      return taken;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function sumUnits(body: string): number {
  const { ConsumedCapacity: consumed } = answerSchema.parse(JSON.parse(body));
  const all: unknown[] = [consumed ?? []].flat();
  return all.reduce((sum: number, one) => sum + unitsSchema.parse(one).CapacityUnits, 0);
}

function isNewInList(operation: string, { Item, ConditionExpression }: Record<string, unknown>): boolean {
  return operation === 'PutItem' && 'gsi1pk' in Object(Item) && ConditionExpression === 'attribute_not_exists(pk)';
}
