import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { saveRunFile } from '../../infra/local/stack/run-file.ts';
import { runOperator } from '../../infra/operator/run-operator.ts';
import type { Harness } from '../support/harness.ts';
import type { OperatorRun } from './operator-world.ts';

/** The operator's command line over a harness's whole world, simulator included, on its clock. */
export interface CommandLine {
  run(...args: string[]): Promise<OperatorRun>;
  /** The answer for scripts. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into answers of any shape
  runJson(...args: string[]): Promise<{ code: number | null; json: any; stderr: string }>;
  close(): void;
}

export function openCommandLine({ stack, clock }: Harness): CommandLine {
  const folder = mkdtempSync(path.join(tmpdir(), 'command-line-'));
  saveRunFile(stack.target, folder);
  const sleep = (ms: number): Promise<void> => {
    clock.advanceSeconds(ms / 1000);
    return Promise.resolve();
  };
  const run = async (...args: string[]): Promise<OperatorRun> => {
    const [stdout, stderr] = [new PassThrough(), new PassThrough()];
    const io = { stdin: Readable.from([]), stdout, stderr, env: {}, localDir: folder };
    const code = await runOperator(args, io, { clock, sleep });
    return { code, stdout: readAll(stdout), stderr: readAll(stderr) };
  };
  return {
    run,
    runJson: async (...args) => {
      const { code, stdout, stderr } = await run(...args, '--json');
      return { code, json: JSON.parse(stdout) as unknown, stderr };
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function readAll(stream: PassThrough): string {
  return String((stream.read() as Buffer | null) ?? '');
}
