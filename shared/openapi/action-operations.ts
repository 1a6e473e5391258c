import type { ActionDefinition } from '../catalogue/action.ts';
import { AUTHORITY_RULES } from '../catalogue/authority-rule.ts';
import { ACTIONS_PREFIX } from '../catalogue/to-routes.ts';
import { toParameters } from './action-parameters.ts';
import { ANSWER_HEADERS } from './answer-headers.ts';
import { PROBLEM_RESPONSES } from './problem-responses.ts';
import { toSchema } from './to-schema.ts';

type Json = Readonly<Record<string, unknown>>;

/** The actions, by path and method. */
export function toActionPaths(catalogue: readonly ActionDefinition[]): Json {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const action of catalogue) {
    (paths[`${ACTIONS_PREFIX}${action.path}`] ??= {})[action.method.toLowerCase()] = toOperation(action);
  }
  return paths;
}

/** The bodies that actions take, by name: a body stands in the document once and is used as JSON and in a form. */
export function toBodySchemas(catalogue: readonly ActionDefinition[]): Json {
  return Object.fromEntries(
    catalogue.flatMap((action) =>
      action.body === undefined ? [] : [[toBodyName(action.id), toSchema(action.body.schema)]],
    ),
  );
}

/** An action's id as an operation id: clients make names of it. */
export function toOperationId(actionId: string): string {
  return actionId.replaceAll('.', '_');
}

function toBodyName(actionId: string): string {
  return `${toOperationId(actionId)}_body`;
}

function toOperation(action: ActionDefinition): Json {
  return {
    operationId: toOperationId(action.id),
    summary: action.summary,
    description: describe(action),
    tags: [action.path.split('/')[1]],
    externalDocs: { description: "Discord's documentation", url: action.docs },
    'x-action': { id: action.id, effect: action.effect, credential: action.credential, scopes: action.scopes },
    parameters: toParameters(action),
    ...(action.body === undefined ? {} : { requestBody: toRequestBody(action, action.body) }),
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

/** How many files a form holds at most. */
const MAX_FILES = 10;

function toRequestBody({ id, example }: ActionDefinition, body: NonNullable<ActionDefinition['body']>): Json {
  const schema = { $ref: `#/components/schemas/${toBodyName(id)}` };
  const json = { schema, ...(example.body === undefined ? {} : { example: example.body }) };
  const file = { type: 'string', contentMediaType: 'application/octet-stream' };
  const form = {
    schema: {
      type: 'object',
      properties: {
        payload_json: schema,
        ...Object.fromEntries(Array.from({ length: MAX_FILES }, (_, index) => [`files[${index}]`, file])),
      },
    },
    encoding: { payload_json: { contentType: 'application/json' } },
  };
  return {
    required: body.isRequired,
    content: { 'application/json': json, ...(body.takesFiles ? { 'multipart/form-data': form } : {}) },
  };
}

function toSuccesses(action: ActionDefinition): Json {
  const { successStatuses, answer, example } = action;
  const withBody = {
    description: "Discord's answer as it came",
    headers: ANSWER_HEADERS,
    content: {
      'application/json': {
        schema: answer === undefined ? {} : toSchema(answer),
        ...(example.answer === undefined ? {} : { example: example.answer }),
      },
    },
  };
  const bare = { description: 'Done; Discord answers nothing', headers: ANSWER_HEADERS };
  const decided = {
    description: 'With Dry-Run: what was decided',
    content: { 'application/json': { schema: { $ref: '#/components/schemas/Decision' } } },
  };
  return {
    ...Object.fromEntries(successStatuses.map((status) => [String(status), status === 204 ? bare : withBody])),
    ...(successStatuses.includes(200) ? {} : { '200': decided }),
  };
}
