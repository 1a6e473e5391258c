import type { ComponentChildren } from 'preact';
import { load } from '../api.ts';
import { Badge } from '../parts/badge.tsx';
import { describeReason, STATUS_TONES, STATUS_WORDS, toDisplayName } from '../parts/connection-words.ts';
import { Time } from '../parts/time.tsx';
import { useLoad } from '../parts/use-load.ts';
import type { ConnectionStatus, Integration } from '../wire.ts';
import { WORDS } from '../words.ts';
import type { ConnectionDetail } from './connection-detail-type.ts';

/** What becomes of a token that is kept. */
const TOKEN_WORDS: Readonly<Record<ConnectionStatus, string>> = {
  active: 'It is renewed before, by itself.',
  reconnect_required: 'Discord does not accept it any more.',
  disconnected: 'It is kept only until it is revoked at Discord.',
};

/** What is known of one connection. */
export function ConnectionFacts({ connection }: { readonly connection: ConnectionDetail }) {
  const { discord_user, user_id, tenant_id, status, status_reason, connected_at, tokens_expire_at } = connection;
  return (
    <dl class="facts">
      <Fact name="At Discord">
        <bdi class="break">{toDisplayName(connection)}</bdi>{' '}
        <span class="quiet">
          <bdi class="break">{discord_user.username}</bdi>, account {discord_user.id}
        </span>
      </Fact>
      <Fact name="Your user">
        <bdi class="break">{user_id}</bdi> <span class="quiet">in tenant {tenant_id}</span>
      </Fact>
      <Fact name="State">
        <Badge tone={STATUS_TONES[status]}>{STATUS_WORDS[status]}</Badge>{' '}
        {status_reason !== undefined && `because ${describeReason(status_reason)}`}
      </Fact>
      <Fact name="Connected">
        <Time at={connected_at} />
      </Fact>
      <Fact name="Access token ends">
        {tokens_expire_at === null ? (
          'no token is kept'
        ) : (
          <>
            <Time at={tokens_expire_at} /> <span class="quiet">{TOKEN_WORDS[status]}</span>
          </>
        )}
      </Fact>
      <Fact name="The user agreed to">
        <Scopes names={connection.scopes} />
      </Fact>
      <Fact name="Bot joined through it">
        <List of={connection.guilds}>
          {({ id, name }) => (
            <>
              <bdi class="break">{name}</bdi> <span class="quiet">server {id}</span>
            </>
          )}
        </List>
      </Fact>
      <Fact name="Webhooks made through it">
        <List of={connection.webhooks}>
          {({ id, channel_id, guild_id }) => (
            <>
              {id} <span class="quiet">{`in channel ${channel_id} of server ${guild_id}`}</span>
            </>
          )}
        </List>
      </Fact>
      <Fact name="Same account elsewhere">{describeSharing(connection.shared_with)}</Fact>
    </dl>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

function List<T extends { readonly id: string }>(props: {
  readonly of: readonly T[];
  readonly children: (entry: T) => ComponentChildren;
}) {
  if (props.of.length === 0) return <>{WORDS.none}</>;
  return (
    <ul>
      {props.of.map((entry) => (
        <li key={entry.id}>{props.children(entry)}</li>
      ))}
    </ul>
  );
}

/** The words come with the settings; until they are there, and without them, the names do. */
function Scopes({ names }: { readonly names: readonly string[] }) {
  const { data } = useLoad((signal) => load<Integration>('/integration', signal), []);
  const opens = new Map(data?.known_scopes.map((scope) => [scope.name, scope.opens]));
  return (
    <ul>
      {names.map((name) => (
        <li key={name}>
          <code>{name}</code> <span class="quiet">{opens.get(name)}</span>
        </li>
      ))}
    </ul>
  );
}

function describeSharing(others: number): string {
  if (others === 0) return 'no other connection';
  return others === 1
    ? 'one more connection lives on the same consent at Discord'
    : `${others} more connections live on the same consent at Discord`;
}
