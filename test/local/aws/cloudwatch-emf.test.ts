import { describe, expect, it } from 'vitest';
import { parseEmf } from '../../../infra/local/aws/cloudwatch/parse-emf.ts';

const AT = 1_790_000_000_000;

const directive = (changes: Record<string, unknown> = {}) => ({
  Namespace: 'Shop',
  Dimensions: [['service']],
  Metrics: [{ Name: 'Orders', Unit: 'Count' }],
  ...changes,
});
const line = (root: Record<string, unknown> = {}, directives: unknown = [directive()], Timestamp: unknown = AT) =>
  JSON.stringify({ _aws: { Timestamp, CloudWatchMetrics: directives }, service: 'shop', Orders: 3, ...root });
const sample = (changes: Record<string, unknown> = {}) => ({
  namespace: 'Shop',
  name: 'Orders',
  dimensions: { service: 'shop' },
  values: [3],
  atEpochMs: AT,
  ...changes,
});

describe('parseEmf', () => {
  it('takes value, dimensions and time from where the document says', () => {
    expect(parseEmf(line({ other: { anything: true } }))).toEqual([sample()]);
  });

  it('takes each value of a list', () => {
    expect(parseEmf(line({ Orders: [1, 2.5, -3, 0] }))).toEqual([sample({ values: [1, 2.5, -3, 0] })]);
  });

  it('counts a metric once for each set of dimensions, also for an empty one', () => {
    const sets = directive({ Dimensions: [['service'], ['service', 'code'], []] });

    expect(parseEmf(line({ code: 'lost' }, [sets]))).toEqual([
      sample(),
      sample({ dimensions: { service: 'shop', code: 'lost' } }),
      sample({ dimensions: {} }),
    ]);
  });

  it('counts for no set of dimensions where there is none', () => {
    expect(parseEmf(line({}, [directive({ Dimensions: [] })]))).toEqual([]);
  });

  it('follows every directive', () => {
    const two = [directive(), directive({ Namespace: 'Other', Metrics: [{ Name: 'Orders' }, { Name: 'Millis' }] })];

    expect(parseEmf(line({ Millis: 12 }, two))).toEqual([
      sample(),
      sample({ namespace: 'Other' }),
      sample({ namespace: 'Other', name: 'Millis', values: [12] }),
    ]);
  });

  it.each([
    ['other text', 'START RequestId: 1'],
    ['JSON that is no object', '["_aws"]'],
    ['text before it', ` x${line()}`],
    ['text behind it', `${line()} done`],
    ['half of it', line().slice(0, -4)],
    ['an object without metrics', '{"message":"_aws","level":"INFO"}'],
    ['metadata without directives', JSON.stringify({ _aws: { Timestamp: AT }, Orders: 3 })],
    ['no time', JSON.stringify({ _aws: { CloudWatchMetrics: [directive()] }, service: 'shop', Orders: 3 })],
    ['a time in words', line({}, [directive()], new Date(AT).toISOString())],
    ['a metric that is not there', line({ Orders: undefined })],
    ['a metric in words', line({ Orders: '3' })],
    ['an empty list', line({ Orders: [] })],
    ['a list with a word in it', line({ Orders: [1, '2'] })],
    ['a list of more than 100 values', line({ Orders: Array.from({ length: 101 }, () => 1) })],
    ['a dimension that is not there', line({ service: undefined })],
    ['a dimension that is a number', line({ service: 7 })],
    ['a dimension without text', line({ service: '' })],
    ['a dimension that only the prototype has', line({}, [directive({ Dimensions: [['constructor']] })])],
    ['more than 30 dimensions', line({}, [directive({ Dimensions: [Array.from({ length: 31 }, () => 'service')] })])],
    [
      'more than 100 metrics',
      line({}, [directive({ Metrics: Array.from({ length: 101 }, () => ({ Name: 'Orders' })) })]),
    ],
    ['no namespace', line({}, [directive({ Namespace: '' })])],
    ['a resolution that there is not', line({}, [directive({ Metrics: [{ Name: 'Orders', StorageResolution: 5 }] })])],
  ])('takes nothing from %s', (_what, text) => {
    expect(parseEmf(text)).toEqual([]);
  });
});
