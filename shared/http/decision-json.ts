import type { ActionDecision } from '../app/decide-action.ts';
import { findMender } from '../problems/mended-by.ts';
import { toProblem } from '../problems/to-problem.ts';

/** A decision as callers see it: whether the call would be made, and if not, all that stands against it and who can mend it. */
export function toDecisionJson(
  { failures }: Pick<ActionDecision, 'failures'>,
  publicBaseUrl: string,
  requestId: string,
) {
  return {
    would_work: failures.length === 0,
    problems: failures.map((failure) => {
      const { instance: _instance, ...problem } = toProblem(failure, publicBaseUrl, requestId);
      return { ...problem, mended_by: findMender(failure.reason) };
    }),
  };
}
