import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { ADD_HOST } from './container-access.ts';

/** Where to get SAM. */
const INSTALL_SAM =
  'https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/install-sam-cli.html';

/** What both commands of `sam local` share. */
export interface SamCommandFiles {
  readonly templateFile: string;
  readonly envVarsFile: string;
  readonly region: string;
}

/** Arguments of `sam` that serve the API. Containers stay warm between requests, as Lambda's do. */
export function buildStartArgs(files: SamCommandFiles, port: number): string[] {
  return ['local', 'start-api', ...sharedArgs(files), '--warm-containers', 'LAZY', '--port', String(port)];
}

/** Arguments of `sam` that run one function once. */
export function buildInvokeArgs(files: SamCommandFiles, logicalId: string, eventFile: string): string[] {
  return ['local', 'invoke', logicalId, ...sharedArgs(files), '--event', eventFile];
}

function sharedArgs({ templateFile, envVarsFile, region }: SamCommandFiles): string[] {
  return ['--template', templateFile, '--env-vars', envVarsFile, '--region', region, '--add-host', ADD_HOST];
}

/** What is missing to run SAM here, as one line; nothing if it can run. */
export function findMissingTool(): string | undefined {
  if (!succeeds('sam', ['--version'])) return `the AWS SAM CLI (sam) is not installed: ${INSTALL_SAM}`;
  if (!succeeds('docker', ['--version']))
    return 'Docker (docker) is not installed, and SAM runs functions in its containers';
  if (!succeeds('docker', ['info'])) return 'Docker does not answer: start its daemon, or Docker Desktop';
  return undefined;
}

function succeeds(command: string, args: readonly string[]): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore', env: samEnvironment() });
    return true;
  } catch {
    return false;
  }
}

/** SAM would report its use; like everything here it only does so if the person has said so. */
function samEnvironment(): NodeJS.ProcessEnv {
  return { SAM_CLI_TELEMETRY: '0', ...process.env };
}

/**
 * Starts `sam`. Its whole output goes to standard error, so that standard output stays ours, except for `sam local invoke`,
 * whose standard output is the function's answer.
 */
export function spawnSam(args: readonly string[], isAnswerOnStdout: boolean): ChildProcess {
  return spawn('sam', args, {
    stdio: ['ignore', isAnswerOnStdout ? 'inherit' : process.stderr, process.stderr],
    env: samEnvironment(),
  });
}

/** Milliseconds between two looks whether SAM listens. */
const POLL_MS = 100;

/** Waits until SAM listens. @throws Error when it ends before */
export async function waitUntilListening(child: ChildProcess, port: number): Promise<void> {
  while (!(await isListening(port))) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error('sam local start-api has ended; see above');
    await sleep(POLL_MS);
  }
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

/** Ends SAM, which then removes its containers. */
export async function stopSam(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  // SAM removes its warm containers on an interrupt.
  child.kill('SIGINT');
  await ended;
}

/** A command line to type by hand. */
export function toShellLine(args: readonly string[]): string {
  return ['sam', ...args.map((arg) => (/^[\w@%+=:,./-]+$/.test(arg) ? arg : `'${arg.replaceAll("'", `'\\''`)}'`))].join(
    ' ',
  );
}
