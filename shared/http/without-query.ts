import { fail } from '../result.ts';
import { findParameterFaults } from './known-parameters.ts';
import type { OperatorRun } from './operator-route.ts';

/** An operator's route that has no query parameters: one that is there was meant for something else, and is refused. */
export function withoutQuery(run: OperatorRun): OperatorRun {
  return async (request, operator) => {
    const errors = findParameterFaults(request.query, []);
    return errors.length > 0 ? fail({ reason: 'input_invalid', errors }) : await run(request, operator);
  };
}
