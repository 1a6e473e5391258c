import { chooseControl, type ActionSpec, type Schema } from './read-actions.ts';

/** What is entered in the form, as text; absent and empty are the same: not sent. */
export interface Entered {
  readonly parameters: Readonly<Record<string, string>>;
  readonly fields: Readonly<Record<string, string>>;
  /** The whole body as JSON, in place of the fields. */
  readonly raw?: string;
}

/** A call as it would be made, without its token. */
export interface Call {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly body?: unknown;
}

export interface BuiltCall {
  readonly call: Call;
  /** What is missing or cannot be read, by name of parameter or field. */
  readonly faults: Readonly<Record<string, string>>;
}

/** The name under which a fault of the raw body stands. */
export const RAW = '(body)';

/** Builds the call that is entered. What is missing stays as its placeholder, so that the shown call can be completed by hand. */
export function buildCall(spec: ActionSpec, connectionId: string, entered: Entered): BuiltCall {
  const faults: Record<string, string> = {};
  const query = new URLSearchParams();
  let path = spec.path.replace('{connection_id}', connectionId === '' ? '{connection_id}' : connectionId);
  for (const parameter of spec.parameters) {
    const value = entered.parameters[parameter.name]?.trim() ?? '';
    if (value === '') {
      if (parameter.required === true) faults[parameter.name] = 'is required';
      continue;
    }
    const fault = findPatternFault(parameter.schema, value);
    if (fault !== undefined) faults[parameter.name] = fault;
    if (parameter.in === 'path') path = path.replace(`{${parameter.name}}`, encodeURIComponent(value));
    else query.set(parameter.name, value);
  }
  const text = query.toString();
  const body = spec.body === undefined ? undefined : buildBody(spec.body, entered, faults);
  const call = {
    method: spec.method,
    path: text === '' ? path : `${path}?${text}`,
    ...(body === undefined ? {} : { body }),
  };
  return { call, faults };
}

/** The values of an action's example. */
export function enterExample(spec: ActionSpec): Entered {
  const parameters = Object.fromEntries(
    spec.parameters.flatMap(({ name, example }) => (example === undefined ? [] : [[name, toText(example)]])),
  );
  const example = spec.body?.example;
  const isObject = typeof example === 'object' && example !== null && !Array.isArray(example);
  const fields = isObject
    ? Object.fromEntries(Object.entries(example).map(([name, value]) => [name, toText(value)]))
    : {};
  return { parameters, fields };
}

function buildBody(
  { schema, isRequired }: NonNullable<ActionSpec['body']>,
  { fields, raw }: Entered,
  faults: Record<string, string>,
): unknown {
  if (raw !== undefined) {
    if (raw.trim() === '') return undefined;
    return parseJson(raw, () => (faults[RAW] = 'is not JSON'));
  }
  const body: Record<string, unknown> = {};
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    const text = fields[name] ?? '';
    if (text === '') {
      if (schema.required?.includes(name) === true) faults[name] = 'is required';
      continue;
    }
    body[name] = readValue(property, text, () => (faults[name] = 'is not valid JSON'));
  }
  return Object.keys(body).length > 0 || isRequired ? body : undefined;
}

function readValue(schema: Schema, text: string, onFault: () => void): unknown {
  const control = chooseControl(schema);
  if (control.kind === 'number') return Number(text);
  if (control.kind === 'boolean') return text === 'true';
  if (control.kind === 'json') return parseJson(text, onFault);
  return control.kind === 'choice' && typeof (schema.enum ?? [])[0] === 'number' ? Number(text) : text;
}

/** Ids are longer than numbers are exact: in JSON they must stand between quotes, or the last digits change. */
function parseJson(text: string, onFault: () => void): unknown {
  try {
    return JSON.parse(text);
  } catch {
    onFault();
    return undefined;
  }
}

function findPatternFault(schema: Schema, value: string): string | undefined {
  if (schema.pattern === undefined || new RegExp(schema.pattern, 'u').test(value)) return undefined;
  return schema.pattern.startsWith('^[1-9][0-9]') ? 'is a Discord id: 15 to 20 digits' : `must match ${schema.pattern}`;
}

function toText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
