import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { CONTROL_PREFIX } from '../local/aws/answer-control-request.ts';
import { parseLocalSettings, SettingsError } from '../local/settings.ts';
import { loadRunFile, type RunningStack } from '../local/stack/run-file.ts';
import { DEFAULT_DISCORD_BASE_URL, ENV } from '../../shared/env.ts';
import { checkAwsAccess } from './check-aws-access.ts';
import { openLocalStore } from './open-local-store.ts';
import { OperatorError } from './operator-error.ts';
import type { OperatorTarget } from './operator-edges.ts';
import type { OperatorIo } from './operator-io.ts';
import { readCdkOutputs } from './read-cdk-outputs.ts';

/** The installation to work on. */
export interface FoundTarget {
  readonly target: OperatorTarget;
  /** Which one it is, for the operator to see before anything happens to the wrong one. */
  readonly description: string;
  /** Gives back what was opened for it. */
  close(): Promise<void>;
}

/** Milliseconds that a local server may take to say that it is there. */
const PROBE_MS = 1_000;

/** Named besides, for commands that open tokens. */
const TOKEN_VARIABLES = [ENV.tokenKeyArn, ENV.deploymentName] as const;

const TARGET_VARIABLES = [ENV.tableName, ENV.integrationSecretArn, ENV.publicBaseUrl] as const;

/**
 * Finds the installation that is meant: the named outputs file, else the three variables, else the local gateway that runs,
 * else the local store. What is named but cannot be used is an error, never a reason to take the next one.
 * @throws OperatorError saying what to set
 */
export async function findTarget(
  io: Pick<OperatorIo, 'env' | 'localDir'>,
  outputsFile: string | undefined,
): Promise<FoundTarget> {
  if (outputsFile !== undefined) return toDeployed(readCdkOutputs(outputsFile), `stack of ${outputsFile}`);
  const fromEnv = readTargetVariables(io.env);
  if (fromEnv !== undefined) return toDeployed(fromEnv, `installation of ${TARGET_VARIABLES.join(', ')}`);
  const running = await findRunningStack(io.localDir);
  if (running !== undefined) {
    const { operator, pid } = running;
    const description = `local gateway that runs at ${operator.publicBaseUrl} (process ${pid})`;
    return { target: operator, description, close: () => Promise.resolve() };
  }
  const store = await openLocalStore(io.localDir, `http://localhost:${readPort(io.env)}`);
  return { ...store, description: `local store in ${io.localDir} (no gateway runs on it)` };
}

async function toDeployed(target: OperatorTarget, source: string): Promise<FoundTarget> {
  const { publicBaseUrl, tableName, integrationSecretArn } = target;
  if (!URL.canParse(publicBaseUrl) || new URL(publicBaseUrl).origin !== publicBaseUrl) {
    throw new OperatorError(`${source}: the gateway's URL must be an origin such as https://gateway.example.com`);
  }
  await checkAwsAccess(integrationSecretArn);
  return { target, description: `${source}, ${publicBaseUrl}, table ${tableName}`, close: () => Promise.resolve() };
}

function readTargetVariables(env: OperatorIo['env']): OperatorTarget | undefined {
  const missing = TARGET_VARIABLES.filter((name) => !env[name]);
  if (missing.length === TARGET_VARIABLES.length) return undefined;
  if (missing.length > 0) {
    throw new OperatorError(`${TARGET_VARIABLES.join(', ')} go together; missing: ${missing.join(', ')}`);
  }
  const setupCodeSecretArn = env[ENV.setupCodeSecretArn];
  return {
    tableName: env[ENV.tableName] ?? '',
    integrationSecretArn: env[ENV.integrationSecretArn] ?? '',
    publicBaseUrl: env[ENV.publicBaseUrl] ?? '',
    ...(setupCodeSecretArn && { setupCodeSecretArn }),
    ...readTokenAccess(env),
  };
}

/** Both or none: half of it is a mistake that would show only later. */
function readTokenAccess(env: OperatorIo['env']): Pick<OperatorTarget, 'tokenAccess'> {
  const [tokenKeyArn, deploymentName] = TOKEN_VARIABLES.map((name) => env[name] ?? '');
  if (!tokenKeyArn && !deploymentName) return {};
  if (!tokenKeyArn || !deploymentName) throw new OperatorError(`${TOKEN_VARIABLES.join(' and ')} go together`);
  const discordBaseUrl = env[ENV.discordBaseUrl] ?? DEFAULT_DISCORD_BASE_URL;
  return { tokenAccess: { tokenKeyArn, deploymentName, discordBaseUrl } };
}

/** A file can outlive its process, and the process id can be another's by now: so the server itself is asked. */
async function findRunningStack(localDir: string): Promise<RunningStack | undefined> {
  const running = readRunFile(localDir);
  const endpoint = running?.operator.local?.dynamodbEndpoint;
  if (endpoint === undefined) return undefined;
  try {
    const answer = await fetch(`${endpoint}${CONTROL_PREFIX}requests`, { signal: AbortSignal.timeout(PROBE_MS) });
    return answer.ok ? running : undefined;
  } catch {
    return undefined;
  }
}

function readRunFile(localDir: string): RunningStack | undefined {
  try {
    return loadRunFile(localDir);
  } catch (error) {
    const message = error instanceof Error ? error.message : 'unreadable';
    throw new OperatorError(`${message}; delete the file if no local gateway runs`);
  }
}

/** Port on which the local gateway will be reached. Only `PORT` is looked at: the rest of `.env` is not this command's. */
function readPort(env: OperatorIo['env']): number {
  const fromFile = existsSync('.env') ? parseEnv(readFileSync('.env', 'utf8')) : {};
  try {
    return parseLocalSettings({ PORT: env['PORT'] ?? fromFile['PORT'] }).port;
  } catch (error) {
    if (error instanceof SettingsError) throw new OperatorError(error.message);
    throw error;
  }
}
