import { describe, expect, it } from 'vitest';
import { catalogue } from '../../shared/catalogue/index.ts';
import { isKnownScope } from '../../shared/domain/scopes.ts';
import { readDiscordOpenApi, type DiscordParameter } from './discord-openapi.ts';

const { info, serverUrl, operations } = readDiscordOpenApi();

/** Operations at the catalogue's paths that the layer does not offer, and why. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  update_my_user: 'changes the account of the bot itself; Discord takes no user token for it',
};

/** A value that a careless reader might let through, for each kind of parameter. */
function valuesOf({ schema }: DiscordParameter): { accepted: string[]; refused: string[] } {
  if (schema.$ref === '#/components/schemas/SnowflakeType') {
    return { accepted: ['175928847299117063'], refused: ['', '-1', '1.5', '@me', '175928847299117063x', '0x9'] };
  }
  if (schema.type === 'boolean') return { accepted: ['true', 'false'], refused: ['', 'yes', '2'] };
  if (schema.type === 'integer' && schema.minimum !== undefined && schema.maximum !== undefined) {
    const { minimum, maximum } = schema;
    return {
      accepted: [String(minimum), String(maximum)],
      refused: ['', String(minimum - 1), String(maximum + 1), `${minimum}.5`, '1e1', '+1', ' 1', '01'],
    };
  }
  throw new Error(`no values known for ${JSON.stringify(schema)}`);
}

describe("Discord's OpenAPI document", () => {
  it('is the API version that our paths name', () => {
    expect([info.title, info.version]).toEqual(['Discord HTTP API (Preview)', '10']);
    expect(serverUrl).toMatch(/\/api\/v10$/);
  });

  it('has no operation at our paths that is neither offered nor left out for a reason', () => {
    const offered = new Set(catalogue.map((action) => action.operationId));
    const forgotten = operations.map(({ operationId }) => operationId).filter((id) => !offered.has(id));

    expect(forgotten).toEqual(Object.keys(LEFT_OUT));
  });
});

describe.each(catalogue.map((action) => [action.id, action] as const))('action %s', (_, action) => {
  const operation = operations.find(({ operationId }) => operationId === action.operationId);
  const named = (place: DiscordParameter['in']) => operation?.parameters.filter((found) => found.in === place) ?? [];

  it('is an operation of Discord with this method and path', () => {
    expect(operation).toMatchObject({ method: action.method, path: action.path });
  });

  it("asks for the scopes that Discord names for a user's token", () => {
    expect(action.credential).toBe('user');
    expect(action.scopes).toEqual(operation?.oauthScopes);
    expect(action.scopes.filter((scope) => !isKnownScope(scope))).toEqual([]);
  });

  it('takes exactly the path and query parameters of Discord', () => {
    expect(Object.keys(action.pathParameters)).toEqual(named('path').map(({ name }) => name));
    expect(Object.keys(action.query)).toEqual(named('query').map(({ name }) => name));
  });

  it('keeps to the limits of each parameter', () => {
    for (const parameter of [...named('path'), ...named('query')]) {
      const schema = action.pathParameters[parameter.name] ?? action.query[parameter.name];
      const { accepted, refused } = valuesOf(parameter);
      const isAccepted = (value: string) => schema?.safeParse(value).success === true;

      expect(accepted.filter((value) => !isAccepted(value))).toEqual([]);
      expect(refused.filter(isAccepted)).toEqual([]);
      expect(schema?.safeParse(undefined).success).toBe(parameter.required !== true);
    }
  });

  it('counts the successes that Discord names', () => {
    expect(action.successStatuses.map(String)).toEqual(operation?.statuses.filter((status) => /^2\d\d$/.test(status)));
  });

  it("links Discord's documentation", () => {
    expect(action.docs).toMatch(/^https:\/\/discord\.com\/developers\/docs\/[a-z-/]+#[a-z-]+$/);
  });
});
