import { afterAll, afterEach, beforeAll } from 'vitest';
import { startHarness, type Harness, type HarnessOptions } from './harness.ts';
import { expectFaultsUsed } from './planted-faults.ts';

/**
 * A harness for the tests around the call: started before them, stopped after them, and after each test it is checked that
 * every planted fault has struck. The value can be used from the first `beforeAll` behind this call on.
 */
export function useHarness(options: HarnessOptions = {}): Harness {
  let running: Harness | undefined;
  const started = (): Harness => {
    if (running === undefined) throw new Error('the harness is used before it was started');
    return running;
  };
  beforeAll(async () => {
    running = await startHarness(options);
  });
  afterEach(() => expectFaultsUsed(started()));
  afterAll(() => running?.stop());
  return new Proxy({} as Harness, { get: (_target, name) => Reflect.get(started(), name) as unknown });
}
