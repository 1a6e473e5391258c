import { OutageError } from '../problems/failure.ts';
import type { Deadline } from './ports.ts';

/** Milliseconds before the second try, doubled for each further one; the SDK has already retried within each try. */
const FIRST_PAUSE_MS = 100;

/** Milliseconds that must remain for another try to make sense. */
const RESERVE_MS = 3_000;

const MAX_TRIES = 4;

/**
 * Repeats a write that must not be lost, for as long as the invocation's time allows.
 * @param reserveMs - milliseconds that must remain for another try; more when there is something to be done after it has failed
 * @throws OutageError when the storage stayed down
 */
export async function retryStorage<T>(
  write: () => Promise<T>,
  deadline: Deadline,
  sleep: (ms: number) => Promise<void>,
  reserveMs = RESERVE_MS,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await write();
    } catch (error) {
      const isWorthwhile = error instanceof OutageError && attempt < MAX_TRIES && deadline.remainingMs() > reserveMs;
      if (!isWorthwhile) throw error;
      await sleep(FIRST_PAUSE_MS * 2 ** (attempt - 1));
    }
  }
}
