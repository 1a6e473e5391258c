import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { LOCAL_ACCOUNT } from './aws-account.ts';
import { buildAwsFaults } from './aws-faults.ts';
import type { AwsFaults } from './aws-faults.ts';
import { startAwsJsonServer } from './aws-json-server.ts';
import type { AwsJsonServer } from './aws-json-server.ts';
import { buildAwsRequestLog } from './aws-request-log.ts';
import type { AwsRequestLog } from './aws-request-log.ts';
import { AWS_SERVICE_NAMES } from './aws-service.ts';
import type { AwsService, AwsServiceName } from './aws-service.ts';
import { buildCloudWatchService } from './cloudwatch/cloudwatch-service.ts';
import { openMetricStore } from './cloudwatch/metric-store.ts';
import type { MetricSample } from './cloudwatch/metric-store.ts';
import { parseEmf } from './cloudwatch/parse-emf.ts';
import { lockDataDir } from './data-dir-lock.ts';
import { openDynamoDbService } from './dynamodb/dynamodb-service.ts';
import type { Authorize } from './iam/authorize.ts';
import { buildEnforcement } from './iam/enforcement.ts';
import { openKeyStore } from './kms/key-store.ts';
import { buildKmsService } from './kms/kms-service.ts';
import { openResourceMap } from './provision/resource-map.ts';
import type { ResourceMap } from './provision/resource-map.ts';
import { openSecretStore } from './secrets-manager/secret-store.ts';
import { buildSecretVault } from './secrets-manager/secret-vault.ts';
import { buildSecretsManagerService } from './secrets-manager/secrets-manager-service.ts';

/** CloudWatch's figures, DynamoDB, KMS and Secrets Manager on loopback, for this process and for those that get `environment`. */
export interface AwsServers {
  /** Origins, `http://127.0.0.1:<port>`. */
  endpoints: Record<AwsServiceName, string>;
  /** Variables that lead an unmodified AWS SDK here: endpoints, region, and an administrator's credentials, good nowhere else. */
  environment: Record<string, string>;
  faults: AwsFaults;
  requests: AwsRequestLog;
  /** Where figures come in: nobody can write them over the wire. */
  figures: FigureIntake;
  /** What `provisionFromTemplate` has made, by logical id. */
  resources: ResourceMap;
  /**
   * Has every request from now on checked; until then every caller may do everything.
   * @param onDenied - told what a policy denied, without any value of the request
   */
  enforce(authorize: Authorize, onDenied?: (denial: string) => void): void;
  /** What policies have denied so far, in the order of the requests. */
  readonly denials: readonly string[];
  /** Lets running operations finish, ends every delay and connection, writes out what is open. A second call changes nothing. */
  stop(): Promise<void>;
}

/** The way from logs to CloudWatch. */
export interface FigureIntake {
  /** Takes one line of a function's log; one without metrics changes nothing. */
  takeLine(line: string): void;
  take(sample: MetricSample): void;
}

export interface AwsServersOptions {
  /** Folder that outlives the process; absent: everything is forgotten at the end. One process at a time may use it. */
  dataDir?: string;
  /** Absent or 0: the system chooses. */
  ports?: Partial<Record<AwsServiceName, number>>;
  /** Epoch milliseconds, for the dates in answers. Absent: the system's clock. */
  now?: () => number;
  /** Gives that many random bytes, for keys, IVs, ids and passwords. Absent: the system's. */
  random?: (bytes: number) => Buffer;
}

/**
 * Starts the servers.
 * @throws Error when a port is taken or what lies in `dataDir` is unreadable; then none is left running
 */
export async function startAwsServers(options: AwsServersOptions = {}): Promise<AwsServers> {
  const unlock = options.dataDir === undefined ? undefined : lockDataDir(options.dataDir);
  const running: AwsJsonServer[] = [];
  const stopAll = async (): Promise<void> => {
    await Promise.all(running.map((server) => server.stop()));
    unlock?.();
  };
  let stopped: Promise<void> | undefined;
  const stop = () => (stopped ??= stopAll());

  const faults = buildAwsFaults();
  const requests = buildAwsRequestLog();
  const { enforce, denials, findRefusal } = buildEnforcement();
  try {
    const { resources, services, figures } = openState(options);
    for (const name of AWS_SERVICE_NAMES) {
      const port = options.ports?.[name] ?? 0;
      running.push(await startAwsJsonServer(await services[name](), { port, faults, requests, findRefusal }));
    }
    const endpoints = buildEndpoints(running);
    const environment = buildEnvironment(endpoints);
    return { endpoints, environment, faults, requests, figures, resources, enforce, denials, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function openState({ dataDir, now = Date.now, random = randomBytes }: AwsServersOptions) {
  const inDataDir = (name: string) => (dataDir === undefined ? undefined : path.join(dataDir, name));
  const keys = openKeyStore({ filePath: inDataDir('kms.json'), now, random });
  const secrets = openSecretStore({ filePath: inDataDir('secrets.json'), now, random });
  const metrics = openMetricStore({ filePath: inDataDir('cloudwatch.json'), now });
  const figures: FigureIntake = {
    takeLine: (line) => parseEmf(line).forEach((sample) => metrics.add(sample)),
    take: (sample) => metrics.add(sample),
  };
  const services: Record<AwsServiceName, () => AwsService | Promise<AwsService>> = {
    cloudwatch: () => buildCloudWatchService(metrics),
    dynamodb: () => openDynamoDbService(inDataDir('dynamodb')),
    kms: () => buildKmsService(keys, random),
    secretsManager: () => buildSecretsManagerService(secrets, buildSecretVault(keys), random),
  };
  return { resources: openResourceMap(inDataDir('resources.json')), services, figures };
}

/** @param servers - in the order of AWS_SERVICE_NAMES */
function buildEndpoints(servers: AwsJsonServer[]): Record<AwsServiceName, string> {
  const [cloudwatch = '', dynamodb = '', kms = '', secretsManager = ''] = servers.map(({ origin }) => origin);
  return { cloudwatch, dynamodb, kms, secretsManager };
}

/** @see AWS SDKs and Tools Reference Guide: Service-specific endpoints */
function buildEnvironment(endpoints: Record<AwsServiceName, string>): Record<string, string> {
  return {
    AWS_ENDPOINT_URL_CLOUDWATCH: endpoints.cloudwatch,
    AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodb,
    AWS_ENDPOINT_URL_KMS: endpoints.kms,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: endpoints.secretsManager,
    AWS_REGION: LOCAL_ACCOUNT.region,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    // The SDK warns on Node 20, which this project supports on developers' machines; Lambda runs a newer one.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
}
