import { createOperatorEdges, type OperatorEdges } from '../../infra/operator/operator-edges.ts';
import type { Deadline } from '../../shared/app/ports.ts';
import type { Harness } from './harness.ts';

/** All edges over the harness's world, on its clock, as another process would have them: nothing in memory. */
export function openEdges({ stack, clock, log }: Harness): OperatorEdges {
  return createOperatorEdges(stack.target.operator, log, {
    clock,
    sleep: (ms) => {
      clock.advanceSeconds(ms / 1000);
      return Promise.resolve();
    },
  });
}

/** Plenty of time. */
export const NO_HURRY: Deadline = { remainingMs: () => 600_000 };

/** A run that is cut off: after it was asked so often how much is left, there is nothing left. */
export function cutOffAfter(looks: number): Deadline {
  let left = looks;
  return {
    remainingMs: () => {
      left -= 1;
      return left >= 0 ? 600_000 : 0;
    },
  };
}
