import type { GetMetricDataInput } from '@aws-sdk/client-cloudwatch';
import { describe, expect, it } from 'vitest';
import { at, HOUR, MINUTE, query, start } from './cloudwatch-world.ts';

const nameOf = (call: Promise<unknown>) =>
  call.then(
    () => 'no refusal',
    (error: unknown) => (error instanceof Error ? `${error.name}: ${error.message}` : 'no error'),
  );

describe('GetMetricData', () => {
  it('tells every statistic of a period, latest first, and nothing of a period without values', async () => {
    const { add, ask } = await start();
    add(0, [1, 4]);
    add(4, [7]);
    add(10, [2]);
    const statistics = ['Sum', 'SampleCount', 'Average', 'Minimum', 'Maximum'];

    const { MetricDataResults: results = [], NextToken } = await ask({
      MetricDataQueries: statistics.map((statistic) => query(statistic)),
    });

    expect(NextToken).toBeUndefined();
    expect(results.map(({ Id, Values }) => [Id, Values])).toEqual([
      ['sum', [2, 12]],
      ['samplecount', [1, 3]],
      ['average', [2, 4]],
      ['minimum', [2, 1]],
      ['maximum', [2, 7]],
    ]);
    expect(results[0]).toMatchObject({ Label: 'Orders', StatusCode: 'Complete', Timestamps: at(10, 0) });
  });

  it('goes the other way on request, by other periods', async () => {
    const { add, ask } = await start();
    for (const minute of [0, 1, 9, 19]) add(minute, [1]);

    const { MetricDataResults: results } = await ask({
      ScanBy: 'TimestampAscending',
      MetricDataQueries: [
        query('Sum', { Id: 'a', Label: 'By the minute' }, { Period: 60 }),
        query('Sum', {}, { Period: 1_200 }),
      ],
    });

    expect(results).toMatchObject([
      { Id: 'a', Label: 'By the minute', Timestamps: at(0, 1, 9, 19), Values: [1, 1, 1, 1] },
      { Id: 'sum', Timestamps: at(0), Values: [4] },
    ]);
  });

  it('begins with the minute of the start and ends before the end', async () => {
    const { add, ask } = await start();
    for (const minute of [-1, 0, 4, 5]) add(minute, [1]);

    const { MetricDataResults: results } = await ask({
      StartTime: new Date(HOUR + 59_999),
      EndTime: new Date(HOUR + 5 * MINUTE),
    });

    expect(results).toMatchObject([{ Timestamps: at(0), Values: [2] }]);
  });

  it('keeps metrics apart by namespace, name and the exact set of dimensions, whatever its order', async () => {
    const { add, ask } = await start();
    const both = { service: 'shop', code: 'lost' };
    add(0, [1]);
    add(0, [10], { dimensions: both });
    add(0, [100], { dimensions: { service: 'other' } });
    add(0, [1_000], { name: 'Others' });
    add(0, [10_000], { namespace: 'Other' });
    const Dimensions = Object.entries(both).map(([Name, Value]) => ({ Name, Value }));
    const Metric = { Namespace: 'Shop', MetricName: 'Orders', Dimensions };
    const reversed = { ...Metric, Dimensions: Dimensions.toReversed() };

    const { MetricDataResults: results } = await ask({
      MetricDataQueries: [
        query('Sum'),
        query('Sum', { Id: 'b' }, { Metric }),
        query('Sum', { Id: 'c' }, { Metric: reversed }),
      ],
    });

    expect(results?.map(({ Values }) => Values)).toEqual([[1], [10], [10]]);
  });

  it('names what was never counted, without values, and leaves out what is not to be returned', async () => {
    const { ask } = await start();

    const { MetricDataResults: results } = await ask({
      MetricDataQueries: [query('Sum'), query('Sum', { Id: 'silent', ReturnData: false })],
    });

    expect(results).toEqual([{ Id: 'sum', Label: 'Orders', Timestamps: [], Values: [], StatusCode: 'Complete' }]);
  });

  it('gives pages whose parts add up to the whole', async () => {
    const { add, ask } = await start();
    for (const minute of [0, 5, 10, 15]) add(minute, [minute + 1]);
    const input: Partial<GetMetricDataInput> = {
      MaxDatapoints: 3,
      MetricDataQueries: [query('Sum'), query('Maximum')],
      ScanBy: 'TimestampAscending',
    };

    const first = await ask(input);
    const second = await ask({ ...input, NextToken: first.NextToken });
    const third = await ask({ ...input, NextToken: second.NextToken });

    const pages = [first, second, third].map(({ MetricDataResults: results }) =>
      results?.map(({ Id, Values, StatusCode }) => [Id, Values, StatusCode]),
    );
    expect(pages).toEqual([
      [['sum', [1, 6, 11], 'PartialData']],
      [
        ['sum', [16], 'Complete'],
        ['maximum', [1, 6], 'PartialData'],
      ],
      [['maximum', [11, 16], 'Complete']],
    ]);
    expect(third.NextToken).toBeUndefined();
    expect(await nameOf(ask({ ...input, MaxDatapoints: 2, NextToken: first.NextToken }))).toMatch(/^InvalidNextToken/);
    expect(await nameOf(ask({ ...input, NextToken: 'made-up' }))).toMatch(/^InvalidNextToken/);
  });

  it.each<[string, Partial<GetMetricDataInput>, RegExp]>([
    ['no query', { MetricDataQueries: [] }, /^ValidationException: .*MetricDataQueries/],
    ['501 queries', { MetricDataQueries: Array.from({ length: 501 }, (_, i) => query('Sum', { Id: `q${i}` })) }, /500/],
    ['one id twice', { MetricDataQueries: [query('Sum'), query('Sum')] }, /^ValidationException: .*not unique: sum/],
    ['an id that begins with a capital', { MetricDataQueries: [query('Sum', { Id: 'Q' })] }, /^ValidationException/],
    ['an expression', { MetricDataQueries: [{ Id: 'e', Expression: 'SUM(METRICS())' }] }, /support Expression/],
    ['another account', { MetricDataQueries: [query('Sum', { AccountId: '1' })] }, /support AccountId/],
    ['a unit', { MetricDataQueries: [query('Sum', {}, { Unit: 'Count' })] }, /support Unit/],
    ['a percentile', { MetricDataQueries: [query('p99')] }, /^ValidationException: .*Average, Maximum/],
    [
      'a period of 90 s',
      { MetricDataQueries: [query('Sum', {}, { Period: 90 })] },
      /^ValidationException: .*multiple of 60/,
    ],
    ['no period', { MetricDataQueries: [query('Sum', {}, { Period: undefined })] }, /^ValidationException: .*Period/],
    ['no metric', { MetricDataQueries: [query('Sum', {}, { Metric: undefined })] }, /^ValidationException: .*Metric/],
    ['an end before the start', { EndTime: new Date(HOUR - 1) }, /^ValidationException: .*must be less/],
    ['an end at the start', { EndTime: new Date(HOUR) }, /^ValidationException: .*must not equal/],
    ['no start', { StartTime: undefined }, /^ValidationException: .*StartTime is required/],
    ['a start beside the period', { StartTime: new Date(HOUR + MINUTE) }, /does not support a StartTime/],
    ['options of labels', { LabelOptions: { Timezone: '+0100' } }, /does not support LabelOptions/],
    ['more values than there may be', { MaxDatapoints: 100_801 }, /^ValidationException: .*100800/],
  ])('refuses %s', async (_what, input, name) => {
    const { ask } = await start();

    expect(await nameOf(ask(input))).toMatch(name);
  });

  it('knows no other operation, no other protocol and no other service’s signature', async () => {
    const { servers } = await start();
    const send = (headers: Record<string, string>) =>
      fetch(servers.endpoints.cloudwatch, {
        method: 'POST',
        headers: {
          authorization:
            'AWS4-HMAC-SHA256 Credential=a/20260914/us-east-1/monitoring/aws4_request, SignedHeaders=host, Signature=a',
          'content-type': 'application/x-amz-json-1.0',
          'x-amz-date': '20260914T120000Z',
          'x-amz-target': 'GraniteServiceVersion20100801.GetMetricData',
          ...headers,
        },
        body: '{}',
      }).then(async (answer) => ((await answer.json()) as { __type: string }).__type);

    expect(await send({})).toBe('ValidationException');
    expect(await send({ 'x-amz-target': 'GraniteServiceVersion20100801.PutMetricData' })).toBe(
      'UnknownOperationException',
    );
    expect(await send({ 'content-type': 'application/x-amz-json-1.1' })).toBe('SerializationException');
    expect(
      await send({
        authorization:
          'AWS4-HMAC-SHA256 Credential=a/20260914/us-east-1/kms/aws4_request, SignedHeaders=host, Signature=a',
      }),
    ).toBe('InvalidSignatureException');
  });
});
