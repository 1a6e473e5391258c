import type { Connection } from '../domain/connection.ts';
import type { ConnectionStore } from './ports.ts';

/** As many as one consistent read takes. */
export const CONNECTION_PAGE_SIZE = 100;

/**
 * All connections of a tenant, page by page, as they are when their page is read. The list may be behind by moments: whoever
 * must not miss any looks again.
 */
export async function* pageConnections(
  { connections }: { readonly connections: Pick<ConnectionStore, 'list'> },
  tenantId: string,
): AsyncGenerator<readonly Connection[]> {
  let cursor: string | undefined;
  do {
    const page = await connections.list(tenantId, {
      limit: CONNECTION_PAGE_SIZE,
      ...(cursor === undefined ? {} : { cursor }),
    });
    yield page?.connections ?? [];
    cursor = page?.nextCursor;
  } while (cursor !== undefined);
}
