import { setImmediate as nextMacrotask } from 'node:timers/promises';
import type { WaitForTurn } from './turnstile.ts';

/** One of several that run together. */
export interface Runner {
  readonly name: string;
  /** Every call to the outside waits for its turn first. */
  readonly run: (wait: WaitForTurn) => Promise<void>;
}

/** Milliseconds without anybody ready to move before it counts as stuck. */
const STUCK_MS = 20_000;

/** Steps that all of them together may take. */
const MAX_STEPS = 2_000;

/**
 * Runs several at once, step by step: only one of them moves at any time, from one call to the outside to the next, and
 * `turns` says which. So every interleaving of their calls can happen; where the calls stay in this process, it happens
 * again for the same `turns`.
 * @param turns - whose turn it is, modulo those that can move; when they are used up, all take turns
 * @returns in which order they moved, for people
 */
export async function runInTurns(runners: readonly Runner[], turns: readonly number[]): Promise<string[]> {
  const waiting: { readonly name: string; readonly go: () => void }[] = [];
  const trace: string[] = [];
  const errors: unknown[] = [];
  let [running, calls] = [runners.length, 0];

  for (const { name, run } of runners) {
    const wait: WaitForTurn = (place) =>
      new Promise((resolve) => {
        const go = (): void => {
          calls += 1;
          resolve(() => {
            calls -= 1;
          });
        };
        waiting.push({ name: `${name} ${place}`, go });
      });
    void wait('start')
      .then((done) => {
        done();
        return run(wait);
      })
      .catch((error: unknown) => errors.push(error))
      .finally(() => {
        running -= 1;
      });
  }

  const isAnyRunning = (): boolean => running > 0;
  const isMoving = (): boolean => isAnyRunning() && (calls > 0 || waiting.length === 0);
  for (let step = 0; isAnyRunning(); step += 1) {
    if (step > MAX_STEPS) throw new Error(`no end after ${MAX_STEPS} steps: ${trace.slice(-20).join(', ')}`);
    const at = (turns[step] ?? step) % waiting.length;
    const [next] = waiting.splice(at, 1);
    if (next === undefined) throw new Error(`nobody can move: ${trace.slice(-20).join(', ')}`);
    trace.push(next.name);
    next.go();
    const stuckAt = performance.now() + STUCK_MS;
    // It moves until it waits again or is done; a request may also have several calls under way.
    do {
      await nextMacrotask();
      if (performance.now() > stuckAt) throw new Error(`stuck after: ${trace.slice(-20).join(', ')}`);
    } while (isMoving());
  }
  if (errors.length > 0) throw errors[0];
  return trace;
}
