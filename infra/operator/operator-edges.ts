import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Log } from '../../shared/app/ports.ts';
import { createAppSecretWriter } from '../../shared/edges/app-secret-writer.ts';
import { liveEdges, type LiveOverrides } from '../../shared/edges/live.ts';
import { createSetupCodeWriter } from '../../shared/edges/setup-codes.ts';
import { createOperatorLog, noMetrics } from './operator-log.ts';

/** One installation: a deployed stack, or the local store. */
export interface OperatorTarget {
  readonly tableName: string;
  readonly integrationSecretArn: string;
  /** Absent: not known, and a new set-up code cannot be put in. */
  readonly setupCodeSecretArn?: string;
  readonly publicBaseUrl: string;
  /** What commands need that open tokens or call Discord; absent: it is not known, and the others work all the same. */
  readonly tokenAccess?: {
    readonly tokenKeyArn: string;
    /** What the names of spilled tokens begin with. */
    readonly deploymentName: string;
    readonly discordBaseUrl: string;
  };
  /** Where AWS is when it is not AWS; absent: the SDK's own rules (profile, region, environment) apply. */
  readonly local?: {
    readonly dynamodbEndpoint: string;
    readonly secretsManagerEndpoint: string;
    readonly kmsEndpoint?: string;
    readonly region: string;
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
  };
}

/** What a test may put in place of the world's own. */
export type EdgeOverrides = Pick<LiveOverrides, 'clock' | 'sleep'>;

/** Time limits of every AWS call, milliseconds: a person is waiting, and an address that does not answer must say so soon. */
const AWS_CLIENT = {
  requestHandler: { connectionTimeout: 3_000, requestTimeout: 10_000, throwOnRequestTimeout: true },
} as const;

/**
 * What the operator's use cases need, over one target: the same edges that the functions have. Those without `tokenAccess` are there
 * too, but of no use; see `Command.needsTokens`.
 * @param log - where warnings go: a command succeeds although its audit record could not be written
 * @param overrides - for tests
 */
export function createOperatorEdges(
  target: OperatorTarget,
  log: Log = createOperatorLog(process.stderr),
  overrides: EdgeOverrides = {},
) {
  const aws = createAwsClients(target);
  const { tableName, integrationSecretArn, setupCodeSecretArn, publicBaseUrl } = target;
  const unknown = { tokenKeyArn: '', deploymentName: '', discordBaseUrl: '' };
  const edges = liveEdges(
    {
      ...overrides,
      aws,
      log: { ...log, begin: () => undefined, note: () => undefined },
      metrics: noMetrics,
    },
    { tableName, integrationSecretArn, publicBaseUrl, ...(target.tokenAccess ?? unknown) },
  );
  return {
    ...edges,
    secretWriter: createAppSecretWriter(aws.secretsManager, integrationSecretArn),
    ...(setupCodeSecretArn !== undefined && {
      setupCodes: createSetupCodeWriter(aws.secretsManager, setupCodeSecretArn),
    }),
    /** Ends idle connections. */
    close: () => {
      for (const client of Object.values(aws)) client.destroy();
    },
  };
}

export type OperatorEdges = ReturnType<typeof createOperatorEdges>;

function createAwsClients({ local }: OperatorTarget) {
  const shared = {
    ...AWS_CLIENT,
    ...(local && {
      region: local.region,
      credentials: { accessKeyId: local.accessKeyId, secretAccessKey: local.secretAccessKey },
    }),
  };
  const at = (endpoint: string | undefined) => ({ ...shared, ...(endpoint === undefined ? {} : { endpoint }) });
  return {
    dynamodb: new DynamoDBClient(at(local?.dynamodbEndpoint)),
    kms: new KMSClient(at(local?.kmsEndpoint)),
    secretsManager: new SecretsManagerClient(at(local?.secretsManagerEndpoint)),
  };
}
