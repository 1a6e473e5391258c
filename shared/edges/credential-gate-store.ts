import type { CredentialGateStore } from '../app/ports.ts';
import { keys } from './keys.ts';
import { parseCredentialGate } from './records.ts';
import type { TableClient } from './table-client.ts';

/** The one item about the credentials' standing at Discord; see {@link CredentialGateStore}. */
export function createCredentialGateStore(table: TableClient): CredentialGateStore {
  const key = keys.credentialGate();
  const load = async () => parseCredentialGate(await table.get(key));
  return {
    load,
    reject: async (nowEpochMs, nextProbeAtEpochMs) => {
      const begun = await table.update(key, {
        UpdateExpression: 'SET #state = :rejected, sinceEpochMs = :now, nextProbeAtEpochMs = :next',
        ConditionExpression: 'attribute_not_exists(#state) OR #state <> :rejected',
        ExpressionAttributeNames: { '#state': 'state' },
        ExpressionAttributeValues: { ':rejected': 'rejected', ':now': nowEpochMs, ':next': nextProbeAtEpochMs },
      });
      if (begun !== undefined) return true;
      const postponed = await table.update(key, {
        UpdateExpression: 'SET nextProbeAtEpochMs = :next',
        ConditionExpression: '#state = :rejected AND nextProbeAtEpochMs < :next',
        ExpressionAttributeNames: { '#state': 'state' },
        ExpressionAttributeValues: { ':rejected': 'rejected', ':next': nextProbeAtEpochMs },
      });
      if (postponed !== undefined) return false;
      // A write whose answer was lost and which the SDK repeats meets itself: better told twice in one millisecond than never.
      const stored = await load();
      return stored?.sinceEpochMs === nowEpochMs && stored.nextProbeAtEpochMs === nextProbeAtEpochMs;
    },
    claimProbe: async (state, nextProbeAtEpochMs) => {
      const claimed = await table.update(key, {
        UpdateExpression: 'SET nextProbeAtEpochMs = :next',
        ConditionExpression: '#state = :rejected AND sinceEpochMs = :since AND nextProbeAtEpochMs = :read',
        ExpressionAttributeNames: { '#state': 'state' },
        ExpressionAttributeValues: {
          ':rejected': 'rejected',
          ':since': state.sinceEpochMs,
          ':read': state.nextProbeAtEpochMs,
          ':next': nextProbeAtEpochMs,
        },
      });
      return claimed !== undefined;
    },
    recover: async (nowEpochMs) => {
      await table.update(key, {
        UpdateExpression: 'SET #state = :recovering, sinceEpochMs = :now',
        ConditionExpression: '#state = :rejected',
        ExpressionAttributeNames: { '#state': 'state' },
        ExpressionAttributeValues: { ':recovering': 'recovering', ':rejected': 'rejected', ':now': nowEpochMs },
      });
    },
    countRequest: async (nowEpochSeconds, limit) => {
      const isNewSecond = await table.update(key, {
        UpdateExpression: 'SET windowEpochSeconds = :now, windowCount = :one',
        ConditionExpression:
          'attribute_exists(pk) AND (attribute_not_exists(windowEpochSeconds) OR windowEpochSeconds < :now)',
        ExpressionAttributeValues: { ':now': nowEpochSeconds, ':one': 1 },
      });
      if (isNewSecond !== undefined) return true;
      const counted = await table.update(key, {
        UpdateExpression: 'ADD windowCount :one',
        ConditionExpression: 'windowCount < :limit',
        ExpressionAttributeValues: { ':one': 1, ':limit': limit },
      });
      return counted !== undefined;
    },
  };
}
