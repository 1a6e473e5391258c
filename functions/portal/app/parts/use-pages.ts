import { useState } from 'preact/hooks';
import { load } from '../api.ts';
import type { Page } from '../wire.ts';
import { useLoad, type Loaded } from './use-load.ts';

/** Pages that are asked for by themselves while there are few entries: a filter can pass over many before it finds one. */
const MAX_SHORT_PAGES = 3;
const FEW = 10;

/** A list that is loaded page by page, as far as somebody wants to see it. */
export interface Pages<T> {
  readonly first: Loaded<Page<T>>;
  readonly items: readonly T[];
  readonly hasMore: boolean;
  readonly isLoadingMore: boolean;
  readonly moreError: unknown;
  readonly loadMore: () => void;
}

/** What was loaded behind the first page. */
interface More<T> {
  /** The first page that it goes with: behind another one it counts for nothing. */
  readonly of: Page<T> | undefined;
  readonly items: readonly T[];
  readonly cursor: string | undefined;
  readonly isLoading: boolean;
  readonly error: unknown;
}

/** @param path - with its query; another path is another list */
export function usePages<T>(path: string): Pages<T> {
  const first = useLoad((signal) => loadPage<T>(path, undefined, signal), [path]);
  const [kept, setKept] = useState<More<T>>();
  const more = kept !== undefined && kept.of === first.data ? kept : beginMore(first.data);
  const { cursor } = more;
  const settle = (change: Partial<More<T>>): void =>
    setKept((before) =>
      before !== undefined && before.of === more.of ? { ...before, ...change, isLoading: false } : before,
    );
  const loadMore = (): void => {
    if (cursor === undefined || more.isLoading) return;
    setKept({ ...more, isLoading: true, error: undefined });
    loadPage<T>(path, cursor).then(
      (page) => settle({ items: [...more.items, ...page.items], cursor: page.next_cursor }),
      (error: unknown) => settle({ error }),
    );
  };
  return {
    first,
    items: [...(first.data?.items ?? []), ...more.items],
    hasMore: cursor !== undefined,
    isLoadingMore: more.isLoading,
    moreError: more.error,
    loadMore,
  };
}

function beginMore<T>(first: Page<T> | undefined): More<T> {
  return { of: first, items: [], cursor: first?.next_cursor, isLoading: false, error: undefined };
}

async function loadPage<T>(path: string, cursor: string | undefined, signal?: AbortSignal): Promise<Page<T>> {
  const items: T[] = [];
  let next = cursor;
  for (let round = 1; ; round += 1) {
    const separator = path.includes('?') ? '&' : '?';
    const address = next === undefined ? path : `${path}${separator}cursor=${encodeURIComponent(next)}`;
    const page = await load<Page<T>>(address, signal);
    items.push(...page.items);
    next = page.next_cursor;
    if (next === undefined) return { items };
    if (items.length >= FEW || round === MAX_SHORT_PAGES) return { items, next_cursor: next };
  }
}
