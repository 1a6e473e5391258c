import * as z from 'zod/mini';
import { LIMITS } from './limits.ts';

/** A schema of the catalogue in JSON Schema 2020-12, with the limits that are checked in code. */
export function toJsonSchema(schema: z.ZodMiniType): z.core.JSONSchema.BaseSchema {
  return z.toJSONSchema(schema, { metadata: LIMITS, io: 'input' });
}

type JsonSchema = z.core.JSONSchema.JSONSchema;

/** What a value must be, in a few words. */
export function describeSchema(schema: JsonSchema): string {
  // Where a value may be null zod writes two types.
  const { type } = schema as { readonly type?: string | readonly string[] };
  if (typeof type === 'object')
    return type.map((one) => describeSchema({ ...schema, type: one } as JsonSchema)).join(' or ');
  if (schema.anyOf !== undefined) return [...new Set(schema.anyOf.map(describeSchema))].join(' or ');
  if (schema.enum !== undefined) return `one of ${schema.enum.map((value) => `\`${String(value)}\``).join(', ')}`;
  if (schema.type === 'null') return 'null';
  if (schema.type === 'boolean') return '`true` or `false`';
  if (schema.type === 'integer') return `whole number${describeRange(schema.minimum, schema.maximum)}`;
  if (schema.type === 'number') return 'number';
  if (schema.type === 'string') return describeText(schema);
  if (schema.type === 'array') return describeList(schema);
  return schema.type === 'object' ? describeObject(schema) : 'any value';
}

function describeRange(minimum: number | undefined, maximum: number | undefined): string {
  if (minimum === undefined || maximum === undefined) return '';
  return Number.isSafeInteger(maximum) ? ` from ${minimum} to ${maximum}` : ' of 64 bits';
}

function describeCount(least: number | undefined, most: number | undefined): string {
  return least === undefined || least === 0 ? `at most ${most ?? 'any number of'}` : `${least} to ${most ?? 'more'}`;
}

function describeText(schema: JsonSchema): string {
  if (schema.format === 'snowflake') return 'id';
  if (schema.format === 'date-time') return 'time (ISO 8601)';
  if (schema.maxLength !== undefined) return `text of ${describeCount(schema.minLength, schema.maxLength)} characters`;
  return 'text';
}

function describeList(schema: JsonSchema): string {
  const item = typeof schema.items === 'object' && !Array.isArray(schema.items) ? describeSchema(schema.items) : 'any';
  if (schema.maxItems === undefined) return `list; each ${item}`;
  const different = schema.uniqueItems === true ? 'different ' : '';
  return `list of ${describeCount(schema.minItems, schema.maxItems)} ${different}entries, each ${item}`;
}

function describeObject(schema: JsonSchema): string {
  const names = Object.keys(schema.properties ?? {}).map((name) => `\`${name}\``);
  return names.length === 0 ? 'object' : `object (${names.join(', ')})`;
}

/** One line of a list for each member of an object, two spaces in. */
export function listMembers(schema: JsonSchema): string[] {
  return Object.entries(schema.properties ?? {}).map(([name, member]) => {
    const isRequired = schema.required?.includes(name) === true;
    const words = typeof member === 'boolean' ? 'any value' : describeSchema(member);
    return `  - \`${name}\`${isRequired ? ' (required)' : ''}: ${words}`;
  });
}
