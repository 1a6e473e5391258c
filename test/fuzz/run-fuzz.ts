import fc from 'fast-check';
import { fuzzedRequests } from './arbitrary/requests.ts';
import { describeRequest, type FuzzedRequest } from './fuzzed-request.ts';
import { findViolations, type Sent } from './judge.ts';
import { listActionsOf } from './upstream.ts';
import type { FuzzWorld } from './world/fuzz-world.ts';

/** `npm run test:deep` */
export const IS_DEEP = process.env['DEEP'] === '1';

/** Variables that run one failure again, as the failure says. */
const SEED = 'FUZZ_SEED';
const PATH = 'FUZZ_PATH';

/** Requests from one reset of the world to the next. */
const REQUESTS_PER_RUN = 4;

/** What the last two requests of a run are: any, or twice the same with an `Idempotency-Key`, or the second with another body. */
const AGAIN = ['any', 'any', 'same', 'other'] as const;

function arrange(list: readonly FuzzedRequest[], again: (typeof AGAIN)[number]): readonly FuzzedRequest[] {
  const [last] = list.slice(-1);
  if (again === 'any' || last === undefined) return list;
  const headers = last.headers.filter(([name]) => name !== 'Idempotency-Key');
  const keyed: FuzzedRequest = { ...last, headers: [...headers, ['Idempotency-Key', 'again']] };
  // To a reader of JSON it is the same.
  const other = { ...keyed, body: Buffer.concat([keyed.body, Buffer.from(' ')]) };
  return [...list.slice(0, -2), keyed, again === 'same' ? keyed : other];
}

/** What many requests came to. */
export interface FuzzTally {
  requests: number;
  readonly seed: number;
  /** Refusals by their code. */
  readonly codes: Record<string, number>;
  /** Answers by their status. */
  readonly statuses: Record<number, number>;
  /** Answers that were those of an earlier request with the same `Idempotency-Key`. */
  replays: number;
  /** Actions of the catalogue for which Discord was asked with success. */
  readonly actions: Set<string>;
}

/**
 * Sends so many fuzzed requests and judges each.
 * @param options.count - a multiple of four
 * @throws Error with requests that break a rule, which rule, and how to run them again
 */
export async function runFuzz(
  world: FuzzWorld,
  options: { readonly count: number; readonly seed: number; readonly name: string },
): Promise<FuzzTally> {
  const seed = Number(process.env[SEED] ?? options.seed);
  const path = process.env[PATH];
  const tally: FuzzTally = { requests: 0, seed, statuses: {}, codes: {}, replays: 0, actions: new Set() };
  const request = fuzzedRequests(world.places).filter((candidate) => world.takes(candidate));
  // Without its bias towards the ends of lists, where the strangest values are.
  const requests = fc.noBias(fc.array(request, { minLength: REQUESTS_PER_RUN, maxLength: REQUESTS_PER_RUN }));
  const property = fc.asyncProperty(requests, fc.constantFrom(...AGAIN), async (list, again) => {
    await world.reset();
    for (const next of arrange(list, again)) await sendAndJudge(world, next, tally);
  });
  const details = await fc.check(property, {
    numRuns: options.count / REQUESTS_PER_RUN,
    seed,
    ...(path === undefined ? {} : { path, endOnFailure: true }),
  });
  if (!details.failed) return tally;
  const { counterexamplePath, errorInstance } = details;
  const variables = [`${SEED}=${details.seed}`, `${PATH}=${path ?? counterexamplePath ?? ''}`];
  throw new Error(
    [
      errorInstance instanceof Error ? errorInstance.message : String(errorInstance),
      `again: ${variables.join(' ')} npx vitest run test/fuzz/fuzz.test.ts -t '${options.name}'`,
    ].join('\n'),
  );
}

async function sendAndJudge(world: FuzzWorld, request: FuzzedRequest, tally: FuzzTally): Promise<void> {
  const sent = await world.send(request);
  tally.requests += 1;
  const violations = findViolations(sent, await world.listSecrets());
  note(tally, sent);
  if (violations.length > 0) throw new Error(`${violations.join('\n')}\nafter: ${describeRequest(request)}`);
}

function note(tally: FuzzTally, { answer, log, upstream }: Sent): void {
  const status = answer?.status ?? 0;
  tally.statuses[status] = (tally.statuses[status] ?? 0) + 1;
  if (answer?.headers['idempotent-replayed'] === 'true') tally.replays += 1;
  const code = log.find(({ event }) => event === 'request')?.['code'];
  if (typeof code === 'string') tally.codes[code] = (tally.codes[code] ?? 0) + 1;
  for (const call of upstream) {
    if (call.status !== null && call.status < 300) for (const id of listActionsOf(call)) tally.actions.add(id);
  }
}

/** How many answers had a status in this hundred. */
export function countStatuses({ statuses }: FuzzTally, hundred: number): number {
  return Object.entries(statuses)
    .filter(([status]) => Math.floor(Number(status) / 100) === hundred)
    .reduce((sum, [, count]) => sum + count, 0);
}
