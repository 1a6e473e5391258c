import type { OperatorInputFailure } from '../app/operate-tenants.ts';
import type { Failure } from '../problems/failure.ts';
import { fail, type Result } from '../result.ts';

/** Where a route takes the ids from that a use case may refuse. */
export type IdPlace = 'parameters' | 'body';

/** What an operator did wrong, as a problem. The one mapper from the use cases that the operator commands share. */
export function toOperatorProblem(
  { kind, detail, pointer, parameter }: OperatorInputFailure,
  ids: IdPlace = 'parameters',
): Failure {
  if (kind === 'tenant_not_found' || kind === 'api_key_not_found') return { reason: kind };
  if (kind !== undefined) return { reason: kind, detail: toSentence(detail) };
  if (pointer !== undefined) return { reason: 'input_invalid', errors: [{ pointer, detail }] };
  if (parameter === undefined) return { reason: 'input_invalid', errors: [{ detail }] };
  const place = ids === 'body' ? { pointer: `/${parameter}` } : { parameter };
  return { reason: 'input_invalid', errors: [{ ...place, detail }] };
}

/** The same for a whole result, whose other failures are problems already. */
export function mapOperatorInput<T, F extends Failure>(
  result: Result<T, OperatorInputFailure | F>,
  ids: IdPlace = 'parameters',
): Result<T, Failure> {
  if (result.ok) return result;
  const { failure } = result;
  return fail(failure.reason === 'operator_input_invalid' ? toOperatorProblem(failure, ids) : failure);
}

function toSentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
