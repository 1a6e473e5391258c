import { WORDS } from '../words.ts';
import { Failure } from './failure.tsx';
import type { Pages } from './use-pages.ts';

/** The end of a list: more of it, or why that did not come. */
export function More<T>({ pages }: { readonly pages: Pages<T> }) {
  return (
    <>
      <Failure error={pages.moreError} />
      {pages.hasMore && (
        <button type="button" class="secondary" aria-busy={pages.isLoadingMore} onClick={pages.loadMore}>
          {WORDS.more}
        </button>
      )}
    </>
  );
}
