import { beforeAll, describe, expect, it } from 'vitest';
import type { TenantStore } from '../../shared/app/ports.ts';
import { createApiKeyStore, createTenantStore } from '../../shared/edges/integration-store.ts';
import { createConnectionStore } from '../../shared/edges/connection-store.ts';
import { createKeyUseStore } from '../../shared/edges/key-use-store.ts';
import { createTodoStore } from '../../shared/edges/todo-store.ts';
import { useStoreWorld } from './engine/use-store-world.ts';
import { findWinners, race } from './race.ts';
import { buildApiKey, buildConnection, buildTenant, NOW } from './records.ts';

describe('what the deletion of a tenant asks of the stores', () => {
  const world = useStoreWorld();
  let store: TenantStore;
  beforeAll(() => {
    store = createTenantStore(world.table);
  });

  it('marks a tenant once and for good, and keeps it in the list', async () => {
    await store.create(buildTenant('acme'));
    const marked = buildTenant('acme', { deletingSinceEpochSeconds: NOW });

    expect(await store.beginDeletion('acme', NOW)).toEqual(marked);
    expect(await store.beginDeletion('acme', NOW + 9)).toEqual(marked);
    expect(await store.list()).toEqual([marked]);
    expect(await store.beginDeletion('nobody', NOW)).toBeUndefined();
    expect(await store.load('nobody')).toBeUndefined();
  });

  it('saves no settings over the mark', async () => {
    await store.create(buildTenant('acme'));
    expect(await store.save(buildTenant('acme', { isConfirmationRequired: false }))).toBe(true);
    await store.beginDeletion('acme', NOW);

    expect(await store.save(buildTenant('acme'))).toBe(false);
    expect(await store.load('acme')).toMatchObject({ isConfirmationRequired: false, deletingSinceEpochSeconds: NOW });
    expect(await store.save(buildTenant('nobody'))).toBe(false);
    expect(await store.load('nobody')).toBeUndefined();
  });

  it('goes from step to step and never past one', async () => {
    await store.create(buildTenant('acme'));
    expect(await store.noteKeysDeleted('acme', NOW + 7)).toBeUndefined();
    expect(await store.remove('acme')).toBe(false);
    await store.beginDeletion('acme', NOW);
    expect(await store.remove('acme')).toBe(false);
    expect(await store.noteKeysDeleted('acme', NOW + 7)).toMatchObject({ shredAfterEpochSeconds: NOW + 7 });
    expect(await store.noteKeysDeleted('acme', NOW + 99)).toMatchObject({ shredAfterEpochSeconds: NOW + 7 });

    expect([await store.remove('acme'), await store.remove('acme')]).toEqual([true, false]);
    expect(await store.list()).toEqual([]);
  });

  it('removes a connection only as it was read', async () => {
    const connections = createConnectionStore(world.table);
    const stored = await connections.save(buildConnection({ revision: 0 }));
    if (stored === undefined) throw new Error('not stored');
    const changed = await connections.save(stored);

    expect(await connections.remove(stored)).toBe(false);
    expect(await connections.remove(changed ?? stored)).toBe(true);
    expect(await connections.load(stored.id)).toBeUndefined();
  });

  it('forgets API keys and their uses, also those that are not there', async () => {
    const [apiKeys, keyUses] = [createApiKeyStore(world.table), createKeyUseStore(world.table)];
    await apiKeys.create(buildApiKey('00112233445566aa'));
    await keyUses.record('00112233445566aa', 'use', NOW);
    for (let times = 0; times < 2; times += 1) {
      await apiKeys.remove('00112233445566aa');
      await keyUses.remove('00112233445566aa');
    }

    expect(await world.raw.scan()).toEqual([]);
  });
});

describe('a to-do that is taken up', () => {
  const world = useStoreWorld();
  const todo = { kind: 'REVOKE', id: 'a', claimId: 'c', sinceEpochSeconds: NOW, notBeforeEpochSeconds: NOW } as const;

  it('is one of twenty’s, who puts it off', async () => {
    const todos = createTodoStore(world.table);
    await todos.put(todo);
    const taken = await race((writer) => todos.postpone(todo, NOW + 60 + writer));

    const winners = findWinners(taken);
    expect(winners).toHaveLength(1);
    expect((await todos.list('REVOKE', { limit: 10 })).todos).toEqual([
      { ...todo, notBeforeEpochSeconds: NOW + 60 + (winners[0] ?? 0) },
    ]);
  });

  it('is nobody’s when it is done, or another’s by now; nothing is written then', async () => {
    const todos = createTodoStore(world.table);
    expect(await todos.postpone(todo, NOW + 60)).toBe(false);
    expect(await world.raw.scan()).toEqual([]);
    await todos.put({ ...todo, claimId: 'other' });

    expect(await todos.postpone(todo, NOW + 60)).toBe(false);
  });

  it('is made sure of without touching the one that is there', async () => {
    const todos = createTodoStore(world.table);
    await todos.ensure(todo);
    await todos.ensure({ ...todo, claimId: 'other', notBeforeEpochSeconds: NOW + 99 });

    expect((await todos.list('REVOKE', { limit: 10 })).todos).toEqual([todo]);
  });
});
