import { useEffect, useRef } from 'preact/hooks';
import { WORDS } from '../words.ts';
import { Failure } from './failure.tsx';
import type { Pages } from './use-pages.ts';

/** The end of a list: how much of it there is, more of it, or why that did not come. */
export function More<T>(props: { readonly pages: Pages<T>; readonly names: readonly [one: string, many: string] }) {
  const { pages, names } = props;
  const { hasMore, isLoadingMore } = pages;
  const status = useRef<HTMLParagraphElement>(null);
  const wasLoadingMore = useRef(false);
  useEffect(() => {
    // The button goes with the last page; the focus that was on it goes on to what is said in its place.
    if (wasLoadingMore.current && !isLoadingMore && !hasMore) status.current?.focus();
    wasLoadingMore.current = isLoadingMore;
  }, [isLoadingMore, hasMore]);
  return (
    <>
      <p ref={status} tabIndex={-1} class={pages.items.length === 0 && !hasMore ? 'hidden' : 'quiet'} role="status">
        {pages.first.data !== undefined && countItems(pages, names)}
      </p>
      <Failure error={pages.moreError} />
      {hasMore && (
        <button type="button" class="secondary" aria-busy={isLoadingMore} onClick={pages.loadMore}>
          {WORDS.more}
        </button>
      )}
    </>
  );
}

function countItems({ items, hasMore }: Pages<unknown>, [one, many]: readonly [string, string]): string {
  if (items.length === 0 && hasMore) return 'Nothing found so far. There is more to look through.';
  const count = `${items.length} ${items.length === 1 ? one : many}`;
  return hasMore ? `${count} so far. There are more.` : `${count}.`;
}
