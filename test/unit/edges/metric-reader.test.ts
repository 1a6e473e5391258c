import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createMetricReader } from '../../../shared/edges/metric-reader.ts';

const FROM = Date.UTC(2026, 8, 14, 12);
const RANGE = { fromEpochMs: FROM, stepSeconds: 300, steps: 3 };
const QUERIES = [
  { name: 'RequestsOk', statistic: 'Sum' },
  { name: 'Failures', statistic: 'Sum', code: 'caller_unknown' },
] as const;

/** CloudWatch, as far as these answers go; pages of the real size do not occur with figures of ours. */
async function serve(...answers: readonly { readonly status?: number; readonly json: unknown }[]) {
  const requests: Record<string, unknown>[] = [];
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const { status = 200, json } = answers[requests.length] ?? { json: {} };
      requests.push(JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>);
      outgoing.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(json));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = new CloudWatchClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
  onTestFinished(() => {
    client.destroy();
    server.close();
  });
  let opened = 0;
  const open = () => {
    opened += 1;
    return client;
  };
  return { requests, reader: createMetricReader(open, 'Shop'), opened: () => opened };
}

const result = (Id: string, points: readonly (readonly [number, number])[], StatusCode = 'Complete') => ({
  Id,
  Label: Id,
  StatusCode,
  Timestamps: points.map(([step]) => FROM / 1_000 + step * 300),
  Values: points.map(([, value]) => value),
});

describe('createMetricReader', () => {
  it('asks for the deployment’s own series, whole steps from the first to the last', async () => {
    const { requests, reader } = await serve({ json: { MetricDataResults: [] } });
    await reader.load(QUERIES, RANGE);

    const stat = (MetricName: string, ...Dimensions: unknown[]) => ({
      Metric: {
        Namespace: 'DiscordIntegration',
        MetricName,
        Dimensions: [{ Name: 'service', Value: 'Shop' }, ...Dimensions],
      },
      Period: 300,
      Stat: 'Sum',
    });
    expect(requests).toEqual([
      {
        StartTime: FROM / 1_000,
        EndTime: FROM / 1_000 + 900,
        ScanBy: 'TimestampAscending',
        MetricDataQueries: [
          { Id: 'q0', MetricStat: stat('RequestsOk') },
          { Id: 'q1', MetricStat: stat('Failures', { Name: 'code', Value: 'caller_unknown' }) },
        ],
      },
    ]);
  });

  it('puts values into their steps, and 0 where there are none', async () => {
    const { reader } = await serve({
      json: {
        MetricDataResults: [
          result('q1', [[2, 7]]),
          result('q0', [
            [0, 1],
            [1, 2],
          ]),
        ],
      },
    });

    expect(await reader.load(QUERIES, RANGE)).toEqual({
      ok: true,
      value: [
        [1, 2, 0],
        [0, 0, 7],
      ],
    });
  });

  it('follows the pages to their end', async () => {
    const { requests, reader } = await serve(
      { json: { MetricDataResults: [result('q0', [[0, 1]], 'PartialData')], NextToken: 'second' } },
      { json: { MetricDataResults: [result('q0', [[2, 4]])], NextToken: 'third' } },
      { json: { MetricDataResults: [result('q1', [[1, 8]])] } },
    );

    expect(await reader.load(QUERIES, RANGE)).toEqual({
      ok: true,
      value: [
        [1, 0, 4],
        [0, 8, 0],
      ],
    });
    expect(requests.map(({ NextToken }) => NextToken)).toEqual([undefined, 'second', 'third']);
  });

  it('ignores values from outside of the range and of series that nobody asked for', async () => {
    const { reader } = await serve({
      json: {
        MetricDataResults: [
          result('q0', [
            [-1, 5],
            [3, 5],
          ]),
          result('x', [[0, 5]]),
        ],
      },
    });

    expect(await reader.load(QUERIES, RANGE)).toEqual({
      ok: true,
      value: [
        [0, 0, 0],
        [0, 0, 0],
      ],
    });
  });

  it.each([
    [
      'a refusal',
      { status: 400, json: { __type: 'AccessDeniedException', message: 'secret words' } },
      'AccessDeniedException',
    ],
    ['a series that broke', { json: { MetricDataResults: [result('q0', [], 'InternalError')] } }, 'InternalError'],
    ['a series that may not be seen', { json: { MetricDataResults: [result('q0', [], 'Forbidden')] } }, 'Forbidden'],
  ])('gives no half figures after %s', async (_what, answer, cause) => {
    const { reader } = await serve(answer);

    expect(await reader.load(QUERIES, RANGE)).toEqual({ ok: false, failure: { reason: 'metrics_unavailable', cause } });
  });

  it('opens its client at the first read, and only once', async () => {
    const { reader, opened } = await serve({ json: {} }, { json: {} });
    expect(opened()).toBe(0);
    await reader.load(QUERIES, RANGE);
    await reader.load(QUERIES, RANGE);

    expect(opened()).toBe(1);
  });
});
