import { useState } from 'preact/hooks';
import { load, toQuery } from '../api.ts';
import type { Connection } from '../wire.ts';
import { Badge } from './badge.tsx';
import { STATUS_TONES, STATUS_WORDS, toDisplayName } from './connection-words.ts';
import { Failure } from './failure.tsx';
import { More } from './more.tsx';
import { Show } from './page.tsx';
import { useLoad } from './use-load.ts';
import { usePages } from './use-pages.ts';

const SHOWN = 10;

/** Chooses one connection: among some of them, or among those that a search finds. The chosen one always stands there. */
export function ConnectionPicker(props: {
  readonly chosen: string;
  readonly onChoose: (connectionId: string) => void;
}) {
  const { chosen, onChoose } = props;
  const [text, setText] = useState('');
  const [search, setSearch] = useState('');
  const found = usePages<Connection>(`/operator/connections${toQuery({ q: search, limit: SHOWN })}`);
  const isChosenFound = chosen === '' || found.items.some(({ id }) => id === chosen);
  const own = useLoad(
    async (signal) =>
      isChosenFound || found.first.data === undefined
        ? undefined
        : await load<Connection>(`/operator/connections/${encodeURIComponent(chosen)}`, signal),
    [chosen, String(isChosenFound), String(found.first.data === undefined)],
  );
  return (
    <fieldset>
      <legend>Connection</legend>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          setSearch(text.trim());
        }}
      >
        <fieldset role="group" aria-label="Search">
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
      {!isChosenFound && own.data === undefined && <Failure error={own.error} />}
      {!isChosenFound && own.data?.id === chosen && <Choice connection={own.data} isChosen onChoose={onChoose} />}
      <Show of={found.first}>
        {() =>
          found.items.length === 0 && !found.hasMore ? (
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
            found.items.map((connection) => (
              <Choice key={connection.id} isChosen={connection.id === chosen} {...{ connection, onChoose }} />
            ))
          )
        }
      </Show>
      <More pages={found} names={['connection', 'connections']} />
    </fieldset>
  );
}

function Choice(props: {
  readonly connection: Connection;
  readonly isChosen: boolean;
  readonly onChoose: (connectionId: string) => void;
}) {
  const { connection, isChosen, onChoose } = props;
  const { id, user_id, tenant_id, status } = connection;
  return (
    <label class="break">
      <input type="radio" name="connection" checked={isChosen} onChange={() => onChoose(id)} />
      <bdi>{toDisplayName(connection)}</bdi>{' '}
      <span class="quiet">
        (<bdi>{user_id}</bdi>, {tenant_id})
      </span>{' '}
      <Badge tone={STATUS_TONES[status]}>{STATUS_WORDS[status]}</Badge>
    </label>
  );
}
