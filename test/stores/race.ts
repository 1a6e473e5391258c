/** Writers at once; enough to keep both sides of every condition busy. */
export const WRITERS = 20;

/** Starts all writers before the first has an answer. @returns what each got, in their order */
export async function race<T>(write: (writer: number) => Promise<T>, writers = WRITERS): Promise<T[]> {
  return Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)));
}

/** Does something many times, in lots that the SDK sends at once: to fill lists. */
export async function repeat(count: number, write: (number: number) => Promise<unknown>): Promise<void> {
  for (let done = 0; done < count; done += WRITERS) {
    await race((writer) => write(done + writer), Math.min(WRITERS, count - done));
  }
}

/** Numbers of the writers that got something other than `false` or nothing. */
export function findWinners(outcomes: readonly unknown[]): number[] {
  return outcomes.flatMap((outcome, writer) => (outcome === false || outcome === undefined ? [] : [writer]));
}
