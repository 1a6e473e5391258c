import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { NotedKeyUse } from '../app/note-key-use.ts';
import type { ApplicationFacts } from '../discord/application-facts.ts';
import type { Audit, Clock, DataKeyStore, Metrics, Random, RequestLog } from '../app/ports.ts';
import { createTokenEndpoint } from '../app/token-endpoint.ts';
import { Secret } from '../domain/secret.ts';
import { readEnv } from '../env.ts';
import { createAppSecretWriter } from './app-secret-writer.ts';
import { createAppSecrets } from './app-secrets.ts';
import { createAuditReader } from './audit-reader.ts';
import { createAudit } from './audit-store.ts';
import { BoundedCache } from './bounded-cache.ts';
import { createCallerReader } from './caller-reader.ts';
import { createConnectSessionStore } from './connect-session-store.ts';
import { createConnectionStore } from './connection-store.ts';
import { createConnectionTokenStore } from './connection-token-store.ts';
import { createCredentialGateStore } from './credential-gate-store.ts';
import { createDataKeyStore } from './data-key-store.ts';
import { createDiscordClient } from './discord-client.ts';
import { createGrantStore } from './grant-store.ts';
import { createApiKeyStore, createIntegrationStore, createTenantStore } from './integration-store.ts';
import { createKeyUseStore } from './key-use-store.ts';
import { createIdempotencyStore } from './idempotency-store.ts';
import { createLog } from './log.ts';
import { createMadeStore } from './made-store.ts';
import { createMetricReader } from './metric-reader.ts';
import { createMetrics } from './metrics.ts';
import { createOperatorStore, createSignInTriesStore } from './operator-store.ts';
import { createSandboxRateGate } from './sandbox-rate-gate.ts';
import { createSetupCodes } from './setup-codes.ts';
import { createSpillStore } from './spill-store.ts';
import { createSweepStateStore } from './sweep-state-store.ts';
import { TableClient } from './table-client.ts';
import { createTenantGuildStore } from './tenant-guild-store.ts';
import { systemTimeLimit } from './time-limit.ts';
import { createTodoStore } from './todo-store.ts';
import { createTokenKeyProbe } from './token-key-probe.ts';
import { createTokenVault } from './token-vault.ts';
import { createUserLinkStore } from './user-link-store.ts';

/** Milliseconds that one AWS call may take: a function has 29 s in all and must still answer when a service hangs. */
const AWS_CALL_MS = 3_000;

/** Milliseconds: a key's use is noted once for each day. */
const DAY_MS = 86_400_000;

/** API keys whose use a sandbox remembers to have noted; a forgotten one is only noted again. */
const NOTED_KEYS_MAX_ENTRIES = 1_000;

/** Guilds, members and channels as the bot sees them: old enough to spare Discord the same question, too fresh to matter. */
const FACTS_BOUNDS = { maxAgeMs: 5_000, maxEntries: 500 };

/** An operator who switches an intent on does not want to wait for long. */
const APPLICATION_BOUNDS = { maxAgeMs: 60_000, maxEntries: 10 };

export const systemClock: Clock = { nowEpochMs: () => Date.now() };
export const systemRandom: Random = { bytes: (count) => randomBytes(count) };

/** What a test may put in place of the world's own. Everything else stays real. */
export interface LiveOverrides {
  readonly clock?: Clock;
  readonly random?: Random;
  readonly log?: RequestLog;
  readonly metrics?: Metrics;
  readonly audit?: Audit;
  readonly sleep?: (ms: number) => Promise<void>;
  /** Milliseconds that one call to Discord may take. */
  readonly maxCallMs?: number;
  /** Milliseconds that one call to AWS may take. */
  readonly maxAwsCallMs?: number;
  /** AWS clients with another transport. */
  readonly aws?: {
    readonly cloudwatch?: CloudWatchClient;
    readonly dynamodb?: DynamoDBClient;
    readonly kms?: KMSClient;
    readonly secretsManager?: SecretsManagerClient;
  };
  /** In place of one over `aws.dynamodb`. */
  readonly table?: TableClient;
  /** In place of the built-in `fetch`, for Discord. */
  readonly fetch?: typeof fetch;
}

function buildAwsClientOptions({ maxAwsCallMs = AWS_CALL_MS }: LiveOverrides) {
  const requestHandler = { connectionTimeout: 1_000, requestTimeout: maxAwsCallMs, throwOnRequestTimeout: true };
  return { maxAttempts: 3, requestHandler };
}

/** Where everything is, for what needs only the table. */
export type StorageSettings = Readonly<Record<(typeof STORAGE_SETTINGS)[number], string>>;
const STORAGE_SETTINGS = ['tableName', 'publicBaseUrl', 'discordBaseUrl', 'deploymentName'] as const;

/** The same for what also opens tokens and reads the secret. */
export type LiveSettings = StorageSettings & Readonly<Record<(typeof TOKEN_SETTINGS)[number], string>>;
const TOKEN_SETTINGS = ['tokenKeyArn', 'integrationSecretArn'] as const;

/**
 * The edges that need only the table: enough to start an authorization.
 * @param settings - absent: the function's own environment
 */
export function liveStorage(overrides: LiveOverrides = {}, settings?: StorageSettings) {
  const { tableName, publicBaseUrl, discordBaseUrl, deploymentName } = settings ?? readEnv(...STORAGE_SETTINGS);
  const pause = overrides.sleep ?? ((ms: number) => sleep(ms));
  const buildClient = () => overrides.aws?.dynamodb ?? new DynamoDBClient(buildAwsClientOptions(overrides));
  const table = overrides.table ?? new TableClient(buildClient(), tableName, pause);
  const ambient = {
    clock: overrides.clock ?? systemClock,
    random: overrides.random ?? systemRandom,
    log: overrides.log ?? createLog(deploymentName),
    metrics: overrides.metrics ?? createMetrics(deploymentName),
  };
  return {
    publicBaseUrl,
    discordBaseUrl,
    ...ambient,
    sleep: pause,
    table,
    audit: overrides.audit ?? createAudit({ table, ...ambient }),
    auditRecords: createAuditReader(table, ambient.clock),
    integrations: createIntegrationStore(table),
    tenants: createTenantStore(table),
    apiKeys: createApiKeyStore(table),
    callers: createCallerReader(table),
    keyUses: createKeyUseStore(table),
    notedKeyUses: new BoundedCache<NotedKeyUse>({
      maxAgeMs: DAY_MS,
      maxUses: Number.POSITIVE_INFINITY,
      maxEntries: NOTED_KEYS_MAX_ENTRIES,
    }),
    connectionTokens: createConnectionTokenStore(table),
    sessions: createConnectSessionStore(table),
    connections: createConnectionStore(table),
    grants: createGrantStore(table),
    userLinks: createUserLinkStore(table),
    todos: createTodoStore(table),
    gate: createCredentialGateStore(table),
    sweepStates: createSweepStateStore(table),
    tenantGuilds: createTenantGuildStore(table),
    made: createMadeStore(table),
    idempotency: createIdempotencyStore(table),
    operators: createOperatorStore(table),
    signInTries: createSignInTriesStore(table),
  };
}

/**
 * All edges, once per sandbox: also those that open tokens, read the secret and call Discord. Nothing is called before it is
 * needed, so that who may use only some of it can have it all.
 * @param settings - absent: the function's own environment
 */
export function liveEdges(overrides: LiveOverrides = {}, settings?: LiveSettings) {
  const storage = liveStorage(overrides, settings);
  const { tokenKeyArn, integrationSecretArn, deploymentName } =
    settings ?? readEnv(...TOKEN_SETTINGS, 'deploymentName');
  const { publicBaseUrl, discordBaseUrl, clock, random, log, metrics, table } = storage;
  const discord = createDiscordClient({
    publicBaseUrl,
    discordBaseUrl,
    clock,
    log,
    metrics,
    ...(overrides.maxCallMs === undefined ? {} : { maxCallMs: overrides.maxCallMs }),
    ...(overrides.fetch === undefined ? {} : { fetch: overrides.fetch }),
  });
  const aws = buildAwsClientOptions(overrides);
  const secretsManager = overrides.aws?.secretsManager ?? new SecretsManagerClient(aws);
  const dataKeyDeps = { table, kms: overrides.aws?.kms ?? new KMSClient(aws), tokenKeyArn, clock, random };
  const dataKeys: DataKeyStore = createDataKeyStore(dataKeyDeps);
  return {
    ...storage,
    discord,
    tokens: createTokenEndpoint({ discord, discordBaseUrl, seal: (text) => new Secret(text) }),
    vault: createTokenVault(dataKeyDeps),
    dataKeys,
    secrets: createAppSecrets(secretsManager, integrationSecretArn, clock),
    secretWriter: createAppSecretWriter(secretsManager, integrationSecretArn),
    spills: createSpillStore(secretsManager, deploymentName),
    rates: createSandboxRateGate(clock),
    facts: new BoundedCache<{ readonly value: unknown }>({ ...FACTS_BOUNDS, maxUses: Number.POSITIVE_INFINITY }),
    applications: new BoundedCache<ApplicationFacts>({ ...APPLICATION_BOUNDS, maxUses: Number.POSITIVE_INFINITY }),
  };
}

/**
 * All edges and what only the operator's function needs.
 * @param settings - absent: the function's own environment
 */
export function liveOperatorEdges(
  overrides: LiveOverrides = {},
  settings?: LiveSettings & { readonly setupCodeSecretArn: string },
) {
  const { setupCodeSecretArn, tokenKeyArn, deploymentName } =
    settings ?? readEnv('setupCodeSecretArn', 'tokenKeyArn', 'deploymentName');
  const aws = buildAwsClientOptions(overrides);
  const secretsManager = overrides.aws?.secretsManager ?? new SecretsManagerClient(aws);
  const kms = overrides.aws?.kms ?? new KMSClient(aws);
  const openCloudWatch = () => overrides.aws?.cloudwatch ?? new CloudWatchClient(aws);
  return {
    ...liveEdges({ ...overrides, aws: { ...overrides.aws, secretsManager, kms } }, settings),
    setupCodes: createSetupCodes(secretsManager, setupCodeSecretArn),
    metricReader: createMetricReader(openCloudWatch, deploymentName),
    tokenKey: createTokenKeyProbe(kms, tokenKeyArn),
    timeLimit: systemTimeLimit,
  };
}
