import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { buildAwsFaults, type AwsFaults } from '../../../infra/local/aws/aws-faults.ts';
import { startAwsJsonServer } from '../../../infra/local/aws/aws-json-server.ts';
import { buildAwsRequestLog, type AwsRequestLog } from '../../../infra/local/aws/aws-request-log.ts';
import { startAwsServers } from '../../../infra/local/aws/aws-servers.ts';
import { provisionFromTemplate } from '../../../infra/local/aws/provision/provision-from-template.ts';
import { loadAssembly } from '../../../infra/local/gateway/load-assembly.ts';
import { TableClient } from '../../../shared/edges/table-client.ts';
import { chooseEngine } from './choose-engine.ts';
import { buildForwardService, type ForwardService } from './forward-service.ts';
import { openRawTable, type RawTable } from './raw-table.ts';

/** What a suite needs: the table on the chosen engine, KMS, and faults between the SDK and both. */
export interface StoreWorld {
  /** Name and version of the engine. */
  readonly engine: string;
  readonly table: TableClient;
  readonly kms: KMSClient;
  readonly tokenKeyArn: string;
  /** Reads and writes behind the stores' back, with the faults and counts of nobody. */
  readonly raw: RawTable;
  /** Of DynamoDB. */
  readonly faults: AwsFaults;
  /** Of KMS. */
  readonly kmsFaults: AwsFaults;
  /** Of DynamoDB, retries included. */
  readonly requests: AwsRequestLog;
  readonly between: Pick<ForwardService, 'afterNext' | 'waiting' | 'clear'>;
  /** Milliseconds that the table client was told to wait, in order; nobody waits. */
  readonly pauses: number[];
  stop(): Promise<void>;
}

/** As in `shared/edges/live.ts`, so that a lost answer is repeated as it would be there. */
const CLIENT_OPTIONS = {
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  maxAttempts: 3,
};

/**
 * Makes the template's table on the chosen engine, as the local stack does, under a name of its own: several test files may
 * share one engine.
 * @param assemblyDir - cloud assembly whose template declares table and keys
 */
export async function openStoreWorld(assemblyDir: string): Promise<StoreWorld> {
  const servers = await startAwsServers();
  const chosen = await chooseEngine(servers.endpoints.dynamodb);
  const [faults, requests, between] = [buildAwsFaults(), buildAwsRequestLog(), buildForwardService(chosen.origin)];
  const front = await startAwsJsonServer(between, { port: 0, faults, requests, findRefusal: () => undefined });

  const template = await readTemplate(assemblyDir);
  const endpoints = { ...servers.endpoints, dynamodb: chosen.origin };
  const made = await provisionFromTemplate(template, { ...servers, endpoints });
  const tableName = made['Table']?.ref ?? '';

  const raw = openRawTable(new DynamoDBClient({ ...CLIENT_OPTIONS, endpoint: chosen.origin }), tableName);
  const dynamoDb = new DynamoDBClient({ ...CLIENT_OPTIONS, endpoint: front.origin });
  const pauses: number[] = [];
  const pause = (ms: number) => {
    pauses.push(ms);
    return Promise.resolve();
  };
  return {
    engine: chosen.name,
    table: new TableClient(dynamoDb, tableName, pause),
    kms: new KMSClient({ ...CLIENT_OPTIONS, endpoint: servers.endpoints.kms }),
    tokenKeyArn: made['TokenKey']?.attributes['Arn'] ?? '',
    raw,
    faults,
    kmsFaults: servers.faults,
    requests,
    between,
    pauses,
    stop: async () => {
      try {
        await raw.drop();
      } finally {
        await front.stop();
        await servers.stop();
      }
    },
  };
}

/** The template with another name for its table. */
async function readTemplate(assemblyDir: string): Promise<unknown> {
  const { template } = await loadAssembly(assemblyDir);
  const copy = structuredClone(template) as { Resources: Record<string, { Properties?: Record<string, unknown> }> };
  const properties = copy.Resources['Table']?.Properties;
  if (properties === undefined) throw new Error('the template has no Table');
  properties['TableName'] = `stores-${randomUUID()}`;
  return copy;
}
