import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Secret } from '../../shared/domain/secret.ts';

/** The simulator in a process of its own. It ends with this one: its IPC channel closes however this process dies. */
export interface SimulatorProcess {
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret: Secret;
  readonly botToken: Secret;
  stop(): Promise<void>;
}

export interface SimulatorProcessOptions {
  /** 0: any. */
  readonly port: number;
  readonly stateFile?: string;
  /** Absent: none is registered. */
  readonly redirectUri?: string;
}

/**
 * Starts the simulator and waits until it listens.
 * @throws Error with the simulator's own line when it cannot, for a taken port for example
 */
export async function startSimulatorProcess(options: SimulatorProcessOptions): Promise<SimulatorProcess> {
  const { redirectUri } = options;
  const redirect = redirectUri === undefined ? ['--no-redirect-uri'] : ['--redirect-uri', redirectUri];
  const args = ['--port', String(options.port), ...redirect];
  if (options.stateFile !== undefined) args.push('--state', options.stateFile);
  const child = fork(fileURLToPath(new URL('discord/main.ts', import.meta.url)), args, {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
  });
  const ready = await waitUntilReady(child);
  return { ...ready, stop: () => stopChild(child) };
}

function waitUntilReady(child: ChildProcess): Promise<Omit<SimulatorProcess, 'stop'>> {
  let complaint = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    complaint += chunk.toString('utf8');
  });
  return new Promise((resolve, reject) => {
    child.once('exit', () => reject(new Error(complaint.trim() || 'the Discord simulator ended before it was ready')));
    child.once('error', reject);
    child.once('message', (message) => {
      const text = (name: string): string => {
        const value: unknown = Reflect.get(Object(message), name);
        if (typeof value !== 'string') throw new Error(`the simulator's message has no ${name}`);
        return value;
      };
      resolve({
        baseUrl: text('baseUrl'),
        clientId: text('clientId'),
        clientSecret: new Secret(text('clientSecret')),
        botToken: new Secret(text('botToken')),
      });
    });
  });
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
}
