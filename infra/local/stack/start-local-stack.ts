import { LOCAL_ENV, type LocalTarget } from './local-target.ts';
import type { AwsServers } from '../aws/aws-servers.ts';
import { startAwsServers } from '../aws/aws-servers.ts';
import { buildLocalIam } from '../aws/iam/local-iam.ts';
import { provisionFromTemplate } from '../aws/provision/provision-from-template.ts';
import type { Invoker } from '../gateway/invoker.ts';
import { loadAssembly } from '../gateway/load-assembly.ts';
import { startGateway, type Gateway } from '../gateway/start-gateway.ts';
import { ENV } from '../../../shared/env.ts';

export interface LocalStackOptions {
  /** A cloud assembly (`cdk.out`). */
  readonly assemblyDir: string;
  /** Where the store lives on; absent: in memory. */
  readonly dataDir?: string;
  /** Port of the gateway; 0: any. */
  readonly port: number;
  readonly discordBaseUrl: string;
  readonly sandboxes?: number;
  readonly onLog?: (line: string) => void;
  /** Epoch milliseconds, for tests. */
  readonly now?: () => number;
  /** Serves the functions instead of sandboxes, for tests; made once it is known where everything is. */
  readonly createInvoker?: (target: LocalTarget) => Invoker;
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
  const assembly = await loadAssembly(options.assemblyDir);
  const aws = await startAwsServers({
    ...(options.dataDir === undefined ? {} : { dataDir: options.dataDir }),
    ...(options.now === undefined ? {} : { now: options.now }),
  });
  try {
    const resources = new Map(Object.entries(await provisionFromTemplate(assembly.template, aws)));
    const iam = buildLocalIam({
      template: assembly.template,
      stackName: assembly.stackName,
      resources,
      adminAccessKeyId: aws.environment['AWS_ACCESS_KEY_ID'] ?? '',
    });
    aws.enforce(iam.authorize, (denial) => options.onLog?.(`[iam] ${denial}`));
    let invoker: Invoker | undefined;
    const { createInvoker } = options;
    const gateway = await startGateway({
      assembly,
      resources,
      environment: aws.environment,
      credentialsOf: iam.credentialsOf,
      overrideEnvironment: { [ENV.discordBaseUrl]: options.discordBaseUrl },
      port: options.port,
      ...(options.sandboxes === undefined ? {} : { sandboxes: options.sandboxes }),
      ...(options.onLog === undefined ? {} : { onLog: options.onLog }),
      ...(options.now === undefined ? {} : { now: options.now }),
      ...(createInvoker === undefined
        ? {}
        : {
            invoker: (...call) => {
              invoker ??= createInvoker(target());
              return invoker(...call);
            },
          }),
    });
    const target = (): LocalTarget => readTarget(gateway, aws);
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

/** The variables that the template gives its functions, together. */
function readTarget(gateway: Gateway, aws: AwsServers): LocalTarget {
  const variables = Object.assign({}, ...[...gateway.functions.values()].map((model) => model.environment)) as Record<
    string,
    string
  >;
  const read = (name: string): string => {
    const value = variables[name];
    if (value === undefined) throw new Error(`the template sets ${name} on no function`);
    return value;
  };
  return {
    environment: Object.fromEntries(LOCAL_ENV.map((name) => [name, read(name)])),
    awsEnvironment: aws.environment,
    operator: {
      tableName: read(ENV.tableName),
      integrationSecretArn: read(ENV.integrationSecretArn),
      publicBaseUrl: read(ENV.publicBaseUrl),
      local: {
        dynamodbEndpoint: aws.endpoints.dynamodb,
        secretsManagerEndpoint: aws.endpoints.secretsManager,
        region: aws.environment['AWS_REGION'] ?? '',
        accessKeyId: aws.environment['AWS_ACCESS_KEY_ID'] ?? '',
        secretAccessKey: aws.environment['AWS_SECRET_ACCESS_KEY'] ?? '',
      },
    },
  };
}
