import { afterEach, describe, expect, it } from 'vitest';
import { FunctionFailure } from '../../../infra/local/gateway/invoker.ts';
import { parseRate } from '../../../infra/local/gateway/read-schedules.ts';
import { systemScheduleTimer, type ScheduleTimer } from '../../../infra/local/gateway/run-schedules.ts';
import { startGateway, type Gateway, type GatewayOptions } from '../../../infra/local/gateway/start-gateway.ts';
import { makeAssembly } from './make-template.ts';

type Properties = Record<string, unknown>;

const NOW_EPOCH_MS = Date.UTC(2026, 0, 31, 12, 0, 7, 890);
const RULE_ARN = 'arn:aws:events:us-east-1:000000000000:rule/Stack-Rule';
const TARGET = { Arn: { 'Fn::GetAtt': ['Fn', 'Arn'] }, Id: 'Target0', RetryPolicy: { MaximumRetryAttempts: 0 } };

/** An assembly whose function runs every five minutes, with other properties of the rule and of what Lambda does with failures. */
function withRule(rule: Properties = {}, onFailure: Properties = {}) {
  return makeAssembly({
    more: {
      Rule: {
        Type: 'AWS::Events::Rule',
        Properties: { ScheduleExpression: 'rate(5 minutes)', State: 'ENABLED', Targets: [TARGET], ...rule },
      },
      OnFailure: {
        Type: 'AWS::Lambda::EventInvokeConfig',
        Properties: { FunctionName: { Ref: 'Fn' }, MaximumRetryAttempts: 0, Qualifier: '$LATEST', ...onFailure },
      },
    },
  });
}

/** Time that a test moves on by hand. */
function createManualTimer() {
  const timers: { everyMs: number; run: () => void }[] = [];
  const timer: ScheduleTimer = (everyMs, run) => {
    const entry = { everyMs, run };
    timers.push(entry);
    return () => timers.splice(timers.indexOf(entry), 1);
  };
  return { timer, timers, tick: () => timers.forEach(({ run }) => run()) };
}

describe('schedules of the local gateway', () => {
  let gateway: Gateway | undefined;
  const lines: string[] = [];
  afterEach(async () => {
    await gateway?.stop();
    gateway = undefined;
    lines.length = 0;
  });

  async function start(options: Partial<GatewayOptions>): Promise<Gateway> {
    gateway = await startGateway({
      assembly: withRule(),
      resources: new Map(),
      environment: {},
      now: () => NOW_EPOCH_MS,
      onLog: (line) => lines.push(line),
      ...options,
    });
    return gateway;
  }

  it('start their function each time, with the event that EventBridge sends', async () => {
    const { timer, timers, tick } = createManualTimer();
    const calls: [string, unknown][] = [];
    await start({
      scheduleTimer: timer,
      invoker: (functionLogicalId, event) => {
        calls.push([functionLogicalId, event]);
        return Promise.resolve(null);
      },
    });
    expect(calls).toEqual([]);

    tick();
    await expect.poll(() => calls).toHaveLength(1);

    expect(timers.map(({ everyMs }) => everyMs)).toEqual([300_000]);
    expect(calls).toEqual([
      [
        'Fn',
        {
          version: '0',
          id: expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown,
          'detail-type': 'Scheduled Event',
          source: 'aws.events',
          account: '000000000000',
          time: '2026-01-31T12:00:07Z',
          region: 'us-east-1',
          resources: [RULE_ARN],
          detail: {},
        },
      ],
    ]);
    expect(lines).toEqual([]);
  });

  it('do not run beside themselves, and go on after a run that took long or failed', async () => {
    const { timer, tick } = createManualTimer();
    const ends: ((outcome: 'done' | 'fail') => void)[] = [];
    await start({
      scheduleTimer: timer,
      invoker: () =>
        new Promise((resolve, reject) => {
          ends.push((outcome) => {
            if (outcome === 'done') resolve(null);
            else reject(new FunctionFailure('out of memory'));
          });
        }),
    });

    tick();
    tick();
    expect(ends).toHaveLength(1);
    expect(lines).toEqual(['[schedule] Rule: skipped, the run before is not over']);
    ends[0]?.('fail');
    await expect.poll(() => lines.at(-1)).toBe('[schedule] Rule: out of memory');
    tick();
    await expect.poll(() => ends).toHaveLength(2);
    ends[1]?.('done');
  });

  it('end with the gateway, and say nothing of a run that it cuts off', async () => {
    const { timer, timers, tick } = createManualTimer();
    let fail: (error: Error) => void = () => undefined;
    const running = await start({
      scheduleTimer: timer,
      invoker: () => new Promise((_resolve, reject) => (fail = reject)),
    });
    tick();

    await running.stop();
    fail(new FunctionFailure('the gateway stops'));
    await new Promise((resolve) => setImmediate(resolve));

    expect(timers).toEqual([]);
    expect(lines).toEqual([]);
  });

  it('run without a timer only when asked to, and then give the answer', async () => {
    const running = await start({
      invoker: (_id, event) => Promise.resolve({ took: Reflect.get(Object(event), 'source') }),
    });

    expect([...running.schedules.keys()]).toEqual(['Rule']);
    expect(await running.runSchedule('Rule')).toEqual({ took: 'aws.events' });
    await expect(running.runSchedule('Fn')).rejects.toThrow('no enabled schedule Fn');
  });

  it('are not there when they are disabled', async () => {
    const { timer, timers } = createManualTimer();
    const running = await start({ assembly: withRule({ State: 'DISABLED' }), scheduleTimer: timer });

    expect([...running.schedules]).toEqual([]);
    expect(timers).toEqual([]);
  });

  it.each<[string, Properties, string]>([
    ['cron', { ScheduleExpression: 'cron(0 12 * * ? *)' }, 'property ScheduleExpression: "cron(0 12 * * ? *)" is not'],
    ['no schedule', { ScheduleExpression: undefined }, 'property ScheduleExpression: "" is not implemented'],
    ['a pattern', { EventPattern: { source: ['aws.s3'] } }, 'property EventPattern is not implemented'],
    ['another bus', { EventBusName: 'theirs' }, 'property EventBusName is not implemented'],
    ['another state', { State: 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS' }, 'property State'],
    ['two targets', { Targets: [TARGET, TARGET] }, 'expected exactly one target'],
    ['an input of its own', { Targets: [{ ...TARGET, Input: '{}' }] }, 'Input is not implemented'],
    ['deliveries that are repeated', { Targets: [{ ...TARGET, RetryPolicy: undefined }] }, 'MaximumRetryAttempts 0'],
    [
      'a target elsewhere',
      { Targets: [{ ...TARGET, Arn: 'arn:aws:sqs:us-east-1:0:q' }] },
      'no function of this template',
    ],
  ])('refuse %s', async (_, rule, message) => {
    await expect(start({ assembly: withRule(rule) })).rejects.toThrow(message);
  });

  it.each<[string, Properties, string]>([
    ['repeats', { MaximumRetryAttempts: 1 }, 'a run that failed would be repeated'],
    ['tells another', { DestinationConfig: {} }, 'property DestinationConfig is not implemented'],
  ])('refuse a function that %s after a failed run', async (_, onFailure, message) => {
    await expect(start({ assembly: withRule({}, onFailure) })).rejects.toThrow(message);
  });
});

describe('parseRate', () => {
  it.each([
    ['rate(1 minute)', 60_000],
    ['rate(5 minutes)', 300_000],
    ['rate(1 hour)', 3_600_000],
    ['rate(2 days)', 172_800_000],
  ])('reads %s', (expression, everyMs) => {
    expect(parseRate(expression, 'here')).toBe(everyMs);
  });

  it.each([
    'rate(1 minutes)',
    'rate(5 minute)',
    'rate(0 minutes)',
    'rate(5 seconds)',
    'rate(-1 hours)',
    'RATE(1 hour)',
  ])('refuses %s, as AWS does', (expression) => {
    expect(() => parseRate(expression, 'here')).toThrow(`here: "${expression}" is not implemented`);
  });
});

describe('systemScheduleTimer', () => {
  it('calls again and again, and keeps no process alive', async () => {
    let calls = 0;
    const handles = process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
    const stop = systemScheduleTimer(1, () => (calls += 1));

    expect(process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout')).toHaveLength(handles);
    await expect.poll(() => calls).toBeGreaterThan(1);
    stop();
  });
});
