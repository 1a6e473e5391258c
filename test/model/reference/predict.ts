import type { Operation, Outcome } from '../operation.ts';
import { PEOPLE } from '../operation.ts';
import { act } from './act-rules.ts';
import { comeBack, comeBackAgain, confirm } from './connect-rules.ts';
import { disconnect, revokeAll } from './disconnect-rules.ts';
import { endAuthorization, expireAccessTokens } from './discord-rules.ts';
import { sweep } from './sweep-rules.ts';
import type { Draft, Moment, Who } from './state.ts';

/**
 * Lets one operation happen to the model, alone and undisturbed.
 * @param outcome - says which session or connection it turned out to be about
 * @param now - before it begins
 * @returns the answer that is foreseen
 */
export function predict(draft: Draft, operation: Operation, { id, isCodeless = false }: Outcome, now: Moment): string {
  switch (operation.kind) {
    case 'come_back': {
      const who = PEOPLE[operation.person % PEOPLE.length];
      if (who === undefined || id === undefined) throw new Error('a session without an id');
      const repairs = operation.isRepair ? findConnectionOf(draft, who) : undefined;
      const { isRefused, isSlow } = operation;
      return comeBack(draft, id, who, { ...(repairs === undefined ? {} : { repairs }), isRefused, isSlow }, now);
    }
    case 'come_back_again':
      return comeBackAgain(draft, id ?? '', now);
    case 'confirm':
      return confirm(draft, id ?? '', isCodeless ? 'wrong_code' : operation.as, now);
    case 'act':
      return operation.isForeign ? NOT_FOUND : act(draft, id ?? '', now);
    case 'disconnect':
      return operation.isForeign ? NOT_FOUND : disconnect(draft, id ?? '', now);
    case 'read': {
      if (operation.isForeign) return NOT_FOUND;
      const { status, reason = '' } = draft.connection(id ?? '');
      return `200 ${status} ${reason}`.trim();
    }
    case 'sweep':
      sweep(draft, now);
      return 'done';
    case 'revoke_all':
      revokeAll(draft, operation.tenant, now);
      return 'done';
    case 'user_revokes':
      endAuthorization(draft, operation.account);
      return 'done';
    case 'access_expires':
      expireAccessTokens(draft, operation.account, now);
      return 'done';
    case 'secret_reset':
      draft.isSecretRight = false;
      return 'done';
    case 'secret_entered':
      draft.isSecretRight = true;
      if (draft.gate?.state === 'rejected') draft.gate = { ...draft.gate, state: 'recovering', sinceMs: now.gatewayMs };
      return 'done';
    case 'wait':
    case 'jump':
    case 'cold_start':
    case 'rotate_key':
      return 'done';
  }
}

const NOT_FOUND = '404 connection_not_found';

function findConnectionOf(draft: Draft, { tenant, user }: Who): string | undefined {
  return [...draft.connections].find(([, { who }]) => who.tenant === tenant && who.user === user)?.[0];
}
