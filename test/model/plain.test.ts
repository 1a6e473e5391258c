import { expect, it } from 'vitest';
import { openPlainWorld } from './engine/plain/plain-world.ts';
import { describeRun, IS_DEEP, runSequences } from './run-sequences.ts';

const COUNT = IS_DEEP ? 25_000 : 200;

it(
  `keeps to the model in ${COUNT} random sequences`,
  async () => {
    const world = await openPlainWorld();
    const run = await runSequences(world, {
      count: COUNT,
      seed: 42,
      maxCommands: 14,
      file: 'test/model/plain.test.ts',
    });

    console.log(describeRun(world, run));
    expect(run.sequences).toBe(COUNT);
  },
  20 * 60_000,
);
