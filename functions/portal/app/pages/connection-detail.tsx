import { useRoute } from 'preact-iso';
import { useState } from 'preact/hooks';
import { load, toQuery } from '../api.ts';
import { ClosedNotice } from '../connections/closed-notice.tsx';
import { ConnectionActions } from '../connections/connection-actions.tsx';
import type { ConnectionDetail as Detail } from '../connections/connection-detail-type.ts';
import { ConnectionFacts } from '../connections/connection-facts.tsx';
import { TimeLine } from '../connections/time-line.tsx';
import { Page, Show } from '../parts/page.tsx';
import { useLoad } from '../parts/use-load.ts';
import { WORDS } from '../words.ts';

/** One connection: who, what for, how it stands, and what happened to it. */
export function ConnectionDetail() {
  const id = useRoute().params['id'] ?? '';
  // Nothing of one connection is ever shown under the address of another.
  return <OneConnection key={id} id={id} />;
}

function OneConnection({ id }: { readonly id: string }) {
  const loaded = useLoad((signal) => load<Detail>(`/operator/connections/${encodeURIComponent(id)}`, signal), [id]);
  const [isClosed, setIsClosed] = useState(false);
  return (
    <Page
      title="Connection"
      intro={
        <>
          <code class="break">{id}</code> <a href="/portal/connections">All connections</a>
        </>
      }
      actions={
        <button type="button" class="secondary small" aria-busy={loaded.isLoading} onClick={loaded.reload}>
          {WORDS.refresh}
        </button>
      }
    >
      <Show of={loaded}>
        {(connection) => (
          <>
            {connection.status === 'disconnected' && (
              <ClosedNotice connection={connection} isFresh={isClosed} onChanged={loaded.reload} />
            )}
            <ConnectionActions
              connection={connection}
              onDisconnected={() => {
                setIsClosed(true);
                loaded.reload();
              }}
            />
            <ConnectionFacts connection={connection} />
            <section aria-labelledby="history">
              <h2 id="history">What happened</h2>
              <TimeLine history={connection.history} />
              <p>
                <a href={`/portal/audit${toQuery({ connection_id: connection.id })}`}>All of it in the audit</a>
              </p>
            </section>
          </>
        )}
      </Show>
    </Page>
  );
}
