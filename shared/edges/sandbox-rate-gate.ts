import type { Clock, RateGate } from '../app/ports.ts';
import { RateMemory } from '../discord/rate-memory.ts';

/** What this sandbox alone has heard of Discord's limits: sandboxes share nothing yet. */
export function createSandboxRateGate(clock: Clock): RateGate {
  const memory = new RateMemory();
  return {
    admit: (target) => Promise.resolve({ waitMs: memory.admit(target, clock.nowEpochMs()) }),
    learn: (target, answer) => {
      memory.learn(target, answer, clock.nowEpochMs());
      return Promise.resolve();
    },
  };
}
