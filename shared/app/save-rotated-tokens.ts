import type { Connection } from '../domain/connection.ts';
import { COUNT } from '../metric-names.ts';
import { OutageError } from '../problems/failure.ts';
import type { ConnectionStore, Deadline, Log, Metrics } from './ports.ts';
import { retryStorage } from './retry-storage.ts';

export interface SaveRotatedDeps {
  readonly connections: ConnectionStore;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly sleep: (ms: number) => Promise<void>;
}

/** How often a save gives way to another request's write before it counts as lost. */
const MAX_CONFLICTS = 5;

/**
 * Stores a rotated pair over whatever stands there about the pair before it. Another request may have got there first: one
 * that met the refresh token which this one had just spent, and so took the connection for dead.
 *
 * | request A                    | request B                          | stored                    |
 * |------------------------------|------------------------------------|---------------------------|
 * | refresh with R1 → R2         |                                    | R1, active                |
 * |                              | refresh with R1 → `invalid_grant`  | R1, active                |
 * |                              | marks the connection               | R1, reconnect required    |
 * | save fails on its condition  |                                    | R1, reconnect required    |
 * | saves over the mark          |                                    | R2, active                |
 *
 * A connection that was disconnected meanwhile stays so, but keeps the new pair as owed: Discord was told about the spent one.
 *
 * @param read - the connection whose refresh token was spent
 * @param rotate - puts the new pair into a connection
 * @returns the stored connection, or nothing when there are newer tokens, which then count
 * @throws OutageError when the storage stayed down: the pair is lost and the log says so
 */
export async function saveRotatedTokens(
  deps: SaveRotatedDeps,
  read: Connection,
  rotate: (base: Connection) => Promise<Connection>,
  deadline: Deadline,
): Promise<Connection | undefined> {
  const persist = <T>(write: () => Promise<T>): Promise<T> => retryStorage(write, deadline, deps.sleep);
  let base = read;
  try {
    for (let attempt = 0; attempt < MAX_CONFLICTS; attempt += 1) {
      const current = base;
      const rotated = await persist(() => rotate(current));
      const saved = await persist(() => deps.connections.save(rotated));
      if (saved !== undefined) return saved;
      const stored = await persist(() => deps.connections.load(read.id));
      if (stored === undefined || stored.tokensVersion !== read.tokensVersion) return undefined;
      base = stored;
    }
  } catch (error) {
    if (error instanceof OutageError) reportUnsaved(deps, read.id, error.causeName);
    throw error;
  }
  reportUnsaved(deps, read.id, 'TooManyConflicts');
  return undefined;
}

function reportUnsaved(deps: SaveRotatedDeps, connectionId: string, cause: string): void {
  deps.log.error('rotated_tokens_unsaved', { connection_id: connectionId, cause });
  deps.metrics.count(COUNT.rotatedTokensUnsaved);
}
