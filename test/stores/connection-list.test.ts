import { beforeAll, describe, expect, it } from 'vitest';
import type { ConnectionStore } from '../../shared/app/ports.ts';
import { createConnectionStore } from '../../shared/edges/connection-store.ts';
import { keys } from '../../shared/edges/keys.ts';
import { useStoreWorld } from './engine/use-store-world.ts';
import { repeat } from './race.ts';
import { buildConnection, buildConnectionId } from './records.ts';

/** More than two batches of a hundred. */
const MANY = 230;

describe('the list of connections', () => {
  const world = useStoreWorld();
  let store: ConnectionStore;
  beforeAll(() => {
    store = createConnectionStore(world.table);
  });

  const save = (number: number, userId: string, tenantId = 'acme') =>
    store.save(buildConnection({ id: buildConnectionId(number), userId, tenantId }));

  /** Ids of each page; more pages than connections would be a loop without an end. */
  const readPages = async (limit: number, userId?: string, tenantId = 'acme') => {
    const pages: string[][] = [];
    for (let cursor: string | undefined; pages.length <= MANY;) {
      const page = await store.list(tenantId, {
        limit,
        ...(userId === undefined ? {} : { userId }),
        ...(cursor === undefined ? {} : { cursor }),
      });
      expect(page?.connections.length).toBeLessThanOrEqual(limit);
      pages.push(page?.connections.map(({ id }) => id) ?? []);
      cursor = page?.nextCursor;
      if (cursor === undefined) return pages;
    }
    throw new Error('the list does not end');
  };
  const ids = (count: number) => Array.from({ length: count }, (_, number) => buildConnectionId(number));

  it('is empty where there is nothing', async () => {
    expect(await store.list('acme', { limit: 10 })).toEqual({ connections: [] });
  });

  it.each([7, 23, 100])('brings each of 230 connections once, %i at a time', async (limit) => {
    await repeat(MANY, (number) => save(number, `user-${number % 9}`));
    await save(500, 'user-1', 'other');

    const pages = await readPages(limit);
    expect(pages.flat().toSorted()).toEqual(ids(MANY));
    expect(pages.slice(0, -1).every((page) => page.length === limit)).toBe(true);
  });

  it('brings one user’s connections and not those of a user whose name begins alike', async () => {
    for (const [number, userId] of ['a', 'ab', 'a#', 'a', '', 'A', 'a\u0000'].entries()) await save(number, userId);

    expect(await readPages(1, 'a')).toEqual([[buildConnectionId(0)], [buildConnectionId(3)], []]);
    expect(await readPages(10, 'a#')).toEqual([[buildConnectionId(2)]]);
    expect(await readPages(10, 'nobody')).toEqual([[]]);
  });

  it('goes on behind a cursor whose connection is gone, and shows what has come since', async () => {
    for (const number of [1, 2, 4]) await save(number, 'a');
    const first = await store.list('acme', { limit: 2 });
    await world.raw.remove(keys.connection(buildConnectionId(2)));
    await save(3, 'a');
    const rest = await store.list('acme', { limit: 10, cursor: first?.nextCursor ?? '' });

    expect(rest?.connections.map(({ id }) => id)).toEqual([3, 4].map(buildConnectionId));
  });

  it('leaves out a connection that vanishes between the index and the read, and keeps the cursor', async () => {
    for (const number of [1, 2, 3]) await save(number, 'a');
    world.between.afterNext('Query', () => world.raw.remove(keys.connection(buildConnectionId(2))));
    const page = await store.list('acme', { limit: 2 });

    expect(page?.connections.map(({ id }) => id)).toEqual([buildConnectionId(1)]);
    const rest = await store.list('acme', { limit: 2, cursor: page?.nextCursor ?? '' });
    expect(rest?.connections.map(({ id }) => id)).toEqual([buildConnectionId(3)]);
  });

  it('shows a connection as its item is, however old what the index said', async () => {
    await save(1, 'a');
    world.between.afterNext('Query', () => world.raw.change(keys.connection(buildConnectionId(1)), { revision: 5 }));

    expect((await store.list('acme', { limit: 1 }))?.connections).toMatchObject([{ revision: 5 }]);
  });

  it('refuses cursors of another tenant, of another user’s list, and of nobody', async () => {
    for (const number of [1, 2, 3]) await save(number, 'a');
    for (const number of [4, 5]) await save(number, 'b', 'other');
    const cursor = (await store.list('acme', { limit: 1 }))?.nextCursor ?? '';
    const later = Buffer.from(`${Buffer.from(cursor, 'base64url').toString()}x`).toString('base64url');

    expect(await store.list('acme', { limit: 1, cursor })).toBeDefined();
    expect(await store.list('other', { limit: 1, cursor })).toBeUndefined();
    expect(await store.list('acme', { limit: 1, userId: 'b', cursor })).toBeUndefined();
    for (const forged of ['', 'AAAA', cursor.slice(1), later]) {
      expect(await store.list('acme', { limit: 1, cursor: forged })).toBeUndefined();
    }
  });

  it('reads a page of a hundred in two calls', async () => {
    await repeat(100, (number) => save(number, 'a'));
    world.requests.clear();
    await store.list('acme', { limit: 100 });

    expect(world.requests.counts()).toEqual({ 'dynamodb.Query': 1, 'dynamodb.BatchGetItem': 1 });
  });
});
