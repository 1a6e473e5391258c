import { useCallback, useEffect, useState } from 'preact/hooks';
import { load } from '../api.ts';
import type { Page } from '../wire.ts';
import { useLoad, type Loaded } from './use-load.ts';

/** Pages that are asked for by themselves when one brought nothing: a filter can pass over many entries. */
const MAX_EMPTY_PAGES = 3;

/** A list that is loaded page by page, as far as somebody wants to see it. */
export interface Pages<T> {
  readonly first: Loaded<Page<T>>;
  readonly items: readonly T[];
  readonly hasMore: boolean;
  readonly isLoadingMore: boolean;
  readonly moreError: unknown;
  readonly loadMore: () => void;
}

/** @param path - with its query; another path is another list */
export function usePages<T>(path: string): Pages<T> {
  const first = useLoad((signal) => loadPage<T>(path, undefined, signal), [path]);
  const [more, setMore] = useState<{ items: readonly T[]; cursor?: string | undefined }>({ items: [] });
  const [state, setState] = useState<{ isLoading: boolean; error: unknown }>({ isLoading: false, error: undefined });
  useEffect(() => setMore({ items: [], cursor: first.data?.next_cursor }), [first.data]);
  const loadMore = useCallback(() => {
    setState({ isLoading: true, error: undefined });
    loadPage<T>(path, more.cursor).then(
      (page) => {
        setMore({ items: [...more.items, ...page.items], cursor: page.next_cursor });
        setState({ isLoading: false, error: undefined });
      },
      (error: unknown) => setState({ isLoading: false, error }),
    );
  }, [path, more]);
  return {
    first,
    items: [...(first.data?.items ?? []), ...more.items],
    hasMore: more.cursor !== undefined,
    isLoadingMore: state.isLoading,
    moreError: state.error,
    loadMore,
  };
}

async function loadPage<T>(path: string, cursor: string | undefined, signal?: AbortSignal): Promise<Page<T>> {
  let next = cursor;
  for (let round = 1; ; round += 1) {
    const separator = path.includes('?') ? '&' : '?';
    const address = next === undefined ? path : `${path}${separator}cursor=${encodeURIComponent(next)}`;
    const page = await load<Page<T>>(address, signal);
    if (page.items.length > 0 || page.next_cursor === undefined || round === MAX_EMPTY_PAGES) return page;
    next = page.next_cursor;
  }
}
