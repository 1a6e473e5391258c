import { buildEvent } from '../../../infra/local/gateway/build-event.ts';
import { matchRoute, parseRouteKey, type RouteKey } from '../../../infra/local/gateway/match-route.ts';
import { parseTarget } from '../../../infra/local/gateway/parse-target.ts';
import type { Invoker } from '../../../infra/local/gateway/invoker.ts';
import { DEFAULT_TENANT, LOOPBACK_ORIGINS } from '../../../infra/local/stack/bootstrap.ts';
import { changeIntegration } from '../../../shared/app/operate-integration.ts';
import { createApiKey, createTenant } from '../../../shared/app/operate-tenants.ts';
import { catalogue } from '../../../shared/catalogue/index.ts';
import { toRoutes } from '../../../shared/catalogue/to-routes.ts';
import { SCOPES } from '../../../shared/domain/scopes.ts';
import { Secret } from '../../../shared/domain/secret.ts';
import { createAppSecretWriter } from '../../../shared/edges/app-secret-writer.ts';
import { liveEdges } from '../../../shared/edges/live.ts';
import { ENV } from '../../../shared/env.ts';
import { ROUTES } from '../../../shared/http/routes.ts';
import { CountedRandom } from '../../model/engine/plain/counted-random.ts';
import { createAwsClients } from '../../model/engine/plain/aws-clients.ts';
import { openLocalServices, type LocalServices } from '../../model/engine/plain/local-services.ts';
import { buildContext } from '../../model/engine/invocation-context.ts';
import { Turnstile } from '../../model/engine/turnstile.ts';
import { createInProcessInvoker } from '../../support/in-process-invoker.ts';
import { createRecordedLog } from '../../support/recorded-log.ts';
import { createRecordedMetrics } from '../../support/recorded-metrics.ts';
import { TestClock } from '../../support/test-clock.ts';
import type { FuzzAnswer, FuzzedRequest } from '../fuzzed-request.ts';
import type { FuzzSecret } from '../judge.ts';
import type { UpstreamCall } from '../upstream.ts';
import { furnish, type TenantKeys } from './furnish.ts';
import { FUNCTION_MS, withinTime, type FuzzWorld } from './fuzz-world.ts';
import type { Gate } from './gate.ts';
import { openFuzzDiscord, type FuzzDiscord } from './local-discord.ts';
import { watchSecrets } from './watch-secrets.ts';

const ORIGIN = 'http://localhost:1';
const DISCORD = 'http://localhost:2';

/** Seconds from one reset to the next: what sandboxes remember of Discord is forgotten by then. */
const BETWEEN_SECONDS = 6;

interface FunctionRoute {
  readonly key: RouteKey;
  readonly functionLogicalId: string;
}

/** The routes of the template with the function of each. */
const FUNCTION_ROUTES: readonly FunctionRoute[] = [
  ...Object.entries(ROUTES).flatMap(([group, routes]) =>
    Object.values(routes).map((text: string) => ({ text, functionLogicalId: `${capitalize(group)}Function` })),
  ),
  ...toRoutes(catalogue).map(({ name, routeKey }) => ({
    text: routeKey,
    functionLogicalId: `Actions${capitalize(name)}Function`,
  })),
].map(({ text, functionLogicalId }) => {
  const key = parseRouteKey(text);
  if (key === undefined) throw new Error(`not a route key: ${text}`);
  return { key, functionLogicalId };
});

function capitalize(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

/**
 * The handlers in this process with real edges, at an AWS and a Discord without sockets: table in memory, KMS, Secrets Manager and
 * simulator by their own code. A reset puts everything back.
 */
export async function openLocalFuzzWorld(): Promise<FuzzWorld> {
  const clock = new TestClock();
  const random = new CountedRandom();
  const log = createRecordedLog();
  const now = (): number => clock.nowEpochMs();
  const sources = { now, random: (count: number) => random.bytes(count) };
  const local = openLocalServices(sources);
  const { service, secretArn } = local.openSecrets('{}');
  const services: LocalServices = { items: local.items, kms: local.kms, secretsManager: service };
  const upstream: UpstreamCall[] = [];
  const discord = openFuzzDiscord({
    ...sources,
    origin: ORIGIN,
    baseUrl: DISCORD,
    onCall: (call) => upstream.push(call),
  });
  const environment = {
    [ENV.tableName]: 'unused',
    [ENV.tokenKeyArn]: local.tokenKeyArn,
    [ENV.integrationSecretArn]: secretArn,
    // No secret of that name is there: nobody can become the operator.
    [ENV.setupCodeSecretArn]: 'no-setup-code',
    [ENV.publicBaseUrl]: ORIGIN,
    [ENV.deploymentName]: 'fuzz',
    [ENV.discordBaseUrl]: DISCORD,
  };
  Object.assign(process.env, environment);
  const clients = createAwsClients(services, new Turnstile());
  const overrides = {
    clock,
    random,
    log,
    metrics: createRecordedMetrics(),
    sleep: (milliseconds: number) => {
      clock.advanceSeconds(milliseconds / 1000);
      return Promise.resolve();
    },
    fetch: discord.fetch,
    ...clients,
  };
  const operator = { tableName: 'unused', integrationSecretArn: secretArn, publicBaseUrl: ORIGIN };
  const { invoke } = createInProcessInvoker({ environment, awsEnvironment: {}, operator }, overrides);
  const edges = { ...liveEdges(overrides), secretWriter: createAppSecretWriter(clients.aws.secretsManager, secretArn) };
  const own = await enterSettings(edges, discord.application);
  const { control } = discord;
  const call = createCall(invoke, now);
  const gate: Gate = {
    control,
    clientId: discord.application.clientId,
    send: call,
    decide: (...choice) => discord.decide(...choice),
  };
  const places = await furnish(gate, own);
  const { state } = await control.saveState();
  const restoreTable = local.items.snapshot();
  const secrets = await watchSecrets(control, places.credentials);

  return {
    places,
    takes: ({ method, target }) => route(method, target) !== undefined,
    reset: async () => {
      clock.advanceSeconds(BETWEEN_SECONDS);
      restoreTable();
      await control.restoreState({ state });
      await secrets.reset();
    },
    send: async (request) => {
      log.entries.length = 0;
      log.noted.length = 0;
      upstream.length = 0;
      const startedAtEpochMs = now();
      const answered = await withinTime(call(request));
      // Pauses take no time here but on the clock.
      const answer = now() - startedAtEpochMs > FUNCTION_MS ? undefined : answered;
      const written = log.noted.map((facts) => JSON.stringify(facts));
      return { request, answer, log: [...log.entries], written, upstream: [...upstream] };
    },
    listSecrets: (): Promise<readonly FuzzSecret[]> => secrets.list(),
  };
}

/** What an operator would enter, as for a first local run, and a second tenant. */
async function enterSettings(
  edges: ReturnType<typeof liveEdges> & { readonly secretWriter: ReturnType<typeof createAppSecretWriter> },
  application: FuzzDiscord['application'],
): Promise<TenantKeys> {
  const { clientId, clientSecret, botToken } = application;
  const changed = await changeIntegration(edges, {
    credentials: { clientId, clientSecret: new Secret(clientSecret), botToken: new Secret(botToken) },
    scopes: SCOPES.map(({ name }) => name),
    returnOrigins: LOOPBACK_ORIGINS,
  });
  if (!changed.ok) throw new Error(changed.failure.detail);
  await createTenant(edges, DEFAULT_TENANT);
  await createTenant(edges, 'elsewhere');
  const makeKey = async (tenant: string): Promise<string> => {
    const made = await createApiKey(edges, tenant, 'fuzz');
    if (!made.ok) throw new Error(made.failure.detail);
    return made.value.key.reveal();
  };
  return { own: await makeKey(DEFAULT_TENANT), foreign: await makeKey('elsewhere') };
}

/** What the gateway lets through, and whereto. */
function route(method: string, text: string) {
  const target = parseTarget(text, 'once');
  const match = target && matchRoute(FUNCTION_ROUTES, method, target.path);
  return target === undefined || match === undefined ? undefined : { target, match };
}

/** Makes the gateway's event of a request and runs the function that its route names. */
function createCall(invoke: Invoker, now: () => number): (request: FuzzedRequest) => Promise<FuzzAnswer> {
  let count = 0;
  return async ({ method, target: text, headers, body }) => {
    const routed = route(method, text);
    if (routed === undefined) throw new Error(`no route for ${method} ${text}`);
    count += 1;
    const requestId = `request-${count}`;
    const { target, match } = routed;
    const event = buildEvent(
      {
        method,
        protocol: 'HTTP/1.1',
        target,
        rawHeaders: ['host', new URL(ORIGIN).host, ...headers.flat()],
        body: Buffer.from(body),
        sourceIp: '127.0.0.1',
        receivedAtEpochMs: now(),
        requestId,
        routeKey: match.route.key.text,
        pathParameters: match.pathParameters,
      },
      { accountId: '000000000000', apiId: 'fuzz', publicOrigin: ORIGIN },
    );
    const result = (await invoke(match.route.functionLogicalId, event, buildContext(requestId, now))) as FunctionResult;
    const { statusCode: status, cookies = [], body: sent = '', isBase64Encoded = false } = result;
    return {
      status,
      headers: result.headers ?? {},
      cookies,
      text: isBase64Encoded ? Buffer.from(sent, 'base64').toString('utf8') : sent,
    };
  };
}

interface FunctionResult {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly cookies?: readonly string[];
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
}
