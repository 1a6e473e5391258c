import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { WORDS } from '../words.ts';
import { Failure } from './failure.tsx';
import type { Loaded } from './use-load.ts';

/**
 * One page: names the window, and takes the focus when it opens, so that who uses keyboard or screen reader begins at its top.
 */
export function Page(props: {
  readonly title: string;
  readonly intro?: ComponentChildren;
  readonly actions?: ComponentChildren;
  readonly children?: ComponentChildren;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${props.title} · ${WORDS.product}`;
    heading.current?.focus();
  }, [props.title]);
  return (
    <main id="main">
      <div class="page-head">
        <h1 ref={heading} tabIndex={-1}>
          {props.title}
        </h1>
        {props.actions !== undefined && <div class="buttons">{props.actions}</div>}
      </div>
      {props.intro !== undefined && <p class="intro">{props.intro}</p>}
      {props.children}
    </main>
  );
}

/** Shows what was loaded, or that it is on its way, or why it is not there. Data that is there already stays on the page. */
export function Show<T>(props: { readonly of: Loaded<T>; readonly children: (data: T) => ComponentChildren }) {
  const { data, error, isLoading, reload } = props.of;
  return (
    <>
      {error !== undefined && !isLoading && <Failure error={error} onRetry={reload} />}
      {data === undefined && isLoading && (
        <p aria-busy="true" role="status">
          {WORDS.loading}
        </p>
      )}
      {data !== undefined && props.children(data)}
    </>
  );
}

/** What stands in place of a list that has nothing in it. */
export function Empty({ children }: { readonly children: ComponentChildren }) {
  return <div class="notice empty">{children}</div>;
}
