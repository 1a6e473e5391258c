import type { Operation, Outcome } from './operation.ts';
import { OUTAGE_ANSWERS } from './reference/answers.ts';
import { ANSWER_LOST } from './reference/act-rules.ts';
import { idOf } from './reference/connect-rules.ts';
import type { Possibilities } from './reference/orders.ts';
import type { ConnectionState, Draft, Moment } from './reference/state.ts';
import { buildView, compareViews } from './reference/view.ts';

/** What came of operations that ran at once, or met a fault. */
export interface Crowd {
  readonly before: Draft;
  readonly operations: readonly Operation[];
  readonly outcomes: readonly Outcome[];
  /** If each had happened as a whole. */
  readonly possible: Possibilities;
  readonly found: Draft;
  readonly now: Moment;
  /** Something was disturbed: see {@link isDisturbed}. */
  readonly isLoose: boolean;
}

/** Seconds that may pass while requests are under way without any of them being late. */
const UNNOTICED = 5;

/** Whether requests met faults or were held up: what they leave behind then is told by rules, not by the model. */
export function isDisturbed(operations: readonly Operation[], outcomes: readonly Outcome[]): boolean {
  const isHeldUp = operations.some((one) => one.kind === 'jump' || (one.kind === 'wait' && one.seconds > UNNOTICED));
  return outcomes.some(({ hasStruck }) => hasStruck) || (isHeldUp && operations.length > 1);
}

/** @returns one line for each violation */
export function checkTogether(crowd: Crowd): string[] {
  return [...checkAnswers(crowd), ...(crowd.isLoose ? checkMoves(crowd) : checkState(crowd))];
}

/** What the caller of a request that met a fault is told; `gateway` is API Gateway itself, when the function never answered. */
const BROKEN_OFF: ReadonlySet<string> = new Set([
  ...OUTAGE_ANSWERS,
  '500 gateway',
  '503 gateway',
  '503 page',
  '502 page',
  '504 page',
]);

/** What others may be told who met what it left. */
const LEFT_BEHIND: ReadonlySet<string> = new Set([
  '409 confirmation_in_progress',
  '409 disconnect_in_progress',
  '409 connection_changed',
  '503 refresh_in_progress',
  `409 reconnect_required ${ANSWER_LOST}`,
]);

/** What is told to whoever takes over from a confirmation that has spent the code, is late, and then comes to its end all the same. */
const CODE_SPENT = '410 authorization_code_expired';

function isSecondConfirmation(operations: Crowd['operations'], outcomes: Crowd['outcomes'], at: number): boolean {
  const isAboutSame = (other: number): boolean => outcomes[other]?.id === outcomes[at]?.id;
  const confirmations = operations.filter(({ kind }, other) => kind === 'confirm' && isAboutSame(other));
  return operations[at]?.kind === 'confirm' && confirmations.length > 1;
}

function checkAnswers({ operations, outcomes, possible, isLoose }: Crowd): string[] {
  return operations.flatMap((_operation, at) => {
    const { answer = '' } = outcomes[at] ?? {};
    const allowed = possible.answers[at] ?? new Set();
    if (allowed.has(answer)) return [];
    // A failure is remembered for a while and told to others, too.
    if (isLoose && (BROKEN_OFF.has(answer) || LEFT_BEHIND.has(answer))) return [];
    if (isLoose && answer === CODE_SPENT && isSecondConfirmation(operations, outcomes, at)) return [];
    return [`${at + 1}: got "${answer}", possible are ${[...allowed].map((text) => `"${text}"`).join(', ')}`];
  });
}

function checkState({ possible, found, now }: Crowd): string[] {
  const view = buildView(found, now);
  const differences = possible.states.map((state) => compareViews(buildView(state, now), view));
  if (differences.length === 0) return ['no order of the operations gives these answers'];
  const [nearest = []] = differences.toSorted((a, b) => a.length - b.length);
  return nearest.length === 0 ? [] : ['no order of the operations leads here; the nearest differs:', ...nearest];
}

/** A status changes only if somebody asked for it, or something happened that explains it. */
function checkMoves(crowd: Crowd): string[] {
  return [...crowd.found.connections].flatMap(([id, after]) => {
    const before = crowd.before.connections.get(id);
    if (isForgotten(crowd, id, before, after)) return [`it is forgotten that an answer to ${id} was lost`];
    if (before?.status === after.status || isExplained(crowd, id, before, after)) return [];
    return [`${id} went from ${before?.status ?? 'nothing'} to ${after.status} ${after.reason ?? ''} for no reason`];
  });
}

/** Whether Discord may have taken a refresh token, and nothing that is stored says so. */
function isForgotten(
  { operations, outcomes }: Crowd,
  id: string,
  before: ConnectionState | undefined,
  after: ConnectionState,
): boolean {
  const isGone = operations.some(
    ({ kind }, at) => kind === 'act' && outcomes[at]?.id === id && outcomes[at].isAnswerGone,
  );
  const isNoted = after.isUncertain || after.leaseUntilMs !== undefined || after.version !== before?.version;
  return isGone && after.status === 'active' && !isNoted;
}

function isExplained(
  { operations, outcomes, before: whole }: Crowd,
  id: string,
  before: ConnectionState | undefined,
  after: ConnectionState,
): boolean {
  const isAbout = (at: number): boolean => {
    const about = outcomes[at]?.id ?? '';
    const session = whole.sessions.get(about);
    return about === id || (session !== undefined && idOf(session.who) === id);
  };
  const isWanted = (kind: Operation['kind']): boolean =>
    operations.some((operation, at) => operation.kind === kind && isAbout(at));
  switch (after.status) {
    case 'active':
      return isWanted('confirm') || (before?.status === 'reconnect_required' && before.reason === ANSWER_LOST);
    case 'disconnected':
      return (
        isWanted('disconnect') || operations.some((one) => one.kind === 'revoke_all' && one.tenant === after.who.tenant)
      );
    case 'reconnect_required':
      if (!isWanted('act')) return false;
      if (after.reason === ANSWER_LOST) return true;
      return before?.pair?.isAlive === false || operations.some(({ kind }) => kind === 'user_revokes');
  }
}
