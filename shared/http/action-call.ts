import type { ActionDefinition } from '../catalogue/action.ts';
import type { ActionCall } from '../app/action-call.ts';
import type { InputError, InputFailure } from '../problems/failure.ts';
import { buildDiscordPath } from '../discord/discord-path.ts';
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
): Result<Pick<ActionCall, 'action' | 'pathParameters' | 'discordPath'>, InputFailure> {
  const segments = path.split('/').slice(PREFIX_SEGMENTS);
  const oddity = findOddSegment(segments);
  if (oddity !== undefined) return fail({ reason: 'input_path_invalid', detail: oddity });

  const samePath = findClosest(catalogue, segments);
  if (samePath.length === 0) return fail(toUnknown(segments));
  const match = samePath.find(({ action }) => action.method === method);
  if (match === undefined) {
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
  return ok({ action, pathParameters: parameters, discordPath: buildDiscordPath(action.path, parameters, query) });
}

interface PathMatch {
  readonly action: ActionDefinition;
  readonly parameters: ReadonlyMap<string, string>;
}

/**
 * The actions at this path. Where several templates fit, a literal segment counts for more than a parameter, as at Discord:
 * `messages/pins` is no message and `members/search` no member, whatever the method.
 */
function findClosest(catalogue: readonly ActionDefinition[], segments: readonly string[]): PathMatch[] {
  const matches = catalogue.flatMap((action) => {
    const parameters = matchTemplate(action, segments);
    return parameters === undefined ? [] : [{ action, parameters }];
  });
  const fewest = Math.min(...matches.map(({ parameters }) => parameters.size));
  return matches.filter(({ parameters }) => parameters.size === fewest);
}

/** Discord's own clients put a webhook's token behind its id; here it must not be known, let alone be sent. */
function toUnknown([group, id, third]: readonly string[]): InputFailure {
  const isToken = group === 'webhooks' && id !== undefined && third !== undefined && third !== 'messages';
  return { reason: isToken ? 'webhook_token_refused' : 'action_unknown' };
}

/** Segments that no id and no Discord route has, but that another reader might take for something else. */
function findOddSegment(segments: readonly string[]): string | undefined {
  if (segments.some((segment) => segment === '' || segment === '.' || segment === '..')) {
    return 'The path has an empty or dot segment.';
  }

  // Half a character cannot be encoded.
  return segments.some((segment) => /[\u0000-\u001f\u007f\\]|\p{Surrogate}/u.test(segment))
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

/** Problems named in one answer; more help nobody. */
const MAX_ERRORS = 20;

function pick(schemas: Schemas, name: string): Schemas {
  return Object.fromEntries(Object.entries(schemas).filter(([candidate]) => candidate === name));
}

function checkQuery(action: ActionDefinition, query: URLSearchParams): InputError[] {
  const known = Object.keys(action.query);
  const repeatable = action.repeatable ?? [];
  const allowed = known.length === 0 ? 'none is taken' : `known are ${known.join(', ')}`;
  const names = [...new Set(query.keys())];
  const unknown = names
    .filter((name) => !known.includes(name))
    .map((name) => ({ parameter: name.slice(0, 64), detail: `is not a parameter of this action; ${allowed}` }));
  const repeated = names
    .filter((name) => known.includes(name) && !repeatable.includes(name) && query.getAll(name).length > 1)
    .map((parameter) => ({ parameter, detail: 'stands there more than once' }));
  const earlier = repeatable.flatMap((name) =>
    query
      .getAll(name)
      .slice(0, -1)
      .flatMap((value) => checkParameters(pick(action.query, name), new Map([[name, value]]))),
  );
  const last = checkParameters(action.query, new Map(query));
  return [...unknown, ...repeated, ...earlier, ...last].slice(0, MAX_ERRORS);
}
