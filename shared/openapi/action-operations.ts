import * as z from 'zod/mini';
import type { ActionDefinition } from '../catalogue/action.ts';
import { AUTHORITY_RULES } from '../catalogue/authority-rule.ts';
import { ACTIONS_PREFIX } from '../catalogue/to-routes.ts';
import { PROBLEM_RESPONSES } from './problem-responses.ts';

type Json = Readonly<Record<string, unknown>>;

const CONNECTION = {
  name: 'connection_id',
  in: 'path',
  required: true,
  description: 'The connection to act for',
  schema: { type: 'string', pattern: '^con_[A-Za-z0-9_-]{22}$' },
};

const DRY_RUN = {
  name: 'Dry-Run',
  in: 'header',
  description: 'With true the call is only decided on: would it work, and if not, what is missing',
  schema: { type: 'string', enum: ['true', 'false'] },
};

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  description: 'Makes a repetition safe: the same key with the same call gives the first answer',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
};

const AUDIT_LOG_REASON = {
  name: 'X-Audit-Log-Reason',
  in: 'header',
  description: "Noted in the guild's audit log; 1 to 512 characters, encoded as in a URL",
  schema: { type: 'string' },
};

/** The actions, by path and method. */
export function toActionPaths(catalogue: readonly ActionDefinition[]): Json {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const action of catalogue) {
    (paths[`${ACTIONS_PREFIX}${action.path}`] ??= {})[action.method.toLowerCase()] = toOperation(action);
  }
  return paths;
}

/** An action's id as an operation id: clients make names of it. */
export function toOperationId(actionId: string): string {
  return actionId.replaceAll('.', '_');
}

function toOperation(action: ActionDefinition): Json {
  const { body } = action;
  return {
    operationId: toOperationId(action.id),
    summary: action.summary,
    description: describe(action),
    tags: [action.path.split('/')[1]],
    externalDocs: { description: "Discord's documentation", url: action.docs },
    parameters: [
      CONNECTION,
      ...Object.entries(action.pathParameters).map(([name, schema]) => toParameter(action, 'path', name, schema)),
      ...Object.entries(action.query).map(([name, schema]) => toParameter(action, 'query', name, schema)),
      DRY_RUN,
      ...(action.retry === 'idempotent' ? [] : [IDEMPOTENCY_KEY]),
      ...(action.takesAuditLogReason ? [AUDIT_LOG_REASON] : []),
    ],
    ...(body === undefined ? {} : { requestBody: toRequestBody(action, body) }),
    responses: { ...toSuccesses(action), ...PROBLEM_RESPONSES },
  };
}

function describe({ needs, scopes, credential, effect }: ActionDefinition): string {
  const lines = [
    `Credential at Discord: ${credential}. Effect: ${effect}.`,
    ...(scopes.length === 0 ? [] : [`Scopes: ${scopes.join(', ')}.`]),
    ...(needs.permissions.length === 0
      ? []
      : [`The connected user and the bot both need ${needs.permissions.join(', ')}.`]),
    ...needs.rules.map((rule) => `${AUTHORITY_RULES[rule]}.`),
    ...(needs.intents.length === 0 ? [] : [`Privileged intents: ${needs.intents.join(', ')}.`]),
  ];
  return lines.join('\n\n');
}

function toParameter(action: ActionDefinition, place: 'path' | 'query', name: string, schema: z.ZodMiniType): Json {
  const isRequired = place === 'path' || !schema.safeParse(undefined).success;
  const json = toJsonSchema(schema);
  const isRepeatable = action.repeatable?.includes(name) === true;
  const { [name]: example } = { ...action.example.query, ...action.example.pathParameters };
  return {
    name,
    in: place,
    required: isRequired,
    schema: isRepeatable ? { type: 'array', items: json } : json,
    ...(example === undefined || isRepeatable ? {} : { example }),
  };
}

function toRequestBody(action: ActionDefinition, body: NonNullable<ActionDefinition['body']>): Json {
  const schema = toJsonSchema(body.schema);
  const { example } = action;
  const json = { schema, ...(example.body === undefined ? {} : { example: example.body }) };
  const file = { type: 'string', contentMediaType: 'application/octet-stream' };
  const form = {
    schema: {
      type: 'object',
      properties: {
        payload_json: schema,
        ...Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`files[${index}]`, file])),
      },
    },
    encoding: { payload_json: { contentType: 'application/json' } },
  };
  return {
    required: body.isRequired,
    content: { 'application/json': json, ...(body.takesFiles ? { 'multipart/form-data': form } : {}) },
  };
}

function toSuccesses({ successStatuses, answer, example }: ActionDefinition): Json {
  const withBody = {
    description: "Discord's answer as it came",
    content: {
      'application/json': {
        schema: answer === undefined ? {} : toJsonSchema(answer),
        ...(example.answer === undefined ? {} : { example: example.answer }),
      },
    },
  };
  const bare = { description: 'Done; Discord answers nothing' };
  return Object.fromEntries(successStatuses.map((status) => [String(status), status === 204 ? bare : withBody]));
}

/** JSON Schema 2020-12, which OpenAPI 3.1 speaks. What a check of ours says beyond that stands in its error. */
function toJsonSchema(schema: z.ZodMiniType): Json {
  const { $schema: _dialect, ...json } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return json;
}
