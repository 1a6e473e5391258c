import type * as z from 'zod/mini';
import { toJsonSchema } from '../catalogue/describe-schema.ts';

/**
 * JSON Schema 2020-12, which OpenAPI 3.1 speaks, with the limits that our checks have in code. What they say beyond that
 * stands in their errors.
 */
export function toSchema(schema: z.ZodMiniType): Readonly<Record<string, unknown>> {
  const { $schema: _dialect, ...json } = toJsonSchema(schema);
  return json;
}
