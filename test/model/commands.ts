import fc from 'fast-check';
import { account, crowd, event, fault, JUMPS, number, request, turns, WAITS } from './arbitrary-operations.ts';
import { PEOPLE, type Operation } from './operation.ts';
import { RestStep, Step, type Move } from './step.ts';

const toMove = (operation: Operation): Move => ({ operations: [operation], turns: [] });

const alone = (operation: fc.Arbitrary<Operation>): fc.Arbitrary<Step> => operation.map((one) => new Step(toMove(one)));

const comeBack = (who: number, isSlow = false): Operation => ({
  kind: 'come_back',
  person: who,
  isRefused: false,
  isSlow,
  isRepair: false,
});

const CONFIRM: Operation = { kind: 'confirm', session: 0, as: 'owner' };

const person = fc.nat({ max: PEOPLE.length - 1 });

/** A user comes back and the app confirms at once: the beginning of everything else. */
const connect: fc.Arbitrary<Step> = person.map((who) => new Step(toMove(comeBack(who)), toMove(CONFIRM)));

/** Seconds until a caller tries again: at once, or after claims and leases of the first try are over. */
const untilRetry = fc.constantFrom(0, 45);

/** A request meets a fault and is sent again, as clients do. */
const retried = (operation: fc.Arbitrary<Operation>): fc.Arbitrary<Step> =>
  fc
    .tuple(operation, fault, untilRetry)
    .map(([one, struck, seconds]) => new Step(...[{ ...one, fault: struck }, wait(seconds), one].map(toMove)));

const wait = (seconds: number): Operation => ({ kind: 'wait', seconds });

/** The same for a call whose access token has just run out: it has to refresh. */
const refreshed: fc.Arbitrary<Step> = fc
  .tuple(account, number, fault, untilRetry)
  .map(([whose, connection, struck, seconds]) => {
    const act: Operation = { kind: 'act', connection, isForeign: false };
    return new Step(
      ...[{ kind: 'access_expires', account: whose } as const, { ...act, fault: struck }, wait(seconds), act].map(
        toMove,
      ),
    );
  });

/** The same for a confirmation: what it has got before it broke off is taken up. */
const reconfirmed: fc.Arbitrary<Step> = fc
  .tuple(person, fault, untilRetry)
  .map(
    ([who, struck, seconds]) =>
      new Step(...[comeBack(who), { ...CONFIRM, fault: struck }, wait(seconds), CONFIRM].map(toMove)),
  );

/** The browser comes back twice at the same moment. */
const doubled: fc.Arbitrary<Step> = fc.tuple(person, turns).map(([who, order]) => {
  const again: Operation = { kind: 'come_back_again', session: 0 };
  return new Step(toMove(comeBack(who, true)), { operations: [again, again], turns: order });
});

const together: fc.Arbitrary<Step> = fc
  .tuple(crowd, turns)
  .map(([operations, order]) => new Step({ operations, turns: order }));

const rest = fc.constant(null).map(() => new RestStep());

/**
 * Sequences of steps. fast-check draws each step from one of these with the same probability.
 * @param maxCommands - steps at the most
 * @param replayPath - of a failure that is to be met again
 */
export function sequences(maxCommands: number, replayPath?: string) {
  const any = alone(request);
  const around = alone(event(WAITS, JUMPS));
  const composed = fc.oneof(retried(request), reconfirmed, doubled);
  const steps = [connect, connect, any, any, around, around, together, together, composed, refreshed, rest];
  return fc.commands(steps, { maxCommands, size: 'max', ...(replayPath === undefined ? {} : { replayPath }) });
}
