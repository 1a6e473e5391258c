import { expect, it } from 'vitest';
import { openPlainWorld } from './engine/plain/plain-world.ts';
import { describeRun, IS_DEEP, runSequences } from './run-sequences.ts';

const FILE = 'test/model/plain.test.ts';

/** The deep run is shared with `plain-second.test.ts`, so that both cores have half of it. */
const COUNT = IS_DEEP ? 25_000 : 600;

it(
  `keeps to the model in ${COUNT} random sequences`,
  async () => {
    const world = await openPlainWorld();
    const run = await runSequences(world, { count: COUNT, seed: 42, maxCommands: 10, file: FILE });

    console.log(describeRun(world, run));
    expect(run.sequences).toBe(COUNT);
  },
  20 * 60_000,
);
