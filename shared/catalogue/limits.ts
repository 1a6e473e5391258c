import * as z from 'zod/mini';

/** Keywords of JSON Schema. */
export interface Limits {
  readonly type?: 'integer';
  readonly enum?: readonly (string | number)[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: true;
  readonly pattern?: string;
  readonly format?: 'date-time' | 'snowflake';
}

/**
 * What checks that are written in code demand, for whoever writes schemas down: `z.toJSONSchema(schema, { metadata: LIMITS })`.
 * Our lengths count code points, as JSON Schema's do and Discord's; zod's own would count UTF-16 units.
 */
export const LIMITS = z.registry<Limits>();
