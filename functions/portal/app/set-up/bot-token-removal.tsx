import { useEffect, useRef, useState } from 'preact/hooks';
import { ConfirmDialog } from '../parts/dialog.tsx';
import { useAction } from '../parts/use-action.ts';
import type { KeptIntegration } from '../parts/use-integration.ts';
import type { Integration } from '../wire.ts';

/** Takes the stored bot token away, after a question. */
export function BotTokenRemoval(props: {
  readonly kept: KeptIntegration;
  readonly isSet: boolean;
  readonly onRemoved: (saved: Integration) => void;
}) {
  const [isAsked, setIsAsked] = useState(false);
  const [isRemoved, setIsRemoved] = useState(false);
  const told = useRef<HTMLParagraphElement>(null);
  const { isSet } = props;
  useEffect(() => {
    if (isSet) setIsRemoved(false);
  }, [isSet]);
  // The button that had the focus is gone.
  useEffect(() => {
    if (isRemoved) told.current?.focus();
  }, [isRemoved]);
  const remove = useAction(async () => {
    const saved = await props.kept.save({ bot_token: null });
    setIsAsked(false);
    setIsRemoved(true);
    props.onRemoved(saved);
  });
  return (
    <>
      {isSet && (
        <button type="button" class="secondary small" onClick={() => setIsAsked(true)}>
          Remove the bot token
        </button>
      )}
      <p role="status" ref={told} tabIndex={-1}>
        {isRemoved ? 'The bot token is removed.' : ''}
      </p>
      {isAsked && (
        <ConfirmDialog
          title="Remove the bot token?"
          confirm="Remove it"
          action={remove}
          onClose={() => setIsAsked(false)}
        >
          <p>
            Everything in servers stops working at once: messages, members, channels. Connections stay, and so does the
            bot in the servers that it has joined. A token can be entered again at any time.
          </p>
        </ConfirmDialog>
      )}
    </>
  );
}
