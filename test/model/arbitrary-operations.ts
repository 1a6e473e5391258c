import fc from 'fast-check';
import type { Fault } from './engine/turnstile.ts';
import { PEOPLE, type Operation } from './operation.ts';
import { ACCOUNTS, TENANTS } from './reference/state.ts';

/** Seconds: short; longer than a claim; than a code; than a link; than a session; until a refresh is due; until it is late. */
export const WAITS = [5, 45, 130, 700, 4_000, 561_600, 613_440] as const;

/** Seconds by which the gateway's clock is set. */
export const JUMPS = [-7_200, -400, -40, 40, 400, 7_200] as const;

/** The same while requests are under way: a sandbox that was frozen goes on after its lease. */
const WAITS_MEANWHILE = [1, 5, 45] as const;
const JUMPS_MEANWHILE = [-40, 40] as const;

export const number = fc.nat({ max: 3 });

export const fault: fc.Arbitrary<Fault> = fc.boolean().chain((isLate) =>
  fc.record({
    isLate: fc.constant(isLate),
    service: fc.constantFrom('dynamodb', 'dynamodb', 'dynamodb', 'discord', 'discord', 'kms', 'secretsmanager'),
    call: fc.integer({ min: 1, max: isLate ? 8 : 12 }),
    count: fc.constantFrom(1, 1, 2, 40),
    kind: fc.constantFrom('refused', 'lost', 'repeated', 'dies'),
  }),
);

/** One operation in eight meets a fault. */
function withFault<T extends object>(operation: fc.Arbitrary<T>): fc.Arbitrary<T & { readonly fault?: Fault }> {
  return fc
    .tuple(operation, fc.option(fault, { freq: 7, nil: undefined }))
    .map(([one, struck]) => (struck === undefined ? one : { ...one, fault: struck }));
}

const comeBack = withFault(
  fc.record({
    kind: fc.constant('come_back' as const),
    person: fc.nat({ max: PEOPLE.length - 1 }),
    isRefused: fc.constantFrom(false, false, false, false, false, true),
    isSlow: fc.constantFrom(false, false, false, false, false, true),
    isRepair: fc.constantFrom(false, false, false, true),
  }),
);

const comeBackAgain = withFault(fc.record({ kind: fc.constant('come_back_again' as const), session: number }));

const confirm = withFault(
  fc.record({
    kind: fc.constant('confirm' as const),
    session: fc.constantFrom(0, 0, 0, 1, 2),
    as: fc.constantFrom('owner', 'owner', 'owner', 'owner', 'owner', 'wrong_user', 'wrong_code', 'other_tenant'),
  }),
);

const useConnection = (kind: 'act' | 'read' | 'disconnect') =>
  withFault(
    fc.record({
      kind: fc.constant(kind),
      connection: number,
      isForeign: fc.constantFrom(false, false, false, false, false, false, false, true),
    }),
  );

const operate = (kind: 'revoke_all' | 'rotate_key') =>
  withFault(fc.record({ kind: fc.constant(kind), tenant: fc.constantFrom(...TENANTS) }));

export const account = fc.constantFrom(...ACCOUNTS);

/** Requests: they run in sandboxes and can run at the same time. */
export const request: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 2, arbitrary: comeBack },
  { weight: 1, arbitrary: comeBackAgain },
  { weight: 3, arbitrary: confirm },
  { weight: 5, arbitrary: useConnection('act') },
  { weight: 1, arbitrary: useConnection('read') },
  { weight: 3, arbitrary: useConnection('disconnect') },
  { weight: 2, arbitrary: withFault(fc.record({ kind: fc.constant('sweep' as const) })) },
  { weight: 1, arbitrary: operate('revoke_all') },
  { weight: 1, arbitrary: operate('rotate_key') },
);

const wait = (seconds: readonly number[]): fc.Arbitrary<Operation> =>
  fc.record({ kind: fc.constant('wait' as const), seconds: fc.constantFrom(...seconds) });

const jump = (seconds: readonly number[]): fc.Arbitrary<Operation> =>
  fc.record({ kind: fc.constant('jump' as const), seconds: fc.constantFrom(...seconds) });

/** What happens around them. */
export const event = (waits: readonly number[], jumps: readonly number[]): fc.Arbitrary<Operation> =>
  fc.oneof(
    { weight: 3, arbitrary: wait(waits) },
    { weight: 1, arbitrary: jump(jumps) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('user_revokes' as const), account }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('access_expires' as const), account }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('secret_reset', 'secret_entered') }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('cold_start' as const) }) },
  );

/** The same twice: a user clicks again, a client or a proxy repeats. */
const twins: fc.Arbitrary<Operation[]> = request.map((one) => {
  const { fault: _fault, ...again } = one as Operation & { fault?: Fault };
  return [one, again];
});

export const crowd: fc.Arbitrary<Operation[]> = fc.oneof(
  twins,
  fc.array(
    fc.oneof({ weight: 6, arbitrary: request }, { weight: 1, arbitrary: event(WAITS_MEANWHILE, JUMPS_MEANWHILE) }),
    { minLength: 2, maxLength: 4 },
  ),
);

/** Who moves when; the first steps decide most. */
export const turns = fc.array(fc.nat({ max: 5 }), { maxLength: 40 });
