import type { ActionDefinition } from '../catalogue/action.ts';
import { toActionPaths, toBodySchemas } from './action-operations.ts';
import { HEADER_COMPONENTS } from './answer-headers.ts';
import { DECISION_SCHEMA, OBSTACLE_SCHEMA } from './decision-schema.ts';
import { OWN_OPERATIONS, type OwnOperation } from './own-operations.ts';
import { PROBLEM_RESPONSES } from './problem-responses.ts';
import { PROBLEM_SCHEMA } from './problem-schema.ts';

type Json = Readonly<Record<string, unknown>>;

/** What stands at the head of the document. */
export interface OpenApiFacts {
  readonly publicBaseUrl: string;
  readonly version: string;
}

/**
 * The whole HTTP surface as OpenAPI 3.1: what the layer offers itself, and below a connection Discord's operations as the
 * catalogue has them. Pure; the same input gives the same document.
 * @see https://spec.openapis.org/oas/v3.1.1
 */
export function toOpenApi(catalogue: readonly ActionDefinition[], { publicBaseUrl, version }: OpenApiFacts): Json {
  return {
    openapi: '3.1.1',
    info: {
      title: 'Discord Integration',
      version,
      summary: 'Acts on Discord for users who have connected once.',
      description:
        'Errors are problems (RFC 9457): `code` says which, and its page at `type` what to do. Below a connection, paths, bodies and ' +
        "answers are Discord's own.",
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: publicBaseUrl }],
    security: [{ bearer: [] }],
    tags: [
      { name: 'connecting', description: 'Connect sessions and their confirmation' },
      { name: 'connections', description: 'Who is connected, connection tokens, disconnecting' },
      ...listGroups(catalogue).map((name) => ({ name, description: `Discord's operations below /${name}` })),
    ],
    paths: { ...toOwnPaths(OWN_OPERATIONS), ...toActionPaths(catalogue) },
    components: {
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description: 'An API key (`dik_…`) from a back end, or for actions also a connection token (`dct_…`).',
        },
      },
      headers: HEADER_COMPONENTS,
      schemas: {
        Problem: PROBLEM_SCHEMA,
        Obstacle: OBSTACLE_SCHEMA,
        Decision: DECISION_SCHEMA,
        ...toBodySchemas(catalogue),
      },
      responses: {
        Problem: {
          description: 'A problem: `code` says which.',
          headers: {
            'Retry-After': { description: 'Seconds, where waiting helps', schema: { type: 'integer' } },
            'X-Request-Id': { $ref: '#/components/headers/RequestId' },
          },
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      },
    },
  };
}

function listGroups(catalogue: readonly ActionDefinition[]): string[] {
  return [...new Set(catalogue.map(({ path }) => path.split('/')[1] ?? ''))];
}

function toOwnPaths(operations: readonly OwnOperation[]): Json {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const { method, path, ...operation } of operations) {
    const { success, ...rest } = operation;
    (paths[path] ??= {})[method] = { ...rest, responses: { ...success, ...PROBLEM_RESPONSES } };
  }
  return paths;
}
