import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Duration } from 'aws-cdk-lib/core';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Runtime, type Architecture } from 'aws-cdk-lib/aws-lambda';
import {
  LogLevel,
  NodejsFunction,
  OutputFormat,
  type BundlingOptions,
  type ICommandHooks,
} from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { PORTAL_DIR } from '../../shared/connect-paths.ts';
import { buildPortal } from '../portal/build-portal.ts';
import { buildLogGroupProps } from './log-retention.ts';

/** Below API Gateway's 30 s for an integration, so that a slow function ends by its own time-out and logs it. */
const DEFAULT_TIMEOUT_SECONDS = 29;

/** MB. Processor share grows with it; at 512 the SDK clients load in an acceptable time on a cold start. */
const MEMORY_MB = 512;

/** Where this package lies: this checkout, or `node_modules` of someone's own CDK app. */
const PROJECT_ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** One file for each function with everything in it, the SDK included: its version is that of the lock file. */
const BUNDLING: BundlingOptions = {
  // CommonJS: it starts faster than ESM with the AWS SDK in the bundle (measured).
  format: OutputFormat.CJS,
  // Older than the Lambda runtime, because the local gateway runs the same bundle on the developer's Node.
  target: 'node20',
  mainFields: ['module', 'main'],
  externalModules: [],
  minify: true,
  sourceMap: true,
  // Stack traces need positions; the source itself would only make the asset larger.
  sourcesContent: false,
  logLevel: LogLevel.ERROR,
  // CDK starts esbuild through npx, which would ask the registry for a newer npm: a synth must work without a network.
  environment: { NPM_CONFIG_UPDATE_NOTIFIER: 'false', NPM_CONFIG_OFFLINE: 'true' },
};

/** Puts the portal's page and assets beside the function's code. There is no command to run: the hook itself writes them. */
const PORTAL_HOOKS: ICommandHooks = {
  beforeBundling: () => [],
  beforeInstall: () => [],
  afterBundling: (_inputDir, outputDir) => {
    buildPortal(path.join(outputDir, PORTAL_DIR));
    return [];
  },
};

/** What tells one function from another. */
export interface RouteFunctionProps {
  /** Folder below `functions/` whose `handler.ts` is the entry. */
  readonly folder: string;
  readonly architecture: Architecture;
  readonly logRetention: RetentionDays;
  readonly environment: Readonly<Record<string, string>>;
  /** Everything that it may do besides writing its own log. */
  readonly statements: readonly PolicyStatement[];
  /** Default 29, the most that makes sense for a function behind the API. */
  readonly timeoutSeconds?: number;
}

/** One bundled function with its own log group and its own role, which holds nothing but the given statements and that log. */
export class RouteFunction extends Construct {
  readonly function: NodejsFunction;

  constructor(scope: Construct, id: string, props: RouteFunctionProps) {
    super(scope, id);
    const logGroup = new LogGroup(this, 'Logs', buildLogGroupProps(props.logRetention));
    // A role of our own: the default one carries an AWS managed policy that may write to every log group of the account.
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    role.addToPolicy(
      new PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [logGroup.logGroupArn],
      }),
    );
    for (const statement of props.statements) role.addToPolicy(statement);
    this.function = new NodejsFunction(this, 'Function', {
      entry: `${PROJECT_ROOT}functions/${props.folder}/handler.ts`,
      projectRoot: PROJECT_ROOT,
      // CDK only reads from the name that esbuild is to be started by npx. A lock file isn't part of an installed package.
      depsLockFilePath: `${PROJECT_ROOT}package.json`,
      runtime: Runtime.NODEJS_24_X,
      architecture: props.architecture,
      memorySize: MEMORY_MB,
      timeout: Duration.seconds(props.timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS),
      role,
      logGroup,
      environment: { NODE_OPTIONS: '--enable-source-maps', ...props.environment },
      bundling: props.folder === 'portal' ? { ...BUNDLING, commandHooks: PORTAL_HOOKS } : BUNDLING,
    });
  }
}
