import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { integer, list, maybe, oneOf, snowflakes, text } from '../../../shared/catalogue/bodies/fields.ts';
import { describeSchema, listMembers, toJsonSchema } from '../../../shared/catalogue/describe-schema.ts';
import { snowflake, time } from '../../../shared/catalogue/parameters.ts';

describe('describeSchema', () => {
  it.each([
    ['id', snowflake],
    ['time (ISO 8601)', time],
    ['text', z.string()],
    ['text of 1 to 80 characters', text(1, 80)],
    ['text of at most 80 characters or null', maybe(text(0, 80))],
    ['whole number from 0 to 604800', integer(0, 604_800)],
    ['whole number from 0 to 5 or null', maybe(integer(0, 5))],
    ['one of `10`, `11`', oneOf(10, 11)],
    ['`true` or `false` or null', maybe(z.boolean())],
    ['list of 2 to 100 different entries, each id', snowflakes(2, 100)],
    ['list of at most 3 entries, each object (`a`)', list(z.looseObject({ a: z.string() }), 0, 3)],
    ['list; each text', z.array(z.string())],
    ['object', z.looseObject({})],
  ])('says %s', (words, schema) => {
    expect(describeSchema(toJsonSchema(schema))).toBe(words);
  });
});

describe('listMembers', () => {
  it('has a line for each member and says which are required', () => {
    expect(listMembers(toJsonSchema(z.strictObject({ id: snowflake, nick: maybe(text(0, 32)) })))).toEqual([
      '  - `id` (required): id',
      '  - `nick`: text of at most 32 characters or null',
    ]);
  });
});
