import type { UserLinkStore } from '../app/ports.ts';
import { keys } from './keys.ts';
import { parseUserLink } from './records.ts';
import type { TableClient } from './table-client.ts';

/** Links of end users to their own connection. */
export function createUserLinkStore(table: TableClient): UserLinkStore {
  return {
    create: async (hash, link) => {
      await table.put(keys.link(hash), { ...link });
    },
    load: async (hash) => parseUserLink(await table.get(keys.link(hash))),
  };
}
