import type { Connection } from '../../domain/connection.ts';
import { toEpochSeconds } from '../../domain/epoch-seconds.ts';
import { isIdle } from '../../domain/idle-expiry.ts';
import { OutageError } from '../../problems/failure.ts';
import { closeConnection, type DisconnectDeps } from '../disconnect-connection.ts';
import { isOwed } from '../end-connections.ts';
import type { Deadline } from '../ports.ts';
import { reportOutage } from '../report-outage.ts';
import { resealConnection } from '../reseal-connection.ts';
import { recoverLeftPair, type RecoverLeftDeps } from './recover-left-pair.ts';

export type PatrolConnectionDeps = DisconnectDeps & RecoverLeftDeps;

/** What a pass holds all connections against. */
export interface PatrolOrder {
  readonly idleExpiryDays: number | undefined;
  /** The data key that the tenant seals with; nothing when it has none. */
  readonly keyId: string | undefined;
}

/** What was done to one connection. */
export interface Patrolled {
  readonly isIdleClosed: boolean;
  readonly isResealed: boolean;
  readonly isRecovered: boolean;
  /** Something of it is, or may be, under an old data key all the same. */
  readonly isUnfinished: boolean;
}

/**
 * Looks at one connection: brings in a pair that was spilled, closes what nobody uses (its revocation is a to-do then), sees to it
 * that an owed revocation has its to-do, and seals anew what is sealed under an old data key. Each is one conditional write that
 * gives way to whoever else is at work.
 * @throws OutageError when storage, key service or secrets are down; one connection whose tokens do not open only stays unfinished
 */
export async function patrolConnection(
  deps: PatrolConnectionDeps,
  read: Connection,
  order: PatrolOrder,
  deadline: Deadline,
): Promise<Patrolled> {
  try {
    const pair = await recoverLeftPair(deps, read, order.keyId, deadline);
    const connection = pair === 'recovered' ? ((await deps.connections.load(read.id)) ?? read) : read;
    const closed = await closeIfIdle(deps, connection, order);
    await keepTodo(deps, closed ?? connection);
    const sealed =
      order.keyId === undefined ? 'unneeded' : await resealConnection(deps, closed ?? connection, order.keyId);
    return {
      isIdleClosed: closed !== undefined,
      isResealed: sealed === 'resealed',
      isRecovered: pair === 'recovered',
      isUnfinished: pair === 'left' || sealed === 'unsettled',
    };
  } catch (error) {
    if (!(error instanceof OutageError) || error.failure.reason !== 'sealed_data_unreadable') throw error;
    reportOutage(deps, error, { connection_id: read.id });
    return { isIdleClosed: false, isResealed: false, isRecovered: false, isUnfinished: true };
  }
}

async function closeIfIdle(
  deps: PatrolConnectionDeps,
  connection: Connection,
  { idleExpiryDays }: PatrolOrder,
): Promise<Connection | undefined> {
  const nowEpochSeconds = toEpochSeconds(deps.clock.nowEpochMs());
  const isStillWanted = (stored: Connection): boolean => isIdle(stored, idleExpiryDays, nowEpochSeconds);
  if (!isStillWanted(connection)) return undefined;
  const actor = { kind: 'system' } as const;
  const closed = await closeConnection(deps, connection, { reason: 'idle_expired', actor, isStillWanted });
  return closed.ok ? closed.value.connection : undefined;
}

/**
 * A to-do is taken away when its connection turns out to be open: should whoever wrote it have been only very slow, the
 * connection is closed after that, and owed by nobody.
 */
async function keepTodo(deps: PatrolConnectionDeps, connection: Connection): Promise<void> {
  if (!isOwed(connection)) return;
  const nowEpochSeconds = toEpochSeconds(deps.clock.nowEpochMs());
  await deps.todos.ensure({
    kind: 'REVOKE',
    id: connection.id,
    claimId: Buffer.from(deps.random.bytes(CLAIM_BYTES)).toString('hex'),
    sinceEpochSeconds: nowEpochSeconds,
    notBeforeEpochSeconds: nowEpochSeconds,
  });
}

const CLAIM_BYTES = 16;
