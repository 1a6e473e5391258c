import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { describe, expect, it, vi } from 'vitest';
import { connectUser } from '../support/connected-user.ts';
import { signInOperator } from '../support/operator-client.ts';
import { useHarness } from '../support/use-harness.ts';
import type { JsonAnswer } from '../support/wire.ts';

/** Milliseconds. A worker's output takes its own way and can arrive well after the answer on a busy machine. */
const ARRIVES_WITHIN_MS = 10_000;

/** The functions as they are deployed: figures come out of the lines that they write, and are read under the role of the operator's. */
describe('health in the deployed functions', () => {
  const harness = useHarness({ functions: 'sandboxes' });

  it('shows what the other functions have logged', async () => {
    const operator = await signInOperator(harness);
    const ada = await connectUser(harness);
    expect((await ada.call()).status).toBe(200);
    await ada.call('/users/@me', { key: 'wrong' });
    await harness.wire.send('GET', '/nothing');
    const read = (): Promise<JsonAnswer> => operator.call('GET', '/health?period=day');

    const answer = await vi.waitFor(
      async () => {
        const found = await read();
        expect(found.json.errors).toEqual([
          { code: 'caller_unknown', count: 1 },
          { code: 'route_not_found', count: 1 },
        ]);
        return found;
      },
      { timeout: ARRIVES_WITHIN_MS, interval: 100 },
    );

    expect(answer.status).toBe(200);
    const { outcomes, series, components } = answer.json;
    expect(outcomes).toMatchObject({ caller: 1, input: 1, outage: 0, bug: 0 });
    const total = (values: number[]) => values.reduce((sum, value) => sum + value, 0);
    expect([total(series.failures), total(series.calls)]).toEqual([2, 2 + Number(outcomes.ok)]);
    // Session, link, callback, confirmation, profile, and the operator's own.
    expect(outcomes.ok).toBeGreaterThanOrEqual(5);
    expect(series.discord_latency_ms_avg.at(-1) ?? series.discord_latency_ms_avg.at(-2)).toBeGreaterThan(0);
    expect(components.map(({ name, state }: Record<string, string>) => [name, state])).toEqual([
      ['table', 'ok'],
      ['secret', 'ok'],
      ['token_key', 'ok'],
      ['discord', 'ok'],
      ['metrics', 'ok'],
    ]);
    expect(harness.stack.aws.denials).toEqual([]);
  });

  it('lets no other function read figures', async () => {
    const names: string[] = [];
    for (const { logicalId, environment } of harness.stack.gateway.functions.values()) {
      const client = new CloudWatchClient({
        endpoint: environment['AWS_ENDPOINT_URL_CLOUDWATCH'] ?? '',
        region: environment['AWS_REGION'] ?? '',
        credentials: {
          accessKeyId: environment['AWS_ACCESS_KEY_ID'] ?? '',
          secretAccessKey: environment['AWS_SECRET_ACCESS_KEY'] ?? '',
          sessionToken: environment['AWS_SESSION_TOKEN'] ?? '',
        },
      });
      // Allowed or not is decided before the request is looked at.
      const command = new GetMetricDataCommand({ MetricDataQueries: [], StartTime: new Date(0), EndTime: new Date(1) });
      const refusal: unknown = await client.send(command).catch((error: unknown) => error);
      client.destroy();
      if (!(refusal instanceof Error)) throw new Error(`${logicalId} was given figures of nothing`);
      if (refusal.name !== 'AccessDeniedException') names.push(`${logicalId.split('Function')[0]}: ${refusal.name}`);
    }

    expect(names).toEqual(['Operator: ValidationException']);
  });
});
