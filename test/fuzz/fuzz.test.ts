import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { useHarness } from '../support/use-harness.ts';
import { countStatuses, IS_DEEP, runFuzz, type FuzzTally } from './run-fuzz.ts';
import type { FuzzWorld } from './world/fuzz-world.ts';
import { openLocalFuzzWorld } from './world/local-world.ts';
import { openWireFuzzWorld } from './world/wire-world.ts';

const OVER_HTTP = 2_000;
const AT_HANDLERS = IS_DEEP ? 50_000 : 2_000;

/** Each day's deep run looks elsewhere; the quick one is the same for everybody. */
const SEED = IS_DEEP ? Math.floor(Date.now() / 86_400_000) : 44;

const tallies: FuzzTally[] = [];
let violations = 0;

/** Counts a run for the line at the end. */
async function fuzz(world: FuzzWorld, options: Parameters<typeof runFuzz>[1]): Promise<FuzzTally> {
  try {
    const tally = await runFuzz(world, options);
    tallies.push(tally);
    return tally;
  } catch (error) {
    violations += 1;
    throw error;
  }
}

let overHttp = 0;

afterAll(() => {
  const requests = tallies.reduce((sum, tally) => sum + tally.requests, 0);
  const seeds = tallies.map(({ seed }) => seed).join(' and ');
  console.log(`fuzz: ${requests} requests (${overHttp} over HTTP), seed ${seeds}, ${violations} violations`);
});

/** Fuzzing that is refused at the door shows nothing: many requests must succeed, at most actions; in a long run at nearly all. */
function expectDepth(tally: FuzzTally): void {
  expect(countStatuses(tally, 2) / tally.requests).toBeGreaterThan(0.1);
  expect(countStatuses(tally, 4) / tally.requests).toBeGreaterThan(0.3);
  expect(tally.actions.size).toBeGreaterThan(40);
  if (tally.requests < 10_000) return;
  expect(tally.actions.size).toBeGreaterThan(60);
  expect(tally.replays).toBeGreaterThan(0);
  expect(Object.keys(tally.codes)).toContain('idempotency_key_reused');
}

describe('over HTTP', () => {
  const harness = useHarness();

  it('fuzzed requests over HTTP break no rule', async () => {
    const world = await openWireFuzzWorld(harness);
    const tally = await fuzz(world, { count: OVER_HTTP, seed: SEED, name: 'over HTTP break' });

    overHttp = tally.requests;
    expect(tally.requests).toBe(OVER_HTTP);
    expectDepth(tally);
  }, 600_000);
});

describe('at the handlers', () => {
  let world: FuzzWorld;
  beforeAll(async () => {
    world = await openLocalFuzzWorld();
  });

  it(
    'fuzzed requests at the handlers break no rule',
    async () => {
      const tally = await fuzz(world, { count: AT_HANDLERS, seed: SEED + 1, name: 'at the handlers break' });

      expect(tally.requests).toBe(AT_HANDLERS);
      expectDepth(tally);
    },
    20 * 60_000,
  );
});
