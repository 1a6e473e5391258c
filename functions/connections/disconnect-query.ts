import { findParameterFaults } from '../../shared/http/known-parameters.ts';
import type { InputFailure } from '../../shared/problems/failure.ts';
import { fail, ok, type Result } from '../../shared/result.ts';

const PARAMETER = 'delete_webhooks';

/** Reads `delete_webhooks` (`true` or `false`, default false) of `DELETE /connections/{connection_id}`. */
export function parseDisconnectQuery(
  query: URLSearchParams,
): Result<{ readonly deleteWebhooks: boolean }, InputFailure> {
  const errors = findParameterFaults(query, [PARAMETER]);
  const value = query.get(PARAMETER);
  if (value !== null && value !== 'true' && value !== 'false') {
    errors.push({ parameter: PARAMETER, detail: 'must be true or false' });
  }
  return errors.length > 0 ? fail({ reason: 'input_invalid', errors }) : ok({ deleteWebhooks: value === 'true' });
}
