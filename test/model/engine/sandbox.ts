import { setImmediate as nextMacrotask } from 'node:timers/promises';
import type { Invoker } from '../../../infra/local/gateway/invoker.ts';
import type { LocalTarget } from '../../../infra/local/stack/local-target.ts';
import { liveEdges, type LiveOverrides } from '../../../shared/edges/live.ts';
import { createInProcessInvoker } from '../../support/in-process-invoker.ts';
import { Turnstile, type Fault, type Strike, type WaitForTurn } from './turnstile.ts';

/** How a piece of work is done. */
export interface RunOptions {
  readonly fault?: Fault | undefined;
  /** Absent: it runs alone. */
  readonly wait?: WaitForTurn | undefined;
}

/** What works inside a sandbox: the functions, and the operator's commands, over edges of the same kind. */
export interface Inside {
  readonly invoke: Invoker;
  readonly edges: () => ReturnType<typeof liveEdges>;
}

/** One warm sandbox with caches of its own, in which the real functions run; its way out is a {@link Turnstile}. */
export interface Sandbox {
  /** @returns what the work came to, or nothing when the sandbox died over it */
  run<T>(work: (inside: Inside) => Promise<T>, options: RunOptions): Promise<{ readonly value: T } | undefined>;
  /** Forgets what it holds in memory. */
  coldStart(): void;
  /** How the last piece of work fared with its fault. */
  strike(): Strike;
}

/** @param buildOverrides - edges whose calls to AWS and Discord pass the turnstile */
export function createSandbox(target: LocalTarget, buildOverrides: (turnstile: Turnstile) => LiveOverrides): Sandbox {
  const turnstile = new Turnstile();
  const overrides = buildOverrides(turnstile);
  const inProcess = createInProcessInvoker(target, overrides);
  // Made anew only when it is used: most sequences need two sandboxes.
  let isCold = false;
  return {
    run: async (work, { fault, wait }) => {
      if (isCold) inProcess.coldStart();
      isCold = false;
      let die = (): void => undefined;
      const death = new Promise<undefined>((resolve) => {
        die = () => resolve(undefined);
      });
      turnstile.begin({ fault, wait, onDeath: die });
      const working = work({ invoke: (...call) => inProcess.invoke(...call), edges: () => liveEdges(overrides) }).then(
        (value) => ({ value }),
      );
      const done = await Promise.race([working, death]);
      if (done === undefined) {
        // Whatever the dead one was about to do stands still by then; another sandbox takes its place.
        await nextMacrotask();
        isCold = true;
      }
      return done;
    },
    coldStart: () => {
      isCold = true;
    },
    strike: () => turnstile.strike,
  };
}
