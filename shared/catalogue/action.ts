import type { z } from 'zod/mini';
import type { AuthorityRule } from './authority-rule.ts';
import type { PermissionName } from './permission.ts';

/** Methods that Discord's REST API uses. */
export type ActionMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What an action does at Discord: nothing, a change, or a change that cannot be taken back. */
export type ActionEffect = 'read' | 'write' | 'destructive';

/** What authenticates the call at Discord: the user's bearer token, the application's bot token, or a webhook's own token. */
export type ActionCredential = 'user' | 'bot' | 'webhook';

/**
 * What an action reaches, for connection tokens that are limited to guilds or channels: the user's own account and no place,
 * all his guilds at once, the one guild or channel that its path names as `guild_id` or `channel_id`, the channel of the
 * webhook that it names as `webhook_id`, or the user's direct messages with the bot.
 */
export type ActionPlace = 'account' | 'all_guilds' | 'guild' | 'channel' | 'webhook' | 'direct_messages';

/** @see Discord docs: events/gateway (Privileged Intents) */
export const PRIVILEGED_INTENTS = ['GUILD_MEMBERS', 'MESSAGE_CONTENT'] as const;

export type PrivilegedIntent = (typeof PRIVILEGED_INTENTS)[number];

/**
 * What makes a repetition safe: nothing needs to (`idempotent`), Discord recognizes it by a nonce (`nonce`), or only our own
 * record of an `Idempotency-Key` does (`recorded`).
 */
export type RetrySafety = 'idempotent' | 'nonce' | 'recorded';

/** What is demanded of the connected user and of the bot, both; of the bot besides what Discord itself looks at. */
export interface ActionNeeds {
  /** In the channel that the action reaches, or in the guild; in a channel VIEW_CHANNEL goes without saying. */
  readonly permissions: readonly PermissionName[];
  readonly rules: readonly AuthorityRule[];
  /** Without GUILD_MEMBERS Discord refuses; without MESSAGE_CONTENT it refuses to search, and leaves the content of messages blank. */
  readonly intents: readonly PrivilegedIntent[];
}

/** A JSON body. It goes to Discord as it came; the schema only judges it. */
export interface ActionBody {
  readonly schema: z.ZodMiniType;
  readonly isRequired: boolean;
  /** Whether it also comes as `multipart/form-data` with `payload_json` and `files[n]`. */
  readonly takesFiles: boolean;
}

/** The same operation authenticated by the webhook's own token, which the layer adds to the path. */
export interface ByWebhookToken {
  /** Discord's path, with `{webhook_token}`. */
  readonly path: string;
  readonly operationId: string;
  /** Query parameters that are always sent and that callers do not name. */
  readonly fixedQuery: Readonly<Record<string, string>>;
}

/** A call as it could be made, for documentation and tests. Answers are shortened. */
export interface ActionExample {
  readonly pathParameters: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly answer?: unknown;
}

/**
 * One Discord operation that the layer offers. Routes, validation and documentation are projections of these entries,
 * so adding an action is adding an entry.
 */
export interface ActionDefinition {
  /** `resource.verb`: public, stable, never reused. */
  readonly id: string;
  readonly summary: string;
  readonly method: ActionMethod;
  /** Discord's path below `/api/v10`, with `{name}` for each path parameter. */
  readonly path: string;
  /** Discord's own operation id in its OpenAPI document. */
  readonly operationId: string;
  /** Page of Discord's documentation that describes the operation. */
  readonly docs: string;
  readonly credential: ActionCredential;
  /** OAuth scopes the connection must hold, all of them. */
  readonly scopes: readonly string[];
  readonly effect: ActionEffect;
  readonly place: ActionPlace;
  readonly needs: ActionNeeds;
  readonly retry: RetrySafety;
  /** Whether Discord notes `X-Audit-Log-Reason` with it. */
  readonly takesAuditLogReason: boolean;
  /** One schema per path parameter, keyed by its name. */
  readonly pathParameters: Readonly<Record<string, z.ZodMiniType<string, string>>>;
  /** One schema per query parameter, keyed by its name; anything else in the query is refused. */
  readonly query: Readonly<Record<string, z.ZodMiniType<string | undefined, string | undefined>>>;
  /** Names of query parameters that may stand there more than once. */
  readonly repeatable?: readonly string[];
  readonly body?: ActionBody;
  /** Present where the webhook's own token opens the operation; with `credential: 'webhook'` it is the only way. */
  readonly byToken?: ByWebhookToken;
  /** Statuses with which Discord reports success. */
  readonly successStatuses: readonly number[];
  /** What a success with a body holds, as far as callers rely on it; Discord may send more. Absent: never a body. */
  readonly answer?: z.ZodMiniType;
  readonly example: ActionExample;
}

/** What needs neither bot nor permission: the user's own token decides. */
export const NO_NEEDS: ActionNeeds = { permissions: [], rules: [], intents: [] };

/** Which parameter of a path says what the action reaches; the first that is there. */
const PLACE_PARAMETERS = [
  { name: 'channel_id', place: 'channel' },
  { name: 'guild_id', place: 'guild' },
  { name: 'webhook_id', place: 'webhook' },
] as const;

function findNamedPlace(named: readonly (string | undefined)[]): ActionPlace | undefined {
  return PLACE_PARAMETERS.find(({ name }) => named.includes(name))?.place;
}

/**
 * Declares an action. Checks at module load that the path and its parameters agree, so a slip fails every test at once.
 * @throws Error when a `{name}` has no schema or a schema no `{name}`, or `place` is not what the path names
 */
export function defineAction<const D extends ActionDefinition>(definition: D): D {
  const named = [...definition.path.matchAll(/\{([a-z_]+)\}/g)].map((match) => match[1]);
  const described = Object.keys(definition.pathParameters);
  if (named.toSorted().join() !== described.toSorted().join()) {
    throw new Error(`${definition.id}: path names ${named.join()} but schemas describe ${described.join()}`);
  }
  const place = findNamedPlace(named);
  const isPlaceNamed = PLACE_PARAMETERS.some((candidate) => candidate.place === definition.place);
  if (place === undefined ? isPlaceNamed : definition.place !== place) {
    throw new Error(`${definition.id}: its place is ${definition.place} but its path names ${place ?? 'none'}`);
  }
  return Object.freeze(definition);
}
