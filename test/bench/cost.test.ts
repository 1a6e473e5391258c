import { beforeAll, describe, expect, it } from 'vitest';
import { COUNT, LATENCY, OUTCOMES, REFRESH_COUNT } from '../../shared/metric-names.ts';
import { synthesizeTemplate } from '../infra/synthesized-template.ts';
import { computeCost } from './cost/compute-cost.ts';
import { measureScenarios, type Measured, type Scenario } from './cost/measure.ts';
import { toCostMarkdown } from './cost/to-cost-markdown.ts';

/** `RequestsOk`, `RefreshesOk` and Discord's two times. */
const USUAL_METRICS = 4;

describe('docs/cost.md', () => {
  let measured: Readonly<Record<Scenario, Measured>>;
  let connectionBytes: number;
  beforeAll(async () => {
    ({ measured, connectionBytes } = await measureScenarios());
  });

  it('is what the measured calls cost; after a change: npm run cost', async () => {
    const template = synthesizeTemplate();
    const count = (type: string) => template.ofType(type).length;
    const all = [OUTCOMES, COUNT, LATENCY, REFRESH_COUNT].reduce((sum, names) => sum + Object.keys(names).length, 0);
    const standing = {
      keys: count('AWS::KMS::Key'),
      secrets: count('AWS::SecretsManager::Secret'),
      alarms: count('AWS::CloudWatch::Alarm'),
      dashboards: count('AWS::CloudWatch::Dashboard'),
      metrics: { usual: USUAL_METRICS, all },
      connectionBytes,
    };

    await expect(toCostMarkdown(measured, standing)).toMatchFileSnapshot('../../docs/cost.md');
  });

  it('rests on a warm action that reads key and connection, and asks neither KMS nor Secrets Manager', () => {
    expect(measured['warm action']).toMatchObject({
      requests: 1,
      readUnits: 2,
      writeUnits: 0,
      kmsRequests: 0,
      secretRequests: 0,
    });
    // Its write says that the API key was used: once for each day, key and sandbox.
    expect(measured['cold action']).toMatchObject({ readUnits: 3, writeUnits: 1, kmsRequests: 1, secretRequests: 0 });
    expect(measured['warm action, connection token']).toMatchObject({ readUnits: 3, writeUnits: 0, kmsRequests: 0 });
  });

  it('keeps a million warm actions below five dollars', () => {
    const { total } = computeCost(1_000_000, measured['warm action'], [80, 300]);

    expect(total[0]).toBeGreaterThan(1.2);
    expect(total[1]).toBeLessThan(5);
  });
});

describe('computeCost', () => {
  it('adds up what AWS bills, at list prices', () => {
    const one = {
      requests: 1,
      readUnits: 2,
      writeUnits: 3,
      kmsRequests: 4,
      secretRequests: 5,
      logBytes: 0,
      bytesOut: 0,
    };
    const { fixed, lambdaTime } = computeCost(1_000_000, one, [100, 200]);

    expect(fixed).toMatchObject({
      'API Gateway': expect.closeTo(1, 6),
      'Lambda, requests': expect.closeTo(0.2, 6),
      'DynamoDB, reads': expect.closeTo(0.25, 6),
      'DynamoDB, writes': expect.closeTo(1.875, 6),
      KMS: expect.closeTo(12, 6),
      'Secrets Manager': expect.closeTo(25, 6),
      // START, END and REPORT alone: 380 bytes.
      'CloudWatch Logs': expect.closeTo(0.19, 6),
      'Data out': 0,
    });
    expect(lambdaTime).toEqual([expect.closeTo(0.66667, 4), expect.closeTo(1.33334, 4)]);
  });
});
