import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BoundedCache } from '../../../shared/edges/bounded-cache.ts';

const MAX_AGE_MS = 1000;

function createCache(bounds: { maxUses?: number; maxEntries?: number } = {}): BoundedCache<string> {
  return new BoundedCache({ maxAgeMs: MAX_AGE_MS, maxUses: 100, maxEntries: 100, ...bounds });
}

describe('BoundedCache', () => {
  it('gives what was stored, by name', () => {
    const cache = createCache();
    cache.set('a', 'A', 0);

    expect([cache.get('a', 1), cache.get('b', 1)]).toEqual(['A', undefined]);
  });

  it('forgets at its age limit, for good, however often it was used [hostile 38]', () => {
    const cache = createCache();
    cache.set('a', 'A', 0);

    expect([cache.get('a', 500), cache.get('a', MAX_AGE_MS), cache.get('a', MAX_AGE_MS + 1)]).toEqual([
      'A',
      'A',
      undefined,
    ]);
    expect(cache.get('a', 500)).toBeUndefined();
  });

  it('does not take an entry for fresh when the clock was set back', () => {
    const cache = createCache();
    cache.set('a', 'A', 10_000);

    expect(cache.get('a', 9_999)).toBeUndefined();
  });

  it('counts the use that stored it, and forgets after the last', () => {
    const cache = createCache({ maxUses: 3 });
    cache.set('a', 'A', 0);

    expect([cache.get('a', 0), cache.get('a', 0), cache.get('a', 0)]).toEqual(['A', 'A', undefined]);
  });

  it('begins to count anew when it is stored again', () => {
    const cache = createCache({ maxUses: 2 });
    cache.set('a', 'A', 0);
    cache.get('a', 0);
    cache.set('a', 'B', MAX_AGE_MS);

    expect(cache.get('a', 2 * MAX_AGE_MS)).toBe('B');
  });

  it('lets the longest unused go when it is full', () => {
    const cache = createCache({ maxEntries: 2 });
    cache.set('a', 'A', 0);
    cache.set('b', 'B', 0);
    cache.get('a', 0);
    cache.set('c', 'C', 0);

    expect(['a', 'b', 'c'].map((name) => cache.get(name, 0))).toEqual(['A', undefined, 'C']);
  });

  it('bears names of object members', () => {
    const cache = createCache();

    expect(cache.get('__proto__', 0)).toBeUndefined();
    cache.set('__proto__', 'A', 0);
    expect(cache.get('__proto__', 0)).toBe('A');
  });

  it('never gives anything but the last value of a name, within all its bounds', () => {
    const steps = fc.array(
      fc.record({
        isSet: fc.boolean(),
        name: fc.constantFrom('a', 'b', 'c', 'd'),
        advanceMs: fc.integer({ min: -200, max: 600 }),
      }),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(steps, (all) => {
        const cache = createCache({ maxUses: 4, maxEntries: 3 });
        const last = new Map<string, { value: string; storedAt: number; uses: number }>();
        let now = 100_000;
        for (const [index, { isSet, name, advanceMs }] of all.entries()) {
          now += advanceMs;
          if (isSet) {
            cache.set(name, `value ${index}`, now);
            last.set(name, { value: `value ${index}`, storedAt: now, uses: 1 });
            continue;
          }
          const got = cache.get(name, now);
          const stored = last.get(name);
          if (got === undefined || stored === undefined) {
            expect(got).toBeUndefined();
            continue;
          }
          stored.uses += 1;
          expect(got).toBe(stored.value);
          expect(now - stored.storedAt).toBeGreaterThanOrEqual(0);
          expect(now - stored.storedAt).toBeLessThanOrEqual(MAX_AGE_MS);
          expect(stored.uses).toBeLessThanOrEqual(4);
        }
        expect(['a', 'b', 'c', 'd'].filter((name) => cache.get(name, now) !== undefined).length).toBeLessThanOrEqual(3);
      }),
    );
  });
});
