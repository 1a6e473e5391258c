import { describe, expect, it } from 'vitest';
import { catalogue } from '../../shared/catalogue/index.ts';
import { readDiscordOpenApi, type DiscordParameter } from './discord-openapi.ts';
import { flatten, type JsonSchema } from './json-schema.ts';

const { operations, resolve } = readDiscordOpenApi();

const ID = '175928847299117063';

interface Values {
  readonly accepted: readonly string[];
  readonly refused: readonly string[];
}

/** Parameters about which Discord's document says less than its documentation. */
const BY_NAME: Readonly<Record<string, Values>> = {
  emoji_name: {
    accepted: ['👍', '👍🏽', '👨‍👩‍👧', '❤️', '1️⃣', '🇮🇸', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', `party_parrot:${ID}`],
    refused: ['', 'thumbsup', ':thumbsup:', '👍 ', '👍a', '1', '\u200d', `:${ID}`, `a b:${ID}`, `a:1`, `<:a:${ID}>`],
  },
  // A number in the document, and an id: no number in JavaScript could hold it.
  'list_guild_members after': { accepted: ['0', ID], refused: ['', '-1', '1', 'x'] },
};

/** Values that a careless reader might let through or refuse, for each kind of parameter. */
function valuesOf(schema: JsonSchema): Values {
  if (schema.format === 'snowflake') {
    return { accepted: [ID], refused: ['', '-1', '1.5', '@me', `${ID}x`, '0x9'] };
  }
  if (schema.format === 'date-time') {
    return {
      accepted: ['2026-01-31T12:00:00Z', '2026-01-31T12:00:00.123456+02:00'],
      refused: ['', 'now', '2026-01-31', '1769860800', '2026-13-31T12:00:00Z', '2026-01-31T12:00:00'],
    };
  }
  if (schema.enum !== undefined) return { accepted: schema.enum.map(String), refused: ['', 'other', '2', 'LINK'] };
  if (schema.type === 'boolean') return { accepted: ['true', 'false'], refused: ['', 'yes', '2'] };
  const { minimum, maximum, maxLength } = schema;
  if (schema.type === 'integer' && minimum !== undefined && maximum !== undefined) {
    return {
      accepted: [String(minimum), String(maximum)],
      refused: ['', String(minimum - 1), String(maximum + 1), `${minimum}.5`, '1e1', '+1', ' 1', '01'],
    };
  }
  if (schema.type === 'string' && maxLength !== undefined && maxLength < 10_000) {
    // Each of these is two UTF-16 units and one character.
    return { accepted: ['a', '😀'.repeat(maxLength)], refused: ['', '😀'.repeat(maxLength + 1)] };
  }
  throw new Error(`no values known for ${JSON.stringify(schema)}`);
}

function kindOf({ schema }: DiscordParameter): JsonSchema {
  const [only, ...more] = flatten(schema, resolve).schemas;
  if (only === undefined || more.length > 0) throw new Error(`is of several kinds: ${JSON.stringify(schema)}`);
  return only;
}

describe.each(catalogue.map((action) => [action.id, action] as const))('action %s', (_, action) => {
  const operation = operations.find(({ operationId }) => operationId === action.operationId);
  const hidden = ['webhook_token', ...Object.keys(action.byToken?.fixedQuery ?? {})];
  const parameters = operation?.parameters.filter(({ name }) => !hidden.includes(name)) ?? [];

  it('keeps to the limits of each parameter', () => {
    for (const parameter of parameters) {
      const schema = action.pathParameters[parameter.name] ?? action.query[parameter.name];
      const kind = kindOf(parameter);
      const item = kind.items === undefined ? kind : flatten(kind.items, resolve).schemas[0];
      const { accepted, refused } =
        BY_NAME[`${action.operationId} ${parameter.name}`] ?? BY_NAME[parameter.name] ?? valuesOf(item ?? kind);
      const isAccepted = (value: string) => schema?.safeParse(value).success === true;

      expect(accepted.filter((value) => !isAccepted(value))).toEqual([]);
      expect(refused.filter(isAccepted)).toEqual([]);
      expect(schema?.safeParse(undefined).success).toBe(parameter.required !== true);
    }
  });

  it('lets those stand there more than once that are lists at Discord, and no others', () => {
    const lists = parameters.filter((parameter) => kindOf(parameter).type === 'array').map(({ name }) => name);

    expect(action.repeatable ?? []).toEqual(lists);
  });
});
