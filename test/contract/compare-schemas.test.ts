import { describe, expect, it } from 'vitest';
import { findDifferences } from './compare-schemas.ts';
import type { JsonSchema } from './json-schema.ts';

const text = (maxLength: number): JsonSchema => ({ type: 'string', maxLength });
const object = (properties: Record<string, JsonSchema>, more: JsonSchema = {}): JsonSchema => ({
  type: 'object',
  properties,
  additionalProperties: false,
  ...more,
});

const compare = (ours: JsonSchema, theirs: JsonSchema) =>
  findDifferences(ours, theirs, (reference) => {
    if (reference === '#/components/schemas/Id') return { type: 'string', format: 'snowflake' };
    throw new Error(reference);
  });

describe('findDifferences', () => {
  it('finds none where ours is the same or narrower', () => {
    expect(compare(text(80), text(80))).toEqual([]);
    expect(compare({ ...text(79), minLength: 1 }, { type: ['string', 'null'], maxLength: 80 })).toEqual([]);
    expect(compare({ type: 'integer', minimum: 1, maximum: 2 }, { type: 'number', minimum: 0, maximum: 2 })).toEqual([
      ': type',
    ]);
    expect(compare({ type: 'string', format: 'snowflake' }, { $ref: '#/components/schemas/Id' })).toEqual([]);
    expect(compare({ type: 'integer', enum: [1] }, { type: 'integer', oneOf: [{ const: 1 }, { const: 2 }] })).toEqual(
      [],
    );
  });

  it.each<[string, JsonSchema, JsonSchema]>([
    ['maxLength', text(81), text(80)],
    ['maxLength', { type: 'string' }, text(80)],
    ['minLength', text(80), { ...text(80), minLength: 1 }],
    ['minimum', { type: 'integer', minimum: 0 }, { type: 'integer', minimum: 1 }],
    ['maximum', { type: 'integer', maximum: 2 ** 31 }, { type: 'integer', format: 'int32', minimum: -5 }],
    ['maxItems', { type: 'array', maxItems: 4 }, { type: 'array', maxItems: 3 }],
    ['uniqueItems', { type: 'array', items: {} }, { type: 'array', uniqueItems: true }],
    ['enum', { type: 'integer', enum: [1, 3] }, { type: 'integer', enum: [1, 2] }],
    ['enum', { type: 'integer' }, { type: 'integer', oneOf: [{ const: 1 }] }],
    ['format', { type: 'string' }, { $ref: '#/components/schemas/Id' }],
    ['type', { type: 'string' }, { type: 'integer' }],
    ['null', { anyOf: [text(1), { type: 'null' }] }, text(1)],
  ])('finds a wider %s', (keyword, ours, theirs) => {
    expect(compare(ours, theirs)).toContain(`: ${keyword}`);
  });

  it('finds members that Discord has not, that are refused, and that may be left out', () => {
    const theirs = object({ a: text(1), b: text(1) }, { required: ['a'] });

    expect(compare(object({ a: text(1), c: text(1) }), theirs)).toEqual(['/c: unknown', '/b: refused', '/a: optional']);
    expect(compare({ ...object({}), additionalProperties: {} }, theirs)).toEqual([]);
  });

  it('looks into lists and into unions of objects', () => {
    const theirs: JsonSchema = {
      type: 'array',
      items: { oneOf: [object({ a: text(1), kind: { enum: [1] } }), object({ a: text(5), kind: { enum: [2] } })] },
    };

    expect(compare({ type: 'array', items: object({ a: text(5), kind: { enum: [1, 2] } }) }, theirs)).toEqual([]);
    expect(compare({ type: 'array', items: object({ a: text(6), kind: { enum: [3] } }) }, theirs)).toEqual([
      '/*/a: maxLength',
      '/*/kind: enum',
    ]);
  });
});
