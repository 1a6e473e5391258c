import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { Copy } from './copy.tsx';

/**
 * A fresh key, which is never shown again. It takes the focus and comes into view: what made it is often further down, and the button
 * that had the focus may be gone.
 */
export function ShownOnce(props: {
  readonly title: ComponentChildren;
  readonly text: string;
  /** What is copied. */
  readonly label: string;
  readonly children?: ComponentChildren;
  /** Absent: it stays until the page is left. */
  readonly onKept?: () => void;
}) {
  const { title, text, label, children, onKept } = props;
  const notice = useRef<HTMLElement>(null);
  const titleId = useId();
  useEffect(() => {
    notice.current?.focus();
    notice.current?.scrollIntoView({ block: 'center' });
  }, [text]);
  return (
    <section class="notice good" aria-labelledby={titleId} ref={notice} tabIndex={-1}>
      <strong id={titleId}>{title}</strong>
      {children}
      <Copy text={text} label={label} />
      {onKept !== undefined && (
        <button type="button" class="secondary small" onClick={onKept}>
          I have kept it
        </button>
      )}
    </section>
  );
}
