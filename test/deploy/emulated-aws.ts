import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Account and region of the emulated AWS. The account is one of AWS's own examples. */
export const ACCOUNT = '111122223333';
export const REGION = 'eu-central-1';

/** An AWS API on loopback. */
export interface EmulatedAws {
  readonly endpoint: string;
  /** What the CDK CLI, the SDKs and the operator need to reach it, and nothing else of ours: no profile, no credentials. */
  readonly env: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** Milliseconds that the emulator may take to answer after its start. */
const START_MS = 60_000;

/**
 * Starts MiniStack in a process of its own, with all its state below `workDir`.
 * @throws Error when it does not answer in time
 */
export async function startEmulatedAws(command: string, workDir: string): Promise<EmulatedAws> {
  const port = await findFreePort();
  const dirs = { HOME: 'home', TMPDIR: 'tmp', STATE_DIR: 'state', S3_DATA_DIR: 's3' };
  const places = Object.fromEntries(
    Object.entries(dirs).map(([variable, name]) => [variable, path.join(workDir, 'aws', name)]),
  );
  for (const directory of [...Object.values(places), path.join(workDir, 'home'), path.join(workDir, 'tmp')]) {
    mkdirSync(directory, { recursive: true });
  }
  const endpoint = `http://127.0.0.1:${port}`;
  const child = spawn(command, [], {
    cwd: path.join(workDir, 'aws'),
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      ...places,
      GATEWAY_PORT: String(port),
      BIND_HOST: '127.0.0.1',
      // Functions run as processes of the installed Node, not in containers.
      LAMBDA_EXECUTOR: 'local',
      MINISTACK_ACCOUNT_ID: ACCOUNT,
      MINISTACK_REGION: REGION,
      AWS_ENDPOINT_URL: endpoint,
    },
  });
  const log = createWriteStream(path.join(workDir, 'aws.log'));
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  await waitUntilReady(child, endpoint);
  return { endpoint, env: buildClientEnv(endpoint, port, workDir), stop: () => stopChild(child) };
}

function buildClientEnv(endpoint: string, port: number, workDir: string): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: path.join(workDir, 'home'),
    // The CLI remembers accounts by access key, in a place of its own.
    CDK_HOME: path.join(workDir, 'home'),
    TMPDIR: path.join(workDir, 'tmp'),
    CI: 'true',
    AWS_ENDPOINT_URL: endpoint,
    // The template's address is read by the emulator itself, which wants a host name.
    AWS_ENDPOINT_URL_S3_FOR_CLOUDFORMATION: `http://localhost:${port}`,
    AWS_ACCESS_KEY_ID: ACCOUNT,
    AWS_SECRET_ACCESS_KEY: 'emulated',
    AWS_REGION: REGION,
    // The name that Python's SDK reads.
    AWS_DEFAULT_REGION: REGION,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    NPM_CONFIG_UPDATE_NOTIFIER: 'false',
  };
}

async function waitUntilReady(child: ChildProcess, endpoint: string): Promise<void> {
  const startedAtMs = Date.now();
  while (Date.now() - startedAtMs < START_MS) {
    if (child.exitCode !== null) throw new Error(`the emulated AWS ended with ${child.exitCode} before it was ready`);
    const isUp = await fetch(`${endpoint}/_ministack/health`, { signal: AbortSignal.timeout(2_000) }).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isUp) return;
    await sleep(200);
  }
  child.kill('SIGKILL');
  throw new Error('the emulated AWS did not answer in time');
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  // Its function processes end with it; a stop that hangs is not waited for.
  const isEnded = await Promise.race([ended.then(() => true), sleep(10_000, false, { ref: false })]);
  if (!isEnded) {
    child.kill('SIGKILL');
    await ended;
  }
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (typeof address === 'object' && address !== null) resolve(address.port);
        else reject(new Error('no free port'));
      });
    });
  });
}
