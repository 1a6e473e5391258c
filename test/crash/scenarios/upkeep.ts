import { changeIntegration } from '../../../shared/app/operate-integration.ts';
import { openStoredItems } from '../../support/stored-items.ts';
import type { ConnectInput, CrashWorld } from '../crash-world.ts';
import { always, type Operation, type Scenario } from '../scenario.ts';
import { IDENTIFY_PATH, losesRace, refuseWrites, REVOKE_PATH, spoilDiscord } from './faults.ts';

const USER: ConnectInput = { user_id: 'kept-user', user: 'solo' };
const OTHER: ConnectInput = {
  user_id: 'other-user',
  user: 'grace',
  scopes: ['webhook.incoming'],
  consent: { channelId: '613425648685547700' },
};

/** Seconds after which an old data key can be deleted and a deleted tenant shredded. */
const TEN_DAYS = 10 * 86_400;

const NOTHING = (): void => undefined;

/** A scenario of the sweep: what it finds, and what becomes of the user's connection. */
function sweeping(
  name: string,
  end: string,
  leave: (world: CrashWorld) => Promise<unknown>,
  plant: (world: CrashWorld) => unknown = NOTHING,
): Scenario {
  return {
    name,
    isCore: plant === NOTHING,
    start: leave === leaveAnswer || leave === leaveOwed ? leave.name : name,
    prepare: async (world) => {
      await leave(world);
      const run = () => world.sweep();
      return { run, isUpkeep: true, status: 200, whose: USER, ends: always(end), plant: () => plant(world) };
    },
  };
}

/** A disconnected connection whose revocation Discord has not taken yet. */
async function leaveOwed(world: CrashWorld): Promise<void> {
  const { wire, key, simulator, clock } = world.harness;
  const id = await world.connect(USER);
  await spoilDiscord(world, REVOKE_PATH, { kind: 'answer', status: 503 });
  await wire.send('DELETE', `/connections/${id}`, { key });
  await simulator.control.clearFaults();
  clock.advanceSeconds(3_600);
}

/** A session with tokens in it that nobody comes back for. */
async function leaveAnswer(world: CrashWorld): Promise<void> {
  const { wire, key, stack, clock } = world.harness;
  const { sessionId, confirmationCode } = await world.comeBack(USER);
  refuseWrites(world, 'PutItem', 'CONNECTION#');
  await wire.confirm(key, sessionId, USER.user_id, confirmationCode);
  stack.aws.faults.clear();
  clock.advanceSeconds(2 * 3_600);
}

async function rotateKey(world: CrashWorld): Promise<Operation> {
  await world.connect(USER);
  await world.connect(OTHER);
  return {
    run: () => world.operate({ name: 'rotate-tenant-key', tenantId: 'default' }),
    status: 200,
    whose: USER,
    ends: always('active'),
    check: () => expectOneKey(world),
  };
}

/** When its time has come the sweep has deleted every data key but the current one. */
async function expectOneKey(world: CrashWorld): Promise<string[]> {
  for (let day = 0; day < 3; day += 1) {
    world.harness.clock.advanceSeconds(TEN_DAYS);
    await world.sweep();
  }
  const { items } = await world.view();
  const keys = items.filter(({ pk, sk }) => pk === 'TENANT#default' && String(sk).startsWith('DATAKEY#'));
  return keys.length === 1 ? [] : [`the tenant has ${keys.length} data keys`];
}

async function revokingAll(world: CrashWorld, tenantId?: string): Promise<Operation> {
  await world.connect(USER);
  await world.connect(OTHER);
  const end = 'disconnected:revoked_by_operator';
  return {
    run: () => world.operate({ name: 'revoke-all', ...(tenantId === undefined ? {} : { tenantId }) }),
    status: 200,
    whose: USER,
    ends: { unkilled: end, repeated: [end], abandoned: ['active', end] },
  };
}

/** A tenant of its own, since it will be gone. @returns its user */
async function connectDoomed(world: CrashWorld): Promise<ConnectInput> {
  const key = await world.harness.makeTenant('doomed');
  const user = { ...USER, key };
  await world.connect(user);
  return user;
}

/** Another user of the tenant, whose tokens lie in his session; the table goes on refusing connections. */
async function leaveDoomedAnswer(world: CrashWorld, { key = '' }: ConnectInput): Promise<void> {
  const { sessionId, confirmationCode } = await world.comeBack({ user_id: OTHER.user_id, user: 'ada', key });
  refuseWrites(world, 'PutItem', 'CONNECTION#');
  await world.harness.wire.confirm(key, sessionId, OTHER.user_id, confirmationCode);
}

/** Nothing is left of the tenant once its time has come. */
async function expectShredded(world: CrashWorld): Promise<string[]> {
  for (let round = 0; round < 3; round += 1) {
    world.harness.clock.advanceSeconds(TEN_DAYS);
    await world.sweep();
  }
  const { items } = await world.view();
  const isOfTenant = (text: string) => text.startsWith('TENANT#doomed');
  const left = items.filter((item) => isOfTenant(String(item['pk'])) || item['tenantId'] === 'doomed');
  return left
    .map(({ pk, sk }) => `${String(pk)} ${String(sk)}`)
    .filter((name) => /^(?:TENANT|CONNECTION|APIKEY|GRANT)#/.test(name))
    .map((name) => `of the deleted tenant there is still ${name}`);
}

export const UPKEEP_SCENARIOS: readonly Scenario[] = [
  { name: "a tenant's key is rotated", start: 'rotate', isCore: true, prepare: rotateKey },
  {
    name: "a tenant's key is rotated by two at once",
    start: 'rotate',
    prepare: async (world) => ({
      ...(await rotateKey(world)),
      plant: () => losesRace(world, 'UpdateItem', ':new'),
    }),
  },
  {
    name: "a tenant's key is rotated while others write all the time",
    start: 'rotate',
    prepare: async (world) => ({
      ...(await rotateKey(world)),
      plant: () => losesRace(world, 'PutItem', 'sealedTokens', 5),
    }),
  },
  {
    name: 'the sweep goes on with a rotation that was broken off',
    prepare: async (world) => {
      const operation = await rotateKey(world);
      refuseWrites(world, 'PutItem', 'sealedTokens');
      await operation.run();
      world.harness.stack.aws.faults.clear();
      return { ...operation, run: () => world.sweep(), isUpkeep: true };
    },
  },
  {
    name: 'the sweep deletes an old key',
    isCore: true,
    prepare: async (world) => {
      const operation = await rotateKey(world);
      await operation.run();
      world.harness.clock.advanceSeconds(TEN_DAYS);
      return { ...operation, run: () => world.sweep(), isUpkeep: true };
    },
  },
  { name: 'everything is revoked', isCore: true, prepare: (world) => revokingAll(world) },
  {
    name: 'everything of a tenant is revoked, no faster than Discord allows',
    prepare: async (world) => ({
      ...(await revokingAll(world, 'default')),
      plant: () => spoilDiscord(world, REVOKE_PATH, { kind: 'rate_limit', retry_after_seconds: 1 }, 1),
    }),
  },
  {
    name: 'a tenant is deleted',
    isCore: true,
    prepare: async (world) => {
      const whose = await connectDoomed(world);
      const end = 'disconnected:tenant_deleted';
      return {
        run: () => world.operate({ name: 'delete-tenant', tenantId: 'doomed' }),
        status: 200,
        whose,
        ends: { unkilled: end, repeated: [end], abandoned: ['active', end] },
        isOver: true,
      };
    },
  },
  {
    name: 'a tenant is deleted in whose name a confirmation was broken off',
    prepare: async (world) => {
      const whose = await connectDoomed(world);
      await leaveDoomedAnswer(world, whose);
      world.harness.stack.aws.faults.clear();
      const end = 'disconnected:tenant_deleted';
      return {
        run: () => world.operate({ name: 'delete-tenant', tenantId: 'doomed' }),
        status: 200,
        whose,
        ends: { unkilled: end, repeated: [end], abandoned: ['active', end] },
        isOver: true,
      };
    },
  },
  {
    name: 'the sweep goes on with a deletion that was broken off',
    prepare: async (world) => {
      const whose = await connectDoomed(world);
      await leaveDoomedAnswer(world, whose);
      await world.operate({ name: 'delete-tenant', tenantId: 'doomed' });
      world.harness.stack.aws.faults.clear();
      const end = 'disconnected:tenant_deleted';
      const run = () => world.sweep();
      return { run, isUpkeep: true, status: 200, whose, ends: always(end), isOver: true };
    },
  },
  {
    name: 'the sweep shreds a deleted tenant',
    prepare: async (world) => {
      const whose = await connectDoomed(world);
      await world.operate({ name: 'delete-tenant', tenantId: 'doomed' });
      world.harness.clock.advanceSeconds(TEN_DAYS);
      return {
        run: () => world.sweep(),
        isUpkeep: true,
        status: 200,
        whose,
        ends: always('none'),
        isOver: true,
        check: () => expectShredded(world),
      };
    },
  },
  sweeping('the sweep finds nothing to do', 'active', (world) => world.connect(USER)),
  sweeping('the sweep revokes what is owed', 'disconnected:disconnected_by_app', leaveOwed),
  sweeping('the sweep is told by Discord to come back later', 'disconnected:disconnected_by_app', leaveOwed, (world) =>
    spoilDiscord(world, REVOKE_PATH, { kind: 'rate_limit', retry_after_seconds: 5_000 }, 1),
  ),
  sweeping('the sweep finds a to-do of a connection that is not there', 'active', async (world) => {
    await world.connect(USER);
    const id = `con_${'x'.repeat(22)}`;
    const times = { sinceEpochSeconds: 1, notBeforeEpochSeconds: 1 };
    const todo = { pk: 'TODO#REVOKE', sk: id, kind: 'REVOKE', id, claimId: 'somebody', ...times };
    await openStoredItems(world.harness).put(todo);
  }),
  sweeping('the sweep settles a confirmation that was broken off', 'none', leaveAnswer),
  sweeping('the sweep cannot settle a confirmation that was broken off', 'none', leaveAnswer, (world) =>
    spoilDiscord(world, IDENTIFY_PATH, { kind: 'answer', status: 503 }),
  ),
  sweeping('the sweep brings a spilled pair home', 'active', async (world) => {
    const { wire, key, stack, clock } = world.harness;
    const id = await world.connect(USER);
    clock.advanceSeconds(8 * 86_400);
    refuseWrites(world, 'PutItem', 'sealedTokens');
    await wire.send('GET', `/connections/${id}/api/v10/users/@me`, { key });
    stack.aws.faults.clear();
    clock.advanceSeconds(2 * 86_400);
  }),
  sweeping('the sweep closes an idle connection', 'disconnected:idle_expired', async (world) => {
    await world.connect(USER);
    const changed = await changeIntegration(world.harness.edges, { idleExpiryDays: 30 });
    if (!changed.ok) throw new Error(changed.failure.detail);
    world.harness.clock.advanceSeconds(60 * 86_400);
  }),
];
