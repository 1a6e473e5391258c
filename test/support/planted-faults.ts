import { expect } from 'vitest';
import type { Harness } from './harness.ts';

/** After a test: every planted fault must have struck as often as it was to, or the test tested nothing. Removes them all. */
export async function expectFaultsUsed({ simulator, stack }: Harness): Promise<void> {
  const { items } = await simulator.control.listFaults();
  const unusedAtDiscord = items.filter(({ hits, remaining }) => hits === 0 || (remaining ?? 0) > 0);
  const unusedAtAws = stack.aws.faults.unused();
  await simulator.control.clearFaults();
  stack.aws.faults.clear();
  expect({ unusedAtDiscord, unusedAtAws }).toEqual({ unusedAtDiscord: [], unusedAtAws: [] });
}
