import { useEffect, useRef } from 'preact/hooks';
import { call } from '../api.ts';
import { Failure } from '../parts/failure.tsx';
import { useAction } from '../parts/use-action.ts';
import type { ConnectionDetail } from './connection-detail-type.ts';

/** What became of a connection that was closed: also whether Discord knows of it yet. */
export function ClosedNotice(props: {
  readonly connection: ConnectionDetail;
  /** It was closed on this page just now: the button that did it is gone, and the focus comes here. */
  readonly isFresh: boolean;
  readonly onChanged: () => void;
}) {
  const { connection, isFresh, onChanged } = props;
  const isOwed = connection.is_revocation_owed;
  const notice = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isFresh) notice.current?.focus();
  }, [isFresh]);
  const revoke = useAction(async () => {
    try {
      await call('DELETE', `/operator/connections/${connection.id}`);
    } finally {
      onChanged();
    }
  });
  return (
    <div ref={notice} tabIndex={-1} role="status" class={isFresh || isOwed ? `notice ${isOwed ? 'warn' : 'good'}` : ''}>
      {isFresh && <strong>Disconnected. The app can do nothing more for this user.</strong>}
      {isOwed && (
        <>
          <p>
            Discord could not be told yet, so it still counts the consent as given. Nothing here uses it any more. It is
            tried again by itself every few minutes until it is done.
          </p>
          <Failure error={revoke.error} />
          <p>
            <button type="button" class="secondary" aria-busy={revoke.isRunning} onClick={() => void revoke.run()}>
              Try to revoke now
            </button>
          </p>
        </>
      )}
    </div>
  );
}
