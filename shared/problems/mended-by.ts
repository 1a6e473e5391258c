import { FAILURE_FAMILY, type FailureFamily } from './failure-family.ts';
import type { Failure } from './failure.ts';

/** Who can do something about it: who calls, the connected user, an admin of the guild, the operator, or nobody but time. */
export type Mender = 'app' | 'end_user' | 'guild_admin' | 'operator' | 'time';

const BY_FAMILY: Readonly<Record<FailureFamily, Mender>> = {
  input: 'app',
  caller: 'app',
  connection: 'end_user',
  discord: 'time',
  operator: 'operator',
  outage: 'time',
  bug: 'operator',
};

/** Where the family alone would name the wrong one. */
const BY_REASON: Partial<Record<Failure['reason'], Mender>> = {
  actor_permission_missing: 'guild_admin',
  bot_permission_missing: 'guild_admin',
  bot_access_missing: 'guild_admin',
  actor_restricted: 'guild_admin',
  target_not_below: 'guild_admin',
  role_not_assignable: 'app',
  not_made_for_connection: 'app',
  direct_message_refused: 'app',
  only_own_member: 'app',
};

/** Who can mend a failure. */
export function findMender(reason: Failure['reason']): Mender {
  return BY_REASON[reason] ?? BY_FAMILY[FAILURE_FAMILY[reason]];
}
