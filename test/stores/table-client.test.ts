import { describe, expect, it } from 'vitest';
import type { ItemKey } from '../../shared/edges/keys.ts';
import { OutageError } from '../../shared/problems/failure.ts';
import { useStoreWorld } from './engine/use-store-world.ts';
import { refuseCall, SDK_TRIES } from './faults.ts';
import { repeat } from './race.ts';

const buildKey = (number: number, sk = 'ITEM'): ItemKey => ({ pk: `P#${String(number).padStart(3, '0')}`, sk });

describe('the table client', () => {
  const world = useStoreWorld();
  const fill = (count: number) => repeat(count, (number) => world.table.put(buildKey(number), { number }));

  const calls: [string, () => Promise<unknown>][] = [
    ['GetItem', () => world.table.get(buildKey(1))],
    ['PutItem', () => world.table.put(buildKey(1), {})],
    ['UpdateItem', () => world.table.update(buildKey(1), { UpdateExpression: 'REMOVE gone' })],
    ['DeleteItem', () => world.table.delete(buildKey(1))],
    ['BatchGetItem', () => world.table.getAll([buildKey(1)])],
    ['Query', () => world.table.listKeys({ partition: 'P' })],
  ];

  it.each(calls)(
    'says that the storage is down when %s stays throttled, and tries as often as the SDK does',
    async (operation, call) => {
      world.faults.add(refuseCall(operation, 'ProvisionedThroughputExceededException'));
      const error: unknown = await call().catch((caught: unknown) => caught);

      expect(error).toBeInstanceOf(OutageError);
      expect(error).toMatchObject({ causeName: 'ProvisionedThroughputExceededException' });
      expect(world.requests.counts()).toEqual({ [`dynamodb.${operation}`]: SDK_TRIES });
    },
  );

  it.each(calls)('gets through when %s is throttled twice', async (operation, call) => {
    world.faults.add({ ...refuseCall(operation, 'ThrottlingException'), times: SDK_TRIES - 1 });
    await call();

    expect(world.requests.counts()).toEqual({ [`dynamodb.${operation}`]: SDK_TRIES });
  });

  it.each(calls)('says that the storage is down when the engine fails at %s', async (operation, call) => {
    world.faults.add(refuseCall(operation, 'InternalServerError'));

    await expect(call()).rejects.toMatchObject({ failure: { reason: 'storage_unavailable' } });
  });

  it('does not pass a request that is wrong off as an outage, and does not repeat it', async () => {
    const error: unknown = await world.table
      .update(buildKey(1), { UpdateExpression: 'SET' })
      .catch((caught: unknown) => caught);

    expect(error).not.toBeInstanceOf(OutageError);
    expect(error).toMatchObject({ name: 'ValidationException' });
    expect(world.requests.counts()).toEqual({ 'dynamodb.UpdateItem': 1 });
  });

  it('reads a hundred items in one call and gives them in the order of the keys', async () => {
    await fill(100);
    world.requests.clear();
    const wanted = Array.from({ length: 100 }, (_, number) => buildKey(99 - number));
    const found = await world.table.getAll(wanted);

    expect(found.map((item) => item?.['number'])).toEqual(wanted.map((_, index) => 99 - index));
    expect(world.requests.counts()).toEqual({ 'dynamodb.BatchGetItem': 1 });
  });

  it('keeps the place of an item that is not there, and tells items of one partition apart', async () => {
    await world.table.put(buildKey(1, 'A'), { is: 'a' });
    await world.table.put(buildKey(1, 'B'), { is: 'b' });
    const found = await world.table.getAll([buildKey(1, 'B'), buildKey(2, 'A'), buildKey(1, 'A')]);

    expect(found.map((item) => item?.['is'])).toEqual(['b', undefined, 'a']);
  });

  it('asks for what was left unprocessed until all is there, waiting longer each time', async () => {
    await fill(100);
    world.requests.clear();
    // Half of what is asked for comes each time: 50, 25, 13 and 7 of a hundred are left; then the rest comes.
    world.faults.add({ service: 'dynamodb', operation: 'BatchGetItem', unprocessed: true, times: 4 });
    const found = await world.table.getAll(Array.from({ length: 100 }, (_, number) => buildKey(number)));

    expect(found.map((item) => item?.['number'])).toEqual(Array.from({ length: 100 }, (_, number) => number));
    expect(world.requests.counts()).toEqual({ 'dynamodb.BatchGetItem': 5 });
    expect(world.pauses).toEqual([25, 50, 100, 200]);
  });

  it('gives up a read that stays unprocessed, rather than taking it for absent', async () => {
    await fill(100);
    world.faults.add({ service: 'dynamodb', operation: 'BatchGetItem', unprocessed: true, times: 5 });
    const wanted = Array.from({ length: 100 }, (_, number) => buildKey(number));

    await expect(world.table.getAll(wanted)).rejects.toMatchObject({ causeName: 'UnprocessedKeys' });
  });

  it('tells a condition that does not hold from an outage', async () => {
    const absent = { ConditionExpression: 'attribute_not_exists(pk)' };
    const present = { ConditionExpression: 'attribute_exists(pk)' };

    expect(await world.table.put(buildKey(1), { n: 1 }, present)).toBe(false);
    expect(await world.table.update(buildKey(1), { UpdateExpression: 'SET n = pk', ...present })).toBeUndefined();
    expect(await world.table.delete(buildKey(1), present)).toBe(false);
    expect(await world.raw.scan()).toEqual([]);
    expect(await world.table.put(buildKey(1), { n: 1 }, absent)).toBe(true);
    expect(await world.table.update(buildKey(1), { UpdateExpression: 'SET n = pk', ...present })).toEqual({
      ...buildKey(1),
      n: 'P#001',
    });
    expect(await world.table.delete(buildKey(1), present)).toBe(true);
  });

  it('keeps text, numbers, bytes, sets and what is empty as they are, and leaves out what is undefined', async () => {
    const attributes = {
      text: 'ü🎉"\u0000',
      empty: '',
      number: 1_795_521_600_123,
      fraction: 0.1,
      bytes: Buffer.from([0, 255]),
      set: new Set(['b', 'a']),
      list: [null, true, [], {}],
    };
    await world.table.put(buildKey(1), { ...attributes, gone: undefined });
    const { bytes, ...found } = (await world.table.get(buildKey(1))) ?? {};

    const { bytes: written, ...rest } = attributes;
    expect(found).toEqual({ ...buildKey(1), ...rest });
    expect(Buffer.from(bytes as Uint8Array)).toEqual(written);
  });
});
