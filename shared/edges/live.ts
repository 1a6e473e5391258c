import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { REFRESH_PAUSE_MS } from '../app/access-token.ts';
import type { Clock, Metrics, Random, RequestLog } from '../app/ports.ts';
import { createTokenEndpoint } from '../app/token-endpoint.ts';
import { Secret } from '../domain/secret.ts';
import { readEnv } from '../env.ts';
import { createAppSecrets } from './app-secrets.ts';
import { BoundedCache } from './bounded-cache.ts';
import { createCallerReader } from './caller-reader.ts';
import { createConnectSessionStore } from './connect-session-store.ts';
import { createConnectionStore } from './connection-store.ts';
import { createDiscordClient } from './discord-client.ts';
import { createGrantStore } from './grant-store.ts';
import { createApiKeyStore, createIntegrationStore, createTenantStore } from './integration-store.ts';
import { createLog } from './log.ts';
import { createMetrics } from './metrics.ts';
import { TableClient } from './table-client.ts';
import { createTokenVault } from './token-vault.ts';

/** Milliseconds that one AWS call may take: a function has 29 s in all and must still answer when a service hangs. */
const AWS_CALL_MS = 3_000;

/** Connections whose failed refresh a sandbox remembers; a forgotten one is only tried earlier. */
const REFRESH_PAUSE_MAX_ENTRIES = 1_000;

export const systemClock: Clock = { nowEpochMs: () => Date.now() };
export const systemRandom: Random = { bytes: (count) => randomBytes(count) };

/** What a test may put in place of the world's own. Everything else stays real. */
export interface LiveOverrides {
  readonly clock?: Clock;
  readonly random?: Random;
  readonly log?: RequestLog;
  readonly metrics?: Metrics;
  readonly sleep?: (ms: number) => Promise<void>;
  /** Milliseconds that one call to Discord may take. */
  readonly maxCallMs?: number;
  /** Milliseconds that one call to AWS may take. */
  readonly maxAwsCallMs?: number;
}

function buildAwsClientOptions({ maxAwsCallMs = AWS_CALL_MS }: LiveOverrides) {
  const requestHandler = { connectionTimeout: 1_000, requestTimeout: maxAwsCallMs, throwOnRequestTimeout: true };
  return { maxAttempts: 3, requestHandler };
}

/** The edges that need only the table: enough to start an authorization. */
export function liveStorage(overrides: LiveOverrides = {}) {
  const { tableName, publicBaseUrl, discordBaseUrl, deploymentName } = readEnv(
    'tableName',
    'publicBaseUrl',
    'discordBaseUrl',
    'deploymentName',
  );
  const pause = overrides.sleep ?? ((ms: number) => sleep(ms));
  const table = new TableClient(new DynamoDBClient(buildAwsClientOptions(overrides)), tableName, pause);
  return {
    publicBaseUrl,
    discordBaseUrl,
    clock: overrides.clock ?? systemClock,
    random: overrides.random ?? systemRandom,
    log: overrides.log ?? createLog(deploymentName),
    metrics: overrides.metrics ?? createMetrics(deploymentName),
    sleep: pause,
    table,
    integrations: createIntegrationStore(table),
    tenants: createTenantStore(table),
    apiKeys: createApiKeyStore(table),
    callers: createCallerReader(table),
    sessions: createConnectSessionStore(table),
    connections: createConnectionStore(table),
    grants: createGrantStore(table),
  };
}

/** All edges, once per sandbox: also those that open tokens, read the secret and call Discord. */
export function liveEdges(overrides: LiveOverrides = {}) {
  const storage = liveStorage(overrides);
  const { tokenKeyArn, integrationSecretArn } = readEnv('tokenKeyArn', 'integrationSecretArn');
  const { publicBaseUrl, discordBaseUrl, clock, random, log, metrics, table } = storage;
  const discord = createDiscordClient({
    publicBaseUrl,
    discordBaseUrl,
    clock,
    log,
    metrics,
    ...(overrides.maxCallMs === undefined ? {} : { maxCallMs: overrides.maxCallMs }),
  });
  const aws = buildAwsClientOptions(overrides);
  return {
    ...storage,
    discord,
    tokens: createTokenEndpoint({ discord, discordBaseUrl, seal: (text) => new Secret(text) }),
    vault: createTokenVault({ table, kms: new KMSClient(aws), tokenKeyArn, clock, random }),
    secrets: createAppSecrets(new SecretsManagerClient(aws), integrationSecretArn, clock),
    refreshPauses: new BoundedCache<true>({
      maxAgeMs: REFRESH_PAUSE_MS,
      maxUses: Number.POSITIVE_INFINITY,
      maxEntries: REFRESH_PAUSE_MAX_ENTRIES,
    }),
  };
}
