import { setTimeout as pause } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { inject } from 'vitest';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../infra/local/discord/simulator.ts';
import type { Invoker } from '../../infra/local/gateway/invoker.ts';
import { DEFAULT_TENANT, enterLocalSettings } from '../../infra/local/stack/bootstrap.ts';
import type { LocalTarget } from '../../infra/local/stack/local-target.ts';
import { startLocalStack, type LocalStack } from '../../infra/local/stack/start-local-stack.ts';
import { createOperatorEdges, type OperatorEdges } from '../../infra/operator/operator-edges.ts';
import { createApiKey, createTenant } from '../../shared/app/operate-tenants.ts';
import type { SweepReport } from '../../shared/app/sweep/run-sweep.ts';
import { CALLBACK_PATH } from '../../shared/http/routes.ts';
import { Secret } from '../../shared/domain/secret.ts';
import { ENV } from '../../shared/env.ts';
import { DEPLOYMENT_DIMENSION, FAILURES, METRIC_NAMESPACE } from '../../shared/metric-names.ts';
import { saveEvidence, type KnownSecret, type Sighting } from './evidence.ts';
import { createInProcessInvoker } from './in-process-invoker.ts';
import { createRecordedLog, type RecordedLog } from './recorded-log.ts';
import { createRecordedMetrics, type RecordedMetrics } from './recorded-metrics.ts';
import { TestClock } from './test-clock.ts';
import { Wire, type WireAnswer } from './wire.ts';

/** By how much the pauses of the code under test are shortened. */
const PAUSE_DIVISOR = 4;

export interface HarnessOptions {
  /** `in-process` (default): the test's clock and log. `sandboxes`: the bundled assets, as deployed. */
  readonly functions?: 'in-process' | 'sandboxes';
  /** Absent: the one that the whole run shares. */
  readonly assemblyDir?: string;
  readonly simulator?: SimulatorOptions;
  /** Milliseconds that one call to Discord may take. Default 10 s; small for tests of slowness. */
  readonly maxCallMs?: number;
  /** Milliseconds that one call to AWS may take. Default 3 s; small for tests of slowness. */
  readonly maxAwsCallMs?: number;
  /** Serves the functions in place of this process, on the harness's clock; `onLine` takes what they write. */
  readonly createInvoker?: (target: LocalTarget, onLine: (line: string) => void) => Invoker;
  /** Absent: one that stands still until it is moved. */
  readonly clock?: TestClock;
}

/** Everything running: gateway, functions, AWS servers, simulator, a tenant `default` with a key. */
export interface Harness {
  readonly origin: string;
  readonly simulator: Simulator;
  readonly stack: LocalStack;
  readonly clock: TestClock;
  readonly edges: OperatorEdges;
  /** API key of the tenant `default`. */
  readonly key: string;
  readonly wire: Wire;
  readonly log: RecordedLog;
  readonly metrics: RecordedMetrics;
  /** Lines of gateway and sandboxes. */
  readonly lines: readonly string[];
  makeTenant(tenantId: string): Promise<string>;
  makeKey(tenantId: string): Promise<string>;
  /**
   * One run of the schedule, at once; it never runs by itself here.
   * @throws Error when the permissions of its role did not suffice
   */
  sweep(): Promise<SweepReport>;
  /** Forgets what warm sandboxes hold in memory (in-process functions only). */
  coldStart(): void;
  scanTable(): Promise<Record<string, unknown>[]>;
  /** Names a secret for the leak scan. */
  knowSecret(secret: KnownSecret): void;
  stop(): Promise<void>;
}

/** Starts it all on free ports, in memory. `stop()` leaves the evidence for the leak scan. */
export async function startHarness(options: HarnessOptions = {}): Promise<Harness> {
  const clock = options.clock ?? new TestClock();
  const isInProcess = options.functions !== 'sandboxes';
  const now = isInProcess ? () => clock.nowEpochMs() : undefined;
  const log = createRecordedLog();
  const metrics = createRecordedMetrics();
  const lines: string[] = [];
  const secrets: KnownSecret[] = [];
  const simulator = await startSimulator({ ...(now === undefined ? {} : { now }), ...options.simulator });
  let coldStart = (): void => undefined;
  const stack = await startLocalStack({
    assemblyDir: options.assemblyDir ?? inject('assemblyDir'),
    port: 0,
    discordBaseUrl: simulator.baseUrl,
    onLog: (line) => lines.push(line),
    ...(isInProcess
      ? {
          now: () => clock.nowEpochMs(),
          createInvoker: (target, functions) => {
            const { maxCallMs, maxAwsCallMs } = options;
            if (options.createInvoker !== undefined) return options.createInvoker(target, (line) => lines.push(line));
            const inProcess = createInProcessInvoker(
              target,
              {
                clock,
                log,
                metrics,
                ...(maxCallMs === undefined ? {} : { maxCallMs }),
                ...(maxAwsCallMs === undefined ? {} : { maxAwsCallMs }),
                // Pauses are real, so that who waits lets others work, and short, so that nobody waits for the clock.
                sleep: (ms: number) => pause(ms / PAUSE_DIVISOR),
              },
              functions,
            );
            coldStart = () => inProcess.coldStart();
            return inProcess.invoke;
          },
        }
      : {}),
  });
  const { origin } = stack.gateway;
  // What the sandboxes' lines do elsewhere: the local CloudWatch shows what was counted.
  metrics.passTo(({ name, value, code }) =>
    stack.aws.figures.take({
      namespace: METRIC_NAMESPACE,
      name,
      dimensions: {
        [DEPLOYMENT_DIMENSION]: stack.target.environment[ENV.deploymentName] ?? '',
        ...(code === undefined ? {} : { [FAILURES.codeDimension]: code }),
      },
      values: [value],
      atEpochMs: clock.nowEpochMs(),
    }),
  );
  await simulator.control.setRedirectUris({ redirect_uris: [`${origin}${CALLBACK_PATH}`] });
  const edges = createOperatorEdges(stack.target.operator);
  const { clientId, clientSecret, botToken } = simulator.application;
  await enterLocalSettings(edges, { clientId, clientSecret: new Secret(clientSecret), botToken: new Secret(botToken) });

  const answers: WireAnswer[] = [];
  const wire = new Wire(origin, simulator.baseUrl, answers, (secret) => secrets.push(secret));
  const makeKey = async (tenantId: string): Promise<string> => {
    const made = await createApiKey(edges, tenantId, 'test');
    if (!made.ok) throw new Error(made.failure.detail);
    const key = made.value.key.reveal();
    secrets.push({ kind: 'API key', value: key, scope: 'everywhere' });
    return key;
  };
  const scanTable = async (): Promise<Record<string, unknown>[]> => {
    const { local } = stack.target.operator;
    const client = DynamoDBDocumentClient.from(
      new DynamoDBClient({
        endpoint: local?.dynamodbEndpoint ?? '',
        region: local?.region ?? '',
        credentials: { accessKeyId: local?.accessKeyId ?? '', secretAccessKey: local?.secretAccessKey ?? '' },
      }),
    );
    return (await client.send(new ScanCommand({ TableName: stack.target.operator.tableName }))).Items ?? [];
  };

  return {
    origin,
    simulator,
    stack,
    clock,
    edges,
    key: await makeKey(DEFAULT_TENANT),
    wire,
    log,
    metrics,
    lines,
    makeKey,
    makeTenant: async (tenantId) => {
      const made = await createTenant(edges, tenantId);
      if (!made.ok) throw new Error(made.failure.detail);
      return makeKey(tenantId);
    },
    sweep: async () => {
      const [ruleId = ''] = stack.gateway.schedules.keys();
      const deniedBefore = stack.aws.denials.length;
      const report = await stack.gateway.runSchedule(ruleId);
      const denied = stack.aws.denials.slice(deniedBefore);
      if (denied.length > 0) throw new Error(`its role keeps the sweep from its work: ${denied.join('; ')}`);
      return report as SweepReport;
    },
    coldStart: () => coldStart(),
    scanTable,
    knowSecret: (secret) => secrets.push(secret),
    stop: async () => {
      stack.aws.faults.clear();
      const issued = await simulator.control.listSecrets();
      const sightings: Sighting[] = [
        ...[...log.entries, ...log.noted].map((entry) => ({ place: 'log' as const, text: JSON.stringify(entry) })),
        ...lines.map((text) => ({ place: 'log' as const, text })),
        ...answers.map((answer) => ({ place: 'answer' as const, text: JSON.stringify(answer) })),
        ...(await scanTable()).map((item) => ({ place: 'table' as const, text: JSON.stringify(item) })),
      ];
      saveEvidence({
        source: process.env['VITEST_WORKER_ID'] ?? '',
        secrets: [
          ...secrets,
          ...issued.items.map(({ kind, value }) => ({ kind, value, scope: 'everywhere' as const })),
        ],
        sightings,
      });
      await stack.stop();
      await simulator.stop();
    },
  };
}
