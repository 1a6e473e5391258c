import { toEpochSeconds } from '../../domain/epoch-seconds.ts';
import { isPassBehind } from '../../domain/patrol-schedule.ts';
import type { Failure } from '../../problems/failure.ts';
import { ok, type Result } from '../../result.ts';
import type { Deadline, Todo } from '../ports.ts';
import { settleKeptAnswer } from '../settle-kept-answer.ts';
import { settleRevocation } from '../settle-revocation.ts';
import { isOwed } from '../end-connections.ts';
import { createBudget, type Budget } from './budget.ts';
import type { PatrolCounts } from './patrol-counts.ts';
import { patrol, type PatrolDeps } from './patrol.ts';
import { sweepDeletions, type SweepDeletionsDeps } from './sweep-deletions.ts';
import { sweepTodos, type TodoReport } from './sweep-todos.ts';

export type SweepDeps = PatrolDeps & SweepDeletionsDeps;

/** What one run did, in numbers of things. */
export interface SweepReport extends Readonly<PatrolCounts> {
  readonly revocationsDone: number;
  /** Revocations that Discord has not taken yet, their time come or not. */
  readonly revocationsOwed: number;
  readonly answersSettled: number;
  readonly answersLeft: number;
  /** Deleted tenants that are gone now. */
  readonly shredded: number;
  /** Something should have been done long ago. */
  readonly isBehind: boolean;
  /** No pass over all connections is under way any more. */
  readonly isPassComplete: boolean;
}

const CLAIM_BYTES = 16;

/**
 * Does what others had to leave: revocations that Discord has not taken, confirmations that were broken off, tenants that are being
 * deleted, and then, as far as time allows, a look at all connections (idle ones, tokens under an old data key, pairs in the
 * second place). Every write is conditional: a second run beside it and one that is killed do no harm.
 * @param deadline - of the whole run; nothing new is begun shortly before it
 * @throws OutageError when the table is down
 */
export async function runSweep(deps: SweepDeps, deadline: Deadline): Promise<SweepReport> {
  const budget = createBudget(deadline);
  const revocations = await sweepTodos(deps, 'REVOKE', budget, (todo) => revoke(deps, todo, budget));
  const answers = await sweepAnswers(deps, budget, revocations.isStopped);
  const tenants = await deps.tenants.list();
  // Before the look at all connections, which can take all the time of many runs.
  const shredded = await sweepDeletions(deps, tenants, budget);
  const { counts, state } = await patrol(deps, tenants, budget);
  const isPassLate = isPassBehind(state, toEpochSeconds(deps.clock.nowEpochMs()));
  return {
    revocationsDone: revocations.done,
    revocationsOwed: revocations.left,
    answersSettled: answers.done,
    answersLeft: answers.left,
    ...counts,
    shredded,
    isBehind: revocations.isOverdue || answers.isOverdue || isPassLate,
    isPassComplete: state.pass === undefined,
  };
}

/** A to-do whose connection is open or gone is only taken away: who wrote it has died before he closed it. */
async function revoke(deps: SweepDeps, todo: Todo, budget: Budget): Promise<Result<boolean, Failure>> {
  const connection = await deps.connections.load(todo.id);
  if (connection === undefined) {
    await deps.todos.remove(todo);
    return ok(true);
  }
  const settled = await settleRevocation(deps, connection, todo, budget.step);
  return settled.ok ? ok(!isOwed(settled.value)) : settled;
}

/** What they need of Discord is the same as what was refused a moment ago: then they wait. */
function sweepAnswers(deps: SweepDeps, budget: Budget, isDiscordRefusing: boolean): Promise<TodoReport> {
  const waiting: Budget = isDiscordRefusing ? { ...budget, hasTime: () => false } : budget;
  return sweepTodos(deps, 'ANSWER', waiting, async (todo) => {
    const claimId = Buffer.from(deps.random.bytes(CLAIM_BYTES)).toString('hex');
    return ok(await settleKeptAnswer(deps, todo, claimId, budget.step));
  });
}
