import { TestClock } from '../../support/test-clock.ts';

/** Two clocks: Discord's, which only goes on, and the gateway's, which may be wrong and jump both ways. */
export class ModelClock extends TestClock {
  #passedMs = 0;
  #skewMs = 0;

  /** The gateway's time. */
  override nowEpochMs(): number {
    return this.worldEpochMs() + this.#skewMs;
  }

  /** Discord's time. */
  worldEpochMs(): number {
    return super.nowEpochMs() + this.#passedMs;
  }

  override advanceSeconds(seconds: number): void {
    this.advance(seconds * 1000);
  }

  advance(milliseconds: number): void {
    this.#passedMs += milliseconds;
  }

  /** The gateway's clock is set. */
  jump(milliseconds: number): void {
    this.#skewMs += milliseconds;
  }

  /** The gateway's clock is right again. */
  correct(): void {
    this.#skewMs = 0;
  }

  reset(): void {
    this.#passedMs = 0;
    this.#skewMs = 0;
  }
}
