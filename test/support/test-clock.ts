import type { Clock } from '../../shared/app/ports.ts';

/** The clock of a test: starts at a fixed moment and moves only when told. */
export class TestClock implements Clock {
  #nowEpochMs = Date.UTC(2026, 10, 24, 12, 0, 0);

  nowEpochMs(): number {
    return this.#nowEpochMs;
  }

  advanceSeconds(seconds: number): void {
    this.#nowEpochMs += seconds * 1000;
  }
}
