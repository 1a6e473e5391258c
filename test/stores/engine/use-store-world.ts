import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, vi } from 'vitest';
import { openStoreWorld, type StoreWorld } from './store-world.ts';

declare module 'vitest' {
  interface TaskMeta {
    /** Engine that a store suite ran on, for {@link StoreReporter}. */
    storeEngine?: string;
  }
}

/**
 * A table for the tests around the call: empty before each, and after each it is checked that every planted fault and
 * interruption has struck. The value can be used from the first `beforeAll` behind this call on.
 */
export function useStoreWorld(): StoreWorld {
  let opened: StoreWorld | undefined;
  const world = (): StoreWorld => {
    if (opened === undefined) throw new Error('the table is used before it was opened');
    return opened;
  };
  beforeAll(async () => {
    opened = await openStoreWorld(inject('assemblyDir'));
  });
  beforeEach(async ({ task }) => {
    task.meta.storeEngine = world().engine;
    // The SDK draws its waiting times; a throttled call would otherwise take seconds.
    vi.spyOn(Math, 'random').mockReturnValue(0);
    await world().raw.empty();
    world().requests.clear();
    world().pauses.length = 0;
  });
  afterEach(() => {
    vi.restoreAllMocks();
    const { faults, kmsFaults, between } = world();
    const unused = [...faults.unused(), ...kmsFaults.unused(), ...between.waiting()];
    for (const planted of [faults, kmsFaults, between]) planted.clear();
    expect(unused).toEqual([]);
  });
  afterAll(() => opened?.stop());
  return new Proxy({} as StoreWorld, { get: (_target, name) => Reflect.get(world(), name) as unknown });
}
