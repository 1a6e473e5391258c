/** Where the next page of a list begins, by Discord's operation id. Lists that are not here have no next page to compute. */
const PAGINATIONS: Readonly<Record<string, (query: URLSearchParams, answer: unknown) => Cursor | undefined>> = {
  list_messages: (query, answer) => {
    // Newest first, whichever way one pages. `around` has no direction.
    if (query.has('around')) return undefined;
    const ids = listFullPage(query, 50, answer, ['id']);
    return query.has('after') ? afterGreatest(ids) : beforeLeast(ids);
  },
  list_guild_members: (query, answer) => afterGreatest(listFullPage(query, 1, answer, ['user', 'id'])),
  list_guild_bans: (query, answer) => {
    const ids = listFullPage(query, 1_000, answer, ['user', 'id']);
    return query.has('before') ? beforeLeast(ids) : afterGreatest(ids);
  },
  list_message_reactions_by_emoji: (query, answer) => afterGreatest(listFullPage(query, 25, answer, ['id'])),
  list_pins: (_, answer) => beforeLast(answer, 'items', ['pinned_at']),
  list_public_archived_threads: (_, answer) => beforeLast(answer, 'threads', ['thread_metadata', 'archive_timestamp']),
  list_private_archived_threads: (_, answer) => beforeLast(answer, 'threads', ['thread_metadata', 'archive_timestamp']),
  list_my_private_archived_threads: (_, answer) => beforeLast(answer, 'threads', ['id']),
};

interface Cursor {
  readonly name: 'before' | 'after';
  readonly value: string;
}

/**
 * Writes the `Link` header to the next page of a list. A page that is full may be the last one: the next is empty then.
 * @param path - the caller's path, decoded once
 * @param answer - Discord's answer before anything was left out of it
 * @returns nothing when there is no next page, or none that can be computed
 * @see RFC 8288
 */
export function buildNextLink(
  operationId: string,
  publicBaseUrl: string,
  path: string,
  query: URLSearchParams,
  answer: unknown,
): string | undefined {
  const cursor = Object.hasOwn(PAGINATIONS, operationId) ? PAGINATIONS[operationId]?.(query, answer) : undefined;
  if (cursor === undefined) return undefined;
  const next = new URLSearchParams(query);
  next.delete('before');
  next.delete('after');
  next.set(cursor.name, cursor.value);
  // `@me` is written as everybody writes it.
  const encoded = path
    .split('/')
    .map((segment) => encodeURIComponent(segment).replaceAll('%40', '@'))
    .join('/');
  return `<${publicBaseUrl}${encoded}?${next.toString()}>; rel="next"`;
}

function readAt(value: unknown, steps: readonly string[]): unknown {
  return steps.reduce<unknown>(
    (inner, step) =>
      typeof inner === 'object' && inner !== null
        ? (Object.entries(inner).find(([key]) => key === step)?.[1] as unknown)
        : undefined,
    value,
  );
}

/** The ids of a page that has as many entries as were asked for; none otherwise. */
function listFullPage(
  query: URLSearchParams,
  defaultLimit: number,
  answer: unknown,
  steps: readonly string[],
): bigint[] {
  const limit = Number(query.get('limit') ?? defaultLimit);
  if (!Array.isArray(answer) || answer.length === 0 || answer.length < limit) return [];
  const ids = answer.map((entry) => readAt(entry, steps));
  const texts = ids.filter((id) => typeof id === 'string' && /^[0-9]{1,20}$/.test(id));
  return texts.length === ids.length ? texts.map((id) => BigInt(String(id))) : [];
}

function afterGreatest(ids: readonly bigint[]): Cursor | undefined {
  const greatest = ids.toSorted((a, b) => (a < b ? 1 : -1))[0];
  return greatest === undefined ? undefined : { name: 'after', value: String(greatest) };
}

function beforeLeast(ids: readonly bigint[]): Cursor | undefined {
  const least = ids.toSorted((a, b) => (a < b ? -1 : 1))[0];
  return least === undefined ? undefined : { name: 'before', value: String(least) };
}

/** Of lists that say themselves whether there is more: newest first. */
function beforeLast(answer: unknown, list: string, steps: readonly string[]): Cursor | undefined {
  const entries = readAt(answer, [list]);
  if (readAt(answer, ['has_more']) !== true || !Array.isArray(entries)) return undefined;
  const value = readAt(entries.at(-1), steps);
  return typeof value === 'string' && /^[\w:.+-]{1,64}$/.test(value) ? { name: 'before', value } : undefined;
}
