import type { ActionDefinition } from '../../shared/catalogue/action.ts';
import { botCatalogue } from '../../shared/catalogue/bot-catalogue.ts';
import type { AuthorityFacts } from '../../shared/authority/facts.ts';
import type { AuthorityFailure } from '../../shared/problems/failure.ts';
import { buildCalls, type OracleCall } from './actions-calls.ts';
import { EARLIER, LOOSER, STRICTER, type Compared } from './actions-differences.ts';
import { buildGuild, mirrorGuild, type ActionGuild } from './actions-guild.ts';
import { buildFacts, decideByProduct, type ComparedSide } from './actions-product.ts';
import { callSimulator, openSimulation } from './actions-simulator.ts';

/**
 * What a decision comes to: the call may be made, who makes it may not, or the call itself does not fit what is there, whoever
 * makes it.
 */
export type Verdict = 'allowed' | 'forbidden' | 'unfit';

/** Discord's codes for want of permission: missing access, missing permissions, no reply without the history. */
const PERMISSION_CODES: readonly unknown[] = [50_001, 50_013, 160_002];

const UNFIT: readonly AuthorityFailure['reason'][] = [
  'bot_access_missing',
  'guild_not_connected',
  'channel_unsuitable',
  'role_not_assignable',
  'not_made_for_connection',
  'direct_message_refused',
  'only_own_member',
];

export function judgeFailures(failures: readonly AuthorityFailure[]): Verdict {
  if (failures.length === 0) return 'allowed';
  return failures.some(({ reason }) => UNFIT.includes(reason)) ? 'unfit' : 'forbidden';
}

/** @throws Error for an answer that is no decision: a fault of the oracle or of the simulator */
export function judgeAnswer({ answer: { status, body }, call }: Pick<Compared, 'answer' | 'call'>): Verdict {
  if (status < 300) return 'allowed';
  const code = readCode(body);
  if (status === 401 || status === 405 || status === 429 || status >= 500 || code === 50_035) {
    throw new Error(`${call.action.id} is no fitting call: ${status} ${body} to ${JSON.stringify(call.body)}`);
  }
  return PERMISSION_CODES.includes(code) ? 'forbidden' : 'unfit';
}

function readCode(body: string): unknown {
  return (JSON.parse(body) as { readonly code?: unknown }).code;
}

/** Whether both say the same. Where the product finds the call unfit the simulator must not let it through. */
function isAgreement(product: Verdict, simulator: Verdict): boolean {
  switch (product) {
    case 'allowed':
      return simulator !== 'forbidden';
    case 'forbidden':
      return simulator === 'forbidden';
    case 'unfit':
      return simulator !== 'allowed';
  }
}

/** What is made of two decisions: nothing to say, listed differences by their reasons, or a disagreement. */
export type Outcome =
  | { readonly kind: 'alike' }
  | { readonly kind: 'listed'; readonly why: readonly string[] }
  | { readonly kind: 'apart' };

export function compare(compared: Compared): Outcome {
  const product = judgeFailures(compared.failures);
  const simulator = judgeAnswer(compared);
  if (isAgreement(product, simulator)) return { kind: 'alike' };
  const why = explain(compared, product, simulator);
  return why === undefined ? { kind: 'apart' } : { kind: 'listed', why };
}

/** One failure for each permission that is missing. */
function splitMissing(failure: AuthorityFailure): AuthorityFailure[] {
  if (failure.reason !== 'actor_permission_missing' && failure.reason !== 'bot_permission_missing') return [failure];
  return failure.missing.map((name) => ({ ...failure, missing: [name] }));
}

function explain(compared: Compared, product: Verdict, simulator: Verdict): string[] | undefined {
  const { call, side, failures, answer } = compared;
  const isMeant = (difference: { readonly side?: ComparedSide; readonly actions?: readonly string[] }) =>
    (difference.side ?? side) === side && difference.actions?.includes(call.action.id) !== false;
  if (product === 'allowed') {
    const found = LOOSER.find((difference) => isMeant(difference) && difference.isMeant(compared));
    return found && [found.why];
  }
  const code = simulator === 'unfit' ? readCode(answer.body) : undefined;
  const earlier = EARLIER.find(({ codes, ...rest }) => isMeant(rest) && codes.some((one) => one === code));
  if (earlier !== undefined) return [earlier.why];
  const reasons = failures
    .flatMap(splitMissing)
    .map(
      (failure) => STRICTER.find((difference) => isMeant(difference) && difference.explains(failure, compared))?.why,
    );
  // Everything that the product has against the call must be listed.
  return reasons.some((why) => why === undefined) ? undefined : reasons.filter((why) => why !== undefined);
}

/** One call in one guild: the simulator's answer and what the product decides from. */
export interface Prepared extends Omit<Compared, 'failures' | 'side'> {
  readonly facts: Readonly<Record<ComparedSide, AuthorityFacts>>;
}

/** Makes each action's calls in the guild, each in its own copy of it. */
export function prepare(random: ActionGuild): Prepared[] {
  const guild = buildGuild(random);
  const facts = {
    bot: buildFacts(openSimulation(guild, random), random),
    actor: buildFacts(openSimulation(mirrorGuild(guild), random), random),
  };
  return botCatalogue
    .flatMap((action) => buildCalls(action, random))
    .map((call) => ({
      random,
      guild,
      call,
      facts,
      answer: callSimulator(openSimulation(guild, random), call, random),
    }));
}

/** The product's decision beside the simulator's. @param action - as the product is to see it */
export async function decideBoth(prepared: Prepared, side: ComparedSide, action?: ActionDefinition): Promise<Compared> {
  const { facts, ...rest } = prepared;
  return { ...rest, side, failures: await decideByProduct(facts[side], prepared.call, side, action) };
}

/** A disagreement in one paragraph. */
export function describeCompared({ call, side, failures, answer }: Compared): string {
  const { action, path, query, body, fileType }: OracleCall = call;
  return [
    `${action.id}, ${side === 'bot' ? 'by the bot' : 'by the user'}: ${JSON.stringify({ path, query, body, fileType })}`,
    `  product: ${JSON.stringify(failures)}`,
    `  simulator: ${answer.status} ${answer.body.slice(0, 200)}`,
  ].join('\n');
}
