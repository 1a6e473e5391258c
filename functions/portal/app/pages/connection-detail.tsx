import { useRoute } from 'preact-iso';
import { load } from '../api.ts';
import { ConnectionActions } from '../connections/connection-actions.tsx';
import type { ConnectionDetail as Detail } from '../connections/connection-detail-type.ts';
import { TimeLine } from '../connections/time-line.tsx';
import { Badge } from '../parts/badge.tsx';
import { STATUS_TONES, STATUS_WORDS } from '../parts/connection-words.ts';
import { Page, Show } from '../parts/page.tsx';
import { Time } from '../parts/time.tsx';
import { useLoad } from '../parts/use-load.ts';
import { WORDS } from '../words.ts';

/** One connection: who, what for, how it stands, and what happened to it. */
export function ConnectionDetail() {
  const id = useRoute().params['id'] ?? '';
  const loaded = useLoad((signal) => load<Detail>(`/operator/connections/${encodeURIComponent(id)}`, signal), [id]);
  return (
    <Page
      title="Connection"
      intro={<code class="break">{id}</code>}
      actions={
        <button type="button" class="secondary small" aria-busy={loaded.isLoading} onClick={loaded.reload}>
          {WORDS.refresh}
        </button>
      }
    >
      <Show of={loaded}>
        {(connection) => (
          <>
            <ConnectionActions connection={connection} onChanged={loaded.reload} />
            {connection.is_revocation_owed && (
              <p class="notice warn">
                It is closed here. Discord could not be told yet; the sweep goes on trying every five minutes.
              </p>
            )}
            <Facts connection={connection} />
            <section aria-labelledby="history">
              <h2 id="history">What happened</h2>
              <TimeLine history={connection.history} />
            </section>
          </>
        )}
      </Show>
    </Page>
  );
}

function Facts({ connection }: { readonly connection: Detail }) {
  const { discord_user, user_id, tenant_id, status, status_reason, scopes, guilds, webhooks } = connection;
  return (
    <dl class="facts">
      <dt>At Discord</dt>
      <dd>
        <bdi>{discord_user.global_name ?? discord_user.username}</bdi> (<bdi>{discord_user.username}</bdi>,{' '}
        {discord_user.id})
      </dd>
      <dt>Your user</dt>
      <dd>
        <bdi>{user_id}</bdi> in tenant {tenant_id}
      </dd>
      <dt>State</dt>
      <dd>
        <Badge tone={STATUS_TONES[status]}>{STATUS_WORDS[status]}</Badge> {status_reason}
      </dd>
      <dt>Connected</dt>
      <dd>
        <Time at={connection.connected_at} />
      </dd>
      <dt>Access token ends</dt>
      <dd>
        {connection.tokens_expire_at === null ? 'there is none' : <Time at={connection.tokens_expire_at} />}
        {connection.tokens_expire_at !== null && <span class="quiet"> (it is renewed before by itself)</span>}
      </dd>
      <dt>Scopes</dt>
      <dd>{scopes.join(', ')}</dd>
      <dt>Bot joined through it</dt>
      <dd>
        {guilds.length === 0 ? (
          WORDS.none
        ) : (
          <ul>
            {guilds.map((guild) => (
              <li key={guild.id}>
                <bdi>{guild.name}</bdi> <span class="quiet">{guild.id}</span>
              </li>
            ))}
          </ul>
        )}
      </dd>
      <dt>Webhooks</dt>
      <dd>
        {webhooks.length === 0
          ? WORDS.none
          : webhooks.map((webhook) => `${webhook.id} in channel ${webhook.channel_id}`).join(', ')}
      </dd>
      <dt>Shares its authorization with</dt>
      <dd>
        {connection.shared_with === 0 ? 'no other connection' : `${connection.shared_with} more of the same account`}
      </dd>
    </dl>
  );
}
