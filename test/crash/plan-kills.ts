import type { Moment, TraceEntry } from '../processes/child/messages.ts';
import type { Scenario } from './scenario.ts';

/** How the world goes on after a kill: the caller sends the request again, or nobody ever comes back. */
export type Repair = 'repeated' | 'abandoned';

/** One kill: in which scenario, when, and what follows. */
export interface Kill {
  readonly scenario: Scenario;
  readonly at: Moment;
  readonly repair: Repair;
  /** Names the state in which the outside world is then; kills with the same name leave the same world behind. */
  readonly state: string;
  /** Between Discord's answer with new tokens and the first write. */
  readonly isInNamedWindow: boolean;
}

/** A scenario as it went without a kill. */
export interface Recording {
  readonly scenario: Scenario;
  readonly trace: readonly TraceEntry[];
}

/** Operations of AWS that change nothing. */
const AWS_READS = /^(?:Get|BatchGet|Query|Scan|Describe|List|Decrypt|GenerateDataKey)/;

const TOKEN_REQUEST = 'POST /api/oauth2/token';

/** Items that say what happened and decide nothing: whether they are there makes no other world. */
const RECORDS = /^\w+ (?:AUDIT|KEYUSE)$/;

/** Nothing has been changed yet: whatever was to be done, the world is as if nobody had begun. */
const UNTOUCHED = 'untouched';

/**
 * Every await of every recorded run, in every state of the outside world in which it is passed, when it starts and when it has
 * settled. A process that dies when an await has settled and one that dies before the next one starts leave the same world
 * behind, so one of them is followed by the caller's return and the other by his absence. Pure.
 */
export function planAllKills(recordings: readonly Recording[]): Kill[] {
  const kills = recordings.flatMap(placeKills);
  return keepFirst(
    kills,
    ({ state, isInNamedWindow, at }) => `${state} ${isInNamedWindow ? 'window' : ''} ${at.position} ${at.point}`,
  );
}

/**
 * A part of {@link planAllKills} that leaves out no state of the outside world: one kill in each, followed by the one repair
 * and by the other in turn, at an await that was not struck yet where there is one. Pure.
 */
export function planFewKills(recordings: readonly Recording[]): Kill[] {
  const struck = new Set<string>();
  const all = planAllKills(recordings);
  const states = [...new Set(all.map(({ state }) => state))];
  return states.flatMap((state, index) => {
    const same = all.filter((kill) => kill.state === state);
    const repair = (['repeated', 'abandoned'] as const)[index % 2];
    const fitting = same.filter((kill) => kill.repair === repair);
    const chosen = fitting.find(({ at }) => !struck.has(at.point)) ?? fitting[0] ?? same[0];
    if (chosen === undefined) return [];
    struck.add(chosen.at.point);
    return [chosen];
  });
}

/**
 * What a deep run strikes of {@link planAllKills}: every await when it starts and when it has settled, and every state of the
 * outside world with either way on from it; where there is a choice, in a state that was not struck yet. Pure.
 */
export function planManyKills(recordings: readonly Recording[]): Kill[] {
  const all = planAllKills(recordings);
  const [awaits, worlds] = [new Set<string>(), new Set<string>()];
  const toAwait = ({ at }: Kill): string => `${at.position} ${at.point}`;
  const toWorld = ({ state, repair, isInNamedWindow }: Kill): string =>
    `${repair} ${state}${isInNamedWindow ? ' in the named window' : ''}`;
  const chosen = new Set<Kill>();
  const choose = (isWanted: (kill: Kill) => boolean): void => {
    for (const kill of all) {
      if (!isWanted(kill)) continue;
      chosen.add(kill);
      awaits.add(toAwait(kill));
      worlds.add(toWorld(kill));
    }
  };
  choose((kill) => !awaits.has(toAwait(kill)) && !worlds.has(toWorld(kill)));
  choose((kill) => !awaits.has(toAwait(kill)));
  choose((kill) => !worlds.has(toWorld(kill)));
  return all.filter((kill) => chosen.has(kill));
}

function keepFirst<T>(items: readonly T[], name: (item: T) => string): T[] {
  const seen = new Set<string>();
  return items.filter((item) => !seen.has(name(item)) && seen.add(name(item)));
}

/** Puts the moments of a recorded run between the changes that the world has seen. */
function placeKills({ scenario, trace }: Recording): Kill[] {
  const kills: Kill[] = [];
  let state = UNTOUCHED;
  let isInNamedWindow = false;
  for (const entry of trace) {
    if (entry.kind === 'moment') {
      const { point, nth, position } = entry;
      const repair = position === 'settled' ? 'repeated' : 'abandoned';
      kills.push({ scenario, at: { point, nth, position }, repair, state, isInNamedWindow });
      continue;
    }
    const { service, operation, status } = entry;
    const isDone = status >= 200 && status < 300;
    const isChange = isDone && (service === 'aws' ? !AWS_READS.test(operation) : !operation.startsWith('GET '));
    if (!isChange) continue;
    // Any write ends the window: nothing may be written before the new pair.
    isInNamedWindow = service === 'discord' && operation === TOKEN_REQUEST;
    if (!RECORDS.test(operation)) {
      state = `${state === UNTOUCHED ? (scenario.start ?? scenario.name) : state} > ${operation}`;
    }
  }
  return kills;
}
