import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE, query, start } from './cloudwatch-world.ts';
import { makeTemporaryFolder } from './temporary-folder.ts';

describe('what the local CloudWatch keeps', () => {
  const emf = (value: number, epochMs: number) =>
    JSON.stringify({
      _aws: {
        Timestamp: epochMs,
        CloudWatchMetrics: [{ Namespace: 'Shop', Dimensions: [['service']], Metrics: [{ Name: 'Orders' }] }],
      },
      service: 'shop',
      Orders: value,
    });

  it('comes from lines in the embedded metric format', async () => {
    const { servers, ask } = await start();
    for (const value of [1, 2]) servers.figures.takeLine(emf(value, HOUR + 30_000));
    servers.figures.takeLine('START RequestId: 1');

    expect((await ask()).MetricDataResults).toMatchObject([{ Values: [3] }]);
  });

  it('lives over a restart', async () => {
    const dataDir = makeTemporaryFolder();
    const before = await start({ dataDir });
    before.add(0, [1, 5]);
    before.add(3, [2]);
    await before.servers.stop();

    const after = await start({ dataDir });
    after.add(3, [4]);

    expect((await after.ask({ MetricDataQueries: [query('Sum'), query('Minimum')] })).MetricDataResults).toMatchObject([
      { Values: [12] },
      { Values: [1] },
    ]);
  });

  it('is what is at most two days old, and not from beyond the clocks’ differences', async () => {
    let now = HOUR;
    const { servers, add, ask } = await start({ now: () => now });
    const DAY = 24 * 60;
    add(-2 * DAY - 1, [1]);
    add(-2 * DAY, [2]);
    add(121, [4]);
    const whole = { StartTime: new Date(HOUR - 3 * DAY * MINUTE), EndTime: new Date(HOUR + DAY * MINUTE) };
    const sum = async () => {
      const { MetricDataResults: [result] = [] } = await ask(whole);
      return (result?.Values ?? []).reduce((total, value) => total + value, 0);
    };

    expect(await sum()).toBe(2);
    now = HOUR + 2 * MINUTE;
    servers.figures.takeLine(emf(8, now));
    expect(await sum()).toBe(8);
  });
});
