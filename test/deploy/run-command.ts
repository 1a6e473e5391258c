import { spawn } from 'node:child_process';
import { text as readText } from 'node:stream/consumers';

/** How a command ended. */
export interface CommandResult {
  /** Exit code; null when it was stopped. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions {
  readonly cwd: string;
  readonly env: Readonly<NodeJS.ProcessEnv>;
  /** Written to its standard input. */
  readonly input?: string;
}

/** Milliseconds after which a command is stopped: several times what the slowest one takes on two busy cores. */
const TIMEOUT_MS = 180_000;

/** Runs a command to its end, without a shell. Never throws for a failed command. */
export async function runCommand(
  file: string,
  args: readonly string[],
  { cwd, env, input = '' }: CommandOptions,
): Promise<CommandResult> {
  // SIGKILL: a tool that hangs may ignore the gentle one.
  const child = spawn(file, args, { cwd, env, timeout: TIMEOUT_MS, killSignal: 'SIGKILL' });
  child.stdin.on('error', () => undefined).end(input);
  const ended = new Promise<number | null>((resolve) => {
    child.once('error', (error) => {
      console.error(error.message);
      resolve(null);
    });
    child.once('close', (code) => resolve(code));
  });
  const [stdout, stderr, code] = await Promise.all([readText(child.stdout), readText(child.stderr), ended]);
  return { code, stdout, stderr };
}

/** The last lines of what a command said, for a failed check. */
export function toTail({ code, stdout, stderr }: CommandResult): string {
  const lines = `${stdout}\n${stderr}`.split('\n').filter((line) => line.trim() !== '');
  return [`exit ${String(code)}`, ...lines.slice(-12)].join('\n         ');
}
