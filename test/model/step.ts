import type fc from 'fast-check';
import { describeOperation, type Operation } from './operation.ts';
import type { Sequence } from './sequence.ts';

/** Something that is done next: one operation, or several at once. */
export interface Move {
  readonly operations: readonly Operation[];
  /** Who moves when, if there are several. */
  readonly turns: readonly number[];
}

/** One or more moves, one after the other, as fast-check draws them. */
export class Step implements fc.AsyncCommand<object, Sequence> {
  readonly #moves: readonly Move[];

  constructor(...moves: readonly Move[]) {
    this.#moves = moves;
  }

  /** Sequences are drawn without knowing what there will be: what is about nothing is left out when it is its turn. */
  check(): boolean {
    return true;
  }

  async run(_model: object, sequence: Sequence): Promise<void> {
    for (const { operations, turns } of this.#moves) {
      const possible = operations.filter((one) => sequence.performer.canPerform(one, sequence.model));
      if (possible.length > 0) await sequence.step(possible, turns);
    }
  }

  toString(): string {
    return this.#moves.map(describeMove).join(' then ');
  }
}

function describeMove({ operations, turns }: Move): string {
  const told = operations.map(describeOperation).join(' | ');
  return operations.length === 1 ? told : `${told} in turns ${turns.join('')}`;
}

/** Everything comes to rest. */
export class RestStep implements fc.AsyncCommand<object, Sequence> {
  check(): boolean {
    return true;
  }

  run(_model: object, sequence: Sequence): Promise<void> {
    return sequence.rest();
  }

  toString(): string {
    return 'rest';
  }
}
