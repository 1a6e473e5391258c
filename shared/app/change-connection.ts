import type { Connection } from '../domain/connection.ts';
import type { ConnectionStore } from './ports.ts';

/** How often a change gives way to other requests' writes before it is given up. */
const MAX_CONFLICTS = 5;

/**
 * Changes a stored connection whatever else happens to it at the same time: each try is conditional on what was read last,
 * and after a conflict the change is made anew on what stands there now.
 * @param read - as the caller knows it; the first try needs no further read
 * @param change - the connection as it should be, or nothing when there is nothing (more) to change
 * @returns the stored connection; nothing when there was nothing to change, or others were first too often
 * @throws OutageError
 */
export async function changeConnection(
  { connections }: { readonly connections: ConnectionStore },
  read: Connection,
  change: (stored: Connection) => Connection | undefined | Promise<Connection | undefined>,
): Promise<Connection | undefined> {
  let stored: Connection | undefined = read;
  for (let attempt = 0; attempt < MAX_CONFLICTS && stored !== undefined; attempt += 1) {
    const changed = await change(stored);
    if (changed === undefined) return undefined;
    const saved = await connections.save(changed);
    if (saved !== undefined) return saved;
    stored = await connections.load(read.id);
  }
  return undefined;
}
