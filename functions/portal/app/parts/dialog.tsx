import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { WORDS } from '../words.ts';
import { Failure } from './failure.tsx';
import type { Action } from './use-action.ts';

/**
 * Asks before something that is not taken back. The browser's own modal dialog: the rest of the page is out of reach, Escape closes it,
 * and the focus goes back to where it was.
 */
export function ConfirmDialog(props: {
  readonly title: string;
  readonly children: ComponentChildren;
  readonly confirm: string;
  readonly action: Action<[]>;
  readonly isReady?: boolean;
  readonly onClose: () => void;
}) {
  const { title, children, confirm, action, isReady = true, onClose } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const opened = dialog.current;
    opened?.showModal();
    return () => opened?.close();
  }, []);
  return (
    <dialog ref={dialog} aria-labelledby={titleId} onClose={onClose}>
      <article>
        <h2 id={titleId}>{title}</h2>
        {children}
        <Failure error={action.error} />
        <div class="buttons">
          <button type="button" class="secondary" onClick={onClose}>
            {WORDS.cancel}
          </button>
          <button
            type="button"
            class="danger"
            disabled={!isReady}
            aria-busy={action.isRunning}
            onClick={() => void action.run()}
          >
            {confirm}
          </button>
        </div>
      </article>
    </dialog>
  );
}
