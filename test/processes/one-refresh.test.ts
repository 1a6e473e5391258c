import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectUser, type ConnectedUser } from '../support/connected-user.ts';
import { watchDiscord, type DiscordRequests } from '../support/discord-requests.ts';
import type { HandlerProcess } from './handler-process.ts';
import { buildProcessBundle, type ProcessBundle } from './process-bundle.ts';
import { startProcessRig, type ProcessRig } from './process-rig.ts';

const CALLERS = 200;
const PROCESSES = 4;
const ROUNDS = process.env['DEEP'] === '1' ? 50 : 3;

/** Milliseconds within which the callers of a round begin: some together, some while the first refreshes, some after it. */
const MAX_START_DELAY_MS = 1_000;

/** Sandboxes of each process, each with nothing in memory when a round begins. */
const SANDBOXES = 10;

/** Rounds that a process lives; sandboxes of earlier rounds keep their connections open. */
const ROUNDS_OF_A_PROCESS = 5;

/** Longer than an access token lives, and shorter than the idle expiry. */
const UNTIL_EXPIRED_SECONDS = 8 * 86_400;

describe('calls of one connection in several processes', () => {
  let bundle: ProcessBundle;
  let rig: ProcessRig;
  let user: ConnectedUser;
  let discord: DiscordRequests;

  beforeAll(async () => {
    bundle = await buildProcessBundle();
    rig = await startProcessRig(bundle, { isTimeRunning: true });
    const first = rig.spawn();
    rig.place(() => ({ process: first, sandbox: 'connect' }));
    user = await connectUser(rig.harness, { user: 'solo' });
    // Discord would not let one user do so much at once; here it is about tokens, not about limits.
    const plenty = { limit: 10_000, window_ms: 1_000 };
    await rig.harness.simulator.control.setRateLimits({ route: plenty, routes: {}, global_per_user: plenty });
    discord = watchDiscord(rig.harness.simulator);
  });
  afterAll(async () => {
    await rig.stop();
    bundle.remove();
  });

  let processes: HandlerProcess[] = [];
  const renewProcesses = async (): Promise<void> => {
    await Promise.all(processes.map((process) => process.stop()));
    processes = Array.from({ length: PROCESSES }, () => rig.spawn());
  };

  const runRound = async (seed: number, round: number) => {
    rig.harness.clock.advanceSeconds(UNTIL_EXPIRED_SECONDS);
    await discord.clear();
    if (round % ROUNDS_OF_A_PROCESS === 0) await renewProcesses();
    let calls = 0;
    rig.place(() => {
      calls += 1;
      const sandbox = `${round}-${Math.floor(calls / PROCESSES) % SANDBOXES}`;
      return { process: processes[calls % PROCESSES] as HandlerProcess, sandbox };
    });
    const delays = fc.sample(fc.noBias(fc.nat({ max: MAX_START_DELAY_MS })), { numRuns: CALLERS, seed: seed + round });
    const answers = await Promise.all(
      delays.map(async (delayMs) => {
        await pause(delayMs);
        return user.call();
      }),
    );
    const statuses: Record<number, number> = {};
    for (const { status } of answers) statuses[status] = (statuses[status] ?? 0) + 1;
    return { seed, round, statuses, refreshes: await discord.refreshes() };
  };

  it(
    `[hostile 10] refresh its expired token once, however many begin at the same time`,
    async () => {
      const seed = Number(process.env['SEED'] ?? randomInt(2 ** 31));
      console.log(`start delays: SEED=${seed}`);

      for (let round = 0; round < ROUNDS; round += 1) {
        const statuses = { 200: CALLERS };
        expect(await runRound(seed, round)).toEqual({ seed, round, statuses, refreshes: 1 });
      }

      console.log(`${CALLERS} callers × ${ROUNDS} rounds over ${PROCESSES} processes: 1 refresh each`);
    },
    // On two loaded cores a round takes some seconds.
    30_000 + ROUNDS * 20_000,
  );
});
