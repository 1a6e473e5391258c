import { EventEmitter, once } from 'node:events';
import { mkdirSync } from 'node:fs';
import type { Server } from 'node:http';
import dynalite from 'dynalite';
import { LOCAL_ACCOUNT } from '../aws-account.ts';
import { toErrorAnswer } from '../aws-error.ts';
import { parseOperation } from '../aws-service.ts';
import type { AwsAnswer, AwsRequest, AwsService } from '../aws-service.ts';
import { answerBatchPartly } from './answer-batch-partly.ts';

/**
 * Opens DynamoDB: dynalite, called in process, so that the server in front can let faults strike before and after it.
 * Differs from AWS: transactions and UpdateTimeToLive answer UnknownOperationException, nothing ever expires, and a request
 * for the old item of a failed condition is refused here, since dynalite would silently leave it out.
 * @param folder - of the LevelDB store, created if missing; absent: in memory. One process at a time may have it open.
 */
export async function openDynamoDbService(folder: string | undefined): Promise<AwsService> {
  if (folder !== undefined) mkdirSync(folder, { recursive: true, mode: 0o700 });
  const server = createDynalite(folder);
  // LevelDB opens in the background; a first call waits for it, and shows now rather than later that it cannot.
  await callDynalite(server, LIST_TABLES);

  async function answer(request: AwsRequest): Promise<AwsAnswer> {
    if (request.body.includes('"ReturnValuesOnConditionCheckFailure":"ALL_OLD"')) {
      const message = 'the local server does not support ReturnValuesOnConditionCheckFailure';
      return toErrorAnswer('dynamodb', 'ValidationException', message);
    }
    return callDynalite(server, request);
  }

  return {
    name: 'dynamodb',
    answer,
    answerPartly: (request, match) =>
      parseOperation(request) === 'BatchGetItem' ? answerBatchPartly(request, match, answer) : answer(request),
    async close() {
      // dynalite closes its store only after its own HTTP server has closed, so that must have been open.
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      await new Promise<void>((resolve, reject) => server.close((error) => (error ? reject(error) : resolve())));
    },
  };
}

const LIST_TABLES: AwsRequest = {
  method: 'POST',
  url: '/',
  headers: {
    authorization: 'AWS4-HMAC-SHA256 Credential=local, SignedHeaders=host, Signature=none',
    'content-type': 'application/x-amz-json-1.0',
    'x-amz-date': '20260101T000000Z',
    'x-amz-target': 'DynamoDB_20120810.ListTables',
  },
  body: Buffer.from('{}'),
};

/** dynalite reads account and region of its ARNs from the environment, once, while it is made. */
function createDynalite(folder: string | undefined): Server {
  const { AWS_ACCOUNT_ID, AWS_REGION } = process.env;
  process.env['AWS_ACCOUNT_ID'] = LOCAL_ACCOUNT.accountId;
  process.env['AWS_REGION'] = LOCAL_ACCOUNT.region;
  try {
    const timing = { createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 };
    return dynalite(folder === undefined ? timing : { ...timing, path: folder });
  } finally {
    restoreEnvironment({ AWS_ACCOUNT_ID, AWS_REGION });
  }
}

function restoreEnvironment(before: Record<string, string | undefined>): void {
  for (const [name, value] of Object.entries(before)) {
    if (value === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
  }
}

/**
 * Gives dynalite's request listener what it uses of a request and a response. Its events are emitted synchronously, so an
 * exception of its validation rejects here instead of ending the process.
 */
function callDynalite(server: Server, request: AwsRequest): Promise<AwsAnswer> {
  return new Promise((resolve) => {
    const { method, url, headers, body } = request;
    const incoming = Object.assign(new EventEmitter(), { method, url, headers });
    const answer: AwsAnswer = { status: 200, headers: {}, body: '' };
    const outgoing = {
      statusCode: 200,
      setHeader(name: string, value: string | number) {
        const key = name.toLowerCase();
        if (key !== 'content-length' && key !== 'transfer-encoding') answer.headers[key] = String(value);
      },
      end(text = '') {
        resolve({ ...answer, status: outgoing.statusCode, body: text });
      },
    };
    server.emit('request', incoming, outgoing);
    if (body.length > 0) incoming.emit('data', body);
    incoming.emit('end');
  });
}
