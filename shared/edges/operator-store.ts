import type { OperatorStore, SignInTriesStore } from '../app/ports.ts';
import { MAX_FAILED_SIGN_INS, SIGN_IN_WINDOW_SECONDS } from '../domain/sign-in-tries.ts';
import { keys } from './keys.ts';
import { parseOperatorRecord, parseOperatorSession, parseSignInTries } from './operator-records.ts';
import type { TableClient } from './table-client.ts';

/** The operator's key, as a hash, and his sessions. */
export function createOperatorStore(table: TableClient): OperatorStore {
  const load = async () => parseOperatorRecord(await table.get(keys.operator()));
  return {
    load,
    loadWithSession: async (sessionHash) => {
      const [operator, session] = await table.getAll([keys.operator(), keys.operatorSession(sessionHash)]);
      return { operator: parseOperatorRecord(operator), session: parseOperatorSession(session) };
    },
    loadWithTries: async (address) => {
      const [operator, tries] = await table.getAll([keys.operator(), keys.signInTries(address)]);
      return { operator: parseOperatorRecord(operator), tries: parseSignInTries(tries) };
    },
    save: async (operator, previous) => {
      const condition =
        previous === undefined
          ? { ConditionExpression: 'attribute_not_exists(pk)' }
          : {
              ConditionExpression: 'generation = :previous',
              ExpressionAttributeValues: { ':previous': previous },
            };
      if (await table.put(keys.operator(), { ...operator }, condition)) return true;
      // A write whose answer was lost and which the SDK repeats meets itself.
      return (await load())?.generation === operator.generation;
    },
    endSessions: async (generation) => {
      const updated = await table.update(keys.operator(), {
        UpdateExpression: 'SET generation = :generation REMOVE keptSessionHash',
        ConditionExpression: 'attribute_exists(pk)',
        ExpressionAttributeValues: { ':generation': generation },
      });
      return updated !== undefined;
    },
    createSession: async (sessionHash, session) => {
      await table.put(keys.operatorSession(sessionHash), { ...session });
    },
    endSession: async (sessionHash) => {
      await table.delete(keys.operatorSession(sessionHash));
    },
  };
}

/** Failed sign-ins by address. An item is of no use after its window and goes by TTL. */
export function createSignInTriesStore(table: TableClient): SignInTriesStore {
  /** One more in the window that runs. */
  const addTo = async (address: string, nowEpochSeconds: number) =>
    parseSignInTries(
      await table.update(keys.signInTries(address), {
        UpdateExpression: 'ADD failures :one',
        ConditionExpression: 'windowEndsAtEpochSeconds > :now AND failures < :max',
        ExpressionAttributeValues: { ':one': 1, ':now': nowEpochSeconds, ':max': MAX_FAILED_SIGN_INS },
      }),
    );
  const begin = async (address: string, nowEpochSeconds: number) =>
    parseSignInTries(
      await table.update(keys.signInTries(address), {
        UpdateExpression:
          'SET failures = :one, windowEndsAtEpochSeconds = :end, expiresAtEpochSeconds = :end REMOVE isRecorded',
        ConditionExpression: 'attribute_not_exists(pk) OR windowEndsAtEpochSeconds <= :now',
        ExpressionAttributeValues: {
          ':one': 1,
          ':now': nowEpochSeconds,
          ':end': nowEpochSeconds + SIGN_IN_WINDOW_SECONDS,
        },
      }),
    );
  return {
    load: async (address) => parseSignInTries(await table.get(keys.signInTries(address))),
    count: async (address, nowEpochSeconds) =>
      (await addTo(address, nowEpochSeconds)) ??
      (await begin(address, nowEpochSeconds)) ??
      // Another one has begun the window in between.
      (await addTo(address, nowEpochSeconds)),
    release: async (address, { windowEndsAtEpochSeconds }) => {
      await table.update(keys.signInTries(address), {
        UpdateExpression: 'ADD failures :back',
        ConditionExpression: 'windowEndsAtEpochSeconds = :end AND failures > :none',
        ExpressionAttributeValues: { ':back': -1, ':end': windowEndsAtEpochSeconds, ':none': 0 },
      });
    },
    claimRecord: async (address, { isRecorded, windowEndsAtEpochSeconds }) => {
      if (isRecorded === true) return false;
      const claimed = await table.update(keys.signInTries(address), {
        UpdateExpression: 'SET isRecorded = :yes',
        ConditionExpression: 'windowEndsAtEpochSeconds = :end AND attribute_not_exists(isRecorded)',
        ExpressionAttributeValues: { ':yes': true, ':end': windowEndsAtEpochSeconds },
      });
      return claimed !== undefined;
    },
  };
}
