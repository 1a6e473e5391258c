import { beforeAll, describe, expect, it } from 'vitest';
import type { Todo, TodoStore } from '../../shared/app/ports.ts';
import { keys } from '../../shared/edges/keys.ts';
import { createTodoStore } from '../../shared/edges/todo-store.ts';
import { useStoreWorld } from './engine/use-store-world.ts';
import { loseAnswer } from './faults.ts';
import { race, repeat } from './race.ts';
import { NOW } from './records.ts';

const buildTodo = (id: string, changes: Partial<Todo> = {}): Todo => ({
  kind: 'REVOKE',
  id,
  claimId: 'c1',
  sinceEpochSeconds: NOW,
  notBeforeEpochSeconds: NOW + 60,
  ...changes,
});

describe('the to-do store', () => {
  const world = useStoreWorld();
  let store: TodoStore;
  beforeAll(() => {
    store = createTodoStore(world.table);
  });
  const listAll = async (kind: Todo['kind'] = 'REVOKE') => (await store.list(kind, { limit: 100 })).todos;

  it('keeps a to-do until it is removed', async () => {
    expect(await store.list('REVOKE', { limit: 10 })).toEqual({ todos: [] });
    await store.put(buildTodo('a'));
    expect(await listAll()).toEqual([buildTodo('a')]);
    await store.remove(buildTodo('a'));
    await store.remove(buildTodo('a'));

    expect(await world.raw.scan()).toEqual([]);
  });

  it('keeps the later of two for the same thing, which the earlier one’s owner cannot remove', async () => {
    await store.put(buildTodo('a'));
    await store.put(buildTodo('a', { claimId: 'c2' }));
    await store.remove(buildTodo('a'));

    expect(await listAll()).toEqual([buildTodo('a', { claimId: 'c2' })]);
  });

  it('keeps one of twenty for the same thing, whose owner alone removes it', async () => {
    await race((writer) => store.put(buildTodo('a', { claimId: `c${writer}` })));
    const [kept] = await listAll();
    const others = Array.from({ length: 20 }, (_, writer) => `c${writer}`).filter((id) => id !== kept?.claimId);
    await Promise.all(others.map((claimId) => store.remove(buildTodo('a', { claimId }))));

    expect(await listAll()).toEqual([kept]);
    await store.remove({ ...buildTodo('a'), ...kept });
    expect(await listAll()).toEqual([]);
  });

  it('keeps kinds apart', async () => {
    await store.put(buildTodo('a'));
    await store.put(buildTodo('a', { kind: 'ANSWER' }));
    await store.remove(buildTodo('a'));

    expect(await listAll()).toEqual([]);
    expect(await listAll('ANSWER')).toEqual([buildTodo('a', { kind: 'ANSWER' })]);
  });

  it.each([1, 50])('lists 120 to-dos, each once and in the order of their ids, %i at a time', async (limit) => {
    const ids = Array.from({ length: 120 }, (_, number) => `id-${String(number).padStart(3, '0')}`);
    await repeat(ids.length, (number) => store.put(buildTodo(ids[number] ?? '')));
    await store.put(buildTodo('z', { kind: 'ANSWER' }));

    const found: string[] = [];
    let after: string | undefined;
    do {
      const page = await store.list('REVOKE', { limit, ...(after === undefined ? {} : { after }) });
      expect(page.todos.length).toBeLessThanOrEqual(limit);
      found.push(...page.todos.map(({ id }) => id));
      after = page.last;
    } while (after !== undefined && found.length <= ids.length);
    expect(found).toEqual(ids);
  });

  it('goes on behind a to-do that has been done meanwhile', async () => {
    for (const id of ['a', 'b', 'c']) await store.put(buildTodo(id));
    const { last } = await store.list('REVOKE', { limit: 1 });
    await store.remove(buildTodo('a'));

    expect(last).toBe('a');
    expect((await store.list('REVOKE', { limit: 10, after: 'a' })).todos.map(({ id }) => id)).toEqual(['b', 'c']);
  });

  it('writes and removes one when the answers were lost', async () => {
    world.faults.add(loseAnswer('PutItem'));
    await store.put(buildTodo('a'));
    expect(await listAll()).toEqual([buildTodo('a')]);
    world.faults.add(loseAnswer('DeleteItem'));
    await store.remove(buildTodo('a'));

    expect(await listAll()).toEqual([]);
  });

  it('refuses a to-do of another shape', async () => {
    await store.put(buildTodo('a'));
    await world.raw.change(keys.todo('REVOKE', 'a'), { notBeforeEpochSeconds: undefined });

    await expect(listAll()).rejects.toThrow();
  });
});
