import fc from 'fast-check';
import { sequences } from './commands.ts';
import { Sequence } from './sequence.ts';
import type { World } from './world.ts';

/** `npm run test:deep` */
export const IS_DEEP = process.env['DEEP'] === '1';

/** What a run of many sequences came to. */
export interface Run {
  readonly sequences: number;
  readonly steps: number;
  readonly seed: number;
}

/** Variables that run one failure again, as the failure says. */
const SEED = 'MODEL_SEED';
const PATH = 'MODEL_PATH';
const REPLAY = 'MODEL_REPLAY';

/**
 * Runs so many random sequences against product and model.
 * @param options.maxCommands - steps of a sequence at the most
 * @throws Error with the shortest sequence that fails, what is wrong, and how to run it again
 */
export async function runSequences(
  world: World,
  options: { readonly count: number; readonly seed: number; readonly maxCommands: number; readonly file: string },
): Promise<Run> {
  const seed = Number(process.env[SEED] ?? options.seed);
  const path = process.env[PATH];
  let [count, steps] = [0, 0];
  const { maxCommands } = options;
  const property = fc.asyncProperty(sequences(maxCommands, process.env[REPLAY]), async (commands) => {
    await world.reset();
    const sequence = new Sequence(world);
    count += 1;
    try {
      await fc.asyncModelRun(() => ({ model: {}, real: sequence }), commands);
    } finally {
      steps += sequence.steps;
    }
  });
  const details = await fc.check(property, {
    numRuns: options.count,
    seed,
    ...(path === undefined ? {} : { path, endOnFailure: true }),
  });
  if (!details.failed) return { sequences: count, steps, seed };
  const { counterexamplePath, errorInstance, counterexample } = details;
  // The commands of one sequence tell themselves, replay path included.
  const told = fc.stringify(counterexample?.[0]);
  const replay = /replayPath="([^"]*)"/.exec(told)?.[1] ?? '';
  const variables = [
    `${SEED}=${details.seed}`,
    `${PATH}=${path ?? counterexamplePath ?? ''}`,
    `${REPLAY}=${process.env[REPLAY] ?? replay}`,
  ];
  throw new Error(
    [
      `a sequence of the model fails: ${told}`,
      errorInstance instanceof Error ? errorInstance.message : String(errorInstance),
      `again: ${variables.join(' ')} npx vitest run ${options.file}`,
    ].join('\n'),
  );
}

/** One line about a run, for the report. */
export function describeRun(world: World, { sequences: count, steps, seed }: Run): string {
  return `model: ${count} sequences, ${steps} steps, engine: ${world.engine}, seed ${seed}, 0 violations`;
}
