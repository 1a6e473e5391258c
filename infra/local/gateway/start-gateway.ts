import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { LOG_STREAM_NAME } from './function-environment.ts';
import type { InvocationContext, Invoker } from './invoker.ts';
import { DEFAULT_SANDBOXES } from './limits.ts';
import { listenOnLoopback } from './listen.ts';
import type { Assembly } from './load-assembly.ts';
import type { PathDecoding } from './parse-target.ts';
import { readTemplate } from './read-template.ts';
import type { FunctionModel } from './read-functions.ts';
import type { ScheduleModel } from './read-schedules.ts';
import type { LocalResource } from './resolve-intrinsics.ts';
import { buildScheduledEvent, startSchedules } from './run-schedules.ts';
import type { ScheduleTimer } from './run-schedules.ts';
import { createSandboxPool } from './sandbox-pool.ts';
import type { SandboxStats } from './sandbox-pool.ts';
import { createRequestServer } from './serve-request.ts';
import { createTaskRoots } from './task-root.ts';
import { TemplateError } from './template.ts';

/** Settings of a gateway. */
export interface GatewayOptions {
  readonly assembly: Assembly;
  /** What the local AWS servers made: logical id → values of `Ref` and `Fn::GetAtt`. */
  readonly resources: ReadonlyMap<string, LocalResource>;
  /** Added to every function: endpoint variables, credentials. `AWS_REGION` also gives `AWS::Region` (default `us-east-1`). */
  readonly environment: Readonly<Record<string, string>>;
  /** Added to one function, by its logical id: the credentials of its role. Wins over `environment` and the template. */
  readonly credentialsOf?: (functionLogicalId: string) => Readonly<Record<string, string>>;
  /** Values that win over the template's, on the functions that declare them. One that no function declares is an error. */
  readonly overrideEnvironment?: Readonly<Record<string, string>>;
  /** Values of the template's parameters. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Default 0: any free one. */
  readonly port?: number;
  /** Origin under which callers reach the gateway, without a trailing slash. Default `http://localhost:<port>`. */
  readonly publicOrigin?: string;
  /** Sandboxes for each function. Default 4. */
  readonly sandboxes?: number;
  /** Events of each function that may wait for a sandbox. Default 1,000. */
  readonly maxQueued?: number;
  /** How paths reach the functions. Default `once`. */
  readonly pathDecoding?: PathDecoding;
  /** Instead of sandboxes. */
  readonly invoker?: Invoker;
  /** Runs the template's schedules. Absent: they run only when asked to, by `runSchedule`. */
  readonly scheduleTimer?: ScheduleTimer;
  /** Every line that a function writes, as it stands: what goes to its log group. */
  readonly onFunctionLine?: (line: string) => void;
  /** One line: `[<function's logical id>] …`, `[access] …`, `[gateway] …` or `[schedule] …`. */
  readonly onLog?: (line: string) => void;
  /** Serves requests that are none of the template's, before it is looked at. @returns whether it took this one */
  readonly serveBeside?: (request: IncomingMessage, response: ServerResponse) => boolean;
  /** Epoch milliseconds; for events, throttling and an in-process handler's remaining time. Sandboxes use the real clock. */
  readonly now?: () => number;
  readonly newRequestId?: () => string;
}

/** A running gateway. */
export interface Gateway {
  readonly origin: string;
  readonly port: number;
  /** Every function of the template, with its environment. */
  readonly functions: ReadonlyMap<string, FunctionModel>;
  /** Runs a function for an event that does not come over HTTP, such as a schedule's. Rejects like an {@link Invoker}. */
  readonly invoke: (functionLogicalId: string, event: unknown) => Promise<unknown>;
  /** By logical id of the rule. */
  readonly schedules: ReadonlyMap<string, ScheduleModel>;
  /** One run of a schedule, at once, whether or not one is on. @returns what its function returned; rejects like `invoke` */
  readonly runSchedule: (ruleLogicalId: string) => Promise<unknown>;
  readonly stats: () => SandboxStats;
  /** Stops listening, cuts connections, ends all sandboxes, removes temporary files. */
  readonly stop: () => Promise<void>;
}

/** 11 random bytes in URL-safe base64 with its `=`, the form of HTTP APIs' request ids: `JKJaXmPLvHcESHA=`. */
function randomRequestId(): string {
  return `${randomBytes(11).toString('base64url')}=`;
}

function buildContext(model: FunctionModel, now: () => number): InvocationContext {
  const deadlineEpochMs = now() + model.timeoutMs;
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: model.name,
    functionVersion: '$LATEST',
    invokedFunctionArn: model.arn,
    memoryLimitInMB: String(model.memoryMegabytes),
    awsRequestId: randomUUID(),
    logGroupName: model.logGroupName,
    logStreamName: LOG_STREAM_NAME,
    getRemainingTimeInMillis: () => Math.max(0, deadlineEpochMs - now()),
  };
}

/**
 * Serves a synthesized template on loopback as an API Gateway HTTP API with Lambda functions would.
 * @throws TemplateError for whatever the template says that is not served exactly; PortTakenError
 */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  let serve: RequestListener | undefined;
  // The port must be known before the template can be resolved: the API's endpoint is part of the functions' environment.
  const server = await listenOnLoopback(options.port ?? 0, (request, response) => {
    if (serve === undefined) response.writeHead(503).end();
    else serve(request, response);
  });
  try {
    return await serveTemplate(options, server, (listener) => (serve = listener));
  } catch (error) {
    await server.close();
    throw error;
  }
}

async function serveTemplate(
  options: GatewayOptions,
  server: { readonly port: number; readonly close: () => Promise<void> },
  attach: (listener: RequestListener) => void,
): Promise<Gateway> {
  const origin = options.publicOrigin ?? `http://localhost:${server.port}`;
  const now = options.now ?? Date.now;
  const onLog = (source: string, line: string): void => options.onLog?.(`[${source}] ${line}`);
  const { api, functions, schedules, identity, region } = readTemplate({ ...options, publicOrigin: origin });
  const runner = await createRunner(options, functions, onLog);

  const run = (functionLogicalId: string, event: unknown, signal?: AbortSignal): Promise<unknown> => {
    const model = functions.get(functionLogicalId);
    if (model === undefined) throw new TemplateError(`the template has no function ${functionLogicalId}`);
    return runner.invoke(functionLogicalId, event, buildContext(model, now), signal);
  };
  const serveTemplated = createRequestServer({
    api,
    identity,
    pathDecoding: options.pathDecoding ?? 'once',
    now,
    newRequestId: options.newRequestId ?? randomRequestId,
    run,
    onLog,
  });
  attach((request, response) => {
    if (options.serveBeside?.(request, response) !== true) serveTemplated(request, response);
  });
  const runSchedule = async (schedule: ScheduleModel): Promise<unknown> => {
    const event = buildScheduledEvent(schedule, { accountId: identity.accountId, region, nowEpochMs: now() });
    return run(schedule.functionLogicalId, event);
  };
  const stopSchedules =
    options.scheduleTimer &&
    startSchedules({
      schedules: schedules.values(),
      timer: options.scheduleTimer,
      run: runSchedule,
      onLog: (line) => onLog('schedule', line),
    });
  return {
    origin,
    port: server.port,
    functions,
    invoke: async (functionLogicalId, event) => run(functionLogicalId, event),
    schedules,
    runSchedule: async (ruleLogicalId) => {
      const schedule = schedules.get(ruleLogicalId);
      if (schedule === undefined) throw new TemplateError(`the template has no enabled schedule ${ruleLogicalId}`);
      return runSchedule(schedule);
    },
    stats: runner.stats,
    stop: async () => {
      stopSchedules?.();
      await server.close();
      await runner.stop();
    },
  };
}

interface Runner {
  readonly invoke: Invoker;
  readonly stats: () => SandboxStats;
  readonly stop: () => Promise<void>;
}

const NO_SANDBOXES: SandboxStats = {
  invocations: 0,
  coldStarts: 0,
  failures: 0,
  throttled: 0,
  sandboxes: 0,
  queued: 0,
};

async function createRunner(
  options: GatewayOptions,
  functions: ReadonlyMap<string, FunctionModel>,
  onLog: (source: string, line: string) => void,
): Promise<Runner> {
  if (options.invoker !== undefined) {
    return { invoke: options.invoker, stats: () => NO_SANDBOXES, stop: () => Promise.resolve() };
  }
  const assets = [...functions.keys()].map((logicalId) => [logicalId, options.assembly.assetPath(logicalId)] as const);
  const roots = await createTaskRoots();
  const taskRoots = new Map<string, Awaited<ReturnType<typeof roots.prepare>>>();
  try {
    // One after the other: removing the folder while a copy still writes into it would hide the error that ended the start.
    for (const [logicalId, assetDir] of assets) taskRoots.set(logicalId, await roots.prepare(assetDir));
  } catch (error) {
    await roots.remove();
    throw error;
  }
  const pool = createSandboxPool({
    functions,
    taskRootOf: (logicalId) => taskRoots.get(logicalId) ?? '',
    sandboxesPerFunction: options.sandboxes ?? DEFAULT_SANDBOXES,
    ...(options.maxQueued === undefined ? {} : { maxQueued: options.maxQueued }),
    onLog: (functionLogicalId, line) => {
      options.onFunctionLine?.(line);
      onLog(functionLogicalId, line);
    },
  });
  return {
    invoke: pool.invoke,
    stats: pool.stats,
    stop: async () => {
      await pool.stop();
      await roots.remove();
    },
  };
}
