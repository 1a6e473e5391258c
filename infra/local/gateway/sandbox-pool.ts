import { FunctionFailure, ThrottledFailure } from './invoker.ts';
import type { InvocationContext, Invoker } from './invoker.ts';
import { MAX_QUEUED_INVOCATIONS } from './limits.ts';
import type { FunctionModel } from './read-functions.ts';
import { startSandbox } from './sandbox.ts';
import type { ContextData, Sandbox } from './sandbox.ts';

/** What the sandboxes of all functions have done so far. */
export interface SandboxStats {
  /** Events given to a sandbox. */
  readonly invocations: number;
  /** Sandboxes started. */
  readonly coldStarts: number;
  /** Events that failed: thrown, timed out, out of memory, exited, not loadable. */
  readonly failures: number;
  /** Events refused because the queue was full. */
  readonly throttled: number;
  /** Sandboxes that are alive now. */
  readonly sandboxes: number;
  /** Events that wait now. */
  readonly queued: number;
}

/** Settings of a pool. */
export interface SandboxPoolOptions {
  readonly functions: ReadonlyMap<string, FunctionModel>;
  readonly taskRootOf: (functionLogicalId: string) => string;
  /** Sandboxes for each function, if the template does not reserve fewer. */
  readonly sandboxesPerFunction: number;
  /** Events for each function that may wait; default {@link MAX_QUEUED_INVOCATIONS}. */
  readonly maxQueued?: number;
  readonly onLog: (functionLogicalId: string, line: string) => void;
}

/** Runs events of all functions in sandboxes. */
export interface SandboxPool {
  readonly invoke: Invoker;
  readonly stats: () => SandboxStats;
  /** Ends all sandboxes; whatever runs or waits fails. */
  readonly stop: () => Promise<void>;
}

function toContextData(context: InvocationContext): ContextData {
  const { functionName, functionVersion, invokedFunctionArn, memoryLimitInMB } = context;
  const { awsRequestId, logGroupName, logStreamName } = context;
  return {
    functionName,
    functionVersion,
    invokedFunctionArn,
    memoryLimitInMB,
    awsRequestId,
    logGroupName,
    logStreamName,
  };
}

interface Waiter {
  readonly take: (sandbox: Sandbox) => void;
  readonly refuse: (failure: Error) => void;
}

interface FunctionPool {
  readonly model: FunctionModel;
  readonly all: Set<Sandbox>;
  readonly idle: Sandbox[];
  readonly waiters: Set<Waiter>;
}

/**
 * Makes a pool: an event takes the warm sandbox used last, else starts one while fewer than `sandboxesPerFunction` exist, else
 * waits its turn, first come first served. Each function has its own sandboxes and its own queue, as on Lambda, where one busy
 * function does not slow another down.
 * @see Lambda Developer Guide, "Understanding Lambda function scaling"
 */
export function createSandboxPool(options: SandboxPoolOptions): SandboxPool {
  const maxQueued = options.maxQueued ?? MAX_QUEUED_INVOCATIONS;
  const pools = new Map<string, FunctionPool>();
  for (const [logicalId, model] of options.functions) {
    pools.set(logicalId, { model, all: new Set(), idle: [], waiters: new Set() });
  }
  const counts = { invocations: 0, coldStarts: 0, failures: 0, throttled: 0 };
  let stopped = false;

  function start(pool: FunctionPool): Sandbox {
    counts.coldStarts += 1;
    const { logicalId } = pool.model;
    const sandbox = startSandbox(pool.model, options.taskRootOf(logicalId), (line) => options.onLog(logicalId, line));
    pool.all.add(sandbox);
    return sandbox;
  }

  /** Forgets sandboxes that died, also those that died while nothing ran in them. */
  function removeDead(pool: FunctionPool): void {
    for (const sandbox of pool.all) if (!sandbox.isAlive()) pool.all.delete(sandbox);
    pool.idle.splice(0, pool.idle.length, ...pool.idle.filter((sandbox) => sandbox.isAlive()));
  }

  function takeOrStart(pool: FunctionPool): Sandbox | undefined {
    removeDead(pool);
    const limit = Math.min(options.sandboxesPerFunction, pool.model.reservedConcurrency ?? Infinity);
    return pool.idle.pop() ?? (pool.all.size < limit ? start(pool) : undefined);
  }

  function acquire(pool: FunctionPool, signal: AbortSignal | undefined): Promise<Sandbox> {
    const free = takeOrStart(pool);
    if (free !== undefined) return Promise.resolve(free);
    if (pool.waiters.size >= maxQueued || pool.model.reservedConcurrency === 0) {
      counts.throttled += 1;
      return Promise.reject(new ThrottledFailure(`${pool.model.logicalId}: ${pool.waiters.size} events already wait`));
    }
    return new Promise((resolve, reject) => {
      const waiter: Waiter = { take: resolve, refuse: reject };
      pool.waiters.add(waiter);
      signal?.addEventListener('abort', () => {
        if (pool.waiters.delete(waiter)) reject(new ThrottledFailure('given up while waiting'));
      });
    });
  }

  function release(pool: FunctionPool, sandbox: Sandbox): void {
    if (stopped) return;
    if (sandbox.isAlive()) pool.idle.push(sandbox);
    const [next] = pool.waiters;
    if (next === undefined) return;
    const free = takeOrStart(pool);
    if (free === undefined) return;
    pool.waiters.delete(next);
    next.take(free);
  }

  const invoke: Invoker = async (functionLogicalId, event, context, signal) => {
    const pool = pools.get(functionLogicalId);
    if (pool === undefined || stopped) throw new FunctionFailure(`no function ${functionLogicalId} runs here`);
    const sandbox = await acquire(pool, signal);
    counts.invocations += 1;
    try {
      const contextData = toContextData(context);
      return JSON.parse(await sandbox.invoke(JSON.stringify(event), contextData)) as unknown;
    } catch (failure) {
      counts.failures += 1;
      throw failure;
    } finally {
      release(pool, sandbox);
    }
  };

  return {
    invoke,
    stats: () => {
      const all = [...pools.values()];
      all.forEach(removeDead);
      return {
        ...counts,
        sandboxes: all.reduce((sum, pool) => sum + pool.all.size, 0),
        queued: all.reduce((sum, pool) => sum + pool.waiters.size, 0),
      };
    },
    stop: async () => {
      stopped = true;
      const all = [...pools.values()];
      for (const waiter of all.flatMap((pool) => [...pool.waiters]))
        waiter.refuse(new ThrottledFailure('the gateway stops'));
      all.forEach((pool) => pool.waiters.clear());
      await Promise.all(all.flatMap((pool) => [...pool.all].map((sandbox) => sandbox.stop())));
    },
  };
}
