import { readFileSync } from 'node:fs';
import * as z from 'zod/mini';

/** The part of a parameter's schema that the tests compare. */
const valueSchema = z.object({
  type: z.optional(z.string()),
  minimum: z.optional(z.number()),
  maximum: z.optional(z.number()),
  $ref: z.optional(z.string()),
});

const parameter = z.object({
  name: z.string(),
  in: z.enum(['path', 'query', 'header']),
  required: z.optional(z.boolean()),
  schema: valueSchema,
});

const operation = z.object({
  operationId: z.string(),
  parameters: z.optional(z.array(parameter)),
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
});

export type DiscordParameter = z.infer<typeof parameter>;

/** One operation of Discord's API, with the parameters that its path has in common. */
export interface DiscordOperation {
  readonly method: string;
  readonly path: string;
  readonly operationId: string;
  readonly parameters: readonly DiscordParameter[];
  /** Statuses as written: `200`, `4XX`. */
  readonly statuses: readonly string[];
  /** Scopes of the OAuth2 alternative; absent when a user's token is not accepted. */
  readonly oauthScopes?: readonly string[];
  /** Whether the bot's token is accepted. */
  readonly isForBots: boolean;
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/**
 * Reads Discord's own OpenAPI document, of which `test/fixtures/discord-openapi.json` keeps the paths of the catalogue and of
 * each operation what is compared here. A new path is added from Discord's repository `discord-api-spec`.
 */
export function readDiscordOpenApi(): {
  info: { title: string; version: string };
  serverUrl: string;
  operations: DiscordOperation[];
} {
  const file = new URL('../fixtures/discord-openapi.json', import.meta.url);
  const document = openApi.parse(JSON.parse(readFileSync(file, 'utf8')));
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.flatMap((method): DiscordOperation[] => {
      const found = item[method];
      if (found === undefined) return [];
      const oauthScopes = found.security?.find((alternative) => 'OAuth2' in alternative)?.['OAuth2'];
      return [
        {
          method: method.toUpperCase(),
          path,
          operationId: found.operationId,
          parameters: [...(item.parameters ?? []), ...(found.parameters ?? [])],
          statuses: Object.keys(found.responses),
          isForBots: found.security?.some((alternative) => 'BotToken' in alternative) ?? false,
          ...(oauthScopes === undefined ? {} : { oauthScopes }),
        },
      ];
    }),
  );
  return { info: document.info, serverUrl: document.servers[0]?.url ?? '', operations };
}
