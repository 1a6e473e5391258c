import type { Connection } from '../domain/connection.ts';
import { COUNT } from '../metric-names.ts';
import { OutageError } from '../problems/failure.ts';
import { noteRevocation } from './note-revocation.ts';
import type {
  Audit,
  Clock,
  ConnectionStore,
  Deadline,
  Log,
  Metrics,
  Random,
  SpillStore,
  TodoStore,
  Vault,
} from './ports.ts';
import { quietly } from './quietly.ts';
import { retryStorage } from './retry-storage.ts';
import { toRotated, type NewTokens } from './rotated-connection.ts';
import { spillTokens } from './spilled-tokens.ts';

export interface SaveRotatedDeps {
  readonly connections: ConnectionStore;
  readonly spills: SpillStore;
  readonly todos: TodoStore;
  readonly clock: Clock;
  readonly random: Random;
  readonly vault: Vault;
  readonly audit: Audit;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly sleep: (ms: number) => Promise<void>;
}

/**
 * Milliseconds that must remain for another try at the table: a service that hangs costs three time-outs of three seconds, and
 * the second place must still be reached after that.
 */
const SPILL_RESERVE_MS = 12_000;

/** How often a save gives way to another request's write before the pair is spilled. */
const MAX_CONFLICTS = 8;

/**
 * Stores a rotated pair over whatever stands there about the pair before it. Somebody else may have written meanwhile: a
 * disconnect, a re-encryption, or whoever took the lease over and met the refresh token that this request had just spent.
 *
 * | holder A, frozen past its lease | B, who takes the lease over        | stored                    |
 * |---------------------------------|------------------------------------|---------------------------|
 * | refresh with R1 → R2            |                                    | R1, active                |
 * |                                 | refresh with R1 → `invalid_grant`  | R1, active                |
 * |                                 | marks the connection               | R1, reconnect required    |
 * | save fails on its condition     |                                    | R1, reconnect required    |
 * | saves over the mark             |                                    | R2, active                |
 *
 * A connection that was disconnected meanwhile stays so, but keeps the new pair as owed: Discord was told about the spent one.
 * What the table does not take is spilled: the connection's lease then stays, and whoever takes it over looks there first.
 *
 * @param read - the connection whose refresh token was spent
 * @returns the stored connection, or as good as stored when the pair was spilled; nothing when there are newer tokens, which
 * then count
 * @throws OutageError when neither place took the pair: it is lost, and the log says so
 */
export async function saveRotatedTokens(
  deps: SaveRotatedDeps,
  read: Connection,
  tokens: NewTokens,
  deadline: Deadline,
): Promise<Connection | undefined> {
  const persist = <T>(write: () => Promise<T>): Promise<T> =>
    retryStorage(write, deadline, deps.sleep, SPILL_RESERVE_MS);
  let base = read;
  try {
    for (let attempt = 0; attempt < MAX_CONFLICTS; attempt += 1) {
      const current = base;
      const rotated = await persist(() => toRotated(deps, current, tokens));
      const saved = await persist(() => deps.connections.save(rotated));
      if (saved !== undefined) return await reportChange(deps, read, saved);
      const stored = await persist(() => deps.connections.load(read.id));
      if (stored === undefined || stored.tokensVersion !== read.tokensVersion) return undefined;
      base = stored;
    }
    throw new OutageError({ reason: 'storage_unavailable' }, 'TooManyConflicts');
  } catch (error) {
    if (!(error instanceof OutageError)) throw error;
    await spillTokens(deps, read, tokens, error.causeName);
    // The pair is kept, so it may be used; what is stored still names the old one.
    return await toRotated(deps, read, tokens);
  }
}

/** A refresh can cost scopes, and with them the connection; or nobody is there any more who will use the pair. */
async function reportChange(deps: SaveRotatedDeps, read: Connection, saved: Connection): Promise<Connection> {
  // Owed to Discord. Only now: until it is stored the pair is lost with this process. Should the process end here, the sweep's
  // patrol finds a connection that owes without a to-do.
  if (saved.status === 'disconnected') await quietly(deps, () => noteRevocation(deps, read.id));
  const lost = read.scopes.filter((scope) => !saved.scopes.includes(scope));
  if (saved.status === 'reconnect_required') deps.metrics.count(COUNT.reconnectRequired);
  if (lost.length > 0) {
    deps.log.warn('scopes_reduced', { connection_id: read.id, scopes: lost });
    await quietly(deps, () =>
      deps.audit.record({
        type: 'connection_scopes_reduced',
        actor: { kind: 'system' },
        tenantId: read.tenantId,
        connectionId: read.id,
        details: { lost, status: saved.status },
      }),
    );
  }
  return saved;
}
