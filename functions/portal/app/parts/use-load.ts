import { useCallback, useEffect, useState } from 'preact/hooks';

/** What there is of something that is being loaded. Earlier data stays while it is loaded anew. */
export interface Loaded<T> {
  readonly data: T | undefined;
  readonly error: unknown;
  readonly isLoading: boolean;
  readonly reload: () => void;
}

interface State<T> extends Omit<Loaded<T>, 'reload'> {
  /** What `data` depends on. */
  readonly of?: string;
}

/**
 * Loads something when the page opens and whenever what it depends on changes. When that fails, data of something else goes: it would
 * pass for what was asked for.
 * @param start - asks for it; told when nobody waits any longer
 * @param keys - what it depends on
 */
export function useLoad<T>(
  start: (signal: AbortSignal) => Promise<T>,
  keys: readonly (string | undefined)[],
): Loaded<T> {
  const [state, setState] = useState<State<T>>({ data: undefined, error: undefined, isLoading: true });
  const [round, setRound] = useState(0);
  useEffect(() => {
    const abort = new AbortController();
    const of = JSON.stringify(keys);
    setState((before) => ({ ...before, isLoading: true }));
    start(abort.signal).then(
      (data) => {
        if (!abort.signal.aborted) setState({ data, error: undefined, isLoading: false, of });
      },
      (error: unknown) => {
        if (abort.signal.aborted) return;
        setState((before) => (before.of === of ? { ...before, error, isLoading: false } : failWith<T>(error)));
      },
    );
    return () => abort.abort();
  }, [...keys, round]);
  const reload = useCallback(() => setRound((before) => before + 1), []);
  const { data, error, isLoading } = state;
  return { data, error, isLoading, reload };
}

function failWith<T>(error: unknown): State<T> {
  return { data: undefined, error, isLoading: false };
}
