import { useState } from 'preact/hooks';
import { toQuery } from '../api.ts';
import type { ConnectionDetail } from './connection-detail-type.ts';
import { DisconnectDialog } from './disconnect-dialog.tsx';
import { ReconnectDialog } from './reconnect-dialog.tsx';

/** What an operator can do with one connection. */
export function ConnectionActions(props: {
  readonly connection: ConnectionDetail;
  readonly onDisconnected: () => void;
}) {
  const { connection, onDisconnected } = props;
  const [asked, setAsked] = useState<'link' | 'disconnect'>();
  const close = (): void => setAsked(undefined);
  const query = toQuery({ connection_id: connection.id });
  const isOver = connection.status === 'disconnected';
  return (
    <>
      <div class="buttons">
        {!isOver && (
          <a class="button secondary" href={`/portal/try${query}`}>
            Try it
          </a>
        )}
        <a class="button secondary" href={`/portal/doctor${query}`}>
          Doctor
        </a>
        <button type="button" class="secondary" onClick={() => setAsked('link')}>
          Send a reconnect link
        </button>
        {!isOver && (
          <button type="button" class="danger" onClick={() => setAsked('disconnect')}>
            Disconnect
          </button>
        )}
      </div>
      {asked === 'link' && <ReconnectDialog connection={connection} onClose={close} />}
      {asked === 'disconnect' && (
        <DisconnectDialog
          connection={connection}
          onClose={close}
          onDone={() => {
            close();
            onDisconnected();
          }}
        />
      )}
    </>
  );
}
