import { describe, expect, it } from 'vitest';
import { createPace } from '../../../shared/app/pace.ts';
import { OutageError, type Failure } from '../../../shared/problems/failure.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { createRecordedLog } from '../../support/recorded-log.ts';
import { createRecordedMetrics } from '../../support/recorded-metrics.ts';

/** A pace that bears waits of 60 s, and the seconds that it has waited. */
function build() {
  const waits: number[] = [];
  const sleep = (ms: number) => {
    waits.push(ms / 1000);
    return Promise.resolve();
  };
  return { waits, pace: createPace({ log: createRecordedLog(), metrics: createRecordedMetrics(), sleep }, 60) };
}

/** Answers one after another, the last one for ever. */
function answer(first: Result<string, Failure>, ...others: Result<string, Failure>[]) {
  let current = first;
  return () => {
    const given = current;
    current = others.shift() ?? current;
    return Promise.resolve(given);
  };
}

const limited = (retryAfterSeconds: number) => fail<Failure>({ reason: 'discord_rate_limited', retryAfterSeconds });
const down = fail<Failure>({ reason: 'discord_timeout' });

describe('createPace', () => {
  it('waits as long as it is told and does the same again', async () => {
    const { pace, waits } = build();
    const delayed = fail<Failure>({ reason: 'token_requests_delayed', retryAfterSeconds: 2 });

    expect(await pace(answer(limited(30), delayed, ok('done')))).toEqual({ result: ok('done'), mustStop: false });
    expect(waits).toEqual([30, 2]);
  });

  it('stops instead of waiting for too long, or for ever', async () => {
    const { pace, waits } = build();

    expect(await pace(answer(limited(61)))).toEqual({ result: limited(61), mustStop: true });
    expect(waits).toEqual([]);
    expect(await pace(answer(limited(1)))).toEqual({ result: limited(1), mustStop: true });
    expect(waits).toHaveLength(10);
  });

  it('stops after three failures of Discord in a row, not after three with a success between', async () => {
    const { pace } = build();
    const steps = [down, down, ok('done'), down, down, down];
    const stops = [];
    for (const step of steps) stops.push((await pace(answer(step))).mustStop);

    expect(stops).toEqual([false, false, false, false, false, true]);
  });

  it.each(['operator_credentials_rejected', 'secret_unavailable', 'key_service_unavailable'] as const)(
    'stops at once at %s, which everybody would meet',
    async (reason) => {
      expect((await build().pace(answer(fail<Failure>({ reason })))).mustStop).toBe(true);
    },
  );

  it('takes an outage for the failure of this one, unless it is the storage', async () => {
    const { pace } = build();
    const unreadable = new OutageError({ reason: 'sealed_data_unreadable' }, 'SealBrokenError');
    const storage = new OutageError({ reason: 'storage_unavailable' }, 'Throttled');

    expect(await pace(() => Promise.reject(unreadable))).toEqual({
      result: fail({ reason: 'sealed_data_unreadable' }),
      mustStop: false,
    });
    await expect(pace(() => Promise.reject(storage))).rejects.toBe(storage);
    await expect(pace(() => Promise.reject(new TypeError('bug')))).rejects.toThrow(TypeError);
  });
});
