import type { ActionDefinition } from '../../shared/catalogue/action.ts';
import { catalogue } from '../../shared/catalogue/index.ts';

/** One request that arrived at Discord. */
export interface UpstreamCall {
  readonly method: string;
  /** As sent, still encoded. */
  readonly path: string;
  /** Names of the query's parameters. */
  readonly query: readonly string[];
  readonly status: number | null;
}

/** An operation that the layer may ask Discord for. */
interface Operation {
  readonly method: string;
  readonly pattern: RegExp;
  readonly query: readonly string[];
}

const API = '/api/v10';

/** Reads that decide whether an action is allowed, and the OAuth endpoints: all that is asked besides the catalogue. */
const BESIDES: readonly (readonly [method: string, template: string, ...query: string[]])[] = [
  ['GET', `${API}/guilds/{guild_id}`],
  ['GET', `${API}/guilds/{guild_id}/members/{user_id}`],
  ['GET', `${API}/channels/{channel_id}`],
  ['GET', `${API}/channels/{channel_id}/messages/{message_id}`],
  ['GET', `${API}/channels/{channel_id}/thread-members/{user_id}`],
  ['GET', `${API}/webhooks/{webhook_id}`],
  ['GET', `${API}/applications/@me`],
  ['GET', `${API}/oauth2/@me`],
  ['POST', '/api/oauth2/token'],
  ['POST', '/api/oauth2/token/revoke'],
];

function listOperations(action: ActionDefinition): Operation[] {
  const { method, path, credential, byToken } = action;
  const query = Object.keys(action.query);
  const own = credential === 'webhook' ? [] : [{ method, pattern: toPattern(`${API}${path}`), query }];
  return byToken === undefined
    ? own
    : [
        ...own,
        { method, pattern: toPattern(`${API}${byToken.path}`), query: [...query, ...Object.keys(byToken.fixedQuery)] },
      ];
}

/** Ids must be ids: whatever else stands in their place has got past the layer's own look at the path. */
function toPattern(template: string): RegExp {
  const source = template
    .split('/')
    .map((part) => {
      const name = /^\{(.+)\}$/.exec(part)?.[1];
      if (name === undefined) return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
      return name.endsWith('_id') ? '(?:[0-9]{1,20}|@original)' : '[^/]+';
    })
    .join('/');
  return new RegExp(`^${source}$`);
}

const OPERATIONS: readonly Operation[] = [
  ...catalogue.flatMap(listOperations),
  ...BESIDES.map(([method, template, ...query]) => ({ method, pattern: toPattern(template), query })),
];

/** Whether a request at Discord is one of those that the catalogue, its decisions and OAuth know. */
export function isKnownCall({ method, path, query }: UpstreamCall): boolean {
  return OPERATIONS.some(
    (known) => known.method === method && known.pattern.test(path) && query.every((name) => known.query.includes(name)),
  );
}

/** Ids of the catalogue's actions that a request at Discord may have been made for. */
export function listActionsOf({ method, path }: UpstreamCall): string[] {
  return catalogue
    .filter((action) => listOperations(action).some((known) => known.method === method && known.pattern.test(path)))
    .map(({ id }) => id);
}
