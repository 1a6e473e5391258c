import { useState } from 'preact/hooks';
import { load, toQuery } from '../api.ts';
import { RecordDialog } from '../audit/record-dialog.tsx';
import { AUDIT_ACTORS, AUDIT_TYPES, describeActor, describeEvent, summarize } from '../parts/audit-words.ts';
import { Field } from '../parts/field.tsx';
import { More } from '../parts/more.tsx';
import { Empty, Page, Show } from '../parts/page.tsx';
import { SelectField } from '../parts/select-field.tsx';
import { Time } from '../parts/time.tsx';
import { useFilters } from '../parts/use-filters.ts';
import { useLoad } from '../parts/use-load.ts';
import { usePages } from '../parts/use-pages.ts';
import type { AuditRecord, Page as List, Tenant } from '../wire.ts';
import { WORDS } from '../words.ts';

const FILTERS = ['tenant_id', 'connection_id', 'type', 'actor', 'from', 'to', 'order'] as const;
type Filters = Readonly<Record<(typeof FILTERS)[number], string>>;

/** What concerns no single tenant. */
const INSTALLATION = '_installation';

/** Who did what, when. Filters stand in the address and hold for the downloads too. */
export function Audit() {
  const [filters, setFilters] = useFilters(FILTERS);
  const pages = usePages<AuditRecord>(`/audit${toQuery(toParameters(filters))}`);
  const [opened, setOpened] = useState<AuditRecord>();
  const download = (format: string): string => `/audit${toQuery({ ...toParameters(filters), format })}`;
  return (
    <Page
      title="Audit"
      intro="Everything about tokens, keys and settings, and every change at Discord. No token, no secret and nobody's message is in it."
      actions={
        <>
          <a class="button secondary" href={download('ndjson')} download>
            NDJSON
          </a>
          <a class="button secondary" href={download('csv')} download>
            CSV
          </a>
          <button type="button" class="secondary small" aria-busy={pages.first.isLoading} onClick={pages.first.reload}>
            {WORDS.refresh}
          </button>
        </>
      }
    >
      <FilterForm filters={filters} onChange={setFilters} />
      <Show of={pages.first}>
        {() =>
          pages.items.length === 0 && !pages.hasMore ? (
            <Empty>Nothing was recorded that is like this.</Empty>
          ) : (
            <Table records={pages.items} onOpen={setOpened} />
          )
        }
      </Show>
      <More pages={pages} />
      {opened !== undefined && <RecordDialog record={opened} onClose={() => setOpened(undefined)} />}
    </Page>
  );
}

function FilterForm(props: { readonly filters: Filters; readonly onChange: (change: Partial<Filters>) => void }) {
  const { filters, onChange } = props;
  const tenants = useLoad((signal) => load<List<Tenant>>('/tenants', signal), []);
  const tenantIds = (tenants.data?.items ?? []).map(({ id }) => [id, id] as const);
  return (
    <form class="filters" role="search" onSubmit={(event) => event.preventDefault()}>
      <SelectField
        label="What"
        value={filters.type}
        options={[['', WORDS.all], ...AUDIT_TYPES]}
        onChoose={(type) => onChange({ type })}
      />
      <SelectField
        label="Who"
        value={filters.actor}
        options={[['', WORDS.all], ...AUDIT_ACTORS]}
        onChoose={(actor) => onChange({ actor })}
      />
      <SelectField
        label="Tenant"
        value={filters.tenant_id}
        options={[['', WORDS.all], ...tenantIds, [INSTALLATION, 'none: the installation']]}
        onChoose={(tenant_id) => onChange({ tenant_id })}
      />
      <Field label="From">
        {(control) => (
          <input
            {...control}
            type="datetime-local"
            value={filters.from}
            onChange={(event) => onChange({ from: event.currentTarget.value })}
          />
        )}
      </Field>
      <Field label="To">
        {(control) => (
          <input
            {...control}
            type="datetime-local"
            value={filters.to}
            onChange={(event) => onChange({ to: event.currentTarget.value })}
          />
        )}
      </Field>
      <Field label="Connection">
        {(control) => (
          <input
            {...control}
            type="text"
            autocomplete="off"
            spellcheck={false}
            placeholder="con_…"
            value={filters.connection_id}
            onChange={(event) => onChange({ connection_id: event.currentTarget.value.trim() })}
          />
        )}
      </Field>
      <SelectField
        label="Order"
        value={filters.order}
        options={[
          ['', 'newest first'],
          ['oldest', 'oldest first'],
        ]}
        onChoose={(order) => onChange({ order })}
      />
    </form>
  );
}

function Table(props: { readonly records: readonly AuditRecord[]; readonly onOpen: (record: AuditRecord) => void }) {
  return (
    <div class="wide" tabIndex={0} role="region" aria-label="Audit records">
      <table>
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">What</th>
            <th scope="col">Who</th>
            <th scope="col">Tenant</th>
          </tr>
        </thead>
        <tbody>
          {props.records.map((record) => (
            <tr key={`${record.tenant_id ?? ''} ${record.position}`}>
              <td>
                <Time at={record.at} />
              </td>
              <td>
                <button type="button" class="link" onClick={() => props.onOpen(record)}>
                  {describeEvent(record)}
                </button>
                <br />
                <span class="quiet">
                  <bdi>{summarize(record)}</bdi>
                </span>
              </td>
              <td>{describeActor(record)}</td>
              <td>{record.tenant_id ?? '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Fields hold local times without an offset, the gateway wants one. */
function toParameters(filters: Filters): Record<string, string> {
  return { ...filters, from: toInstant(filters.from), to: toInstant(filters.to) };
}

function toInstant(local: string): string {
  const time = new Date(local);
  return local === '' || Number.isNaN(time.getTime()) ? '' : time.toISOString();
}
