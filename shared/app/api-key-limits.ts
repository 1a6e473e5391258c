import { catalogue } from '../catalogue/index.ts';
import type { ApiKeyRecord } from '../domain/integration.ts';

/** What an API key is limited to. An absent member does not limit. */
export interface ApiKeyLimits {
  /** Ids of the only actions that it may run. Connect sessions, connections and tokens are open to every key. */
  readonly actions?: readonly string[];
  /** Seconds from now until it is refused. */
  readonly lifeSeconds?: number;
}

/** Seconds. Shorter than this a key would end before it was rolled out. */
const MIN_LIFE_SECONDS = 60;

/** Seconds: ten years. A longer life is none; a slip of the keyboard is. */
const MAX_LIFE_SECONDS = 3_650 * 86_400;

/** What is wrong with a limit, and with which field of a body. */
export interface LimitFault {
  readonly detail: string;
  readonly pointer: string;
}

/** @returns what is wrong, for the operator; nothing when the limits make sense */
export function findLimitFault({ actions, lifeSeconds }: ApiKeyLimits): LimitFault | undefined {
  const known: readonly string[] = catalogue.map(({ id }) => id);
  const unknown = actions?.find((id) => !known.includes(id));
  if (unknown !== undefined) {
    return { detail: `unknown action ${unknown}; known are ${known.join(', ')}`, pointer: '/actions' };
  }
  if (actions?.length === 0) {
    return { detail: 'name at least one action, or leave the limit out', pointer: '/actions' };
  }
  const isLifePossible =
    lifeSeconds === undefined || (lifeSeconds >= MIN_LIFE_SECONDS && lifeSeconds <= MAX_LIFE_SECONDS);
  return isLifePossible
    ? undefined
    : { detail: 'a key lives a minute at least and ten years at most', pointer: '/expires_at' };
}

/** The limits as they are stored. */
export function buildLimitFields(
  { actions, lifeSeconds }: ApiKeyLimits,
  nowEpochSeconds: number,
): Pick<ApiKeyRecord, 'actions' | 'validUntilEpochSeconds'> {
  return {
    ...(actions === undefined ? {} : { actions: [...new Set(actions)] }),
    ...(lifeSeconds === undefined ? {} : { validUntilEpochSeconds: nowEpochSeconds + lifeSeconds }),
  };
}
