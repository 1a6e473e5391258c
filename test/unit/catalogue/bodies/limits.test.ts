import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { catalogue } from '../../../../shared/catalogue/index.ts';
import { LIMITS, type Limits } from '../../../../shared/catalogue/limits.ts';
import { buildLeast } from '../../../support/least-value.ts';

interface Limited {
  readonly pointer: string;
  readonly schema: z.core.$ZodType;
  readonly limits: Limits;
}

/** Every schema with limits of its own inside of another, with where it stands. */
function listLimited(schema: z.core.$ZodType, pointer = ''): Limited[] {
  const { def } = schema._zod as z.core.$ZodTypes['_zod'];
  const limits = LIMITS.get(schema);
  const own = limits === undefined ? [] : [{ pointer, schema, limits }];
  if (def.type === 'optional' || def.type === 'nullable') return listLimited(def.innerType, pointer);
  if (def.type === 'array') return [...own, ...listLimited(def.element, `${pointer}/*`)];
  if (def.type === 'union') return def.options.flatMap((option) => listLimited(option, pointer));
  if (def.type !== 'object') return own;
  return Object.entries(def.shape).flatMap(([name, member]) => listLimited(member, `${pointer}/${name}`));
}

interface Sides {
  readonly inside: readonly unknown[];
  readonly outside: readonly unknown[];
}

/** Values on both sides of each limit. */
function buildSides(schema: z.core.$ZodType, limits: Limits): Sides {
  const { minimum, maximum, minLength, maxLength, minItems, maxItems } = limits;
  if (limits.enum !== undefined) return { inside: limits.enum, outside: ['', 'other', -1, 1.5, 2 ** 53, null] };
  if (minimum !== undefined && maximum !== undefined) {
    const isExact = Number.isSafeInteger(maximum);
    const beyond = isExact ? [minimum - 1, maximum + 1] : [minimum * 2, maximum * 2];
    return { inside: [minimum, maximum], outside: [...beyond, 0.5, String(minimum)] };
  }
  if (minLength !== undefined && maxLength !== undefined) {
    // Each is one character and two UTF-16 units.
    const longest = '😀'.repeat(maxLength);
    return {
      inside: ['a'.repeat(minLength), longest],
      outside: [`${longest}a`, 17, ...(minLength > 0 ? ['a'.repeat(minLength - 1)] : [])],
    };
  }
  if (minItems !== undefined && maxItems !== undefined) {
    const items = (count: number) => Array.from({ length: count }, (_, index) => buildLeast(elementOf(schema), index));
    const twice = limits.uniqueItems === true && maxItems > 1 ? [[...items(1), ...items(1)]] : [];
    const few = minItems > 0 ? [items(minItems - 1)] : [];
    return { inside: [items(minItems), items(maxItems)], outside: [items(maxItems + 1), ...few, ...twice, 'a'] };
  }
  if (limits.format === 'date-time') {
    return { inside: ['2026-01-31T12:00:00Z'], outside: ['2026-01-31', '', 'T', '2026-02-31T25:00:00Z', 1769860800] };
  }
  if (limits.format === 'snowflake') return { inside: ['175928847299117063'], outside: [175928847299117060, '', 'a'] };
  if (limits.pattern !== undefined) {
    return { inside: ['0', '18446744073709551615'], outside: ['18446744073709551616', '-1', '0x1', '01', 8] };
  }
  return { inside: [0], outside: [1, -1, 1.5, 2 ** 60, '0'] };
}

function elementOf(schema: z.core.$ZodType): z.core.$ZodType {
  const { def } = schema._zod as z.core.$ZodTypes['_zod'];
  if (def.type !== 'array') throw new Error('only lists have items');
  return def.element;
}

const bodies = catalogue.flatMap(({ id, body }) =>
  body === undefined ? [] : listLimited(body.schema).map((limited) => [`${id} ${limited.pointer}`, limited] as const),
);

describe('the limits of bodies', () => {
  it('are there', () => {
    expect(bodies.length).toBeGreaterThan(150);
  });

  it.each(bodies)('hold at both sides: %s', (_, { schema, limits }) => {
    const { inside, outside } = buildSides(schema, limits);
    const isAccepted = (value: unknown) => z.safeParse(schema, value).success;

    expect(inside.filter((value) => !isAccepted(value))).toEqual([]);
    expect(outside.filter(isAccepted)).toEqual([]);
  });
});
