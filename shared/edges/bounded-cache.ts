interface Entry<T> {
  readonly value: T;
  readonly storedAtEpochMs: number;
  uses: number;
}

/** A small cache bounded in age, uses and size. It fails closed: past its bounds an entry is gone, whatever else is down. */
export class BoundedCache<T> {
  readonly #entries = new Map<string, Entry<T>>();
  readonly #bounds: { readonly maxAgeMs: number; readonly maxUses: number; readonly maxEntries: number };

  constructor(bounds: { readonly maxAgeMs: number; readonly maxUses: number; readonly maxEntries: number }) {
    this.#bounds = bounds;
  }

  get(name: string, nowEpochMs: number): T | undefined {
    const entry = this.#entries.get(name);
    if (entry === undefined) return undefined;
    this.#entries.delete(name);
    const age = nowEpochMs - entry.storedAtEpochMs;
    // A negative age is a clock set back: the entry's true age is unknown, so it does not count as fresh.
    if (age < 0 || age > this.#bounds.maxAgeMs || entry.uses >= this.#bounds.maxUses) return undefined;
    entry.uses += 1;
    this.#entries.set(name, entry);
    return entry.value;
  }

  set(name: string, value: T, nowEpochMs: number): void {
    this.#entries.delete(name);
    this.#entries.set(name, { value, storedAtEpochMs: nowEpochMs, uses: 1 });
    const oldest = this.#entries.keys().next();
    if (this.#entries.size > this.#bounds.maxEntries && oldest.done !== true) this.#entries.delete(oldest.value);
  }
}
