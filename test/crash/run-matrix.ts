import { SEED_USERS } from '../../infra/local/discord/world/seed-users.ts';
import type { Connection } from '../../shared/domain/connection.ts';
import type { HandlerProcess } from '../processes/handler-process.ts';
import type { JsonAnswer } from '../support/wire.ts';
import { checkCustody, checkTidiness, type CustodyView, type Excuses } from './check-world.ts';
import type { CrashWorld, SavedWorld } from './crash-world.ts';
import type { Kill, Recording, Repair } from './plan-kills.ts';
import type { Operation, Scenario } from './scenario.ts';

/** Seconds that a caller waits at least before he sends a request again that was refused for now. */
const MIN_WAIT_SECONDS = 10;

const MAX_REPEATS = 12;

/** Seconds after which nothing of an interrupted request is still waited for: longer than a finished connect session is kept. */
const LONG_SECONDS = 3 * 3_600;

/** Runs of the sweep, hours apart, after which everything has to be in order: what one puts off another takes up. */
const MAX_SWEEPS = 3;

/** Age at which a token of 7 days is due for its refresh, whatever the connection's jitter. */
const UNTIL_DUE_SECONDS = 6.5 * 86_400;

/** A scenario's world in front of its request. */
interface Prepared {
  readonly operation: Operation;
  readonly saved: SavedWorld;
}

/** Kills processes in one world. */
export class MatrixRunner {
  readonly #world: CrashWorld;
  readonly #prepared = new Map<Scenario, Prepared>();

  constructor(world: CrashWorld) {
    this.#world = world;
  }

  /**
   * Runs a scenario in a process of its own that nobody kills.
   * @param isSettled - whether the world goes on afterwards and is looked at, as after a kill
   * @returns what it passed; violations, if any
   */
  async record(scenario: Scenario, isSettled: boolean): Promise<Recording & { violations: string[] }> {
    const world = this.#world;
    const operation = await this.#begin(scenario);
    const victim = world.rig.spawn();
    await victim.run({ kind: 'record' });
    world.useVictim(victim);
    const answer = await operation.run();
    const { lastTrace: trace } = world.rig;
    const unused = await clearFaults(world);
    await operation.mend?.();
    await victim.stop();
    const wrong = answer.status === operation.status ? [] : [`it answers ${answer.status}: ${answer.text}`];
    world.useSurvivor('cold');
    const violations = [...wrong, ...unused];
    if (isSettled) violations.push(...(await settle(world, operation, undefined, operation.losesAnswer === true)));
    return { scenario, trace, violations: violations.map((line) => `${scenario.name}: ${line}`) };
  }

  /** Kills a process at the given moment, lets the world go on, and looks at it. @returns violations */
  async kill({ scenario, at, repair, isInNamedWindow }: Kill, victim: HandlerProcess): Promise<string[]> {
    const world = this.#world;
    const operation = await this.#begin(scenario);
    await victim.run({ kind: 'strike', strike: { kind: 'kill', at } });
    world.useVictim(victim);
    await operation.run();
    await clearFaults(world);
    await operation.mend?.();
    const tell = (line: string) =>
      `${scenario.name}, killed at ${at.point} (${at.position}, ${at.nth}), ${repair}: ${line}`;
    if (victim.end?.signal !== 'SIGKILL') {
      await victim.stop();
      return [tell('the process came through alive')];
    }

    world.useSurvivor('cold');
    const mayBeLost = isInNamedWindow || operation.losesAnswer === true;
    const excuses = { ...excuseLoss(operation, mayBeLost), isRevokedUnseen: operation.isRevokedAtDiscord === true };
    const atOnce = checkCustody(await world.view(), excuses).map((line) => `at once: ${line}`);
    return [...atOnce, ...(await settle(world, operation, repair, mayBeLost))].map(tell);
  }

  async #begin(scenario: Scenario): Promise<Operation> {
    const known = this.#prepared.get(scenario);
    await this.#world.restore(known?.saved ?? this.#world.untouched);
    const operation = known?.operation ?? (await scenario.prepare(this.#world));
    if (known === undefined) this.#prepared.set(scenario, { operation, saved: await this.#world.save() });
    await operation.plant?.();
    return operation;
  }
}

/**
 * Lets the world go on until nothing is under way any more.
 * @param repair - absent: nobody was killed
 * @returns violations
 */
async function settle(
  world: CrashWorld,
  operation: Operation,
  repair: Repair | undefined,
  mayBeLost: boolean,
): Promise<string[]> {
  const violations: string[] = [];
  if (repair === 'repeated') {
    const last = await repeat(world, operation);
    if (last.status >= 500) violations.push(`repeated it answers ${last.status}: ${last.text}`);
  }
  const { ends } = operation;
  const lost = mayBeLost ? (ends.lost ?? []) : [];
  const right = [...(repair === undefined ? [ends.unkilled] : ends[repair]), ...lost];
  const expectRightEnd = (connection: Connection | undefined, when: string): void => {
    const end = describeEnd(connection);
    if (!right.includes(end)) violations.push(`${when} the end is ${end}, right would be ${right.join(' or ')}`);
  };
  if (repair === 'repeated' && operation.isUpkeep !== true) {
    expectRightEnd(findConnection(await world.view(), operation), 'repeated,');
  }

  const { pairLostOf } = excuseLoss(operation, mayBeLost);
  const { view, untidy } = await sweepUntilTidy(world, { pairLostOf, hasLeftover: operation.hasLeftover === true });
  violations.push(...untidy);
  const connection = findConnection(view, operation);
  expectRightEnd(connection, 'swept,');
  const isUnused = repair !== 'repeated';
  const excuses = {
    pairLostOf,
    isLossUnseen: mayBeLost && (isUnused || lost.includes(describeEnd(connection))),
    isRevokedUnseen: repair === 'abandoned' && operation.isRevokedAtDiscord === true,
  };
  violations.push(...checkCustody(view, excuses), ...((await operation.check?.()) ?? []));
  const mayBeDead = excuses.isLossUnseen || excuses.isRevokedUnseen;
  if (operation.isOver !== true) violations.push(...(await useAgain(world, operation, connection, mayBeDead)));
  return violations;
}

/** What a pair that is lost excuses right after the loss. */
function excuseLoss({ whose, issuedTo }: Operation, mayBeLost: boolean): Pick<Excuses, 'pairLostOf' | 'isLossUnseen'> {
  return { pairLostOf: mayBeLost ? SEED_USERS[issuedTo ?? whose.user].id : undefined, isLossUnseen: mayBeLost };
}

/** Hours pass, and the sweep runs now and then. */
async function sweepUntilTidy(
  world: CrashWorld,
  excuses: Pick<Excuses, 'pairLostOf' | 'hasLeftover'>,
): Promise<{ view: CustodyView; untidy: string[] }> {
  for (let run = 1; ; run += 1) {
    world.harness.clock.advanceSeconds(LONG_SECONDS);
    await world.sweep();
    const view = await world.view();
    const untidy = checkTidiness(view, excuses);
    if (untidy.length === 0 || run === MAX_SWEEPS) return { view, untidy };
  }
}

function findConnection({ connections }: CustodyView, { whose }: Operation): Connection | undefined {
  return connections.find(({ userId }) => userId === whose.user_id);
}

function describeEnd(connection: Connection | undefined): string {
  if (connection === undefined) return 'none';
  return [connection.status, ...(connection.statusReason === undefined ? [] : [connection.statusReason])].join(':');
}

/** Sends the request again until the caller is not told to come back later. */
async function repeat(world: CrashWorld, operation: Operation): Promise<JsonAnswer> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await operation.run();
    const retryAfter = Number(answer.headers['retry-after'] ?? 0);
    if (retryAfter === 0 || attempt === MAX_REPEATS) return answer;
    world.harness.clock.advanceSeconds(Math.max(retryAfter, MIN_WAIT_SECONDS));
  }
}

/**
 * Whatever happened, the user can go on: his connection works and is refreshed when that is due, or he connects again.
 * @param mayBeDead - whether an active connection may turn out to be of no use, and then has to say so
 * @returns violations
 */
async function useAgain(
  world: CrashWorld,
  { whose }: Operation,
  connection: Connection | undefined,
  mayBeDead: boolean,
): Promise<string[]> {
  const { wire, clock } = world.harness;
  const key = whose.key ?? world.harness.key;
  const violations: string[] = [];
  const use = async (id: string, when: string): Promise<boolean> => {
    const answer = await wire.send('GET', `/connections/${id}/api/v10/users/@me`, { key });
    if (mayBeDead && answer.status === 409 && answer.json.code === 'reconnect_required') return false;
    const isHis = answer.status === 200 && answer.json.id === SEED_USERS[whose.user].id;
    if (!isHis) violations.push(`${when}, an action answers ${answer.status}: ${answer.text}`);
    return true;
  };
  if (connection?.status === 'active' && (await use(connection.id, 'afterwards'))) {
    clock.advanceSeconds(UNTIL_DUE_SECONDS);
    await use(connection.id, 'when the next refresh is due');
    return violations;
  }
  try {
    const renewed = await world.connect(whose);
    if (connection !== undefined && renewed !== connection.id) violations.push('connecting again made a twin');
    await use(renewed, 'after connecting again');
  } catch (error) {
    violations.push(`connecting again fails: ${error instanceof Error ? error.message : String(error)}`);
  }
  return violations;
}

/** @returns which planted faults never struck */
async function clearFaults({ harness: { stack, simulator } }: CrashWorld): Promise<string[]> {
  const atAws = stack.aws.faults.unused().map((fault) => `a fault of AWS did not strike: ${JSON.stringify(fault)}`);
  const { items } = await simulator.control.listFaults();
  const atDiscord = items.filter(({ hits }) => hits === 0).map(({ rule }) => `a fault did not strike: ${rule.path}`);
  stack.aws.faults.clear();
  await simulator.control.clearFaults();
  return [...atAws, ...atDiscord];
}
