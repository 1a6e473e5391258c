import type { TimeLimit } from '../app/ports.ts';
import { fail, ok, type Result } from '../result.ts';

/** By the machine's own time, whatever clock the rest goes by: services take real time to answer. */
export const systemTimeLimit: TimeLimit = {
  within: async <T>(ms: number, work: Promise<T>) => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<Result<T, { readonly reason: 'late' }>>((resolve) => {
      timer = setTimeout(() => resolve(fail({ reason: 'late' })), ms);
    });
    try {
      return await Promise.race([work.then((value) => ok(value)), late]);
    } finally {
      clearTimeout(timer);
    }
  },
};
