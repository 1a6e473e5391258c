import { afterAll, beforeAll, expect, it } from 'vitest';
import { openWireWorld } from './engine/wire/wire-world.ts';
import { describeRun, IS_DEEP, runSequences } from './run-sequences.ts';
import type { World } from './world.ts';

const COUNT = IS_DEEP ? 600 : 200;

let world: World;
beforeAll(async () => {
  world = await openWireWorld();
});
afterAll(() => world.stop());

it(
  `keeps to the model on the wire in ${COUNT} random sequences`,
  async () => {
    const run = await runSequences(world, { count: COUNT, seed: 41, maxCommands: 8, file: 'test/model/wire.test.ts' });

    console.log(describeRun(world, run));
    expect(run.sequences).toBe(COUNT);
  },
  20 * 60_000,
);
