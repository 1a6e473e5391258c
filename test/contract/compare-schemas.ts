import { flatten, type JsonSchema, type Resolve } from './json-schema.ts';

/** Limits that Discord's generator writes where Discord has none of its own. */
const PLACEHOLDERS: readonly unknown[] = [152_133, 1_521];

/**
 * Where a schema of ours lets through what Discord's does not, or refuses a member that Discord has: each as `pointer: what`.
 * Nothing means that whatever we accept Discord's document accepts, too.
 */
export function findDifferences(ours: JsonSchema, theirs: JsonSchema, resolve: Resolve, pointer = ''): string[] {
  const mine = flatten(ours, resolve);
  const discords = flatten(theirs, resolve);
  const differences = mine.schemas.flatMap((schema) => {
    const attempts = discords.schemas.map((candidate) => comparePlain(schema, candidate, resolve, pointer));
    // The one that is meant is the one that fits best.
    return attempts.toSorted((one, other) => one.length - other.length)[0] ?? [];
  });
  return mine.isNullable && !discords.isNullable ? [`${pointer}: null`, ...differences] : differences;
}

function comparePlain(ours: JsonSchema, theirs: JsonSchema, resolve: Resolve, pointer: string): string[] {
  if (theirs.type !== undefined && theirs.type !== ours.type) return [`${pointer}: type`];
  return [
    ...compareLimits(ours, theirs).map((keyword) => `${pointer}: ${keyword}`),
    ...(ours.items === undefined || theirs.items === undefined
      ? []
      : findDifferences(ours.items, theirs.items, resolve, `${pointer}/*`)),
    ...compareMembers(ours, theirs, resolve, pointer),
  ];
}

/** Every keyword by which ours is wider. */
function compareLimits(ours: JsonSchema, theirs: JsonSchema): string[] {
  if (theirs.enum !== undefined) {
    return ours.enum?.every((value) => theirs.enum?.includes(value)) === true ? [] : ['enum'];
  }
  if (ours.enum !== undefined) return [];
  const isInt32 = theirs.format === 'int32';
  const bounds = [
    ['minimum', ours.minimum, theirs.minimum ?? (isInt32 ? -(2 ** 31) : undefined), 1],
    ['maximum', ours.maximum, theirs.maximum ?? (isInt32 ? 2 ** 31 - 1 : undefined), -1],
    ['minLength', ours.minLength, theirs.minLength === 0 ? undefined : theirs.minLength, 1],
    ['maxLength', ours.maxLength, theirs.maxLength, -1],
    ['minItems', ours.minItems, theirs.minItems === 0 ? undefined : theirs.minItems, 1],
    ['maxItems', ours.maxItems, theirs.maxItems, -1],
  ] as const;
  const isWider = (mine: number | undefined, limit: number | undefined, sign: number) =>
    limit !== undefined && !PLACEHOLDERS.includes(limit) && (mine === undefined || mine * sign < limit * sign);
  return [
    ...bounds.filter(([, mine, limit, sign]) => isWider(mine, limit, sign)).map(([keyword]) => keyword),
    ...(theirs.uniqueItems === true && ours.uniqueItems !== true && ours.items !== undefined ? ['uniqueItems'] : []),
    ...(['snowflake', 'date-time'].includes(theirs.format ?? '') && ours.format !== theirs.format ? ['format'] : []),
    ...(theirs.contentEncoding !== undefined && ours.pattern === undefined ? ['contentEncoding'] : []),
  ];
}

function compareMembers(ours: JsonSchema, theirs: JsonSchema, resolve: Resolve, pointer: string): string[] {
  if (theirs.type !== 'object') return [];
  const members = theirs.properties ?? {};
  const offered = ours.properties ?? {};
  const isStrict = ours.additionalProperties === false;
  return [
    ...Object.entries(offered).flatMap(([name, schema]) => {
      const member = members[name];
      if (member === undefined) return [`${pointer}/${name}: unknown`];
      return findDifferences(schema, member, resolve, `${pointer}/${name}`);
    }),
    ...Object.keys(members)
      .filter((name) => isStrict && !(name in offered))
      .map((name) => `${pointer}/${name}: refused`),
    ...(theirs.required ?? [])
      .filter((name) => name in offered && ours.required?.includes(name) !== true)
      .map((name) => `${pointer}/${name}: optional`),
  ];
}
