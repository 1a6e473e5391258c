import { load, toQuery } from '../api.ts';
import { ConnectionPicker } from '../parts/connection-picker.tsx';
import { EntryField } from '../parts/entry-field.tsx';
import { Field, findParameterFault } from '../parts/field.tsx';
import { Show } from '../parts/page.tsx';
import { useFilters } from '../parts/use-filters.ts';
import { useLoad } from '../parts/use-load.ts';
import type { Connection, Page as List } from '../wire.ts';
import { ActionTable } from './action-table.tsx';
import type { Diagnosis } from './diagnosis.ts';

const FILTERS = ['connection_id', 'guild_id', 'channel_id', 'show'] as const;

/** The value of `show` that leaves out what works. */
const ONLY_WRONG = 'wrong';

/** Which actions would work with one connection, at a place of Discord's or without one. */
export function ConnectionDoctor() {
  const [{ connection_id: id, guild_id, channel_id, show }, setFilters] = useFilters(FILTERS);
  const place = toQuery({ guild_id, channel_id });
  const found = useLoad(
    async (signal) => {
      if (id === '') return [];
      const path = `/operator/connections/${encodeURIComponent(id)}/actions${place}`;
      return (await load<List<Diagnosis>>(path, signal)).items;
    },
    [id, place],
  );
  return (
    <>
      <ConnectionPicker
        chosen={id}
        onChoose={(connection_id) => setFilters({ connection_id, guild_id: '', channel_id: '' })}
      />
      {id !== '' && (
        <>
          <PlaceForm
            key={id}
            connectionId={id}
            {...{ guild_id, channel_id }}
            error={found.error}
            onChange={setFilters}
          />
          <div class="buttons">
            <button type="button" class="secondary small" aria-busy={found.isLoading} onClick={found.reload}>
              Look again
            </button>
            <a href={`/portal/connections/${id}`}>See this connection</a>
          </div>
        </>
      )}
      {id === '' ? (
        <p>Choose a connection above.</p>
      ) : (
        <Show of={found}>
          {(items) => (
            <ActionTable
              items={items}
              connectionId={id}
              isOnlyWrong={show === ONLY_WRONG}
              onOnlyWrong={(isOnly) => setFilters({ show: isOnly ? ONLY_WRONG : '' }, true)}
            />
          )}
        </Show>
      )}
    </>
  );
}

/** Where the actions would be run. */
function PlaceForm(props: {
  readonly connectionId: string;
  readonly guild_id: string;
  readonly channel_id: string;
  /** Of the diagnosis that was asked for with them. */
  readonly error: unknown;
  readonly onChange: (change: { guild_id?: string; channel_id?: string }) => void;
}) {
  const { connectionId, guild_id, channel_id, error, onChange } = props;
  const connection = useLoad(
    (signal) => load<Connection>(`/operator/connections/${encodeURIComponent(connectionId)}`, signal),
    [connectionId],
  );
  const guilds = connection.data?.guilds ?? [];
  return (
    <form aria-label="Where" onSubmit={(event) => event.preventDefault()}>
      <p class="quiet">
        Most actions happen in a server or a channel, and whether they would work depends on which. Enter one to see it.
        Discord's apps copy such ids, 17 to 20 digits, from the menu of a name while developer mode is on.
      </p>
      <div class="filters">
        {guilds.length > 0 && (
          <Field label="Server that the bot joined">
            {(control) => (
              <select
                {...control}
                value={guilds.some(({ id }) => id === guild_id) ? guild_id : ''}
                onChange={(event) => onChange({ guild_id: event.currentTarget.value })}
              >
                <option value="">none of these</option>
                {guilds.map((guild) => (
                  <option key={guild.id} value={guild.id}>
                    {guild.name}
                  </option>
                ))}
              </select>
            )}
          </Field>
        )}
        <EntryField
          label="Server id"
          value={guild_id}
          input={{ inputMode: 'numeric' }}
          fault={findParameterFault(error, 'guild_id')}
          onEnter={(entered) => onChange({ guild_id: entered })}
        />
        <EntryField
          label="Channel id"
          value={channel_id}
          input={{ inputMode: 'numeric' }}
          fault={findParameterFault(error, 'channel_id')}
          onEnter={(entered) => onChange({ channel_id: entered })}
        />
      </div>
    </form>
  );
}
