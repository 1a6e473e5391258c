import { useState } from 'preact/hooks';
import { load, toQuery } from '../api.ts';
import type { Connection, Page } from '../wire.ts';
import { Badge } from './badge.tsx';
import { Show } from './page.tsx';
import { STATUS_TONES, STATUS_WORDS } from './connection-words.ts';
import { useLoad } from './use-load.ts';

const SHOWN = 10;

/** Chooses one connection: the newest ones, or those that a search finds. */
export function ConnectionPicker(props: {
  readonly chosen: string;
  readonly onChoose: (connectionId: string) => void;
}) {
  const [text, setText] = useState('');
  const [search, setSearch] = useState('');
  const found = useLoad(
    (signal) => load<Page<Connection>>(`/operator/connections${toQuery({ q: search, limit: SHOWN })}`, signal),
    [search],
  );
  return (
    <fieldset>
      <legend>Connection</legend>
      <form
        role="search"
        onSubmit={(event) => {
          event.preventDefault();
          setSearch(text.trim());
        }}
      >
        <fieldset role="group">
          <input
            type="search"
            aria-label="Find a connection by name or id"
            placeholder="Name at Discord, your user id, connection id"
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
          <button type="submit" class="secondary">
            Find
          </button>
        </fieldset>
      </form>
      <Show of={found}>
        {({ items }) =>
          items.length === 0 ? (
            <p>
              {search === '' ? (
                <>
                  Nobody is connected yet. <a href="/portal/set-up">Connect a test user</a> first.
                </>
              ) : (
                'Nothing found. Names are searched in part, ids as a whole.'
              )}
            </p>
          ) : (
            items.map((connection) => (
              <label key={connection.id} class="break">
                <input
                  type="radio"
                  name="connection"
                  checked={connection.id === props.chosen}
                  onChange={() => props.onChoose(connection.id)}
                />
                <bdi>{connection.discord_user.global_name ?? connection.discord_user.username}</bdi>{' '}
                <span class="quiet">
                  (<bdi>{connection.user_id}</bdi>, {connection.tenant_id})
                </span>{' '}
                <Badge tone={STATUS_TONES[connection.status]}>{STATUS_WORDS[connection.status]}</Badge>
              </label>
            ))
          )
        }
      </Show>
    </fieldset>
  );
}
