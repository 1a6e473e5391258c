import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AwsFault } from '../../infra/local/aws/aws-faults.ts';
import type { Fault } from '../../infra/local/discord/control/fault.ts';
import { connectUser } from '../support/connected-user.ts';
import { TOKEN_PATH } from '../support/discord-requests.ts';
import { signInOperator, type OperatorClient } from '../support/operator-client.ts';
import { useHarness } from '../support/use-harness.ts';
import type { JsonAnswer } from '../support/wire.ts';
import { expectProblem } from './connect-expectations.ts';

const HOUR = 3_600;
const DAY = 86_400;
const STEP_MINUTES = 5;
const PROFILE_PATH = '/api/v10/users/@me';

const harness = useHarness();
let operator: OperatorClient;

const read = (query = ''): Promise<JsonAnswer> => operator.call('GET', `/health${query}`);
/** A list of twelve steps with these values at its end. */
const endingWith =
  (...values: unknown[]) =>
  (empty: unknown) => [...Array.from({ length: 12 - values.length }, () => empty), ...values];
const steps = (...values: number[]) => endingWith(...values)(0);
const at = (answer: JsonAnswer, member: string) => Date.parse(String(answer.json[member]));

/** Signs in, and lets everything that was counted so far lie further back than an hour. */
async function leavePast(seconds = HOUR + STEP_MINUTES * 60): Promise<void> {
  operator = await signInOperator(harness);
  harness.clock.advanceSeconds(seconds);
  // What follows lies in one step, whatever the clock did before.
  const over = Math.floor(harness.clock.nowEpochMs() / 1_000) % 300;
  harness.clock.advanceSeconds(300 - over);
}

beforeEach(async () => {
  // The SDK draws its waiting times; a refused call would otherwise take seconds.
  vi.spyOn(Math, 'random').mockReturnValue(0);
  await leavePast();
});
afterEach(() => void vi.restoreAllMocks());

const plantAtAws = (fault: AwsFault) => harness.stack.aws.faults.add(fault);
const plantAtDiscord = (path: string, fault: Fault) => harness.simulator.control.addFault({ path, fault });

describe('figures', () => {
  it('are nothing after an hour in which nothing happened', async () => {
    const answer = await read();

    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({
      period: 'hour',
      step_seconds: 300,
      is_metrics_available: true,
      series: {
        calls: steps(),
        failures: steps(),
        refreshes_ok: steps(),
        refreshes_failed: steps(),
        rate_limited: steps(),
        discord_latency_ms_avg: endingWith()(null),
      },
      outcomes: { ok: 0, input: 0, caller: 0, connection: 0, discord: 0, operator: 0, outage: 0, bug: 0 },
      errors: [],
    });
    expect(at(answer, 'to')).toBe(harness.clock.nowEpochMs());
    expect(at(answer, 'from')).toBe(harness.clock.nowEpochMs() - 11 * 300_000);
  });

  it('are the calls that were made, when they were made, and how they ended', async () => {
    const ada = await connectUser(harness);
    await leavePast();
    harness.metrics.clear();
    for (let call = 0; call < 3; call += 1) expect((await ada.call()).status).toBe(200);
    for (let call = 0; call < 2; call += 1) await ada.call('/users/@me', { key: 'wrong' });
    await harness.wire.send('GET', '/nothing');
    harness.clock.advanceSeconds(2 * STEP_MINUTES * 60);
    await plantAtDiscord(PROFILE_PATH, { kind: 'rate_limit', retry_after_seconds: 60 });
    expect((await ada.call()).status).toBe(429);

    const { json } = await read();

    expect(json.series).toMatchObject({
      calls: steps(6, 0, 1),
      failures: steps(3, 0, 1),
      rate_limited: steps(1),
      refreshes_ok: steps(),
      discord_latency_ms_avg: endingWith(0, null, 0)(null),
    });
    expect(json.outcomes).toMatchObject({ ok: 3, caller: 2, input: 1, discord: 1, bug: 0 });
    expect(json.errors).toEqual([
      { code: 'caller_unknown', count: 2 },
      { code: 'discord_rate_limited', count: 1 },
      { code: 'route_not_found', count: 1 },
    ]);
    expect(harness.metrics.failures()).toEqual({ caller_unknown: 2, discord_rate_limited: 1, route_not_found: 1 });
  });

  it('count the portal’s own requests, also this one, from the next look on', async () => {
    await read();
    await read('?period=week');

    const { json } = await read();

    expect([json.series.calls, json.errors]).toEqual([steps(2), [{ code: 'input_invalid', count: 1 }]]);
  });

  it('tell refreshes that gave new tokens from those that did not', async () => {
    const [ada, grace] = [await connectUser(harness), await connectUser(harness, { user: 'grace' })];
    harness.clock.advanceSeconds(8 * DAY);
    await leavePast();
    expect((await ada.call()).status).toBe(200);
    await plantAtDiscord(TOKEN_PATH, { kind: 'answer', status: 400, json: { error: 'invalid_grant' } });
    expect((await grace.call()).status).toBe(409);

    const { json } = await read();

    expect(json.series).toMatchObject({ refreshes_ok: steps(1), refreshes_failed: steps(1), calls: steps(2) });
    expect(json.errors).toEqual([{ code: 'reconnect_required', count: 1 }]);
  });

  it('tell how long Discord took, on average', async () => {
    const ada = await connectUser(harness);
    await leavePast();
    for (const value of [100, 300, 80]) {
      harness.stack.aws.figures.take({
        namespace: 'DiscordIntegration',
        name: value === 80 ? 'DiscordOauthLatency' : 'DiscordApiLatency',
        dimensions: { service: 'DiscordIntegration' },
        values: [value],
        atEpochMs: harness.clock.nowEpochMs() - 300_000,
      });
    }
    await ada.call();

    expect((await read()).json.series.discord_latency_ms_avg).toEqual(endingWith(160, 0)(null));
  });

  it('of a day come by the hour, also for a program with the operator key', async () => {
    harness.clock.advanceSeconds(DAY + HOUR - (Math.floor(harness.clock.nowEpochMs() / 1_000) % HOUR));
    await harness.wire.send('GET', '/nothing');
    harness.clock.advanceSeconds(3 * HOUR);
    await harness.wire.send('GET', '/nothing');
    await harness.wire.send('GET', '/nothing');

    const { json } = await harness.wire.send('GET', '/health?period=day', { key: operator.key });

    expect(json).toMatchObject({ period: 'day', step_seconds: HOUR, errors: [{ code: 'route_not_found', count: 3 }] });
    expect(json.series.calls).toEqual([...Array.from({ length: 20 }, () => 0), 1, 0, 0, 2]);
  });

  it('are asked for in one request', async () => {
    harness.stack.aws.requests.clear();
    await read();

    expect(harness.stack.aws.requests.count('cloudwatch')).toBe(1);
  });

  it('come also when CloudWatch wants to be asked again', async () => {
    await harness.wire.send('GET', '/nothing');
    plantAtAws({ service: 'cloudwatch', operation: 'GetMetricData', error: 'ThrottlingException', times: 1 });

    const { json } = await read();

    expect([json.is_metrics_available, json.series.calls]).toEqual([true, steps(1)]);
  });
});

describe('GET /health', () => {
  it.each([
    ['?period=week', 'period', 'must be one of hour, day'],
    ['?period=', 'period', 'must be one of hour, day'],
    ['?period=hour&period=day', 'period', /./],
    ['?from=now', 'from', /./],
  ])('refuses %s and says what there is', async (query, parameter, detail) => {
    const answer = await read(query);

    expectProblem(answer, 400, 'input_invalid');
    expect(answer.json.errors).toEqual([{ parameter, detail: expect.stringMatching(detail) }]);
  });

  it('is for operators', async () => {
    expectProblem(await harness.wire.send('GET', '/health'), 401, 'operator_unauthenticated');
    expectProblem(await harness.wire.send('GET', '/health', { key: harness.key }), 403, 'operator_only');
  });
});
