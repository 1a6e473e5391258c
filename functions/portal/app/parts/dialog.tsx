import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { WORDS } from '../words.ts';
import { Failure } from './failure.tsx';
import type { Action } from './use-action.ts';

/**
 * The browser's own modal dialog: the rest of the page is out of reach, Escape closes it, and the focus goes back to where it was.
 */
export function Dialog(props: {
  readonly title: string;
  readonly children: ComponentChildren;
  readonly onClose: () => void;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const opened = dialog.current;
    const before = document.activeElement;
    opened?.showModal();
    return () => {
      opened?.close();
      // A dialog that has left the page already when it is closed gives the focus back to nobody.
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog ref={dialog} aria-labelledby={titleId} onClose={props.onClose}>
      <article>
        <h2 id={titleId}>{props.title}</h2>
        {props.children}
      </article>
    </dialog>
  );
}

/** Asks before something that is not taken back. */
export function ConfirmDialog(props: {
  readonly title: string;
  readonly children: ComponentChildren;
  readonly confirm: string;
  readonly action: Action<[]>;
  readonly isReady?: boolean;
  readonly onClose: () => void;
}) {
  const { title, children, confirm, action, isReady = true, onClose } = props;
  return (
    <Dialog title={title} onClose={onClose}>
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
    </Dialog>
  );
}
