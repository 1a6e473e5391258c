import { TestClock } from '../../support/test-clock.ts';

/** Milliseconds in which an emptied throttle of the template fills up again. */
const BETWEEN_MS = 2_000;

/** Two clocks: Discord's, which only goes on, and the gateway's, which may be wrong and jump both ways. */
export class ModelClock extends TestClock {
  #begunMs = 0;
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

  /** For the next sequence. Time goes on a little, so that the gateway's throttle has let go of what the last one has sent. */
  reset(): void {
    this.#begunMs += BETWEEN_MS;
    this.#passedMs = this.#begunMs;
    this.#skewMs = 0;
  }
}
