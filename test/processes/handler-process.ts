import { fork } from 'node:child_process';
import { forwardLines } from '../../infra/local/gateway/forward-lines.ts';
import { FunctionFailure } from '../../infra/local/gateway/invoker.ts';
import {
  FROZEN_LINE,
  type ChildSetup,
  type ChildTime,
  type Job,
  type JobAnswer,
  type JobMessage,
} from './child/messages.ts';

/** A real process with the product's handlers in it. */
export interface HandlerProcess {
  /** @throws FunctionFailure when the process is dead or dies over it, Error when the job itself failed */
  run(job: Job): Promise<JobAnswer & { ok: true }>;
  /** Resolves when the process stops next at the moment of a `freeze`. */
  untilFrozen(): Promise<void>;
  /** Lets a frozen process go on, for which it is now that late. */
  thaw(time: ChildTime): Promise<void>;
  /** What it ended by; absent while it lives. */
  readonly end: ProcessEnd | undefined;
  /** Kills it, if it lives. */
  stop(): Promise<void>;
}

export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/**
 * Starts one.
 * @param file - of the {@link ProcessBundle}
 * @param onLine - told what the process writes
 */
export function startHandlerProcess(file: string, setup: ChildSetup, onLine: (line: string) => void): HandlerProcess {
  const child = fork(file, [JSON.stringify(setup)], {
    execArgv: [],
    env: { PATH: process.env['PATH'] },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const waiting = new Map<number, { resolve: (answer: JobAnswer) => void; reject: (error: Error) => void }>();
  let count = 0;
  let end: ProcessEnd | undefined;
  let noteFrozen: () => void = () => undefined;
  if (child.stdout === null || child.stderr === null) throw new Error('a child process without output');
  forwardLines(child.stdout, (line) => (line === FROZEN_LINE ? noteFrozen() : onLine(line)));
  forwardLines(child.stderr, onLine);
  child.on('message', (message) => {
    const answer = message as JobAnswer;
    waiting.get(answer.id)?.resolve(answer);
    waiting.delete(answer.id);
  });
  const ended = new Promise<void>((resolve) => {
    child.on('exit', (code, signal) => {
      end = { code, signal };
      for (const { reject } of waiting.values()) reject(new FunctionFailure(`process ended: ${signal ?? code ?? ''}`));
      waiting.clear();
      resolve();
    });
  });

  const ask = (job: Job): Promise<JobAnswer> =>
    new Promise((resolve, reject) => {
      if (end !== undefined) {
        reject(new FunctionFailure('the process is dead'));
        return;
      }
      const id = (count += 1);
      waiting.set(id, { resolve, reject });
      const message: JobMessage = { id, job };
      child.send(message);
    });

  return {
    run: async (job) => {
      const answer = await ask(job);
      if (!answer.ok) throw new Error(answer.error);
      return answer;
    },
    untilFrozen: () => new Promise((resolve) => (noteFrozen = resolve)),
    thaw: async (time) => {
      const going = ask({ kind: 'thaw', time });
      child.kill('SIGCONT');
      await going;
    },
    get end() {
      return end;
    },
    stop: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
