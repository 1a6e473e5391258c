import { SEED_USERS } from '../../infra/local/discord/world/seed-users.ts';
import type { OperatorOrder } from '../processes/child/messages.ts';
import type { HandlerProcess } from '../processes/handler-process.ts';
import type { ProcessBundle } from '../processes/process-bundle.ts';
import { startProcessRig, type ProcessRig } from '../processes/process-rig.ts';
import type { Harness } from '../support/harness.ts';
import { openStoredItems } from '../support/stored-items.ts';
import type { Consent, JsonAnswer } from '../support/wire.ts';
import { viewCustody, type CustodyView } from './check-world.ts';
import { createTokenFinder, type SpillCopy } from './held-tokens.ts';
import { createTableCopies, type Item } from './table-copies.ts';

/** Cold starts after which the surviving process is replaced: none of them closes its connections. */
const MAX_COLD_STARTS = 40;

export const RETURN_URL = 'http://localhost:9/back';

/** A state of table, Discord and clock, to come back to. */
export interface SavedWorld {
  readonly items: readonly Item[];
  readonly spills: readonly SpillCopy[];
  readonly discord: Awaited<ReturnType<Harness['simulator']['control']['saveState']>>;
  readonly nowEpochMs: number;
}

/** Servers of their own, on which one process after the other is killed. */
export interface CrashWorld {
  readonly harness: Harness;
  readonly rig: ProcessRig;
  /** As it was at first: an operator's settings, a tenant with a data key, nobody connected. */
  readonly untouched: SavedWorld;
  save(): Promise<SavedWorld>;
  /** Goes back: what came since is forgotten, and calls are served by a living process. */
  restore(saved: SavedWorld): Promise<void>;
  /** Calls are served by a living process from here on; cold: by one with nothing in memory. */
  useSurvivor(start: 'warm' | 'cold'): void;
  useVictim(victim: HandlerProcess): void;
  view(): Promise<CustodyView>;
  /** Has an unknown process hold a connection's refresh lease for so many milliseconds. */
  leaveLease(connectionId: string, ms: number): Promise<void>;
  /** Runs the sweep once. @returns 200, or 500 when the process died over it */
  sweep(): Promise<JsonAnswer>;
  /** Gives an operator's order. @returns 200, or 500 when the process died over it */
  operate(order: OperatorOrder): Promise<JsonAnswer>;
  /** Makes a user come back from Discord. @returns what the app confirms with */
  comeBack(input: ConnectInput): Promise<{ sessionId: string; confirmationCode: string; callbackUrl: string }>;
  connect(input: ConnectInput): Promise<string>;
  stop(): Promise<void>;
}

/** Who connects for whom. */
export interface ConnectInput {
  readonly user_id: string;
  readonly scopes?: readonly string[];
  readonly connection_id?: string;
  readonly user: 'ada' | 'grace' | 'solo';
  /** What he chooses at Discord besides. */
  readonly consent?: Partial<Consent>;
  /** API key; absent: that of the tenant `default`. */
  readonly key?: string;
}

export async function startCrashWorld(bundle: ProcessBundle): Promise<CrashWorld> {
  const rig = await startProcessRig(bundle);
  const { harness } = rig;
  const { wire, clock, stack } = harness;
  const { control } = harness.simulator;
  let survivor = rig.spawn();
  let coldStarts = 0;

  const useSurvivor = (start: 'warm' | 'cold'): void => {
    if (start === 'cold') coldStarts += 1;
    if (coldStarts === MAX_COLD_STARTS) {
      void survivor.stop();
      survivor = rig.spawn();
      coldStarts = 0;
    }
    rig.place(() => ({ process: survivor, sandbox: `survivor-${coldStarts}` }));
  };
  const split = ({ user, consent, key = harness.key, ...session }: ConnectInput) => ({
    key,
    session: { ...session, return_url: RETURN_URL },
    consent: { userId: SEED_USERS[user].id, ...consent },
  });

  const finder = createTokenFinder(harness);
  const table = createTableCopies(harness);
  const save = async (): Promise<SavedWorld> => {
    const items = await table.scan();
    const spills = await finder.copySpills(items);
    return { items, spills, discord: await control.saveState(), nowEpochMs: clock.nowEpochMs() };
  };
  const connect = async (input: ConnectInput): Promise<string> => {
    const { key, session, consent } = split(input);
    const { sessionId, confirmationCode } = await wire.comeBack(key, session, consent);
    // A tenant that wants no confirmation finds its new connection on the list.
    const answer =
      confirmationCode === ''
        ? await wire.send('GET', `/connections?user_id=${input.user_id}`, { key })
        : await wire.confirm(key, sessionId, input.user_id, confirmationCode);
    if (answer.status !== 200) throw new Error(`not connected: ${answer.status} ${answer.text}`);
    return String((confirmationCode === '' ? answer.json.items[0] : answer.json).id);
  };

  const empty = await save();
  useSurvivor('warm');
  await connect({ user_id: 'nobody', user: 'solo' });
  const settings = (await table.scan()).filter(({ pk }) => /^(?:INTEGRATION|TENANT|APIKEY)#/.test(String(pk)));
  const untouched = { ...empty, items: settings };

  return {
    harness,
    rig,
    untouched,
    save,
    useSurvivor,
    useVictim: (victim) => rig.place(() => ({ process: victim, sandbox: 'victim' })),
    view: async () => viewCustody(harness, finder, await table.scan()),
    connect,
    comeBack: (input) => {
      const { key, session, consent } = split(input);
      return wire.comeBack(key, session, consent);
    },
    leaveLease: (connectionId, ms) =>
      openStoredItems(harness).change(`CONNECTION#${connectionId}`, 'CONNECTION', {
        refreshLease: { owner: 'somebody', untilEpochMs: clock.nowEpochMs() + ms },
      }),
    sweep: () => toAnswer(() => harness.sweep()),
    operate: (order) => toAnswer(() => rig.operate(order)),
    restore: async (saved) => {
      stack.aws.faults.clear();
      await finder.restoreSpills(await table.scan(), saved.spills);
      await table.restore(saved.items);
      await control.reset();
      await control.restoreState(saved.discord);
      clock.advanceSeconds((saved.nowEpochMs - clock.nowEpochMs()) / 1000);
      // Cold, since the time goes back: nothing in memory is from later.
      useSurvivor('cold');
    },
    stop: () => rig.stop(),
  };
}

/** What is no request over HTTP, told as if it were one. */
async function toAnswer(run: () => Promise<unknown>): Promise<JsonAnswer> {
  const build = (status: number, json: unknown) => ({
    status,
    headers: {},
    cookies: [],
    text: JSON.stringify(json ?? null),
    json,
  });
  try {
    return build(200, await run());
  } catch (error) {
    return build(500, error instanceof Error ? error.message : String(error));
  }
}
