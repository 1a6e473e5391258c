import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const SAM_SCRIPT = fileURLToPath(new URL('../../infra/sam/main.ts', import.meta.url));

/** A process whose output is kept in a file. */
export interface Running {
  readonly child: ChildProcess;
  /** Ends it and waits for its end. */
  stop(): Promise<void>;
}

/** What `npm run sam -- --json` prints when it is ready. */
export interface SamReady extends Running {
  readonly origin: string;
  readonly discordUrl: string;
  readonly apiKey: string;
}

/** Options of SAM in a test: no registry can be reached, and the image has been built before. */
const SAM_ARGS = ['--', '--skip-pull-image'];

function start(command: string, args: readonly string[], logFile: string, env: NodeJS.ProcessEnv): Running {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
  child.stderr.pipe(createWriteStream(logFile, { flags: 'a' }));
  return {
    child,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGINT');
      await ended;
    },
  };
}

/** Serves the product with `npm run sam`, as a person would. @throws Error when it ends before it is ready */
export async function startProduct(port: number, dir: string, logFile: string): Promise<SamReady> {
  const args = ['--import', 'tsx', SAM_SCRIPT, '--json', '--fresh', '--dir', dir, ...SAM_ARGS];
  const running = start(process.execPath, args, logFile, { PORT: String(port) });
  const ready = JSON.parse(await readFirstLine(running.child)) as Record<string, string | undefined>;
  if (ready['missing'] !== undefined) throw new Error(`SAM cannot run: ${ready['missing']}`);
  return {
    ...running,
    origin: String(ready['gateway_url']),
    discordUrl: String(ready['discord_url']),
    apiKey: String(ready['api_key']),
  };
}

/** Runs one function once with `npm run sam -- --invoke`. @returns exit code and what it printed */
export async function invokeOnce(
  name: string,
  eventFile: string,
  port: number,
  dir: string,
  logFile: string,
): Promise<{ code: number; stdout: string }> {
  const args = ['--import', 'tsx', SAM_SCRIPT, '--dir', dir, '--invoke', name, '--event', eventFile, ...SAM_ARGS];
  const { child } = start(process.execPath, args, logFile, { PORT: String(port) });
  let stdout = '';
  child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString('utf8')));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code: code ?? -1, stdout };
}

/** Serves any template with `sam local start-api`. */
export function startTemplate(templateFile: string, port: number, logFile: string): Running {
  const args = ['local', 'start-api', '--template', templateFile, '--region', 'us-east-1', '--skip-pull-image'];
  return start('sam', [...args, '--warm-containers', 'LAZY', '--port', String(port)], logFile, {});
}

function readFirstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    if (child.stdout === null) throw new Error('no output to read');
    createInterface({ input: child.stdout }).once('line', resolve);
    child.once('exit', (code) => reject(new Error(`it has ended with ${String(code)} before it was ready`)));
  });
}
