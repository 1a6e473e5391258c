import type { z } from 'zod/mini';

/** Methods that Discord's REST API uses. */
export type ActionMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What an action does at Discord: nothing, a change, or a change that cannot be taken back. */
export type ActionEffect = 'read' | 'write' | 'destructive';

/** What authenticates the call at Discord: the user's bearer token, the application's bot token, or a webhook's own token. */
export type ActionCredential = 'user' | 'bot' | 'webhook';

/**
 * What an action reaches, for connection tokens that are limited to guilds or channels: the user's own account and no place,
 * all his guilds at once, or the one guild or channel that its path names as `guild_id` or `channel_id`.
 */
export type ActionPlace = 'account' | 'all_guilds' | 'guild' | 'channel';

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
  /** One schema per path parameter, keyed by its name. */
  readonly pathParameters: Readonly<Record<string, z.ZodMiniType<string, string>>>;
  /** One schema per query parameter, keyed by its name; anything else in the query is refused. */
  readonly query: Readonly<Record<string, z.ZodMiniType<string | undefined, string | undefined>>>;
  /** Statuses with which Discord reports success. */
  readonly successStatuses: readonly number[];
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
  const place = named.includes('channel_id') ? 'channel' : named.includes('guild_id') ? 'guild' : undefined;
  const isPlaceNamed = definition.place === 'guild' || definition.place === 'channel';
  if (place === undefined ? isPlaceNamed : definition.place !== place) {
    throw new Error(`${definition.id}: its place is ${definition.place} but its path names ${place ?? 'none'}`);
  }
  return Object.freeze(definition);
}
