import { toEpochSeconds } from '../../domain/epoch-seconds.ts';
import { computeTodoDelay } from '../../domain/todo-delay.ts';
import type { Failure } from '../../problems/failure.ts';
import { ok, type Result } from '../../result.ts';
import { createPace, type PaceDeps } from '../pace.ts';
import type { Clock, Todo, TodoKind, TodoStore } from '../ports.ts';
import type { Budget } from './budget.ts';

export interface TodoDeps extends PaceDeps {
  readonly todos: TodoStore;
  readonly clock: Clock;
}

const PAGE_SIZE = 200;

/** Seconds that a run waits when too much was asked of Discord; for longer the next run is the better one. */
const MAX_WAIT_SECONDS = 5;

/** Seconds. A to-do that nobody takes up is said to wait longer than this only by a clock that was wrong: none is put off so far. */
const MAX_AHEAD_SECONDS = 2 * 60 * 60;

/** Seconds after its time from which on a to-do that was not even tried means that the sweep does not get on. */
const OVERDUE_SECONDS = 60 * 60;

export interface TodoReport {
  readonly done: number;
  /** Not done yet, their time come or not; at least so many when the time did not allow to look through all. */
  readonly left: number;
  /** One should have been tried an hour ago, and was not. */
  readonly isOverdue: boolean;
  /** Discord or AWS does not take what it is asked at the moment. */
  readonly isStopped: boolean;
}

/**
 * Takes up all to-dos of one kind whose time has come. Each is put off before it is tried, which also tells two sweeps apart:
 * whatever breaks off, it is tried again then.
 * @param settle - does it and removes the to-do; false: not yet
 */
export async function sweepTodos(
  deps: TodoDeps,
  kind: TodoKind,
  budget: Budget,
  settle: (todo: Todo) => Promise<Result<boolean, Failure>>,
): Promise<TodoReport> {
  const pace = createPace(deps, MAX_WAIT_SECONDS);
  const report = { done: 0, left: 0, isOverdue: false, isStopped: false };
  let after: string | undefined;
  do {
    const page = await deps.todos.list(kind, { limit: PAGE_SIZE, ...(after === undefined ? {} : { after }) });
    for (const todo of page.todos) {
      const nowEpochSeconds = toEpochSeconds(deps.clock.nowEpochMs());
      if (isDue(todo, nowEpochSeconds) && !report.isStopped && budget.hasTime()) {
        const notBeforeEpochSeconds = nowEpochSeconds + computeTodoDelay(todo.sinceEpochSeconds, nowEpochSeconds);
        const isMine = await deps.todos.postpone(todo, notBeforeEpochSeconds);
        const { result, mustStop } = isMine ? await pace(() => settle(todo)) : { result: ok(false), mustStop: false };
        if (result.ok && result.value) report.done += 1;
        else report.left += 1;
        if (!result.ok) await obeyWait(deps, { ...todo, notBeforeEpochSeconds }, result.failure, nowEpochSeconds);
        report.isStopped = mustStop;
      } else {
        report.left += 1;
        const waits = nowEpochSeconds - todo.notBeforeEpochSeconds;
        if (waits > OVERDUE_SECONDS) report.isOverdue = true;
      }
    }
    after = budget.hasTime() ? page.last : undefined;
  } while (after !== undefined);
  return report;
}

function isDue({ notBeforeEpochSeconds }: Todo, nowEpochSeconds: number): boolean {
  return notBeforeEpochSeconds <= nowEpochSeconds || notBeforeEpochSeconds > nowEpochSeconds + MAX_AHEAD_SECONDS;
}

/** Whoever refused may have said for how long. */
async function obeyWait(deps: TodoDeps, todo: Todo, failure: Failure, nowEpochSeconds: number): Promise<void> {
  const retryAfterSeconds = 'retryAfterSeconds' in failure ? failure.retryAfterSeconds : undefined;
  if (retryAfterSeconds === undefined || nowEpochSeconds + retryAfterSeconds <= todo.notBeforeEpochSeconds) return;
  await deps.todos.postpone(todo, nowEpochSeconds + retryAfterSeconds);
}
