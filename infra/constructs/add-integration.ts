import type { DomainName, HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Architecture } from 'aws-cdk-lib/aws-lambda';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { catalogue } from '../../shared/catalogue/index.ts';
import { DEFAULT_DISCORD_BASE_URL, ENV } from '../../shared/env.ts';
import { CALLBACK_PATH, ROUTES } from '../../shared/http/routes.ts';
import { buildAccessStatements } from './access-statements.ts';
import { CatalogueRoutes } from './catalogue-routes.ts';
import { checkOptions } from './check-options.ts';
import { toConstructId } from './construct-id.ts';
import { buildDeploymentName } from './deployment-name.ts';
import type { DiscordIntegrationProps } from './discord-integration-props.ts';
import { FUNCTION_ACCESS, type FunctionAccess } from './function-access.ts';
import { DEFAULT_THROTTLE, GatewayApi } from './http-api.ts';
import { DEFAULT_LOG_RETENTION } from './log-retention.ts';
import { DEFAULT_RUNBOOK_URL, Operations } from './operations.ts';
import { RouteFunction } from './route-function.ts';
import { Schedule } from './schedule.ts';
import { acknowledgeMetricWildcard } from './metric-access.ts';
import { acknowledgeSpillWildcard } from './spill-access.ts';
import { Storage, type StoredTable } from './storage.ts';

/**
 * Seconds. A browser waits for authorize and portal, and neither calls Discord; whatever else the API calls may take the longest
 * that it waits. The sweep ends before the schedule starts the next one.
 */
const TIMEOUT_SECONDS: Readonly<Partial<Record<string, number>>> = { authorize: 10, portal: 5, maintenance: 240 };

/** What an integration consists of. */
export interface IntegrationParts {
  /** Where apps reach the gateway, without a trailing slash. */
  readonly origin: string;
  /** To be added under OAuth2, Redirects of the application in the Discord Developer Portal. */
  readonly redirectUri: string;
  /** For metrics and whatever else is to refer to it. Its own `apiEndpoint` is none when there is a domain. */
  readonly api: HttpApi;
  /** By folder below `functions/`: `authorize`, `callback`, `connections`, `maintenance`, `operator`, `portal`, and one for each group of actions. */
  readonly functions: Readonly<Record<string, RouteFunction>>;
  /** Everything stored. */
  readonly table: StoredTable;
  /** Encrypts the table at rest. */
  readonly tableKey: IKey;
  /** Without it no stored token opens. */
  readonly tokenKey: IKey;
  /** Secret for client secret and bot token; empty until the operator fills it. */
  readonly integrationSecretArn: string;
  /** Secret with the one-time code that makes the operator key. */
  readonly setupCodeSecretArn: string;
  /** The domain that was asked for: has what its DNS record must point to. */
  readonly domainName: DomainName | undefined;
}

/** What our own stack chooses besides. */
export interface AddIntegrationOptions extends DiscordIntegrationProps {
  /** Short logical ids for what holds state: at most once in a stack. Default false. */
  readonly pinsLogicalIds?: boolean;
}

/**
 * Adds an integration directly below a scope: our own stack, whose construct paths stay short by it, or `DiscordIntegration`.
 * @throws Error at synth when an option can't be used
 */
export function addIntegration(scope: Construct, options: AddIntegrationOptions): IntegrationParts {
  checkOptions(scope, options);
  const { discordBaseUrl = DEFAULT_DISCORD_BASE_URL, logRetention = DEFAULT_LOG_RETENTION } = options;
  const storage = new Storage(scope, 'Storage', {
    brought: options.storage ?? {},
    pinsLogicalIds: options.pinsLogicalIds ?? false,
  });
  const api = new GatewayApi(scope, 'Gateway', {
    returnOrigins: [...new Set(options.returnOrigins)],
    throttle: options.throttle ?? DEFAULT_THROTTLE,
    logRetention,
    domain: options.domain,
  });
  const environment = { publicBaseUrl: api.origin, discordBaseUrl };
  const deploymentName = buildDeploymentName(scope);
  const functions: Record<string, RouteFunction> = {};
  const createFunction = (parent: Construct, id: string, folder: string, access: FunctionAccess): RouteFunction => {
    const timeoutSeconds = TIMEOUT_SECONDS[folder];
    const served = new RouteFunction(parent, id, {
      folder,
      architecture: options.architecture ?? Architecture.ARM_64,
      logRetention,
      environment: buildEnvironment(access, storage, environment),
      statements: buildAccessStatements(access, storage, deploymentName),
      ...(timeoutSeconds !== undefined && { timeoutSeconds }),
    });
    if (access.spills) acknowledgeSpillWildcard(served, deploymentName);
    if (access.metrics) acknowledgeMetricWildcard(served);
    return (functions[folder] = served);
  };

  for (const name of Object.keys(ROUTES).filter(isFixedGroup)) {
    api.serve(createFunction(scope, toConstructId(name), name, FUNCTION_ACCESS[name]), ROUTES[name]);
  }
  new CatalogueRoutes(scope, 'Actions', { api, catalogue, createFunction });
  const maintenance = createFunction(scope, 'Maintenance', 'maintenance', FUNCTION_ACCESS.maintenance);
  new Schedule(scope, 'Sweep', {
    served: maintenance,
    description: 'Discord Integration: finishes what requests had to leave',
    rate: Duration.minutes(5),
  });

  const { table, tableKey, tokenKey, integrationSecretArn, setupCodeSecretArn } = storage;
  const { alarmTopic: topic, runbookUrl = DEFAULT_RUNBOOK_URL } = options;
  new Operations(scope, 'Operations', {
    deploymentName,
    functions,
    sweep: maintenance,
    api: api.httpApi,
    tableName: table.tableName,
    topic,
    runbookUrl,
  });

  return {
    origin: api.origin,
    redirectUri: `${api.origin}${CALLBACK_PATH}`,
    api: api.httpApi,
    functions,
    table,
    tableKey,
    tokenKey,
    integrationSecretArn,
    setupCodeSecretArn,
    domainName: api.domainName,
  };
}

/** A function is told only about what it may use: without table access it learns its own address and nothing else. */
function buildEnvironment(
  access: FunctionAccess,
  { table, tokenKey, integrationSecretArn, setupCodeSecretArn }: Storage,
  { publicBaseUrl, discordBaseUrl }: { readonly publicBaseUrl: string; readonly discordBaseUrl: string },
): Record<string, string> {
  const address = { [ENV.publicBaseUrl]: publicBaseUrl };
  if (access.items.length === 0) return address;
  return {
    ...address,
    [ENV.tableName]: table.tableName,
    [ENV.discordBaseUrl]: discordBaseUrl,
    ...(access.dataKeys.length > 0 && { [ENV.tokenKeyArn]: tokenKey.keyArn }),
    ...(access.integrationSecret && { [ENV.integrationSecretArn]: integrationSecretArn }),
    ...(access.setupCode && { [ENV.setupCodeSecretArn]: setupCodeSecretArn }),
  };
}

/** `Object.keys` forgets which keys its argument has. */
function isFixedGroup(name: string): name is keyof typeof ROUTES {
  return name in ROUTES;
}
