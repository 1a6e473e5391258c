import { SEED_USERS } from '../../../infra/local/discord/world/seed-users.ts';
import { OwnPageBrowser, makeUserLink } from '../../support/own-page.ts';
import { openEdges } from '../../support/sweep-edges.ts';
import type { ConnectInput, CrashWorld } from '../crash-world.ts';
import type { Operation, RightEnds, Scenario } from '../scenario.ts';
import { losesRace, refuseWrites, resetSecret, REVOKE_PATH, spoilDiscord, WEBHOOK_PATH } from './faults.ts';

const USER: ConnectInput = { user_id: 'leaving-user', user: 'solo' };

const HOOKED: ConnectInput = {
  user_id: 'hooked-user',
  user: 'grace',
  scopes: ['webhook.incoming'],
  consent: { channelId: '613425648685547700' },
};

const GONE = 'disconnected:disconnected_by_app';

const ENDS: RightEnds = { unkilled: GONE, repeated: [GONE], abandoned: ['active', GONE] };

const GONE_BY_USER = 'disconnected:disconnected_by_user';

const BY_USER: RightEnds = {
  unkilled: GONE_BY_USER,
  repeated: [GONE_BY_USER],
  abandoned: ['active', GONE_BY_USER],
};

/** The app disconnects a connection. */
async function disconnecting(
  world: CrashWorld,
  rest: Partial<Operation> = {},
  { input = USER, query = '' }: { readonly input?: ConnectInput; readonly query?: string } = {},
): Promise<Operation & { readonly id: string }> {
  const { wire, key } = world.harness;
  const id = await world.connect(input);
  return {
    id,
    run: () => wire.send('DELETE', `/connections/${id}${query}`, { key }),
    status: 200,
    whose: input,
    ends: ENDS,
    ...rest,
  };
}

function spoiled(name: string, status: number, plant: (world: CrashWorld) => unknown): Scenario {
  return {
    name,
    start: 'disconnect',
    prepare: (world) => disconnecting(world, { status, plant: () => plant(world) }),
  };
}

export const DISCONNECT_SCENARIOS: readonly Scenario[] = [
  {
    name: 'the last connection is disconnected',
    start: 'disconnect',
    isCore: true,
    prepare: (world) => disconnecting(world),
  },
  {
    name: 'the last connection is disconnected beside what a dead confirmation left in the grant',
    prepare: async (world) => {
      const operation = await disconnecting(world, { hasLeftover: true });
      const { clientId } = world.harness.simulator.application;
      const nowEpochSeconds = Math.trunc(world.harness.clock.nowEpochMs() / 1000);
      const { grants } = openEdges(world.harness);
      await grants.add(clientId, SEED_USERS[USER.user].id, `con_dead:00000000:${nowEpochSeconds}`, nowEpochSeconds);
      world.harness.clock.advanceSeconds(150);
      return operation;
    },
  },
  {
    name: 'a connection that shares its authorization is disconnected',
    isCore: true,
    prepare: async (world) => {
      const { wire, key } = world.harness;
      const other = await world.connect({ user_id: 'staying-user', user: USER.user });
      return disconnecting(world, {
        check: async () => {
          const answer = await wire.send('GET', `/connections/${other}/api/v10/users/@me`, { key });
          return answer.status === 200 ? [] : [`the other connection answers ${answer.status}: ${answer.text}`];
        },
      });
    },
  },
  {
    name: 'a disconnection is repeated',
    prepare: async (world) => {
      const operation = await disconnecting(world, { ends: { ...ENDS, abandoned: [GONE] } });
      await operation.run();
      return operation;
    },
  },
  {
    name: 'a disconnection whose revocation is owed is repeated',
    isCore: true,
    prepare: async (world) => {
      const operation = await disconnecting(world, { ends: { ...ENDS, abandoned: [GONE] } });
      await spoilDiscord(world, REVOKE_PATH, { kind: 'answer', status: 503 });
      await operation.run();
      await world.harness.simulator.control.clearFaults();
      return operation;
    },
  },
  spoiled('a disconnection that Discord refuses', 502, (world) =>
    spoilDiscord(world, REVOKE_PATH, { kind: 'answer', status: 503 }),
  ),
  {
    name: 'a disconnection whose revocation is owed meets another write',
    prepare: async (world) => {
      const operation = await disconnecting(world, { ends: { ...ENDS, abandoned: [GONE] } });
      await spoilDiscord(world, REVOKE_PATH, { kind: 'answer', status: 503 });
      await operation.run();
      await world.harness.simulator.control.clearFaults();
      return { ...operation, plant: () => losesRace(world, 'PutItem', 'CONNECTION#') };
    },
  },
  {
    name: 'a disconnection with a reset client secret',
    start: 'disconnect',
    prepare: async (world) => {
      let mend: () => Promise<unknown> = () => Promise.resolve();
      return disconnecting(world, {
        status: 503,
        plant: async () => (mend = await resetSecret(world)),
        mend: () => mend(),
      });
    },
  },
  {
    name: 'a disconnection that never gets in between other writes',
    start: 'disconnect',
    prepare: (world) =>
      disconnecting(world, {
        status: 409,
        plant: () => losesRace(world, 'PutItem', 'isRevocationOwed', 5),
        ends: { ...ENDS, unkilled: 'active' },
      }),
  },
  spoiled('a disconnection that meets another write', 200, (world) => losesRace(world, 'PutItem', 'isRevocationOwed')),
  {
    name: 'a disconnection after a refresh that was spilled',
    prepare: async (world) => {
      const { wire, key, clock, stack } = world.harness;
      const operation = await disconnecting(world);
      clock.advanceSeconds(8 * 86_400);
      refuseWrites(world, 'PutItem', 'sealedTokens');
      await wire.send('GET', `/connections/${operation.id}/api/v10/users/@me`, { key });
      stack.aws.faults.clear();
      clock.advanceSeconds(60);
      return operation;
    },
  },
  {
    name: 'a disconnection while a refresh is under way',
    prepare: async (world) => {
      const operation = await disconnecting(world);
      await world.leaveLease(operation.id, 1_000);
      return operation;
    },
  },
  {
    name: 'a disconnection with its webhooks',
    prepare: (world) => disconnecting(world, {}, { input: HOOKED, query: '?delete_webhooks=true' }),
  },
  {
    name: 'a disconnection with its webhooks that meets other writes',
    prepare: (world) =>
      disconnecting(
        world,
        { plant: () => losesRace(world, 'PutItem', 'CONNECTION#', 5) },
        { input: HOOKED, query: '?delete_webhooks=true' },
      ),
  },
  { name: 'the end user disconnects', prepare: (world) => disconnectingOwn(world, USER) },
  {
    name: 'the end user disconnects while Discord refuses',
    prepare: (world) =>
      disconnectingOwn(world, USER, {
        plant: () => spoilDiscord(world, REVOKE_PATH, { kind: 'answer', status: 503 }),
      }),
  },
  {
    name: 'the end user disconnects with his webhooks',
    prepare: (world) => disconnectingOwn(world, HOOKED),
  },
  {
    name: 'the end user disconnects with his webhooks while Discord refuses',
    prepare: (world) =>
      disconnectingOwn(world, HOOKED, {
        status: 502,
        plant: () => spoilDiscord(world, WEBHOOK_PATH, { kind: 'answer', status: 503 }),
        ends: { ...BY_USER, unkilled: 'active' },
      }),
  },
];

/** The end user disconnects on his own page, and has been asked whether he wants that. */
async function disconnectingOwn(
  world: CrashWorld,
  whose: ConnectInput,
  rest: Partial<Operation> = {},
): Promise<Operation> {
  const browser = new OwnPageBrowser(world.harness);
  const link = await makeUserLink(world.harness, await world.connect(whose));
  const asked = await browser.press(await browser.open(link));
  const ticked = whose === HOOKED ? { delete_webhooks: 'yes' } : {};
  return { run: () => browser.press(asked, ticked), status: 200, whose, ends: BY_USER, ...rest };
}
