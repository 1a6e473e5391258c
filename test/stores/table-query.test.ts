import { beforeEach, describe, expect, it } from 'vitest';
import { OutageError } from '../../shared/problems/failure.ts';
import { useStoreWorld } from './engine/use-store-world.ts';
import { refuseCall, SDK_TRIES } from './faults.ts';

/** A range without its partition. */
type Bounds = { prefix: string } | { from?: string; to?: string };

const SORT_KEYS = ['a1', 'a2', 'b1', 'b2', 'c1'];

describe('the query of the table client', () => {
  const world = useStoreWorld();
  beforeEach(async () => {
    for (const sk of SORT_KEYS) await world.table.put({ pk: 'P#1', sk }, { is: sk });
    await world.table.put({ pk: 'P#2', sk: 'b1' }, { is: 'foreign' });
    world.requests.clear();
  });

  const read = async (range: Bounds, page = {}): Promise<unknown[]> =>
    (await world.table.query({ partition: 'P#1', ...range }, page)).items.map((item) => item['is']);

  it.each<[string, Bounds, string[]]>([
    ['all of one partition and of no other', {}, SORT_KEYS],
    ['those with a prefix', { prefix: 'b' }, ['b1', 'b2']],
    ['those from one on, which is included', { from: 'b1' }, ['b1', 'b2', 'c1']],
    ['those up to one, which is included', { to: 'b1' }, ['a1', 'a2', 'b1']],
    ['those between two', { from: 'a2', to: 'b2' }, ['a2', 'b1', 'b2']],
    ['none, where there is none', { prefix: 'x' }, []],
  ])('gives %s, in either order', async (_what, range, expected) => {
    expect(await read(range)).toEqual(expected);
    expect(await read(range, { isDescending: true })).toEqual(expected.toReversed());
    expect(world.requests.counts()).toEqual({ 'dynamodb.Query': 2 });
  });

  it.each([false, true])('goes on behind the last sort key, descending: %s', async (isDescending) => {
    const range = { partition: 'P#1', from: 'a2' };
    const first = await world.table.query(range, { limit: 3, isDescending });
    const second = await world.table.query(range, { limit: 3, isDescending, after: first.last ?? '' });

    const all = isDescending ? ['c1', 'b2', 'b1', 'a2'] : ['a2', 'b1', 'b2', 'c1'];
    expect(first.items.map((item) => item['is'])).toEqual(all.slice(0, 3));
    expect(first.last).toBe(all[2]);
    expect(second.items.map((item) => item['is'])).toEqual(all.slice(3));
    expect(second.last).toBeUndefined();
  });

  it('says that the storage is down when it stays throttled', async () => {
    world.faults.add(refuseCall('Query', 'ProvisionedThroughputExceededException'));

    await expect(read({})).rejects.toBeInstanceOf(OutageError);
    expect(world.requests.counts()).toEqual({ 'dynamodb.Query': SDK_TRIES });
  });
});
