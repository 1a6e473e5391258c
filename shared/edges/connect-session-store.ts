import type { ConnectSessionStore } from '../app/ports.ts';
import { keys } from './keys.ts';
import { parseAuthorizationState, parseConnectSession, parseIntegration } from './records.ts';
import type { TableClient } from './table-client.ts';

const NAMES = { '#status': 'status' } as const;

/** Everything secret that a session may hold while it is on its way. */
const REMOVE_SEALED = 'REMOVE sealedCode, sealedAnswer, confirmationHash, claimedUntilEpochMs';

/** Connect sessions and states; see {@link ConnectSessionStore} for the rule of each step. */
export function createConnectSessionStore(table: TableClient): ConnectSessionStore {
  const load = async (id: string) => parseConnectSession(await table.get(keys.session(id)));

  /** After a condition that did not hold: was it our own write, whose answer was lost and which the SDK sent again? */
  const isOwnClaim = async (id: string, claimId: string, status: string) => {
    const session = await load(id);
    return session?.claimId === claimId && session.status === status;
  };

  return {
    load,
    create: async (session) => {
      await table.put(keys.session(session.id), { ...session });
    },
    loadWithIntegration: async (id) => {
      const [session, integration] = await table.getAll([keys.session(id), keys.integration()]);
      return { session: parseConnectSession(session), integration: parseIntegration(integration) };
    },
    countStart: async (id, maxStarts) => {
      const updated = await table.update(keys.session(id), {
        UpdateExpression: 'ADD starts :one',
        ConditionExpression: '#status = :open AND starts < :max',
        ExpressionAttributeNames: NAMES,
        ExpressionAttributeValues: { ':one': 1, ':open': 'open', ':max': maxStarts },
      });
      return updated !== undefined;
    },
    saveState: async (state) => {
      await table.put(keys.state(state.stateHash), { ...state });
    },
    loadState: async (stateHash) => parseAuthorizationState(await table.get(keys.state(stateHash))),
    deleteState: async (stateHash) => {
      await table.delete(keys.state(stateHash));
    },
    consume: async (id, claimId, returned) => {
      const updated = await table.update(keys.session(id), {
        UpdateExpression:
          'SET #status = :returned, claimId = :claim, sealedCode = :code, confirmationHash = :confirmation, ' +
          'returnedAtEpochSeconds = :at, expiresAtEpochSeconds = :expires',
        ConditionExpression: '#status = :open',
        ExpressionAttributeNames: NAMES,
        ExpressionAttributeValues: {
          ':returned': 'returned',
          ':open': 'open',
          ':claim': claimId,
          ':code': returned.sealedCode,
          ':confirmation': returned.confirmationHash,
          ':at': returned.returnedAtEpochSeconds,
          ':expires': returned.expiresAtEpochSeconds,
        },
      });
      return updated !== undefined || (await isOwnClaim(id, claimId, 'returned'));
    },
    refuse: async (id, claimId, expiresAtEpochSeconds) => {
      const updated = await table.update(keys.session(id), {
        UpdateExpression: 'SET #status = :refused, claimId = :claim, expiresAtEpochSeconds = :expires',
        ConditionExpression: '#status = :open',
        ExpressionAttributeNames: NAMES,
        ExpressionAttributeValues: {
          ':refused': 'refused',
          ':open': 'open',
          ':claim': claimId,
          ':expires': expiresAtEpochSeconds,
        },
      });
      return updated !== undefined || (await isOwnClaim(id, claimId, 'refused'));
    },
    countWrongConfirmation: async (id, maxWrong) => {
      const updated = await table.update(keys.session(id), {
        UpdateExpression: 'ADD wrongConfirmations :one',
        ConditionExpression: '(#status = :returned OR #status = :confirming) AND wrongConfirmations < :max',
        ExpressionAttributeNames: NAMES,
        ExpressionAttributeValues: {
          ':one': 1,
          ':returned': 'returned',
          ':confirming': 'confirming',
          ':max': maxWrong,
        },
      });
      return updated === undefined ? undefined : maxWrong - Number(updated['wrongConfirmations']);
    },
    claimConfirmation: async (id, claimId, nowEpochMs, claimedUntilEpochMs) => {
      const updated = await table.update(keys.session(id), {
        UpdateExpression: 'SET #status = :confirming, claimId = :claim, claimedUntilEpochMs = :until',
        ConditionExpression: '#status = :returned OR (#status = :confirming AND claimedUntilEpochMs < :now)',
        ExpressionAttributeNames: NAMES,
        ExpressionAttributeValues: {
          ':confirming': 'confirming',
          ':returned': 'returned',
          ':claim': claimId,
          ':until': claimedUntilEpochMs,
          ':now': nowEpochMs,
        },
      });
      return updated !== undefined || (await isOwnClaim(id, claimId, 'confirming'));
    },
    releaseConfirmation: async (id, claimId) => {
      await table.update(keys.session(id), {
        UpdateExpression: 'SET #status = :returned REMOVE claimedUntilEpochMs',
        ConditionExpression: '#status = :confirming AND claimId = :claim',
        ExpressionAttributeNames: NAMES,
        ExpressionAttributeValues: { ':returned': 'returned', ':confirming': 'confirming', ':claim': claimId },
      });
    },
    saveAnswer: async (id, claimId, { sealedAnswer, confirmableUntilEpochSeconds, expiresAtEpochSeconds }) => {
      const updated = await table.update(keys.session(id), {
        UpdateExpression:
          'SET sealedAnswer = :answer, confirmableUntilEpochSeconds = :until, expiresAtEpochSeconds = :expires ' +
          'REMOVE sealedCode',
        ConditionExpression: '#status = :confirming AND claimId = :claim',
        ExpressionAttributeNames: NAMES,
        ExpressionAttributeValues: {
          ':answer': sealedAnswer,
          ':until': confirmableUntilEpochSeconds,
          ':expires': expiresAtEpochSeconds,
          ':confirming': 'confirming',
          ':claim': claimId,
        },
      });
      return updated !== undefined;
    },
    finish: async (id, claimId, status) => {
      await table.update(keys.session(id), {
        UpdateExpression: `SET #status = :status ${REMOVE_SEALED}`,
        ConditionExpression: '#status = :confirming AND claimId = :claim',
        ExpressionAttributeNames: NAMES,
        ExpressionAttributeValues: { ':status': status, ':confirming': 'confirming', ':claim': claimId },
      });
    },
  };
}
