import { useCallback, useRef, useState } from 'preact/hooks';

/** Something that a person starts: whether it runs, and how it failed the last time. */
export interface Action<A extends unknown[]> {
  readonly run: (...args: A) => Promise<void>;
  readonly isRunning: boolean;
  readonly error: unknown;
  readonly clear: () => void;
}

/** Runs one thing at a time: a second click while it runs does nothing. */
export function useAction<A extends unknown[]>(work: (...args: A) => Promise<void>): Action<A> {
  const [state, setState] = useState<{ isRunning: boolean; error: unknown }>({ isRunning: false, error: undefined });
  const running = useRef(false);
  const latest = useRef(work);
  latest.current = work;
  const run = useCallback(async (...args: A): Promise<void> => {
    if (running.current) return;
    running.current = true;
    setState({ isRunning: true, error: undefined });
    try {
      await latest.current(...args);
      setState({ isRunning: false, error: undefined });
    } catch (error) {
      setState({ isRunning: false, error });
    } finally {
      running.current = false;
    }
  }, []);
  const clear = useCallback(() => setState({ isRunning: false, error: undefined }), []);
  return { ...state, run, clear };
}
