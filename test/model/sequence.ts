import { runInTurns, type Runner } from './engine/turns.ts';
import { checkAlways, checkAtRest, Excuses } from './invariants.ts';
import { observe } from './observe.ts';
import { describeOperation, type Operation, type Outcome } from './operation.ts';
import { Performer } from './perform.ts';
import { computePossibilities } from './reference/orders.ts';
import { canAct } from './reference/discord-rules.ts';
import { predict } from './reference/predict.ts';
import { Draft, type Moment } from './reference/state.ts';
import { isUnclear } from './reference/thresholds.ts';
import { buildView, compareViews } from './reference/view.ts';
import { checkTogether, isDisturbed } from './together.ts';
import type { World } from './world.ts';

/** Milliseconds that pass between two steps. */
const BETWEEN_STEPS_MS = 1_100;

/** Milliseconds between the sweeps of a rest: to-dos are put off for an hour at the most, clocks wrong by two hours. */
const REST_MS = 4_000_000;
const REST_SWEEPS = 3;

const ALONE = { sandbox: 0 } as const;

/** Events that say that tokens could not be kept nor revoked: AWS or Discord were down for longer than a request. */
const LOST_EVENTS: ReadonlySet<string> = new Set([
  'rotated_tokens_unsaved',
  'token_answer_unkept',
  'unwanted_tokens_not_revoked',
]);

/** One sequence of steps against the product and the model side by side. */
export class Sequence {
  readonly world: World;
  readonly performer: Performer;
  model = new Draft();
  /** What was done, for the report of a failure. */
  readonly told: string[] = [];
  readonly excuses = new Excuses();
  steps = 0;
  #turn = 0;

  constructor(world: World) {
    this.world = world;
    this.performer = new Performer(world);
  }

  /**
   * Carries out a step: one operation, or several at once.
   * @param turns - who moves when, if there are several
   * @throws Error that tells what the model expected and what there is
   */
  async step(operations: readonly Operation[], turns: readonly number[]): Promise<void> {
    this.#letThingsSettle();
    this.steps += 1;
    const now = this.#now();
    this.told.push(`${this.steps}. ${operations.map(describeOperation).join(' | ')}`);
    const { outcomes, trace } = await this.#carryOut(operations, turns);
    this.told.push(`   → ${outcomes.map(({ answer, hasStruck }) => `${answer}${hasStruck ? ' *' : ''}`).join(' | ')}`);
    if (trace.length > 0) this.told.push(`   turns: ${trace.join(', ')}`);

    const problems = await this.#compare(operations, outcomes, now);
    this.#report(problems);
    this.world.clock.advance(BETWEEN_STEPS_MS);
  }

  /** @returns what is not as it should be; the model then goes on from what there is */
  async #compare(operations: readonly Operation[], outcomes: readonly Outcome[], before: Moment): Promise<string[]> {
    const [operation, ...others] = operations;
    const [outcome] = outcomes;
    if (
      operation !== undefined &&
      outcome !== undefined &&
      others.length === 0 &&
      !this.#isDisturbed(operations, outcomes)
    ) {
      const expected = new Draft(this.model);
      const answer = predict(expected, operation, outcome, before);
      if (operation.kind === 'wait' || operation.kind === 'jump') return [];
      const { state, faults } = await observe(this.world, expected, this.performer.codes);
      this.#excuseGaps();
      const now = this.#now();
      const differences = compareViews(buildView(expected, now), buildView(state, now));
      this.model = expected;
      // When a to-do is tried again is the sweep's own affair.
      if (operation.kind === 'sweep')
        Object.assign(expected, { revocations: state.revocations, answers: state.answers });
      return [
        ...faults,
        ...(answer === outcome.answer ? [] : [`expected the answer "${answer}", got "${outcome.answer}"`]),
        ...differences,
        ...checkAlways(this.world, state, this.excuses),
      ];
    }
    this.#excuse(operations, outcomes);
    this.#excuseGaps();
    const possible = computePossibilities(this.model, operations, outcomes, before);
    const { state, faults } = await observe(this.world, possible.inTurn, this.performer.codes);
    const isLoose = this.#isDisturbed(operations, outcomes);
    const crowd = { before: this.model, operations, outcomes, possible, found: state, now: this.#now(), isLoose };
    this.model = state;
    return [...faults, ...checkTogether(crowd), ...checkAlways(this.world, state, this.excuses)];
  }

  /** When the sweep brings back what was spilled is its own affair. */
  #isDisturbed(operations: readonly Operation[], outcomes: readonly Outcome[]): boolean {
    const isAnySpilled = [...this.model.connections.values()].some(({ spilled }) => spilled !== undefined);
    const hasSweep = operations.some(({ kind }) => kind === 'sweep');
    return isDisturbed(operations, outcomes) || (isAnySpilled && hasSweep);
  }

  #excuseGaps(): void {
    const now = this.#now();
    for (const { who, pair, status } of this.model.connections.values()) {
      if (status !== 'disconnected' && pair?.isAlive === false) this.excuses.lost.add(who.account);
    }
    // Nobody can be asked any more whose tokens they are. The sweep has had seven days.
    for (const { who, kept } of this.model.sessions.values()) {
      if (kept?.isAlive === true && !canAct(kept, now)) this.excuses.lost.add(who.account);
    }
  }

  /** Notes what cannot be held against the product from now on. */
  #excuse(operations: readonly Operation[], outcomes: readonly Outcome[]): void {
    if (this.#isDisturbed(operations, outcomes)) this.excuses.refreshes = this.world.refreshes.length;
    const isToldLost = this.world.log.some(({ event }) => LOST_EVENTS.has(event));
    for (const { id = '', isAnswerGone, hasStruck } of outcomes) {
      const found = this.model.connections.get(id) ?? this.model.sessions.get(id);
      if (found !== undefined && (isAnswerGone || (hasStruck && isToldLost))) this.excuses.lost.add(found.who.account);
    }
  }

  /**
   * Lets everything come to rest: the secret is right, the clock is right, hours pass and the sweep runs. Then nothing is
   * left to do.
   */
  async rest(): Promise<void> {
    const { world, performer } = this;
    this.steps += 1;
    this.told.push(`${this.steps}. rest`);
    if (!this.model.isSecretRight) {
      await performer.perform({ kind: 'secret_entered' }, this.model, ALONE);
      this.model.isSecretRight = true;
    }
    world.clock.correct();
    const answers: string[] = [];
    for (let round = 0; round < REST_SWEEPS; round += 1) {
      world.clock.advance(REST_MS);
      answers.push((await performer.perform({ kind: 'sweep' }, this.model, ALONE)).answer);
    }
    const before = this.model;
    this.#excuseGaps();
    const { state, faults } = await observe(world, before, performer.codes);
    this.model = state;
    this.#report([
      ...faults,
      ...answers.filter((answer) => answer !== 'done').map((answer) => `a sweep ended with ${answer}`),
      ...checkAtRest(before, state, this.excuses),
      ...checkAlways(world, state, this.excuses),
    ]);
  }

  /** @throws Error that tells the sequence and what is wrong */
  #report(problems: readonly string[]): void {
    if (problems.length > 0) throw new Error([...this.told, ...problems].join('\n'));
  }

  async #carryOut(
    operations: readonly Operation[],
    turns: readonly number[],
  ): Promise<{ readonly outcomes: readonly Outcome[]; readonly trace: readonly string[] }> {
    const { performer, model } = this;
    const [operation, ...others] = operations;
    if (operation !== undefined && others.length === 0) {
      const fault = 'fault' in operation ? operation.fault : undefined;
      this.#turn += 1;
      return { outcomes: [await performer.perform(operation, model, { sandbox: this.#turn % 2, fault })], trace: [] };
    }
    const outcomes: Outcome[] = [];
    const runners = operations.map((one, sandbox): Runner => {
      const fault = 'fault' in one ? one.fault : undefined;
      return {
        name: String.fromCharCode('A'.charCodeAt(0) + sandbox),
        run: async (wait) => {
          outcomes[sandbox] = await performer.perform(one, model, { sandbox, fault, wait });
        },
      };
    });
    return { trace: await runInTurns(runners, turns), outcomes };
  }

  /** Nothing is to change by itself while a step is under way. */
  #letThingsSettle(): void {
    for (let round = 0; isUnclear(this.model, this.#now()); round += 1) {
      if (round > 100) throw new Error('the model never becomes clear');
      this.world.clock.advance(5_000);
    }
  }

  #now(): Moment {
    return { gatewayMs: this.world.clock.nowEpochMs(), discordMs: this.world.clock.worldEpochMs() };
  }
}
