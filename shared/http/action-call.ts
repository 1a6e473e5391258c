import type { ActionDefinition } from '../catalogue/action.ts';
import type { ActionCall } from '../app/run-action.ts';
import type { InputError, InputFailure } from '../problems/failure.ts';
import { fail, ok, type Result } from '../result.ts';

/** Segments before Discord's path: '', connections, <id>, api, v10. */
const PREFIX_SEGMENTS = 5;

/**
 * Finds the catalogue entry for a caller's path and builds the address at Discord from that entry's template: the caller's
 * own path is only ever compared, never joined. The path was decoded once by API Gateway and is not decoded again; each
 * parameter is validated, then encoded once.
 * @param path - the gateway's path, from its first slash
 */
export function parseActionCall(
  catalogue: readonly ActionDefinition[],
  method: string,
  path: string,
  query: URLSearchParams,
): Result<ActionCall, InputFailure> {
  const segments = path.split('/').slice(PREFIX_SEGMENTS);
  const oddity = findOddSegment(segments);
  if (oddity !== undefined) return fail({ reason: 'input_path_invalid', detail: oddity });

  const samePath = catalogue
    .map((action) => ({ action, parameters: matchTemplate(action, segments) }))
    .filter((match) => match.parameters !== undefined);
  if (samePath.length === 0) return fail({ reason: 'action_unknown' });
  const match = samePath.find(({ action }) => action.method === method);
  if (match?.parameters === undefined) {
    return fail({ reason: 'method_not_allowed', allowed: samePath.map(({ action }) => action.method) });
  }
  const { action, parameters } = match;
  const pathErrors = checkParameters(action.pathParameters, parameters);
  if (pathErrors.length > 0) {
    return fail({
      reason: 'input_path_invalid',
      detail: pathErrors.map((error) => `${error.parameter ?? ''}: ${error.detail}.`).join(' '),
    });
  }
  const queryErrors = checkQuery(action, query);
  if (queryErrors.length > 0) return fail({ reason: 'input_invalid', errors: queryErrors });
  return ok({ action, pathParameters: parameters, discordPath: buildDiscordPath(action, parameters, query) });
}

/** Segments that no id and no Discord route has, but that another reader might take for something else. */
function findOddSegment(segments: readonly string[]): string | undefined {
  if (segments.some((segment) => segment === '' || segment === '.' || segment === '..')) {
    return 'The path has an empty or dot segment.';
  }

  return segments.some((segment) => /[\u0000-\u001f\u007f\\]/.test(segment))
    ? 'The path has a character that is not allowed.'
    : undefined;
}

function matchTemplate(action: ActionDefinition, segments: readonly string[]): Map<string, string> | undefined {
  const template = action.path.split('/').slice(1);
  if (template.length !== segments.length) return undefined;
  const parameters = new Map<string, string>();
  for (const [index, part] of template.entries()) {
    const segment = segments[index] ?? '';
    const name = /^\{(.+)\}$/.exec(part)?.[1];
    if (name !== undefined) parameters.set(name, segment);
    else if (part !== segment) return undefined;
  }
  return parameters;
}

type Schemas = ActionDefinition['pathParameters'] | ActionDefinition['query'];

function checkParameters(schemas: Schemas, values: ReadonlyMap<string, string>): InputError[] {
  return Object.entries(schemas).flatMap(([parameter, schema]) => {
    const parsed = schema.safeParse(values.get(parameter));
    return parsed.success ? [] : [{ parameter, detail: parsed.error.issues[0]?.message ?? 'is not valid' }];
  });
}

function checkQuery(action: ActionDefinition, query: URLSearchParams): InputError[] {
  const known = Object.keys(action.query);
  const allowed = known.length === 0 ? 'none is taken' : `known are ${known.join(', ')}`;
  const names = [...new Set(query.keys())];
  const unknown = names
    .filter((name) => !known.includes(name))
    .map((name) => ({ parameter: name.slice(0, 64), detail: `is not a parameter of this action; ${allowed}` }));
  const repeated = names
    .filter((name) => known.includes(name) && query.getAll(name).length > 1)
    .map((parameter) => ({ parameter, detail: 'stands there more than once' }));
  return [...unknown, ...repeated, ...checkParameters(action.query, new Map(query))];
}

function buildDiscordPath(
  action: ActionDefinition,
  parameters: ReadonlyMap<string, string>,
  query: URLSearchParams,
): string {
  const path = action.path.replace(/\{([a-z_]+)\}/g, (_, name: string) =>
    encodeURIComponent(parameters.get(name) ?? ''),
  );
  const search = query.toString();
  return `/api/v10${path}${search === '' ? '' : `?${search}`}`;
}
