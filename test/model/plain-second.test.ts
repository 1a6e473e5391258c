import { expect, it } from 'vitest';
import { openPlainWorld } from './engine/plain/plain-world.ts';
import { describeRun, IS_DEEP, runSequences } from './run-sequences.ts';

const FILE = 'test/model/plain-second.test.ts';

const COUNT = IS_DEEP ? 25_000 : 200;

it(
  `keeps to the model in ${COUNT} other random sequences`,
  async () => {
    const world = await openPlainWorld();
    // Each day's deep run looks elsewhere; the quick one is the same for everybody.
    const seed = IS_DEEP ? Math.floor(Date.now() / 86_400_000) : 43;
    const run = await runSequences(world, { count: COUNT, seed, maxCommands: 10, file: FILE });

    console.log(describeRun(world, run));
    expect(run.sequences).toBe(COUNT);
  },
  20 * 60_000,
);
