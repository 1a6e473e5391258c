import type { PatrolPosition, SweepStateStore } from '../app/ports.ts';
import { keys } from './keys.ts';
import { parseSweepState } from './records.ts';
import type { TableClient } from './table-client.ts';

/** Milliseconds. A claim that ends later comes from a clock that was wrong: no run is that long. */
const MAX_CLAIM_MS = 60 * 60_000;

/** The one item of the sweep. Whoever patrols is named in it, and writes on only as long as he is. */
export function createSweepStateStore(table: TableClient): SweepStateStore {
  const key = keys.sweepState();
  const OWNER = { '#owner': 'owner' } as const;
  const load = async () => parseSweepState(await table.get(key)) ?? {};

  const change = async (owner: string, UpdateExpression: string, values: Record<string, unknown>): Promise<boolean> => {
    const updated = await table.update(key, {
      UpdateExpression,
      ConditionExpression: '#owner = :owner',
      ExpressionAttributeNames: { ...OWNER, '#pass': 'pass' },
      ExpressionAttributeValues: { ':owner': owner, ...values },
    });
    return updated !== undefined;
  };

  return {
    load,
    claimPatrol: async (owner, nowEpochMs, untilEpochMs) => {
      const claimed = await table.update(key, {
        UpdateExpression: 'SET #owner = :owner, untilEpochMs = :until',
        // Its own claim, too: a write whose answer was lost and which the SDK repeats meets itself.
        ConditionExpression:
          'attribute_not_exists(#owner) OR #owner = :owner OR untilEpochMs <= :now OR untilEpochMs > :absurd',
        ExpressionAttributeNames: OWNER,
        ExpressionAttributeValues: {
          ':owner': owner,
          ':until': untilEpochMs,
          ':now': nowEpochMs,
          ':absurd': nowEpochMs + MAX_CLAIM_MS,
        },
      });
      return parseSweepState(claimed);
    },
    beginPass: (owner, pass) => change(owner, 'SET #pass = :pass REMOVE isPassWanted', { ':pass': pass }),
    savePosition: (owner, pass) => change(owner, 'SET #pass = :pass', { ':pass': pass }),
    endPass: (owner, pass: PatrolPosition, endedAtEpochSeconds) =>
      change(owner, 'SET lastPassBeganAtEpochSeconds = :began, lastPassEndedAtEpochSeconds = :ended REMOVE #pass', {
        ':began': pass.beganAtEpochSeconds,
        ':ended': endedAtEpochSeconds,
      }),
    releasePatrol: async (owner) => {
      await table.update(key, {
        UpdateExpression: 'REMOVE #owner, untilEpochMs',
        ConditionExpression: '#owner = :owner',
        ExpressionAttributeNames: OWNER,
        ExpressionAttributeValues: { ':owner': owner },
      });
    },
    wantPass: async () => {
      await table.update(key, {
        UpdateExpression: 'SET isPassWanted = :yes',
        ExpressionAttributeValues: { ':yes': true },
      });
    },
  };
}
