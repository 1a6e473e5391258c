import type { ConnectInput, CrashWorld } from '../crash-world.ts';
import type { Operation, Scenario } from '../scenario.ts';
import {
  IDENTIFY_PATH,
  losesRace,
  refuseWrites,
  resetSecret,
  REVOKE_PATH,
  spoilDiscord,
  TOKEN_PATH,
} from './faults.ts';

export const NEW: ConnectInput = { user_id: 'new-user', user: 'solo' };

/** What may come of a first connection: it is made, or nothing is left of it. */
export const MADE_OR_NOT: Operation['ends'] = {
  unkilled: 'active',
  repeated: ['active'],
  abandoned: ['active', 'none'],
  lost: ['none'],
};

/** The same when something goes wrong that ends the session. */
const FAILED: Operation['ends'] = { ...MADE_OR_NOT, unkilled: 'none', repeated: ['active', 'none'] };

/** The app confirms a user who has come back. */
export async function confirming(
  world: CrashWorld,
  input: ConnectInput = NEW,
  rest: Partial<Operation> = {},
): Promise<Operation> {
  const { wire, key } = world.harness;
  const { sessionId, confirmationCode } = await world.comeBack(input);
  return {
    run: () => wire.confirm(input.key ?? key, sessionId, input.user_id, confirmationCode),
    status: 200,
    whose: input,
    ends: MADE_OR_NOT,
    ...rest,
  };
}

/** The scenario of a new connection in which that goes wrong. */
function spoiled(
  name: string,
  status: number,
  plant: (world: CrashWorld) => unknown,
  rest: Partial<Operation> = {},
): Scenario {
  return {
    name,
    start: 'confirm new',
    prepare: (world) => confirming(world, NEW, { status, plant: () => plant(world), ...rest }),
  };
}

/** Confirmations in which something goes wrong. */
export const CONFIRM_FAULT_SCENARIOS: readonly Scenario[] = [
  {
    name: 'a confirmation comes too late for its code',
    prepare: async (world) => {
      const operation = await confirming(world, NEW, { status: 410, ends: { ...FAILED, repeated: ['none'] } });
      world.harness.clock.advanceSeconds(150);
      return operation;
    },
  },
  spoiled(
    'a confirmation whose code Discord refuses',
    410,
    (world) => spoilDiscord(world, TOKEN_PATH, { kind: 'answer', status: 400, json: { error: 'invalid_grant' } }),
    { ends: FAILED },
  ),
  spoiled(
    'a confirmation while Discord does not say whose the tokens are',
    502,
    (world) => spoilDiscord(world, IDENTIFY_PATH, { kind: 'answer', status: 502 }),
    { ends: { ...MADE_OR_NOT, unkilled: 'none' } },
  ),
  spoiled(
    'a confirmation whose answer has no refresh token',
    502,
    (world) => spoilDiscord(world, TOKEN_PATH, { kind: 'edit_json', remove: ['refresh_token'] }),
    { ends: FAILED },
  ),
  spoiled(
    'a confirmation whose answer is of no use',
    502,
    (world) => spoilDiscord(world, TOKEN_PATH, { kind: 'edit_json', set: { token_type: 'mac' } }),
    { ends: FAILED },
  ),
  spoiled(
    'a confirmation that nobody keeps or can tell the user of',
    503,
    async (world) => {
      refuseWrites(world, 'UpdateItem', 'sealedAnswer');
      await spoilDiscord(world, IDENTIFY_PATH, { kind: 'answer', status: 502 }, 1);
    },
    { ends: FAILED, losesAnswer: true },
  ),
  {
    name: 'a confirmation while a disconnection is owed to Discord',
    prepare: async (world) => {
      const { wire, key, simulator } = world.harness;
      const id = await world.connect(NEW);
      await spoilDiscord(world, REVOKE_PATH, { kind: 'answer', status: 503 });
      await wire.send('DELETE', `/connections/${id}`, { key });
      await simulator.control.clearFaults();
      const before = 'disconnected:disconnected_by_app';
      const ends = { unkilled: before, repeated: [before, 'active'], abandoned: [before, 'active'], lost: [before] };
      return confirming(world, NEW, { status: 409, ends });
    },
  },
  spoiled('a confirmation whose answer the table does not take', 200, (world) =>
    refuseWrites(world, 'UpdateItem', 'sealedAnswer'),
  ),
  spoiled(
    'a confirmation of which the table takes nothing after the exchange',
    503,
    (world) => {
      refuseWrites(world, 'UpdateItem', 'sealedAnswer');
      refuseWrites(world, 'PutItem', 'CONNECTION#');
    },
    { ends: FAILED, losesAnswer: true },
  ),
  spoiled(
    'a confirmation whose connection the table does not take',
    503,
    (world) => refuseWrites(world, 'PutItem', 'CONNECTION#'),
    { ends: { ...MADE_OR_NOT, unkilled: 'none' } },
  ),
  spoiled('a confirmation whose session the table does not close', 200, (world) =>
    refuseWrites(world, 'UpdateItem', ':status'),
  ),
  spoiled('a confirmation whose claim meets itself', 409, (world) => losesRace(world, 'UpdateItem', 'claimedUntil'), {
    ends: { ...MADE_OR_NOT, unkilled: 'none' },
  }),
  {
    name: 'a confirmation with a reset client secret',
    start: 'confirm new',
    prepare: async (world) => {
      let mend: () => Promise<unknown> = () => Promise.resolve();
      return confirming(world, NEW, {
        status: 503,
        plant: async () => (mend = await resetSecret(world)),
        mend: () => mend(),
        ends: { ...MADE_OR_NOT, unkilled: 'none' },
      });
    },
  },
];

/** What wrong confirmations end. */
export const BURN_SCENARIOS: readonly Scenario[] = [
  {
    name: 'a wrong confirmation',
    prepare: (world) => wrongly(world, 0),
  },
  {
    name: 'a wrong confirmation too many',
    prepare: (world) => wrongly(world, 4),
  },
  {
    name: 'a wrong confirmation too many of a session that holds tokens',
    start: 'burn kept',
    prepare: async (world) => wrongly(world, 4, await leaveKept(world)),
  },
  {
    name: 'a wrong confirmation too many of a session whose tokens cannot be revoked',
    start: 'burn kept',
    prepare: async (world) => ({
      ...(await wrongly(world, 4, await leaveKept(world))),
      plant: () => spoilDiscord(world, IDENTIFY_PATH, { kind: 'answer', status: 503 }),
    }),
  },
];

/** A session whose code was exchanged and whose connection could not be stored. @returns its id */
async function leaveKept(world: CrashWorld): Promise<string> {
  const { wire, key, stack } = world.harness;
  const { sessionId, confirmationCode } = await world.comeBack(NEW);
  refuseWrites(world, 'PutItem', 'CONNECTION#');
  await wire.confirm(key, sessionId, NEW.user_id, confirmationCode);
  stack.aws.faults.clear();
  return sessionId;
}

async function wrongly(world: CrashWorld, before: number, known?: string): Promise<Operation> {
  const { wire, key } = world.harness;
  const sessionId = known ?? (await world.comeBack(NEW)).sessionId;
  const run = () => wire.confirm(key, sessionId, NEW.user_id, 'wrong');
  for (let tries = 0; tries < before; tries += 1) await run();
  return {
    run,
    status: before === 0 ? 403 : 409,
    whose: NEW,
    ends: { unkilled: 'none', repeated: ['none'], abandoned: ['none'] },
  };
}
