import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../../../shared/app/ports.ts';
import type { ChildTime } from './messages.ts';

/** The clock of a child process, whose time the parent sets with every job. */
export class ChildClock implements Clock {
  #time: ChildTime = { kind: 'running', offsetMs: 0 };

  set(time: ChildTime): void {
    this.#time = time;
  }

  nowEpochMs(): number {
    return this.#time.kind === 'frozen' ? this.#time.nowEpochMs : Date.now() + this.#time.offsetMs;
  }

  /** A pause of frozen time is over at once, and the time is that much later. */
  readonly sleep = async (ms: number): Promise<void> => {
    if (this.#time.kind === 'running') await pause(ms);
    else this.#time = { kind: 'frozen', nowEpochMs: this.#time.nowEpochMs + ms };
  };
}
