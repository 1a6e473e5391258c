import type { Operation, Outcome } from '../operation.ts';
import { computeEncounters, type Neighbours } from './contention.ts';
import { predict } from './predict.ts';
import { Draft, type Account, type Moment } from './state.ts';

/** What several operations that run at once may lead to, if each happens as a whole at some moment. */
export interface Possibilities {
  /** For each operation the answers that it may get. */
  readonly answers: readonly ReadonlySet<string>[];
  /** Every state that may be there in the end and in which all got the answers that they did get. */
  readonly states: readonly Draft[];
  /** The state after all of them, one after the other, whatever they would be answered. */
  readonly inTurn: Draft;
}

/**
 * Lets the operations happen to the model in every order.
 * @param outcomes - what they turned out to be about; one that met a fault may also not have happened at all
 */
export function computePossibilities(
  before: Draft,
  operations: readonly Operation[],
  outcomes: readonly Outcome[],
  now: Moment,
): Possibilities {
  const answers = operations.map(() => new Set<string>());
  const neighbours = findNeighbours(before, operations, outcomes);
  const states: Draft[] = [];
  let inTurn: Draft | undefined;
  const visit = (draft: Draft, moment: Moment, left: readonly number[], isTrue: boolean): void => {
    if (left.length === 0) {
      inTurn ??= draft;
      if (isTrue) states.push(draft);
    }
    for (const at of left) {
      const [operation, outcome, around] = [operations[at], outcomes[at], neighbours[at]];
      if (operation === undefined || outcome === undefined || around === undefined) continue;
      const others = left.filter((other) => other !== at);
      const next = new Draft(draft);
      const answer = predict(next, operation, outcome, moment);
      answers[at]?.add(answer);
      visit(next, pass(moment, operation), others, isTrue && (answer === outcome.answer || outcome.hasStruck));
      if (outcome.hasStruck) visit(draft, moment, others, isTrue);
      for (const state of computeEncounters(draft, operation, outcome, around, moment)) {
        answers[at]?.add(outcome.answer);
        visit(state, moment, others, isTrue);
      }
    }
  };
  visit(
    before,
    now,
    operations.map((_operation, at) => at),
    true,
  );
  return { answers, states, inTurn: inTurn ?? before };
}

function findNeighbours(
  before: Draft,
  operations: readonly Operation[],
  outcomes: readonly Outcome[],
): readonly Neighbours[] {
  const accounts = outcomes.map(({ id }) => findAccount(before, id));
  const concernsAll = (at: number): boolean => CONCERNING_ALL.has(operations[at]?.kind ?? 'wait');
  return operations.map((_operation, at) => {
    const kinds = (isNear: (other: number) => boolean): Operation['kind'][] =>
      operations.flatMap(({ kind }, other) =>
        other !== at && (concernsAll(other) || concernsAll(at) || isNear(other)) ? [kind] : [],
      );
    const isOfSameAccount = (other: number): boolean =>
      accounts[other] !== undefined && accounts[other] === accounts[at];
    const isAboutSame = (other: number): boolean =>
      outcomes[other]?.id !== undefined && outcomes[other].id === outcomes[at]?.id;
    return {
      same: kinds((other) => isAboutSame(other) || (isOfSameAccount(other) && operations[other]?.kind === 'confirm')),
      sharing: kinds(isOfSameAccount),
    };
  });
}

/** What may touch every connection. */
const CONCERNING_ALL: ReadonlySet<Operation['kind']> = new Set(['sweep', 'revoke_all', 'rotate_key']);

function findAccount(before: Draft, id: string | undefined): Account | undefined {
  const found = before.connections.get(id ?? '') ?? before.sessions.get(id ?? '');
  return found?.who.account;
}

/** The clocks after an operation. */
function pass({ gatewayMs, discordMs }: Moment, operation: Operation): Moment {
  if (operation.kind === 'wait') {
    return { gatewayMs: gatewayMs + operation.seconds * 1000, discordMs: discordMs + operation.seconds * 1000 };
  }
  if (operation.kind === 'jump') return { gatewayMs: gatewayMs + operation.seconds * 1000, discordMs };
  return { gatewayMs, discordMs };
}
