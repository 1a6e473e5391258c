import * as z from 'zod/mini';

/** The keywords of JSON Schema that are compared here. */
export interface JsonSchema {
  readonly $ref?: string | undefined;
  readonly type?: string | readonly string[] | undefined;
  readonly format?: string | undefined;
  readonly pattern?: string | undefined;
  readonly contentEncoding?: string | undefined;
  readonly const?: unknown;
  readonly enum?: readonly unknown[] | undefined;
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
  readonly minLength?: number | undefined;
  readonly maxLength?: number | undefined;
  readonly minItems?: number | undefined;
  readonly maxItems?: number | undefined;
  readonly uniqueItems?: boolean | undefined;
  readonly items?: JsonSchema | undefined;
  readonly properties?: Readonly<Record<string, JsonSchema>> | undefined;
  readonly required?: readonly string[] | undefined;
  readonly additionalProperties?: unknown;
  readonly oneOf?: readonly JsonSchema[] | undefined;
  readonly anyOf?: readonly JsonSchema[] | undefined;
}

const number = z.optional(z.number());
const text = z.optional(z.string());

/** Unknown keywords are left out. */
export const jsonSchema: z.ZodMiniType<JsonSchema> = z.lazy(() =>
  z.object({
    $ref: text,
    type: z.optional(z.union([z.string(), z.array(z.string())])),
    format: text,
    pattern: text,
    contentEncoding: text,
    const: z.optional(z.unknown()),
    enum: z.optional(z.array(z.unknown())),
    minimum: number,
    maximum: number,
    minLength: number,
    maxLength: number,
    minItems: number,
    maxItems: number,
    uniqueItems: z.optional(z.boolean()),
    items: z.optional(jsonSchema),
    properties: z.optional(z.record(z.string(), jsonSchema)),
    required: z.optional(z.array(z.string())),
    additionalProperties: z.optional(z.unknown()),
    oneOf: z.optional(z.array(jsonSchema)),
    anyOf: z.optional(z.array(jsonSchema)),
  }),
);

/** Finds what `#/components/schemas/…` refers to. */
export type Resolve = (reference: string) => JsonSchema;

/** A schema in plain form: one of these, none of them a union or a reference, or null too. */
export interface Alternatives {
  readonly isNullable: boolean;
  readonly schemas: readonly JsonSchema[];
}

/**
 * Objects of a union are put together into one that has the members of all, and enumerations into one of all values: which go
 * together is not compared.
 */
export function flatten(schema: JsonSchema, resolve: Resolve): Alternatives {
  const found = listAlternatives(schema, resolve);
  const schemas = found.filter(({ type }) => type !== 'null');
  const objects = schemas.filter(({ type }) => type === 'object');
  const enumerations = schemas.filter((one) => one.enum !== undefined);
  return {
    isNullable: schemas.length < found.length,
    schemas: [
      ...schemas.filter((one) => !objects.includes(one) && !enumerations.includes(one)),
      ...(objects.length > 1 ? [mergeObjects(objects)] : objects),
      ...(enumerations.length > 1
        ? [{ type: enumerations[0]?.type, enum: enumerations.flatMap((one) => one.enum ?? []) }]
        : enumerations),
    ],
  };
}

function listAlternatives(schema: JsonSchema, resolve: Resolve): JsonSchema[] {
  if (schema.$ref !== undefined) return listAlternatives(resolve(schema.$ref), resolve);
  const union = schema.oneOf ?? schema.anyOf;
  if (union !== undefined) {
    // Discord writes an enumeration as a union of constants.
    const isEnumeration = schema.type !== undefined && union.every((one) => one.const !== undefined);
    if (isEnumeration) return [{ type: schema.type, enum: union.map((one) => one.const) }];
    return union.flatMap((one) => listAlternatives(one, resolve));
  }
  if (typeof schema.type === 'object') return schema.type.map((type) => ({ ...schema, type }));
  return [schema.const === undefined ? schema : { ...schema, enum: [schema.const] }];
}

function mergeObjects(objects: readonly JsonSchema[]): JsonSchema {
  const names = [...new Set(objects.flatMap(({ properties = {} }) => Object.keys(properties)))];
  const isRequired = (name: string) => objects.every(({ required = [] }) => required.includes(name));
  return {
    type: 'object',
    properties: Object.fromEntries(
      names.map((name) => [name, { anyOf: objects.flatMap(({ properties = {} }) => properties[name] ?? []) }]),
    ),
    required: names.filter(isRequired),
  };
}
