import { useRoute } from 'preact-iso';
import { call, load, toQuery } from '../api.ts';
import { Page, Show } from '../parts/page.tsx';
import { useLoad } from '../parts/use-load.ts';
import type { Connection } from '../wire.ts';

/** What the callback says of a flow that was not finished, in words. */
const ERRORS: Readonly<Record<string, string>> = {
  access_denied: 'You have refused at Discord. Nothing was connected.',
  scopes_not_granted: 'Discord granted less than the flow needs. Nothing was connected.',
  invalid_scope: 'Discord does not give this application one of the scopes. Untick it in the set-up, then try again.',
  operator_credentials_rejected: 'Discord refuses the client secret. Enter a new one in the set-up, then try again.',
};

/** Where the operator's own test of the connect flow comes back to: it is confirmed here, as an app's back end would. */
export function TestUser() {
  const { query } = useRoute();
  const { connect_session_id: sessionId, confirmation_code: code, connection_id: connectionId, error } = query;
  const connected = useLoad<Connection | null>(
    async (signal) => {
      if (sessionId !== undefined && code !== undefined) {
        const path = `/operator/connect-sessions/${encodeURIComponent(sessionId)}/confirm`;
        const { data } = await call<Connection>('POST', path, { body: { confirmation_code: code }, signal });
        // The code is used up: a reload shows the connection in place of an error.
        window.history.replaceState(null, '', `/portal/test-user${toQuery({ connection_id: data.id })}`);
        return data;
      }
      if (connectionId === undefined) return null;
      return await load<Connection>(`/operator/connections/${encodeURIComponent(connectionId)}`, signal);
    },
    [sessionId, code, connectionId],
  );
  if (error !== undefined) {
    return (
      <Page title="Not connected">
        <p>{ERRORS[error] ?? 'The flow was not finished. Nothing was connected.'}</p>
        <p class="quiet">
          What came back: <code class="break">{error}</code>
        </p>
        <p>
          <a href="/portal/set-up">Back to the set-up</a>
        </p>
      </Page>
    );
  }
  return (
    <Page title="Test user">
      <Show of={connected}>
        {(connection) =>
          connection === null ? (
            <p>
              Nobody was connected here. Begin at the <a href="/portal/set-up">set-up</a>.
            </p>
          ) : (
            <Connected connection={connection} />
          )
        }
      </Show>
      {connected.error !== undefined && (
        <p>
          <a href="/portal/set-up">Back to the set-up</a>
        </p>
      )}
    </Page>
  );
}

function Connected({ connection }: { readonly connection: Connection }) {
  const { id, discord_user, scopes, guilds } = connection;
  return (
    <>
      <div class="notice good" role="status">
        <strong class="break">
          Connected as <bdi>{discord_user.global_name ?? discord_user.username}</bdi>
        </strong>
        <p>This is what your app gets when one of its users connects. It never sees a token of Discord's.</p>
      </div>
      <dl class="facts">
        <dt>Account at Discord</dt>
        <dd class="break">
          <bdi>{discord_user.username}</bdi> ({discord_user.id})
        </dd>
        <dt>Connection</dt>
        <dd>
          <code>{id}</code>
        </dd>
        <dt>Scopes</dt>
        <dd>{scopes.join(', ')}</dd>
        {guilds.length > 0 && [
          <dt key="t">Bot joined</dt>,
          <dd key="d">
            <ul>
              {guilds.map((guild) => (
                <li key={guild.id} class="break">
                  <bdi>{guild.name}</bdi>
                </li>
              ))}
            </ul>
          </dd>,
        ]}
      </dl>
      <div class="buttons">
        <a class="button" href={`/portal/try${toQuery({ connection_id: id })}`}>
          Try an action
        </a>
        <a class="button secondary" href={`/portal/connections/${id}`}>
          See the connection
        </a>
        <a class="button secondary" href="/portal/connections">
          All connections
        </a>
      </div>
    </>
  );
}
