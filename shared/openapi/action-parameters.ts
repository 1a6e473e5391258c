import type * as z from 'zod/mini';
import type { ActionDefinition } from '../catalogue/action.ts';
import { toSchema } from './to-schema.ts';

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
  description:
    'With true the call is only decided on, and the answer is 200 with a Decision in place of what is described here',
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

/** What callers can say besides the body: path, query and the headers that steer a call. */
export function toParameters(action: ActionDefinition): Json[] {
  return [
    CONNECTION,
    ...Object.entries(action.pathParameters).map(([name, schema]) => toParameter(action, 'path', name, schema)),
    ...Object.entries(action.query).map(([name, schema]) => toParameter(action, 'query', name, schema)),
    DRY_RUN,
    ...(action.retry === 'idempotent' ? [] : [IDEMPOTENCY_KEY]),
    ...(action.takesAuditLogReason ? [AUDIT_LOG_REASON] : []),
  ];
}

function toParameter(action: ActionDefinition, place: 'path' | 'query', name: string, schema: z.ZodMiniType): Json {
  const isRequired = place === 'path' || !schema.safeParse(undefined).success;
  const json = toSchema(schema);
  const isRepeatable = action.repeatable?.includes(name) === true;
  const { [name]: example } = { ...action.example.query, ...action.example.pathParameters };
  return {
    name,
    in: place,
    required: isRequired,
    schema: isRepeatable ? { type: 'array', items: json } : json,
    ...(example === undefined ? {} : { example: toExample(json, example, isRepeatable) }),
  };
}

/** In the catalogue an example is the text of a query; in the document it is the value that a client writes as that text. */
function toExample(json: Json, text: string, isRepeatable: boolean): unknown {
  const value = json['type'] === 'integer' ? Number(text) : text;
  return isRepeatable ? [value] : value;
}
