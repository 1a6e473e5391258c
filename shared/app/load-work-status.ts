import { toEpochSeconds } from '../domain/epoch-seconds.ts';
import type { CredentialGateStore, SweepStateStore, TodoStore } from './ports.ts';

export interface WorkStatusDeps {
  readonly gate: Pick<CredentialGateStore, 'load'>;
  readonly todos: Pick<TodoStore, 'list'>;
  readonly sweepStates: Pick<SweepStateStore, 'load'>;
}

/** How the installation gets on. */
export interface WorkStatus {
  /** Since when Discord refuses client id and secret; absent: it does not. */
  readonly credentialsRejectedSinceEpochSeconds?: number;
  /** Connections that are disconnected here and not yet at Discord. */
  readonly revocationsOwed: number;
  /** End of the last look at all connections; absent: there was none yet. */
  readonly lastPassEndedAtEpochSeconds?: number;
}

/** As many as one answer of DynamoDB has room for. */
const PAGE_SIZE = 1_000;

export async function loadWorkStatus({ gate, todos, sweepStates }: WorkStatusDeps): Promise<WorkStatus> {
  const known = await gate.load();
  const { lastPassEndedAtEpochSeconds } = await sweepStates.load();
  return {
    ...(known?.state === 'rejected'
      ? { credentialsRejectedSinceEpochSeconds: toEpochSeconds(known.sinceEpochMs) }
      : {}),
    revocationsOwed: await countRevocations(todos),
    ...(lastPassEndedAtEpochSeconds === undefined ? {} : { lastPassEndedAtEpochSeconds }),
  };
}

async function countRevocations(todos: WorkStatusDeps['todos']): Promise<number> {
  let count = 0;
  let after: string | undefined;
  do {
    const page = await todos.list('REVOKE', { limit: PAGE_SIZE, ...(after === undefined ? {} : { after }) });
    count += page.todos.length;
    after = page.last;
  } while (after !== undefined);
  return count;
}
