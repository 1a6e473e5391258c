import { call, load, toQuery } from '../api.ts';
import { CheckView } from '../parts/check-list.tsx';
import { ConnectionPicker } from '../parts/connection-picker.tsx';
import { Field } from '../parts/field.tsx';
import { Page, Show } from '../parts/page.tsx';
import { useFilters } from '../parts/use-filters.ts';
import { useLoad } from '../parts/use-load.ts';
import { ActionTable, type Diagnosis } from '../connections/action-table.tsx';
import type { Check, Connection, Page as List } from '../wire.ts';

/** What is wrong, and who can mend it: with the set-up, and with one connection. */
export function Doctor() {
  const checks = useLoad(
    async (signal) => (await call<List<Check>>('POST', '/integration/checks', { body: {}, signal })).data.items,
    [],
  );
  return (
    <Page
      title="Doctor"
      intro="What is wrong, and who can mend it."
      actions={
        <button type="button" class="secondary small" aria-busy={checks.isLoading} onClick={checks.reload}>
          Check again
        </button>
      }
    >
      <section aria-labelledby="set-up">
        <h2 id="set-up">The set-up</h2>
        <Show of={checks}>
          {(items) => (
            <ul class="cards">
              {items.map((check) => (
                <li key={check.id}>
                  <CheckView check={check} />
                </li>
              ))}
            </ul>
          )}
        </Show>
      </section>
      <section aria-labelledby="connection">
        <h2 id="connection">One connection</h2>
        <OneConnection />
      </section>
    </Page>
  );
}

function OneConnection() {
  const [{ connection_id: id, guild_id: guildId, channel_id: channelId }, setFilters] = useFilters([
    'connection_id',
    'guild_id',
    'channel_id',
  ]);
  const connection = useLoad(
    async (signal) =>
      id === '' ? undefined : await load<Connection>(`/operator/connections/${encodeURIComponent(id)}`, signal),
    [id],
  );
  const place = toQuery({ guild_id: guildId, channel_id: channelId });
  const found = useLoad(
    async (signal) =>
      id === ''
        ? undefined
        : (await load<List<Diagnosis>>(`/operator/connections/${encodeURIComponent(id)}/actions${place}`, signal))
            .items,
    [id, place],
  );
  return (
    <>
      <ConnectionPicker
        chosen={id}
        onChoose={(connection_id) => setFilters({ connection_id, guild_id: '', channel_id: '' })}
      />
      {id !== '' && (
        <form class="filters" onSubmit={(event) => event.preventDefault()}>
          <Field label="In which server" hint="Actions in servers depend on it.">
            {(control) => (
              <select
                {...control}
                value={guildId}
                onChange={(event) => setFilters({ guild_id: event.currentTarget.value })}
              >
                <option value="">none</option>
                {(connection.data?.guilds ?? []).map((guild) => (
                  <option key={guild.id} value={guild.id}>
                    {guild.name}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <Field label="In which channel" hint="Its id: 15 to 20 digits. Empty: none.">
            {(control) => (
              <input
                {...control}
                type="text"
                inputMode="numeric"
                value={channelId}
                onChange={(event) => setFilters({ channel_id: event.currentTarget.value.trim() })}
              />
            )}
          </Field>
        </form>
      )}
      <Show of={found}>
        {(items) =>
          items === undefined ? <p>Choose a connection above.</p> : <ActionTable items={items} connectionId={id} />
        }
      </Show>
    </>
  );
}
