import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AwsServers } from '../aws/aws-servers.ts';
import type { Invoker } from '../gateway/invoker.ts';
import type { ScheduleTimer } from '../gateway/run-schedules.ts';
import { startGateway, type Gateway } from '../gateway/start-gateway.ts';
import { ENV } from '../../../shared/env.ts';
import type { LocalTarget } from './local-target.ts';
import { readLocalTarget } from './read-local-target.ts';
import { startLocalAws } from './start-local-aws.ts';

export interface LocalStackOptions {
  /** A cloud assembly (`cdk.out`). */
  readonly assemblyDir: string;
  /** Where the store lives on; absent: in memory. */
  readonly dataDir?: string;
  /** Port of the gateway; 0: any. */
  readonly port: number;
  readonly discordBaseUrl: string;
  readonly sandboxes?: number;
  /** Runs the schedules; absent: they run only when asked to. */
  readonly scheduleTimer?: ScheduleTimer;
  readonly onLog?: (line: string) => void;
  /** Serves what is none of the template's. @returns whether it took the request */
  readonly serveBeside?: (request: IncomingMessage, response: ServerResponse) => boolean;
  /** Epoch milliseconds, for tests. */
  readonly now?: () => number;
  /** Serves the functions instead of sandboxes, for tests; made once it is known where everything is. */
  readonly createInvoker?: (target: LocalTarget, functions: Gateway['functions']) => Invoker;
}

/** The gateway over the synthesized template with its local AWS. */
export interface LocalStack {
  readonly gateway: Gateway;
  readonly aws: AwsServers;
  readonly target: LocalTarget;
  /** Stops everything that was started. */
  stop(): Promise<void>;
}

/**
 * Starts what the template declares on this machine: its table, keys and secret on the local AWS servers, its routes and
 * functions in the local gateway. Names come from the template's own environment, so nothing here repeats them. Each function
 * has the credentials of its own role, and what the template's policies don't allow is denied as AWS would; the credentials of
 * `target` may do everything, as an operator's.
 */
export async function startLocalStack(options: LocalStackOptions): Promise<LocalStack> {
  const { assembly, servers: aws, resources, iam } = await startLocalAws(options);
  try {
    let invoker: Invoker | undefined;
    const { createInvoker } = options;
    const gateway = await startGateway({
      assembly,
      resources,
      environment: aws.environment,
      credentialsOf: iam.credentialsOf,
      overrideEnvironment: { [ENV.discordBaseUrl]: options.discordBaseUrl },
      port: options.port,
      // As CloudWatch Logs does: figures are made of what the functions log.
      onFunctionLine: (line) => aws.figures.takeLine(line),
      ...(options.sandboxes === undefined ? {} : { sandboxes: options.sandboxes }),
      ...(options.scheduleTimer === undefined ? {} : { scheduleTimer: options.scheduleTimer }),
      ...(options.onLog === undefined ? {} : { onLog: options.onLog }),
      ...(options.serveBeside === undefined ? {} : { serveBeside: options.serveBeside }),
      ...(options.now === undefined ? {} : { now: options.now }),
      ...(createInvoker === undefined
        ? {}
        : {
            invoker: (...call) => {
              invoker ??= createInvoker(target(), gateway.functions);
              return invoker(...call);
            },
          }),
    });
    const target = (): LocalTarget => readLocalTarget(gateway.functions, aws);
    const stop = async (): Promise<void> => {
      await gateway.stop();
      await aws.stop();
    };
    return { gateway, aws, target: target(), stop };
  } catch (error) {
    await aws.stop();
    throw error;
  }
}
