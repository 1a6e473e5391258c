import { Worker } from 'node:worker_threads';
import { forwardLines } from './forward-lines.ts';
import { FunctionFailure } from './invoker.ts';
import type { InvocationContext } from './invoker.ts';
import { MAX_INIT_MS } from './limits.ts';
import { isRecord } from './template.ts';
import type { FunctionModel } from './read-functions.ts';

/** The part of a context that can be sent to another thread. */
export type ContextData = Omit<InvocationContext, 'getRemainingTimeInMillis' | 'callbackWaitsForEmptyEventLoop'>;

/** One execution environment of a function. It runs one event at a time and is not used again once it is dead. */
export interface Sandbox {
  readonly isAlive: () => boolean;
  /**
   * Runs one event; the caller sees to it that none is running.
   * @param eventJson - the event as JSON
   * @returns the handler's result as JSON
   * @throws FunctionFailure if the handler threw (the sandbox lives on) or the sandbox died: module not loadable, time-out,
   * memory, uncaught error, `process.exit`
   */
  readonly invoke: (eventJson: string, context: ContextData) => Promise<string>;
  readonly stop: () => Promise<void>;
}

/** Young generation of a sandbox's heap. Megabytes; V8's own default, or a quarter of a small function's memory. */
const YOUNG_GENERATION_MEGABYTES = 32;

interface Pending {
  readonly resolve: (message: Record<string, unknown>) => void;
  readonly reject: (failure: FunctionFailure) => void;
}

function toFailure(message: Record<string, unknown>): FunctionFailure {
  const [type, text] = [message['errorType'], message['errorMessage']].map(String);
  return new FunctionFailure(`${type ?? ''}: ${text ?? ''}`);
}

/**
 * Starts a sandbox: a worker thread with an environment of its own, its heap bounded by the function's memory (Buffers lie outside
 * of that bound), without the loaders and options of this process.
 * @param taskRoot - directory with the function's code
 * @param onLog - one line of the function's output, or of what Lambda itself would log
 * @see Lambda Developer Guide, "Understanding the Lambda execution environment lifecycle"
 */
export function startSandbox(model: FunctionModel, taskRoot: string, onLog: (line: string) => void): Sandbox {
  const worker = new Worker(new URL('./sandbox-worker.js', import.meta.url), {
    workerData: { taskRoot, handler: model.handler },
    env: { ...model.environment, LAMBDA_TASK_ROOT: taskRoot },
    execArgv: [],
    argv: [],
    stdout: true,
    stderr: true,
    resourceLimits: {
      maxOldGenerationSizeMb: model.memoryMegabytes,
      maxYoungGenerationSizeMb: Math.min(YOUNG_GENERATION_MEGABYTES, model.memoryMegabytes / 4),
    },
  });
  forwardLines(worker.stdout, onLog);
  forwardLines(worker.stderr, onLog);

  let death: FunctionFailure | undefined;
  let pending: Pending | undefined;

  function die(failure: FunctionFailure): void {
    death ??= failure;
    pending?.reject(death);
    pending = undefined;
    void worker.terminate();
  }

  worker.on('message', (message: unknown) => {
    if (isRecord(message)) pending?.resolve(message);
    pending = undefined;
  });
  worker.on('error', (error: unknown) => {
    const memory = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
    const reason = memory ? `out of memory (${model.memoryMegabytes} MB)` : `uncaught ${String(error)}`;
    onLog(`Runtime exited: ${reason}`);
    die(new FunctionFailure(reason));
  });
  worker.on('exit', (code) => die(new FunctionFailure(`Runtime exited with exit status ${code}`)));

  /** Waits for the worker's next message. On time-out the sandbox dies. */
  function nextMessage(timeoutMs: number, timedOut: string): Promise<Record<string, unknown>> {
    return new Promise((resolve, reject) => {
      if (death !== undefined) {
        reject(death);
        return;
      }
      const timer = setTimeout(() => {
        onLog(timedOut);
        die(new FunctionFailure(timedOut));
      }, timeoutMs);
      pending = {
        resolve: (message) => {
          clearTimeout(timer);
          resolve(message);
        },
        reject: (failure) => {
          clearTimeout(timer);
          reject(failure);
        },
      };
    });
  }

  async function init(): Promise<void> {
    const message = await nextMessage(MAX_INIT_MS, `Init phase timed out after ${MAX_INIT_MS / 1000} seconds`);
    if (message['kind'] === 'ready') return;
    onLog(`ERROR Init ${JSON.stringify(message)}`);
    const failure = toFailure(message);
    die(failure);
    throw failure;
  }

  const ready = init();
  // A sandbox may die unused; whoever invokes it gets the failure.
  ready.catch(() => undefined);

  return {
    isAlive: () => death === undefined,
    invoke: async (eventJson, context) => {
      await ready;
      const seconds = (model.timeoutMs / 1000).toFixed(2);
      const answer = nextMessage(model.timeoutMs, `${context.awsRequestId} Task timed out after ${seconds} seconds`);
      worker.postMessage({ event: eventJson, context, deadlineEpochMs: Date.now() + model.timeoutMs });
      const message = await answer;
      if (message['kind'] === 'result' && typeof message['json'] === 'string') return message['json'];
      onLog(`ERROR ${context.awsRequestId} Invoke Error ${JSON.stringify(message)}`);
      throw toFailure(message);
    },
    stop: async () => {
      die(new FunctionFailure('the gateway stops'));
      await worker.terminate();
    },
  };
}
