import type { ConnectInput, CrashWorld } from '../crash-world.ts';
import { always, type Operation, type RightEnds, type Scenario } from '../scenario.ts';
import {
  expireAtDiscord,
  losesRace,
  PROFILE_PATH,
  refuseWrites,
  resetSecret,
  revokeAtDiscord,
  spoilDiscord,
  TOKEN_PATH,
  untilHeld,
} from './faults.ts';

export const USER: ConnectInput = { user_id: 'refreshed-user', user: 'solo' };

/** Seconds. The token has little of its life left: it is refreshed, and still works if that fails. */
const UNTIL_DUE = 6.5 * 86_400;

/** Seconds. The token has run out. */
const UNTIL_EXPIRED = 8 * 86_400;

/** Whoever dies while he holds the lease may have spent the refresh token, as far as the next one can tell. */
const LOST = 'reconnect_required:refresh_answer_lost';

const WORKING: RightEnds = { ...always('active'), lost: [LOST] };

/** Ends with the user asked to connect again, for this reason unless the process died over it. */
function endsBroken(reason: string): RightEnds {
  const end = `reconnect_required:${reason}`;
  return { unkilled: end, repeated: [end, LOST], abandoned: ['active', end] };
}

/** An action of a connection whose token is that old. */
export async function acting(
  world: CrashWorld,
  ageSeconds: number,
  rest: Partial<Operation> = {},
): Promise<Operation & { readonly id: string }> {
  const { wire, key, clock } = world.harness;
  const id = await world.connect(USER);
  clock.advanceSeconds(ageSeconds);
  return {
    id,
    run: () => wire.send('GET', `/connections/${id}/api/v10/users/@me`, { key }),
    status: 200,
    whose: USER,
    ends: WORKING,
    ...rest,
  };
}

/** The scenario of an expired token in which that goes wrong. */
function spoiled(
  name: string,
  status: number,
  plant: (world: CrashWorld) => unknown,
  rest: Partial<Operation> = {},
): Scenario {
  return {
    name,
    start: 'expired',
    prepare: (world) => acting(world, UNTIL_EXPIRED, { status, plant: () => plant(world), ...rest }),
  };
}

export const REFRESH_SCENARIOS: readonly Scenario[] = [
  { name: 'an action', prepare: (world) => acting(world, 0) },
  { name: 'a refresh that is due', isCore: true, prepare: (world) => acting(world, UNTIL_DUE) },
  {
    name: 'a refresh of an expired token',
    start: 'expired',
    isCore: true,
    prepare: (world) => acting(world, UNTIL_EXPIRED),
  },
  {
    name: 'a refresh that Discord refuses',
    isCore: true,
    prepare: async (world) => {
      const operation = await acting(world, UNTIL_EXPIRED, {
        status: 409,
        ends: endsBroken('grant_dead'),
        isRevokedAtDiscord: true,
      });
      await revokeAtDiscord(world, USER.user);
      return operation;
    },
  },
  {
    name: 'an action after the user has taken the authorization back',
    prepare: async (world) => {
      const ends = endsBroken('revoked_by_user');
      const operation = await acting(world, 0, { status: 409, ends, isRevokedAtDiscord: true });
      await revokeAtDiscord(world, USER.user);
      return operation;
    },
  },
  {
    name: 'an action whose token Discord no longer takes',
    prepare: async (world) => {
      const operation = await acting(world, 0);
      await expireAtDiscord(world, USER.user);
      return operation;
    },
  },
  {
    name: 'an action whose every token Discord rejects',
    prepare: (world) =>
      acting(world, 0, {
        status: 409,
        plant: () => spoilDiscord(world, PROFILE_PATH, { kind: 'answer', status: 401, json: { code: 0 } }),
        ends: {
          ...endsBroken('token_rejected'),
          repeated: ['active', 'reconnect_required:token_rejected'],
          lost: [LOST],
        },
      }),
  },
];

/** Refreshes in which something goes wrong. */
export const REFRESH_FAULT_SCENARIOS: readonly Scenario[] = [
  spoiled(
    'a refresh whose answer is lost',
    502,
    (world) => spoilDiscord(world, TOKEN_PATH, { kind: 'drop', phase: 'after' }, 1),
    {
      losesAnswer: true,
      ends: { ...WORKING, lost: [LOST, 'active'] },
    },
  ),
  spoiled('a refresh while Discord is down', 502, (world) =>
    spoilDiscord(world, TOKEN_PATH, { kind: 'answer', status: 502 }),
  ),
  spoiled('a refresh that costs a scope', 200, (world) =>
    spoilDiscord(world, TOKEN_PATH, { kind: 'edit_json', set: { scope: 'identify email' } }),
  ),
  spoiled(
    'a refresh that costs the scope that is needed',
    409,
    (world) => spoilDiscord(world, TOKEN_PATH, { kind: 'edit_json', set: { scope: 'email' } }),
    {
      ends: {
        unkilled: 'reconnect_required:scope_reduced',
        repeated: ['active', 'reconnect_required:scope_reduced'],
        abandoned: ['active', 'reconnect_required:scope_reduced'],
        lost: [LOST],
      },
    },
  ),
  spoiled('a refresh whose save meets another write', 200, (world) => losesRace(world, 'PutItem', 'sealedTokens')),
  spoiled('a refresh whose save is refused once', 200, (world) => refuseWrites(world, 'PutItem', 'sealedTokens', 1)),
  {
    ...spoiled('a refresh that the table does not take', 200, (world) =>
      refuseWrites(world, 'PutItem', 'sealedTokens'),
    ),
    isCore: true,
  },
  spoiled(
    'a refresh that nobody takes',
    503,
    (world) => {
      refuseWrites(world, 'PutItem', 'sealedTokens');
      world.harness.stack.aws.faults.add({
        service: 'secretsManager',
        operation: 'CreateSecret',
        error: 'AccessDeniedException',
      });
    },
    { losesAnswer: true, ends: { ...WORKING, lost: [LOST, 'active'] } },
  ),
  {
    name: 'a refresh after one that was spilled',
    isCore: true,
    prepare: async (world) => {
      const operation = await acting(world, UNTIL_EXPIRED);
      refuseWrites(world, 'PutItem', 'sealedTokens');
      await operation.run();
      world.harness.stack.aws.faults.clear();
      world.harness.clock.advanceSeconds(60);
      return operation;
    },
  },
  spoiled('a refresh that is spilled, and nobody says so', 200, (world) => {
    refuseWrites(world, 'PutItem', 'sealedTokens');
    world.harness.stack.aws.faults.add({
      service: 'secretsManager',
      operation: 'CreateSecret',
      drop: true,
      after: 'after',
      times: 1,
    });
  }),
  {
    name: 'a refresh long after one that was spilled',
    prepare: async (world) => {
      const operation = await acting(world, UNTIL_EXPIRED);
      refuseWrites(world, 'PutItem', 'sealedTokens');
      await operation.run();
      world.harness.stack.aws.faults.clear();
      world.harness.clock.advanceSeconds(UNTIL_EXPIRED);
      return operation;
    },
  },
  {
    name: 'a refresh after one whose process died with the lease',
    prepare: async (world) => {
      const ends = { unkilled: LOST, repeated: [LOST], abandoned: ['active', LOST] };
      const operation = await acting(world, UNTIL_EXPIRED, { status: 409, ends, isRevokedAtDiscord: true });
      await world.leaveLease(operation.id, -1);
      await revokeAtDiscord(world, USER.user);
      return operation;
    },
  },
  {
    name: 'a refresh that loses a race for the lease of a process that died',
    prepare: async (world) => {
      const operation = await acting(world, UNTIL_EXPIRED, { plant: () => losesRace(world, 'UpdateItem', ':old') });
      await world.leaveLease(operation.id, -1);
      return operation;
    },
  },
  {
    name: 'a refresh that ends after the connection was disconnected',
    prepare: async (world) => {
      const { wire, key, simulator } = world.harness;
      const end = 'disconnected:disconnected_by_app';
      const operation = await acting(world, UNTIL_EXPIRED, { status: 409, ends: { ...always(end), lost: [end] } });
      return {
        ...operation,
        plant: () => spoilDiscord(world, TOKEN_PATH, { kind: 'hold', phase: 'after' }, 1),
        run: async () => {
          const call = operation.run();
          await Promise.race([call, untilHeld(world)]);
          world.useSurvivor('warm');
          await wire.send('DELETE', `/connections/${operation.id}`, { key });
          await simulator.control.releaseFaults({});
          return call;
        },
      };
    },
  },
  spoiled('an action whose connection is read in two parts', 200, ({ harness: { stack } }) =>
    stack.aws.faults.add({ service: 'dynamodb', operation: 'BatchGetItem', unprocessed: true, times: 1 }),
  ),
  {
    name: 'a refresh while another one is at it',
    prepare: async (world) => {
      const operation = await acting(world, UNTIL_EXPIRED, { ends: { ...WORKING, unkilled: 'active' } });
      await world.leaveLease(operation.id, 2_000);
      return operation;
    },
  },
  {
    name: 'a refresh with a reset client secret',
    start: 'expired',
    prepare: async (world) => {
      let mend: () => Promise<unknown> = () => Promise.resolve();
      return acting(world, UNTIL_EXPIRED, {
        status: 503,
        plant: async () => (mend = await resetSecret(world)),
        mend: () => mend(),
      });
    },
  },
  {
    name: 'a refresh whose reset client secret is refused again',
    prepare: async (world) => {
      const operation = await acting(world, UNTIL_EXPIRED, { status: 503 });
      const mend = await resetSecret(world);
      await operation.run();
      world.harness.clock.advanceSeconds(60);
      return { ...operation, mend };
    },
  },
  {
    name: 'a refresh that finds the new client secret accepted',
    prepare: async (world) => {
      const operation = await acting(world, UNTIL_EXPIRED);
      const mend = await resetSecret(world);
      await operation.run();
      await mend();
      world.harness.clock.advanceSeconds(60);
      return operation;
    },
  },
  {
    name: 'a refresh soon after the client secret was accepted again',
    prepare: async (world) => {
      const operation = await acting(world, UNTIL_EXPIRED);
      const mend = await resetSecret(world);
      await operation.run();
      await mend();
      world.harness.clock.advanceSeconds(60);
      // The first one finds out, the second one is the first of its second that is counted.
      for (let refreshes = 0; refreshes < 2; refreshes += 1) {
        await operation.run();
        await expireAtDiscord(world, USER.user);
      }
      return operation;
    },
  },
];
