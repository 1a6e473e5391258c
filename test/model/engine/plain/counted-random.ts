import { createHash } from 'node:crypto';
import type { Random } from '../../../../shared/app/ports.ts';

/** Random bytes that follow from how many were taken before: a sequence that is run again meets the same ids and keys. */
export class CountedRandom implements Random {
  #count = 0;
  #pool = Buffer.alloc(0);

  bytes(count: number): Buffer {
    while (this.#pool.length < count) {
      this.#count += 1;
      this.#pool = Buffer.concat([this.#pool, createHash('sha512').update(`model ${this.#count}`).digest()]);
    }
    const taken = this.#pool.subarray(0, count);
    this.#pool = this.#pool.subarray(count);
    return taken;
  }

  /** @returns goes back to here */
  mark(): () => void {
    const count = this.#count;
    const pool = this.#pool;
    return () => {
      this.#count = count;
      this.#pool = pool;
    };
  }
}
