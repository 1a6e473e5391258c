import type { ConnectionStatus } from '../domain/connection-status.ts';
import type { Connection } from '../domain/connection.ts';
import { sha256Hex } from '../domain/hash.ts';
import { CONNECTION_ID_PATTERN, TENANT_ID_PATTERN } from '../domain/ids.ts';
import type { SettingsFailure } from '../problems/failure.ts';
import { fail, ok, type Result } from '../result.ts';
import { loadTenants } from './operate-tenants.ts';
import type { ConnectionStore, TenantStore } from './ports.ts';

export interface SearchConnectionsDeps {
  readonly connections: ConnectionStore;
  readonly tenants: TenantStore;
}

/** Which connections an operator looks for, in all tenants unless one is named. */
export interface ConnectionSearch {
  readonly tenantId?: string;
  readonly status?: ConnectionStatus;
  /** An id of the connection, of the app's user or of the Discord user, or a part of a name at Discord. */
  readonly text?: string;
  readonly limit: number;
  /** `nextCursor` of the page before, of the same search. */
  readonly cursor?: string;
}

export interface FoundConnections {
  readonly connections: readonly Connection[];
  /** Where to go on; absent: that was all. It can be there although `connections` is short or empty. */
  readonly nextCursor?: string;
}

/** Reads of at most `limit` connections each in one call: it stays short however many there are. */
const MAX_READS = 20;

/**
 * Searches by walking through the tenants' lists, since no index knows names. Whoever has the text as the app's user id is on a
 * list of his own, which is walked through first.
 * @returns a connection once, wherever the text is found; `search_cursor_invalid` for a cursor of another search
 */
export async function searchConnections(
  deps: SearchConnectionsDeps,
  search: ConnectionSearch,
): Promise<Result<FoundConnections, SearchFailure>> {
  const tenants = await loadTenants(deps);
  const { tenantId, text } = search;
  if (tenantId !== undefined && !tenants.some((tenant) => tenant.tenantId === tenantId)) {
    return fail({ reason: 'tenant_not_found' });
  }
  const place = search.cursor === undefined ? undefined : parseCursor(search.cursor, search);
  if (search.cursor !== undefined && place === undefined) return fail({ reason: 'search_cursor_invalid' });
  if (text !== undefined && CONNECTION_ID_PATTERN.test(text)) return ok(await loadOne(deps, search, text));
  const ids = tenants.map((tenant) => tenant.tenantId).filter((id) => tenantId === undefined || id === tenantId);
  return walk(deps, search, buildLists(ids, text, place), place);
}

export type SearchFailure =
  Extract<SettingsFailure, { reason: 'tenant_not_found' }> | { readonly reason: 'search_cursor_invalid' };

/** One list that is walked through: of the app's user whom the text names, or all of a tenant. */
interface List {
  readonly kind: 'user' | 'all';
  readonly tenantId: string;
}

/** The list that is next, and where on it; without a position: at its beginning. */
interface Place extends List {
  readonly position?: string;
}

/** @returns the lists from the place on, that one included; a tenant that has gone meanwhile is left out */
function buildLists(tenantIds: readonly string[], text: string | undefined, place: Place | undefined): List[] {
  const kinds = text === undefined ? (['all'] as const) : (['user', 'all'] as const);
  const lists = kinds.flatMap((kind) => tenantIds.map((tenantId) => ({ kind, tenantId })));
  if (place === undefined) return lists;
  const isBefore = ({ kind, tenantId }: List): boolean =>
    kind === place.kind ? tenantId < place.tenantId : kind === 'user';
  return lists.filter((list) => !isBefore(list));
}

async function walk(
  deps: SearchConnectionsDeps,
  search: ConnectionSearch,
  lists: readonly List[],
  from: Place | undefined,
): Promise<Result<FoundConnections, SearchFailure>> {
  const connections: Connection[] = [];
  let reads = 0;
  for (const list of lists) {
    const isFrom = from?.kind === list.kind && from.tenantId === list.tenantId;
    let position = isFrom ? from.position : undefined;
    do {
      if (connections.length === search.limit || reads === MAX_READS) {
        const place = { ...list, ...(position === undefined ? {} : { position }) };
        return ok({ connections, nextCursor: buildCursor(place, search) });
      }
      reads += 1;
      const page = await deps.connections.list(list.tenantId, {
        // No more than may still be found: a page is never cut in its middle.
        limit: search.limit - connections.length,
        ...(list.kind === 'user' && search.text !== undefined ? { userId: search.text } : {}),
        ...(position === undefined ? {} : { cursor: position }),
      });
      if (page === undefined) return fail({ reason: 'search_cursor_invalid' });
      connections.push(...page.connections.filter((connection) => isFound(connection, search, list.kind)));
      position = page.nextCursor;
    } while (position !== undefined);
  }
  return ok({ connections });
}

/** The lists of one app user have been walked through before the others: there he is not found again. */
function isFound(connection: Connection, { status, text }: ConnectionSearch, kind: List['kind']): boolean {
  if (status !== undefined && connection.status !== status) return false;
  if (kind === 'user' || text === undefined) return true;
  return connection.userId !== text && isNamedBy(connection, text);
}

function isNamedBy({ discordUser }: Connection, text: string): boolean {
  const part = toComparable(text);
  const names = [discordUser.username, discordUser.globalName ?? ''];
  return discordUser.id === text || names.some((name) => toComparable(name).includes(part));
}

/** Neither case nor the way in which a letter is put together matters. */
function toComparable(name: string): string {
  return name.normalize('NFKC').toLowerCase();
}

async function loadOne(
  { connections }: SearchConnectionsDeps,
  { tenantId, status }: ConnectionSearch,
  id: string,
): Promise<FoundConnections> {
  const connection = await connections.load(id);
  const isWanted =
    connection !== undefined &&
    (tenantId === undefined || connection.tenantId === tenantId) &&
    (status === undefined || connection.status === status);
  return { connections: isWanted ? [connection] : [] };
}

/** What a cursor belongs to: on another search it would leave out connections unseen. */
function buildMark({ tenantId, status, text }: ConnectionSearch): string {
  return sha256Hex(JSON.stringify([tenantId, status, text])).slice(0, 16);
}

function buildCursor({ kind, tenantId, position = '' }: Place, search: ConnectionSearch): string {
  return Buffer.from([buildMark(search), kind, tenantId, position].join(' ')).toString('base64url');
}

/** @returns nothing when it is not one of this search; the store looks at the position itself */
function parseCursor(cursor: string, search: ConnectionSearch): Place | undefined {
  const [mark, kind, tenantId = '', position = '', ...more] = Buffer.from(cursor, 'base64url')
    .toString('utf8')
    .split(' ');
  if (mark !== buildMark(search) || !TENANT_ID_PATTERN.test(tenantId) || more.length > 0) return undefined;
  if (kind !== 'user' && kind !== 'all') return undefined;
  return { kind, tenantId, ...(position === '' ? {} : { position }) };
}
