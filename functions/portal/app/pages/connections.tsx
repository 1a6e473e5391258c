import { useEffect, useState } from 'preact/hooks';
import { load, toQuery } from '../api.ts';
import { Badge } from '../parts/badge.tsx';
import { describeReason, STATUS_TONES, STATUS_WORDS, toDisplayName } from '../parts/connection-words.ts';
import { Field } from '../parts/field.tsx';
import { More } from '../parts/more.tsx';
import { Empty, Page, Show } from '../parts/page.tsx';
import { SelectField } from '../parts/select-field.tsx';
import { Time } from '../parts/time.tsx';
import { useFilters } from '../parts/use-filters.ts';
import { useLoad } from '../parts/use-load.ts';
import { usePages } from '../parts/use-pages.ts';
import type { Connection, Page as List, Tenant } from '../wire.ts';
import { WORDS } from '../words.ts';

const STATUSES = Object.entries(STATUS_WORDS);

/** Who is connected, for all tenants. */
export function Connections() {
  const [filters, setFilters] = useFilters(['q', 'tenant_id', 'status']);
  const pages = usePages<Connection>(`/operator/connections${toQuery(filters)}`);
  const isFiltered = Object.values(filters).some((value) => value !== '');
  return (
    <Page
      title="Connections"
      intro="Who has connected a Discord account, and how it stands. Tokens are not shown anywhere."
      actions={
        <button type="button" class="secondary small" aria-busy={pages.first.isLoading} onClick={pages.first.reload}>
          {WORDS.refresh}
        </button>
      }
    >
      <Filters filters={filters} onChange={setFilters} />
      <Show of={pages.first}>
        {() =>
          pages.items.length === 0 && !pages.hasMore ? (
            <Empty>
              {isFiltered ? (
                <>
                  No connection is like this. Names are searched in part, ids as a whole.{' '}
                  <a href="/portal/connections">Show all</a>
                </>
              ) : (
                <>
                  Nobody has connected yet. An app sends its users; you can be the first yourself:{' '}
                  <a href="/portal/set-up">connect a test user</a>.
                </>
              )}
            </Empty>
          ) : (
            pages.items.length > 0 && <Table connections={pages.items} />
          )
        }
      </Show>
      <More pages={pages} names={['connection', 'connections']} />
    </Page>
  );
}

type Filter = 'q' | 'tenant_id' | 'status';

function Filters(props: {
  readonly filters: Readonly<Record<Filter, string>>;
  readonly onChange: (change: Partial<Record<Filter, string>>) => void;
}) {
  const { filters, onChange } = props;
  const tenants = useLoad((signal) => load<List<Tenant>>('/tenants', signal), []);
  const [text, setText] = useState(filters.q);
  // The way back leads to an earlier search.
  useEffect(() => setText(filters.q), [filters.q]);
  return (
    <form
      class="filters"
      aria-label="Filters"
      onSubmit={(event) => {
        event.preventDefault();
        onChange({ q: text.trim() });
      }}
    >
      <Field
        label="Name or id"
        hint="A part of a Discord name, or a whole id: of the connection, the account or your user."
      >
        {(control) => (
          <input {...control} type="search" value={text} onInput={(event) => setText(event.currentTarget.value)} />
        )}
      </Field>
      <SelectField
        label="Tenant"
        value={filters.tenant_id}
        options={[['', WORDS.all], ...(tenants.data?.items ?? []).map(({ id }) => [id, id] as const)]}
        onChoose={(tenant_id) => onChange({ tenant_id })}
      />
      <SelectField
        label="State"
        value={filters.status}
        options={[['', WORDS.all], ...STATUSES]}
        onChoose={(status) => onChange({ status })}
      />
      <div class="field beside">
        <button type="submit">Search</button>
      </div>
    </form>
  );
}

function Table({ connections }: { readonly connections: readonly Connection[] }) {
  return (
    <div class="wide" tabIndex={0} role="region" aria-label="Connections">
      <table>
        <thead>
          <tr>
            <th scope="col">At Discord</th>
            <th scope="col">Your user</th>
            <th scope="col">Tenant</th>
            <th scope="col">State</th>
            <th scope="col">Scopes</th>
            <th scope="col">Servers</th>
            <th scope="col">Changed</th>
          </tr>
        </thead>
        <tbody>
          {connections.map((connection) => (
            <Row key={connection.id} connection={connection} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ connection }: { readonly connection: Connection }) {
  const { id, discord_user, user_id, tenant_id, status, status_reason, scopes, guilds, updated_at } = connection;
  return (
    <tr>
      <td class="text">
        <a href={`/portal/connections/${id}`}>
          <bdi>{toDisplayName(connection)}</bdi>
        </a>
        <br />
        <span class="quiet">
          <bdi>{discord_user.username}</bdi>
        </span>
      </td>
      <td>
        <bdi>{user_id}</bdi>
      </td>
      <td>{tenant_id}</td>
      <td>
        <Badge tone={STATUS_TONES[status]}>{STATUS_WORDS[status]}</Badge>
        {status_reason !== undefined && <div class="quiet">{describeReason(status_reason)}</div>}
      </td>
      <td>{scopes.length}</td>
      <td>{guilds.length}</td>
      <td>
        <Time at={updated_at} />
      </td>
    </tr>
  );
}
