import type { Clock } from '../../../shared/app/ports.ts';

/** Where every sequence begins. */
const START_EPOCH_MS = Date.UTC(2026, 10, 24, 12, 0, 0);

/** Two clocks: Discord's, which only goes on, and the gateway's, which may be wrong and jump both ways. */
export class ModelClock implements Clock {
  #worldEpochMs = START_EPOCH_MS;
  #skewMs = 0;

  /** The gateway's time. */
  nowEpochMs(): number {
    return this.#worldEpochMs + this.#skewMs;
  }

  /** Discord's time. */
  worldEpochMs(): number {
    return this.#worldEpochMs;
  }

  advance(milliseconds: number): void {
    this.#worldEpochMs += milliseconds;
  }

  /** The gateway's clock is set. */
  jump(milliseconds: number): void {
    this.#skewMs += milliseconds;
  }

  reset(): void {
    this.#worldEpochMs = START_EPOCH_MS;
    this.#skewMs = 0;
  }
}
