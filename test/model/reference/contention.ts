import type { Operation, Outcome } from '../operation.ts';
import { closeSession } from './connect-rules.ts';
import { disconnect, revokeAll } from './disconnect-rules.ts';
import { endAuthorization } from './discord-rules.ts';
import { Draft, type Account, type Moment } from './state.ts';
import { sweep } from './sweep-rules.ts';

/** Who meets whom in a crowd. */
export interface Neighbours {
  /** Others of the same session or connection. */
  readonly same: readonly Operation['kind'][];
  /** Others of the same Discord account. */
  readonly sharing: readonly Operation['kind'][];
}

/**
 * How an operation may come out besides what it would do as a whole: it met another one half-way.
 * @param outcome - how it did come out
 * @returns the states that it may leave behind
 */
export function computeEncounters(
  draft: Draft,
  operation: Operation,
  outcome: Outcome,
  around: Neighbours,
  now: Moment,
): Draft[] {
  const { id = '', answer } = outcome;
  const states: Draft[] = [];
  if (isTryAgain(operation, answer, around)) states.push(new Draft(draft));
  if (answer === '409 disconnect_in_progress' && revokes(around.sharing) && operation.kind === 'confirm') {
    // The revocation that is under way is sent again with the tokens that have just been issued.
    const state = new Draft(draft);
    endAuthorization(state, state.session(id).who.account);
    closeSession(state, id, 'failed');
    states.push(state);
  }
  if (canLeave(operation, answer) && around.sharing.includes('confirm')) {
    for (const joined of JOINED) states.push(leaveJoined(draft, operation, id, now, joined));
  }
  return states;
}

const JOINED: readonly (readonly Account[])[] = [['ada'], ['grace'], ['ada', 'grace']];

function canLeave(operation: Operation, answer: string): boolean {
  const isDisconnect = operation.kind === 'disconnect' && answer === '200' && !operation.isForeign;
  return isDisconnect || operation.kind === 'revoke_all' || operation.kind === 'sweep';
}

/** Somebody has taken his part in an authorization before another one has left it: it lives on. */
function leaveJoined(draft: Draft, operation: Operation, id: string, now: Moment, joined: readonly Account[]): Draft {
  const state = new Draft(draft);
  if (operation.kind === 'disconnect') disconnect(state, id, now, { joined });
  if (operation.kind === 'revoke_all') revokeAll(state, operation.tenant, now, { joined });
  if (operation.kind === 'sweep') sweep(state, now, { joined });
  return state;
}

function revokes(kinds: readonly Operation['kind'][]): boolean {
  return kinds.includes('disconnect') || kinds.includes('sweep') || kinds.includes('revoke_all');
}

/** Answers that tell a caller that somebody else was at work on the same thing; nothing was done. */
function isTryAgain(operation: Operation, answer: string, { same }: Neighbours): boolean {
  switch (answer) {
    case '409 confirmation_in_progress':
      return operation.kind === 'confirm' && same.includes('confirm');
    case '409 connect_session_burnt':
      // A wrong one, when the right one has just closed the session.
      return operation.kind === 'confirm' && operation.as !== 'owner' && same.includes('confirm');
    case '409 connection_changed':
      return (operation.kind === 'act' || operation.kind === 'disconnect') && same.length > 0;
    case '503 refresh_in_progress':
      return operation.kind === 'act' && same.includes('act');
    default:
      return false;
  }
}
