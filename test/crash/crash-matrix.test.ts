import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HandlerProcess } from '../processes/handler-process.ts';
import { buildProcessBundle, type ProcessBundle } from '../processes/process-bundle.ts';
import { startCrashWorld, type CrashWorld } from './crash-world.ts';
import { planAllKills, planFewKills, planManyKills, type Kill, type Recording } from './plan-kills.ts';
import { MatrixRunner } from './run-matrix.ts';
import { BURN_SCENARIOS, CONFIRM_FAULT_SCENARIOS } from './scenarios/confirming.ts';
import { CONNECT_SCENARIOS } from './scenarios/connect.ts';
import { DISCONNECT_SCENARIOS } from './scenarios/disconnect.ts';
import { REFRESH_FAULT_SCENARIOS, REFRESH_SCENARIOS } from './scenarios/refresh.ts';
import { REQUEST_SCENARIOS } from './scenarios/requests.ts';
import { UPKEEP_SCENARIOS } from './scenarios/upkeep.ts';
import type { Scenario } from './scenario.ts';
import { UNREACHED } from './unreached.ts';

const ALL = [
  ...CONNECT_SCENARIOS,
  ...CONFIRM_FAULT_SCENARIOS,
  ...BURN_SCENARIOS,
  ...REFRESH_SCENARIOS,
  ...REFRESH_FAULT_SCENARIOS,
  ...DISCONNECT_SCENARIOS,
  ...UPKEEP_SCENARIOS,
  ...REQUEST_SCENARIOS,
];

/** `CRASH=pattern` runs only the scenarios whose name it fits, to look into one. */
const ONLY = process.env['CRASH'] ?? '';
const SCENARIOS = ALL.filter(({ name }) => new RegExp(ONLY).test(name));

const IS_DEEP = process.env['DEEP'] === '1';

/** Scenarios that are not, are run all the same: to pass their awaits, and to see that they can be run. */
const isKilled = ({ isCore }: Scenario): boolean => isCore === true || IS_DEEP || ONLY !== '';

/** Worlds side by side, one for each core of the smallest machine that this is run on. */
const WORLDS = 2;

const TIMEOUT_MS = 30 * 60_000;

describe('a process that is killed', () => {
  let bundle: ProcessBundle;
  let worlds: CrashWorld[] = [];
  let runners: MatrixRunner[] = [];
  const recordings: Recording[] = [];

  beforeAll(async () => {
    bundle = await buildProcessBundle();
    worlds = await Promise.all(Array.from({ length: WORLDS }, () => startCrashWorld(bundle)));
    runners = worlds.map((world) => new MatrixRunner(world));
  });
  afterAll(async () => {
    await Promise.all(worlds.map((world) => world.stop()));
    bundle.remove();
  });

  it(
    'is not missed when it comes through',
    async () => {
      const violations: string[] = [];
      await share(runners, SCENARIOS, async (runner, scenario) => {
        const recorded = await runner
          .record(scenario, isKilled(scenario))
          .catch((error: unknown) => toViolation(scenario.name, error));
        if (!Array.isArray(recorded)) recordings.push(recorded);
        violations.push(...(Array.isArray(recorded) ? recorded : recorded.violations));
      });

      // In the order of the list, whoever was ready first: the same kills are planned on every run.
      recordings.sort((a, b) => SCENARIOS.indexOf(a.scenario) - SCENARIOS.indexOf(b.scenario));
      expect(violations).toEqual([]);
    },
    TIMEOUT_MS,
  );

  it.skipIf(ONLY !== '')('passes every await that there is', () => {
    const passed = new Set(recordings.flatMap(({ trace }) => trace.map((entry) => 'point' in entry && entry.point)));
    const missed = bundle.awaits.filter(({ id }) => !passed.has(id));
    const isExcused = ({ id, text }: (typeof missed)[number]) =>
      UNREACHED.some(({ file, awaited }) => id.startsWith(`${file}:`) && text.startsWith(awaited));
    const unneeded = UNREACHED.filter(
      ({ file, awaited }) => !missed.some(({ id, text }) => id.startsWith(`${file}:`) && text.startsWith(awaited)),
    );

    expect(missed.filter((point) => !isExcused(point)).map(({ id, text }) => `${id} await ${text}`)).toEqual([]);
    expect(unneeded).toEqual([]);
  });

  it(
    'leaves no token behind, wherever it dies',
    async () => {
      const all = planAllKills(recordings);
      const kills = planKills(recordings);
      const violations: string[] = [];
      const victims = new Map<MatrixRunner, HandlerProcess>();
      await share(runners, kills, async (runner, kill) => {
        const world = worlds[runners.indexOf(runner)] as CrashWorld;
        const victim = victims.get(runner) ?? world.rig.spawn();
        // The next one starts while this one is at work.
        victims.set(runner, world.rig.spawn());
        const found = runner.kill(kill, victim).catch((error: unknown) => toViolation(kill.scenario.name, error));
        violations.push(...(await found));
      });

      const { length: inWindow } = kills.filter(({ isInNamedWindow }) => isInNamedWindow);
      console.log(
        `crash matrix: ${bundle.awaits.length} awaits, ${all.length} kill points, ${kills.length} kills ` +
          `(${inWindow} in the named window), ${violations.length} violations`,
      );
      expect(violations).toEqual([]);
    },
    TIMEOUT_MS,
  );
});

/** What should not have been able to go wrong in the rig itself. */
function toViolation(scenario: string, error: unknown): string[] {
  return [`${scenario}: ${error instanceof Error ? error.message.slice(0, 300) : String(error)}`];
}

/** `CRASH` looks into scenarios and takes everything; everything of all of them (`CRASH=.`) takes most of an hour. */
function planKills(recordings: readonly Recording[]): Kill[] {
  if (ONLY !== '') return planAllKills(recordings);
  if (IS_DEEP) return planManyKills(recordings);
  return planFewKills(recordings.filter(({ scenario }) => isKilled(scenario)));
}

/** Hands the tasks out, each runner taking the next when it is done with one. */
async function share<T>(
  runners: readonly MatrixRunner[],
  tasks: readonly T[],
  run: (runner: MatrixRunner, task: T) => Promise<void>,
): Promise<void> {
  const open = [...tasks];
  await Promise.all(
    runners.map(async (runner) => {
      for (let task = open.shift(); task !== undefined; task = open.shift()) await run(runner, task);
    }),
  );
}
