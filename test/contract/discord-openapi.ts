import { readFileSync } from 'node:fs';
import * as z from 'zod/mini';
import { jsonSchema, type JsonSchema, type Resolve } from './json-schema.ts';

const parameter = z.object({
  name: z.string(),
  in: z.enum(['path', 'query', 'header']),
  required: z.optional(z.boolean()),
  schema: jsonSchema,
});

const operation = z.object({
  operationId: z.string(),
  parameters: z.optional(z.array(parameter)),
  requestBody: z.optional(z.object({ content: z.record(z.string(), z.object({ schema: jsonSchema })) })),
  responses: z.record(z.string(), z.unknown()),
  security: z.optional(z.array(z.record(z.string(), z.array(z.string())))),
});

const pathItem = z.object({
  parameters: z.optional(z.array(parameter)),
  get: z.optional(operation),
  post: z.optional(operation),
  put: z.optional(operation),
  patch: z.optional(operation),
  delete: z.optional(operation),
});

const openApi = z.object({
  info: z.object({ title: z.string(), version: z.string() }),
  servers: z.array(z.object({ url: z.string() })),
  paths: z.record(z.string(), pathItem),
  components: z.object({ schemas: z.record(z.string(), jsonSchema) }),
});

export type DiscordParameter = z.infer<typeof parameter>;

/** One operation of Discord's API, with the parameters that its path has in common. */
export interface DiscordOperation {
  readonly method: string;
  readonly path: string;
  readonly operationId: string;
  readonly parameters: readonly DiscordParameter[];
  /** Its JSON body; a form's other fields are files. */
  readonly body?: JsonSchema;
  /** Statuses as written: `200`, `4XX`. */
  readonly statuses: readonly string[];
  /** Scopes of the OAuth2 alternative; absent when a user's token is not accepted. */
  readonly oauthScopes?: readonly string[];
  /** Whether the bot's token is accepted. */
  readonly isForBots: boolean;
  /** Whether nothing but the path authenticates, if one likes. */
  readonly isOpen: boolean;
}

export interface DiscordOpenApi {
  readonly info: { readonly title: string; readonly version: string };
  readonly serverUrl: string;
  readonly operations: readonly DiscordOperation[];
  readonly resolve: Resolve;
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/**
 * Reads Discord's own OpenAPI document, of which `test/fixtures/discord-openapi.json` keeps all operations without their
 * descriptions and answers. A newer one is made from Discord's repository `discord-api-spec`.
 * @throws Error when it refers to a schema that is not there
 */
export function readDiscordOpenApi(): DiscordOpenApi {
  const file = new URL('../fixtures/discord-openapi.json', import.meta.url);
  const document = openApi.parse(JSON.parse(readFileSync(file, 'utf8')));
  const { schemas } = document.components;
  return {
    info: document.info,
    serverUrl: document.servers[0]?.url ?? '',
    operations: Object.entries(document.paths).flatMap(([path, item]) => listOperations(path, item)),
    resolve: (reference) => {
      const found = schemas[reference.replace('#/components/schemas/', '')];
      if (found === undefined) throw new Error(`${reference} is not there`);
      return found;
    },
  };
}

function listOperations(path: string, item: z.infer<typeof pathItem>): DiscordOperation[] {
  return METHODS.flatMap((method): DiscordOperation[] => {
    const found = item[method];
    if (found === undefined) return [];
    const { security = [] } = found;
    const oauthScopes = security.find((alternative) => 'OAuth2' in alternative)?.['OAuth2'];
    const body = found.requestBody?.content['application/json']?.schema;
    return [
      {
        method: method.toUpperCase(),
        path,
        operationId: found.operationId,
        parameters: [...(item.parameters ?? []), ...(found.parameters ?? [])],
        statuses: Object.keys(found.responses),
        isForBots: security.some((alternative) => 'BotToken' in alternative),
        isOpen: security.some((alternative) => Object.keys(alternative).length === 0),
        ...(body === undefined ? {} : { body }),
        ...(oauthScopes === undefined ? {} : { oauthScopes }),
      },
    ];
  });
}
