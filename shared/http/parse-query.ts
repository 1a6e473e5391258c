import type * as z from 'zod/mini';
import type { InputError, InputFailure } from '../problems/failure.ts';
import { fail, ok, type Result } from '../result.ts';
import { findParameterFaults } from './known-parameters.ts';

/** What a query may hold: one schema for each parameter, all of which may be absent. */
type QuerySchemas = Readonly<Record<string, z.ZodMiniType<string>>>;

/** The parameters that are there. */
export type ParsedQuery<S extends QuerySchemas> = { readonly [Name in keyof S]?: z.infer<S[Name]> };

/** Reads a query. What is not known, stands there twice or does not fit is named; the caller's values are never echoed. */
export function parseQuery<S extends QuerySchemas>(
  query: URLSearchParams,
  schemas: S,
): Result<ParsedQuery<S>, InputFailure> {
  const errors: InputError[] = findParameterFaults(query, Object.keys(schemas));
  const values: Record<string, string> = {};
  for (const [parameter, schema] of Object.entries(schemas)) {
    const given = query.get(parameter);
    if (given === null) continue;
    const parsed = schema.safeParse(given);
    if (parsed.success) values[parameter] = parsed.data;
    else errors.push({ parameter, detail: parsed.error.issues[0]?.message ?? 'is not valid' });
  }
  return errors.length > 0 ? fail({ reason: 'input_invalid', errors }) : ok(values as ParsedQuery<S>);
}
