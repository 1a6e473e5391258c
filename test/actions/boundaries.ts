import type * as z from 'zod/mini';
import { LIMITS, type Limits } from '../../shared/catalogue/limits.ts';
import { buildLeast } from '../support/least-value.ts';

/** Values on both sides of a limit. */
export interface Sides {
  readonly inside: readonly unknown[];
  readonly outside: readonly unknown[];
}

export interface Limited {
  /** Where it stands in a body; of a parameter empty. 0 stands for the first entry of a list. */
  readonly path: readonly (string | number)[];
  readonly sides: Sides;
}

type Def = z.core.$ZodTypes['_zod']['def'];

function defOf(schema: z.core.$ZodType): Def {
  return (schema._zod as z.core.$ZodTypes['_zod']).def;
}

/** Every number range, length and count in a schema, with values on both sides. */
export function listLimited(schema: z.core.$ZodType, path: readonly (string | number)[] = []): Limited[] {
  const def = defOf(schema);
  const sides = findSides(schema);
  const own = sides === undefined ? [] : [{ path, sides }];
  if (def.type === 'optional' || def.type === 'nullable') return listLimited(def.innerType, path);
  if (def.type === 'array') return [...own, ...listLimited(def.element, [...path, 0])];
  if (def.type === 'union') return def.options.flatMap((option) => listLimited(option, path));
  if (def.type !== 'object') return own;
  return Object.entries(def.shape).flatMap(([name, member]) => listLimited(member, [...path, name]));
}

function findSides(schema: z.core.$ZodType): Sides | undefined {
  const { minimum, maximum, minLength, maxLength, minItems, maxItems }: Limits = LIMITS.get(schema) ?? {};
  if (minimum !== undefined && maximum !== undefined) {
    // Beyond 2^53 one more is the same number.
    if (!Number.isSafeInteger(maximum + 1)) return undefined;
    return { inside: [minimum, maximum], outside: [minimum - 1, maximum + 1] };
  }
  if (minLength !== undefined && maxLength !== undefined) {
    const texts = (lengths: readonly number[]) => lengths.map((length) => '😀'.repeat(length));
    return { inside: texts([minLength, maxLength]), outside: texts([...listBelow(minLength), maxLength + 1]) };
  }
  const def = defOf(schema);
  if (def.type !== 'array' || minItems === undefined || maxItems === undefined) return undefined;
  const lists = (counts: readonly number[]) =>
    counts.map((count) => Array.from({ length: count }, (_, index) => buildLeast(def.element, index)));
  return { inside: lists([minItems, maxItems]), outside: lists([...listBelow(minItems), maxItems + 1]) };
}

function listBelow(minimum: number): number[] {
  return minimum > 0 ? [minimum - 1] : [];
}

/** The smallest and the greatest id that is taken, and their neighbours: 14 digits and 2^64. */
const SNOWFLAKE_SIDES: Sides = {
  inside: ['100000000000000', '18446744073709551615'],
  outside: ['99999999999999', '18446744073709551616'],
};

/** Of a parameter of path or query: as texts, ids and words included. */
export function findParameterSides(schema: z.core.$ZodType): { inside: string[]; outside: string[] } {
  const def = defOf(schema);
  if (def.type === 'optional') return findParameterSides(def.innerType);
  const options = def.type === 'union' ? def.options : [schema];
  const isId = options.some((option) => LIMITS.get(option)?.format === 'snowflake');
  const [limited] = listLimited(schema);
  const { inside, outside } = isId ? SNOWFLAKE_SIDES : (limited?.sides ?? { inside: [], outside: ['other words'] });
  // Percent-encoded an emoji takes 12 characters: more than API Gateway lets stand in a query.
  const toText = (value: unknown) => String(value).replaceAll('😀', 'é');
  return { inside: inside.map(toText), outside: outside.map(toText) };
}

/**
 * A copy of a body in which this value stands there. What is needed around it is the least that its schema takes.
 * @param schema - of the body
 */
export function putValue(
  schema: z.core.$ZodType,
  body: unknown,
  [step, ...rest]: readonly (string | number)[],
  value: unknown,
): unknown {
  const def = defOf(schema);
  if (def.type === 'optional' || def.type === 'nullable') {
    return putValue(def.innerType, body, step === undefined ? [] : [step, ...rest], value);
  }
  if (step === undefined) return value;
  if (def.type === 'array') {
    const least = buildLeast(schema) as unknown[];
    return [putValue(def.element, least[0] ?? buildLeast(def.element), rest, value), ...least.slice(1)];
  }
  const member = def.type === 'object' ? def.shape[step] : undefined;
  if (member === undefined) throw new Error(`no member ${step} in the schema of a body`);
  const around = (body ?? buildLeast(schema)) as Record<string, unknown>;
  return { ...around, [step]: putValue(member, around[step], rest, value) };
}
