import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ItemKey } from '../../shared/edges/keys.ts';
import type { TableClient } from '../../shared/edges/table-client.ts';
import { useStoreWorld } from '../stores/engine/use-store-world.ts';
import { PlainItems, PlainTable } from './engine/plain/plain-table.ts';
import { Turnstile } from './engine/turnstile.ts';

/** One call to a table; the keys get a prefix of the run, so that runs do not see each other. */
type Call = (table: TableClient, prefix: string) => Promise<unknown>;

const NUMBERS = ['counted', 'untilEpochMs'] as const;
const TEXTS = ['status', 'owner'] as const;

const key = fc.record({ pk: fc.constantFrom('A', 'B'), sk: fc.constantFrom('a', 'ab', 'b') });
const within = (prefix: string, { pk, sk }: ItemKey): ItemKey => ({ pk: `${prefix}${pk}`, sk });

const text = fc.constantFrom('x', 'y', 'z');
const members = fc.uniqueArray(text, { minLength: 1 }).map((list) => new Set(list));
const small = fc.integer({ min: -3, max: 3 });
const lease = fc.record({ owner: text, untilEpochMs: small });

const item = fc.record(
  {
    status: text,
    owner: text,
    counted: small,
    untilEpochMs: small,
    members,
    lease,
    isOwed: fc.boolean(),
    list: fc.array(text, { maxLength: 2 }),
    gsi1pk: fc.constantFrom('L', 'M'),
    gsi1sk: fc.constantFrom('a', 'ab', 'b'),
  },
  { requiredKeys: [] },
);

/** An expression with what it names. `#s` stands for `status`, which is a reserved word. */
interface Expression {
  readonly text: string;
  readonly values: Readonly<Record<string, unknown>>;
}

const merge = (parts: readonly Expression[], join: (texts: readonly string[]) => string): Expression => ({
  text: join(parts.map((part) => part.text)),
  values: Object.assign({}, ...parts.map((part) => part.values)) as Record<string, unknown>,
});

let placeholders = 0;
const withValue = (value: unknown, build: (name: string) => string): Expression => {
  placeholders += 1;
  const name = `:v${placeholders}`;
  return { text: build(name), values: { [name]: value } };
};

const nameOf = (attribute: string): string =>
  attribute === 'status' ? '#s' : attribute === 'owner' ? '#o' : attribute;

const operator = fc.constantFrom('=', '<>', '<', '<=', '>', '>=');
const comparison = fc.oneof(
  fc
    .tuple(fc.constantFrom(...NUMBERS, 'lease.untilEpochMs'), operator, small)
    .map(([attribute, how, value]) => withValue(value, (name) => `${nameOf(attribute)} ${how} ${name}`)),
  fc
    .tuple(fc.constantFrom(...TEXTS, 'lease.#o'), operator, text)
    .map(([attribute, how, value]) => withValue(value, (name) => `${nameOf(attribute)} ${how} ${name}`)),
  fc
    .tuple(
      fc.constantFrom('attribute_exists', 'attribute_not_exists'),
      fc.constantFrom('pk', 'members', 'lease', ...NUMBERS, ...TEXTS),
    )
    .map(([test, attribute]) => ({ text: `${test}(${nameOf(attribute)})`, values: {} })),
);

const condition: fc.Arbitrary<Expression> = fc.letrec<{ any: Expression; joined: Expression }>((tie) => ({
  any: fc.oneof({ maxDepth: 2 }, comparison, tie('joined')),
  joined: fc
    .tuple(tie('any'), fc.constantFrom('AND', 'OR'), tie('any'))
    .map(([left, join, right]) => merge([left, right], (texts) => `(${texts.join(` ${join} `)})`)),
})).any;

const setting = fc.oneof(
  fc
    .tuple(fc.constantFrom(...NUMBERS), small)
    .map(([attribute, value]) => withValue(value, (name) => `${attribute} = ${name}`)),
  fc.tuple(text).map(([value]) => withValue(value, (name) => `#s = ${name}`)),
  lease.map((value) => withValue(value, (name) => `lease = ${name}`)),
  small.map((value) => withValue(value, (name) => `untilEpochMs = if_not_exists(untilEpochMs, ${name})`)),
);

/** Clauses that touch different attributes, as one expression must. */
const update: fc.Arbitrary<Expression> = fc
  .record(
    {
      set: setting.filter(({ text: clause }) => !clause.startsWith('counted')),
      add: small.map((value) => withValue(value, (name) => `counted ${name}`)),
      join: members.map((value) => withValue(value, (name) => `members ${name}`)),
      remove: fc.constant({ text: '#o, isOwed', values: {} }),
      leave: members.map((value) => withValue(value, (name) => `members ${name}`)),
    },
    { requiredKeys: ['set'] },
  )
  .map(({ set, add, join, remove, leave }) => {
    const added = [add, leave === undefined ? join : undefined].filter((part) => part !== undefined);
    const clauses = [
      merge([set], ([one = '']) => `SET ${one}`),
      ...(added.length === 0 ? [] : [merge(added, (texts) => `ADD ${texts.join(', ')}`)]),
      ...(remove === undefined ? [] : [merge([remove], ([one = '']) => `REMOVE ${one}`)]),
      ...(leave === undefined ? [] : [merge([leave], ([one = '']) => `DELETE ${one}`)]),
    ];
    return merge(clauses, (texts) => texts.join(' '));
  });

const NAMES = { '#s': 'status', '#o': 'owner' } as const;

const toNames = (texts: string): Record<string, string> =>
  Object.fromEntries(Object.entries(NAMES).filter(([name]) => texts.includes(name)));

function toCondition(expression: Expression | undefined) {
  if (expression === undefined) return undefined;
  const { text: ConditionExpression, values } = expression;
  const names = toNames(ConditionExpression);
  return {
    ConditionExpression,
    ...(Object.keys(names).length === 0 ? {} : { ExpressionAttributeNames: names }),
    ...(Object.keys(values).length === 0 ? {} : { ExpressionAttributeValues: values }),
  };
}

function toUpdate(changed: Expression, expression: Expression | undefined) {
  const names = toNames(`${changed.text} ${expression?.text ?? ''}`);
  return {
    UpdateExpression: changed.text,
    ...(expression === undefined ? {} : { ConditionExpression: expression.text }),
    ...(Object.keys(names).length === 0 ? {} : { ExpressionAttributeNames: names }),
    ExpressionAttributeValues: { ...changed.values, ...expression?.values },
  };
}

const maybe = fc.option(condition, { nil: undefined });
const range = fc.oneof(
  fc.record({ prefix: fc.constantFrom('', 'a', 'ab', 'b') }),
  fc.record({ from: fc.constantFrom('a', 'ab'), to: fc.constantFrom('ab', 'b') }),
  fc.constant({}),
);
const page = fc.record({ limit: fc.integer({ min: 1, max: 3 }), isDescending: fc.boolean() }, { requiredKeys: [] });

const call: fc.Arbitrary<Call> = fc.oneof(
  key.map(
    (one): Call =>
      (table, prefix) =>
        table.get(within(prefix, one)),
  ),
  fc.uniqueArray(key, { minLength: 1, selector: ({ pk, sk }) => pk + sk }).map(
    (keys): Call =>
      (table, prefix) =>
        table.getAll(keys.map((one) => within(prefix, one))),
  ),
  fc.tuple(key, item, maybe).map(([one, attributes, when]): Call => {
    return (table, prefix) => table.put(within(prefix, one), inList(attributes, prefix, one), toCondition(when));
  }),
  fc.tuple(key, update, maybe).map(([one, changed, when]): Call => {
    return (table, prefix) => table.update(within(prefix, one), toUpdate(changed, when));
  }),
  fc.tuple(key, maybe).map(([one, when]): Call => {
    return (table, prefix) => table.delete(within(prefix, one), toCondition(when));
  }),
  fc.tuple(fc.constantFrom('A', 'B'), range, page).map(([pk, part, how]): Call => {
    return (table, prefix) => table.query({ partition: `${prefix}${pk}`, ...part }, how);
  }),
  fc.tuple(fc.constantFrom('L', 'M'), range, page).map(([pk, part, how]): Call => {
    return (table, prefix) => table.listKeys({ partition: `${prefix}${pk}`, ...part }, how);
  }),
);

/** Lists, too, belong to one run. Two items with one sort key in a list have no order, so each gets its own. */
function inList(
  attributes: { gsi1pk?: string; gsi1sk?: string },
  prefix: string,
  { pk, sk }: { readonly pk: string; readonly sk: string },
) {
  const { gsi1pk, gsi1sk, ...rest } = attributes;
  return gsi1pk === undefined || gsi1sk === undefined
    ? rest
    : { ...rest, gsi1pk: `${prefix}${gsi1pk}`, gsi1sk: `${gsi1sk}${pk}${sk}` };
}

/** What a call came to: its value, or the name of what was thrown. */
async function settle(run: Promise<unknown>): Promise<unknown> {
  try {
    return { value: await run };
  } catch (error) {
    return { error: error instanceof Error ? error.name : 'unknown' };
  }
}

describe('PlainTable', () => {
  const world = useStoreWorld();

  it('does what the table client does over a DynamoDB server, call for call', async () => {
    const client = new DynamoDBClient({ region: 'us-east-1' });
    let runs = 0;
    const property = fc.asyncProperty(fc.array(call, { minLength: 1, maxLength: 12 }), async (calls) => {
      runs += 1;
      const plain = new PlainTable(new PlainItems(), new Turnstile(), client);
      for (const one of calls) {
        const [found, expected] = [await settle(one(plain, `${runs}/`)), await settle(one(world.table, `${runs}/`))];
        expect(found).toEqual(expected);
      }
    });

    await fc.assert(property);
    console.log(`plain table: ${runs} sequences of calls, as ${world.engine}`);
  }, 300_000);
});
