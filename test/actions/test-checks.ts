import { afterAll, beforeAll, describe, it } from 'vitest';
import { catalogue } from '../../shared/catalogue/index.ts';
import { useHarness } from '../support/use-harness.ts';
import { startActionWorld, type ActionWorld } from './action-world.ts';
import { nameCheck, planChecks, type Check } from './plan-checks.ts';
import { runCheck } from './run-check.ts';

/** Tries all checks of these kinds with every action, in one world. */
export function testChecks(title: string, kinds: readonly Check['kind'][]): void {
  const harness = useHarness();
  let world: ActionWorld | undefined;
  beforeAll(async () => {
    world = await startActionWorld(harness);
  });
  afterAll(() => {
    process.stdout.write(`actions: ${title} ${chosen.length} actions, ${world?.countCalls() ?? 0} calls\n`);
  });
  const chosen = catalogue
    .map((action) => ({ action, checks: planChecks(action).filter(({ kind }) => kinds.includes(kind)) }))
    .filter(({ checks }) => checks.length > 0);

  describe.each(chosen.map(({ action, checks }) => [action.id, { action, checks }] as const))(
    `${title} %s`,
    (_id, { action, checks }) => {
      it.each(checks.map((check) => [nameCheck(check), check] as const))('%s', async (_name, check) => {
        if (world === undefined) throw new Error('the world has not been started');
        await runCheck(world, action, check);
      });
    },
  );
}
