import type { Answer } from '../../../../infra/local/discord/answer.ts';
import { LOOPBACK_ORIGINS } from '../../../../infra/local/stack/bootstrap.ts';
import type { LocalTarget } from '../../../../infra/local/stack/local-target.ts';
import { changeIntegration } from '../../../../shared/app/operate-integration.ts';
import { createApiKey, createTenant } from '../../../../shared/app/operate-tenants.ts';
import { SCOPES } from '../../../../shared/domain/scopes.ts';
import { Secret } from '../../../../shared/domain/secret.ts';
import { createAppSecretWriter } from '../../../../shared/edges/app-secret-writer.ts';
import { liveEdges } from '../../../../shared/edges/live.ts';
import { ENV } from '../../../../shared/env.ts';
import { CALLBACK_PATH } from '../../../../shared/http/routes.ts';
import { createRecordedLog, type RecordedLog } from '../../../support/recorded-log.ts';
import { createRecordedMetrics } from '../../../support/recorded-metrics.ts';
import { createAwsClients } from './aws-clients.ts';
import type { Item } from './expressions.ts';
import { CountedRandom } from './counted-random.ts';
import { createDiscordFetch } from './discord-fetch.ts';
import { buildIncoming, openLocalDiscord, type LocalDiscord } from './local-discord.ts';
import { openLocalServices, type LocalServices } from './local-services.ts';
import { ModelClock } from '../model-clock.ts';
import { createSandbox, type Sandbox } from '../sandbox.ts';
import { Turnstile } from '../turnstile.ts';

const ORIGIN = 'http://localhost:1';
const DISCORD = 'http://localhost:2';
const CLIENT_ID = '1157382094513872926';
const FIRST_SECRET = 'the-first-client-secret-of-all';

/** Sandboxes that can work at the same time. */
const SANDBOXES = 4;

export interface Refresh {
  readonly token: string;
  readonly status: number;
}

/** The whole product with its surroundings in this process, without a socket. */
export interface LocalWorld {
  readonly clock: ModelClock;
  readonly log: RecordedLog;
  readonly sandboxes: readonly Sandbox[];
  /** Tenant → its API key. */
  readonly keys: Readonly<Record<string, string>>;
  readonly discord: LocalDiscord;
  /** Refresh tokens that reached Discord's token endpoint, and what it answered. */
  readonly refreshes: readonly Refresh[];
  /** Edges of nobody's sandbox, for looking into things: no faults, no turns. */
  readonly inspector: ReturnType<typeof liveEdges>;
  readonly origin: string;
  readonly clientId: string;
  /** The operator enters a client secret. */
  enterSecret(clientSecret: string): Promise<void>;
  /** What a browser gets from the simulator's consent page. */
  decideAtDiscord(location: string, form: URLSearchParams): Answer;
  listItems(): readonly Item[];
  /** Everything as it was in the beginning: settings, tenants and keys, no connection, cold sandboxes. */
  reset(): void;
}

/** @param tenants - to be made, each with a key */
export async function openLocalWorld(tenants: readonly string[]): Promise<LocalWorld> {
  const clock = new ModelClock();
  const random = new CountedRandom();
  const log = createRecordedLog();
  const sources = { now: () => clock.nowEpochMs(), random: (count: number) => random.bytes(count) };
  const local = openLocalServices(sources);
  const { items, kms, tokenKeyArn } = local;
  const beforeSecrets = random.mark();
  const { service, secretArn } = local.openSecrets('{}');
  const services: LocalServices = { items, kms, secretsManager: service };
  const refreshes: Refresh[] = [];
  const openDiscord = (): LocalDiscord =>
    openLocalDiscord({
      onRefresh: (token, status) => refreshes.push({ token, status }),
      baseUrl: DISCORD,
      redirectUri: `${ORIGIN}${CALLBACK_PATH}`,
      clientId: CLIENT_ID,
      clientSecret: FIRST_SECRET,
      now: () => clock.worldEpochMs(),
      random: sources.random,
    });
  const target = buildTarget(tokenKeyArn, secretArn);
  Object.assign(process.env, target.environment);
  const shared = { metrics: createRecordedMetrics(), discord: openDiscord() };
  const clients = createAwsClients(services, new Turnstile());
  const openInspector = () =>
    liveEdges({ clock, random, log, metrics: shared.metrics, sleep: () => Promise.resolve(), ...clients });
  let inspector = openInspector();

  const operate = () => ({ ...inspector, secretWriter: createAppSecretWriter(clients.aws.secretsManager, secretArn) });
  const enterSecret = async (secret: string): Promise<void> => {
    const credentials = { clientId: CLIENT_ID, clientSecret: new Secret(secret) };
    const changed = await changeIntegration(operate(), { credentials });
    if (!changed.ok) throw new Error(changed.failure.detail);
  };
  await enterSecret(FIRST_SECRET);
  await changeIntegration(operate(), { scopes: SCOPES.map(({ name }) => name), returnOrigins: LOOPBACK_ORIGINS });
  const keys: Record<string, string> = {};
  for (const tenant of tenants) {
    await createTenant(operate(), tenant);
    const made = await createApiKey(operate(), tenant, 'model');
    if (!made.ok) throw new Error(made.failure.detail);
    keys[tenant] = made.value.key.reveal();
  }
  const sandboxes = Array.from({ length: SANDBOXES }, () =>
    createSandbox(target, (turnstile) => ({
      clock,
      random,
      log,
      metrics: shared.metrics,
      sleep: (milliseconds) => turnstile.rest(milliseconds, (passed) => clock.advance(passed)),
      ...createAwsClients(services, turnstile),
      fetch: createDiscordFetch(() => shared.discord, turnstile),
    })),
  );
  const restoreTable = items.snapshot();
  const toBeginning = random.mark();
  const firstSecret = JSON.stringify({ client_id: CLIENT_ID, client_secret: FIRST_SECRET });

  return {
    clock,
    log,
    sandboxes,
    keys,
    refreshes,
    origin: ORIGIN,
    clientId: CLIENT_ID,
    get inspector() {
      return inspector;
    },
    get discord() {
      return shared.discord;
    },
    enterSecret,
    decideAtDiscord: (location, form) => {
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const url = new URL('/oauth2/authorize', location);
      return shared.discord.answer(buildIncoming('POST', url, headers, form.toString()));
    },
    listItems: () => items.list(),
    reset: () => {
      clock.reset();
      log.entries.length = 0;
      log.noted.length = 0;
      refreshes.length = 0;
      restoreTable();
      beforeSecrets();
      services.secretsManager = local.openSecrets(firstSecret).service;
      toBeginning();
      shared.discord = openDiscord();
      inspector = openInspector();
      for (const sandbox of sandboxes) sandbox.coldStart();
    },
  };
}

function buildTarget(tokenKeyArn: string, integrationSecretArn: string): LocalTarget {
  const environment = {
    [ENV.tableName]: 'unused',
    [ENV.tokenKeyArn]: tokenKeyArn,
    [ENV.integrationSecretArn]: integrationSecretArn,
    // No secret of that name is there: nobody can become the operator.
    [ENV.setupCodeSecretArn]: 'no-setup-code',
    [ENV.publicBaseUrl]: ORIGIN,
    [ENV.deploymentName]: 'model',
    [ENV.discordBaseUrl]: DISCORD,
  };
  const operator = { tableName: 'unused', integrationSecretArn, publicBaseUrl: ORIGIN };
  return { environment, awsEnvironment: {}, operator };
}
