import type { Connection } from '../domain/connection.ts';
import { toEpochSeconds } from '../domain/epoch-seconds.ts';
import { isFormer, isGhost } from '../domain/grant-member.ts';
import { isLeaseHeld } from '../domain/refresh-lease.ts';
import { COUNT } from '../metric-names.ts';
import type { Failure } from '../problems/failure.ts';
import { ok, type Result } from '../result.ts';
import { revokeAuthorization, type CredentialsDeps } from './credentials.ts';
import { leaveGrant } from './leave-grant.ts';
import { openTokens } from './open-tokens.ts';
import { quietly } from './quietly.ts';
import { openSpilledTokens } from './spilled-tokens.ts';
import type { ConnectionStore, Deadline, GrantStore, SpillStore, Todo, TodoStore, Vault } from './ports.ts';
import type { TokenEndpoint } from './token-endpoint.ts';

export interface SettleRevocationDeps extends CredentialsDeps {
  readonly connections: ConnectionStore;
  readonly grants: GrantStore;
  readonly todos: TodoStore;
  readonly spills: SpillStore;
  readonly vault: Vault;
  readonly tokens: TokenEndpoint;
  readonly sleep: (ms: number) => Promise<void>;
}

/** How often it is begun anew because a refresh that was under way stored another pair. */
const MAX_ROUNDS = 3;

/** Milliseconds, in all, that a refresh under way is waited for: its pair is the one that must be revoked. */
const MAX_WAIT_MS = 3_000;
const PAUSE_MS = 50;

/**
 * Tells Discord that a connection is over, if nobody else lives on the authorization, and forgets its tokens then. Whatever
 * breaks off on the way, the to-do stays and the next one begins again; doing it twice does no harm.
 * @param closed - disconnected, its revocation owed
 * @returns the connection without its tokens; a Discord failure when the revocation is still owed
 * @throws OutageError
 */
export async function settleRevocation(
  deps: SettleRevocationDeps,
  closed: Connection,
  todo: Pick<Todo, 'kind' | 'id' | 'claimId'>,
  deadline: Deadline,
): Promise<Result<Connection, Failure>> {
  let connection = closed;
  for (let round = 0; round < MAX_ROUNDS && isOwed(connection); round += 1) {
    connection = await waitForRefresh(deps, connection);
    if (!isOwed(connection)) break;
    const revoked = await revokeIfLast(deps, connection, deadline);
    if (!revoked.ok) {
      deps.log.warn('revocation_owed', { connection_id: connection.id, reason: revoked.failure.reason });
      deps.metrics.count(COUNT.revocationOwed);
      return revoked;
    }
    const emptied = await deps.connections.save(forgetTokens(connection));
    if (emptied !== undefined) {
      deps.log.info('revoked', { connection_id: connection.id, is_revoked: revoked.value });
      await deps.audit.record({
        type: 'connection_revoked',
        actor: { kind: 'system' },
        tenantId: connection.tenantId,
        connectionId: connection.id,
        details: { is_revoked_at_discord: revoked.value },
      });
    }
    // Another writer was first: a refresh that stored its pair, or the user who has connected again.
    connection = emptied ?? (await deps.connections.load(connection.id)) ?? connection;
  }
  // Still owed after all rounds: the to-do stays.
  if (!isOwed(connection)) await deps.todos.remove(todo);
  return ok(connection);
}

function isOwed(connection: Connection): boolean {
  return connection.status === 'disconnected' && connection.isRevocationOwed === true;
}

/** A refresh that had begun before the connection was closed stores its pair within moments. */
async function waitForRefresh(deps: SettleRevocationDeps, closed: Connection): Promise<Connection> {
  let connection = closed;
  for (let waitedMs = 0; waitedMs < MAX_WAIT_MS; waitedMs += PAUSE_MS) {
    if (!isLeaseHeld(connection.refreshLease, deps.clock.nowEpochMs())) return connection;
    await deps.sleep(PAUSE_MS);
    connection = (await deps.connections.load(connection.id)) ?? connection;
  }
  return connection;
}

/** @returns whether it was revoked at Discord, rather than left to those who share it */
async function revokeIfLast(
  deps: SettleRevocationDeps,
  connection: Connection,
  deadline: Deadline,
): Promise<Result<boolean, Failure>> {
  const { clientId, discordUser } = connection;
  const nowEpochSeconds = toEpochSeconds(deps.clock.nowEpochMs());
  const isLeaving = (member: string): boolean =>
    member === connection.grantMember ||
    isFormer(member, connection.grantMember ?? '') ||
    isGhost(member, connection.id, nowEpochSeconds);
  const isLast = await leaveGrant(deps, clientId, discordUser.id, isLeaving);
  if (isLast) {
    const refreshToken = await openNewestRefreshToken(deps, connection);
    // Either token of the pair ends the whole authorization; the refresh token outlives the other.
    const revoked =
      refreshToken === undefined ? ok(undefined) : await revokeAuthorization(deps, refreshToken, deadline);
    if (!revoked.ok) return revoked;
    await deps.grants.finishRevocation(clientId, discordUser.id);
  }
  if (connection.refreshLease !== undefined) {
    const spill = { connectionId: connection.id, tokensVersion: connection.tokensVersion + 1 };
    await quietly(deps, () => deps.spills.remove(spill));
  }
  return ok(isLast);
}

/** A lease that was never given back may stand for a pair in the second place, which then is the living one. */
async function openNewestRefreshToken(deps: SettleRevocationDeps, connection: Connection): Promise<string | undefined> {
  const spilled = connection.refreshLease === undefined ? undefined : await openSpilledTokens(deps, connection);
  return (spilled?.pair ?? (await openTokens(deps, connection)))?.refreshToken;
}

function forgetTokens(connection: Connection): Connection {
  const {
    sealedTokens,
    grantMember,
    isRevocationOwed,
    refreshLease,
    refreshHold,
    refreshUncertainSinceEpochSeconds,
    ...rest
  } = connection;
  return { ...rest, webhooks: [] };
}
