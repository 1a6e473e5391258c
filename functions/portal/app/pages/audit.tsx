import { useState } from 'preact/hooks';
import { toQuery } from '../api.ts';
import { AUDIT_FILTERS, FilterForm } from '../audit/filter-form.tsx';
import { RecordDialog } from '../audit/record-dialog.tsx';
import { describeActor, describeEvent, summarize } from '../parts/audit-words.ts';
import { More } from '../parts/more.tsx';
import { Empty, Page, Show } from '../parts/page.tsx';
import { Time } from '../parts/time.tsx';
import { useFilters } from '../parts/use-filters.ts';
import { usePages } from '../parts/use-pages.ts';
import type { AuditRecord } from '../wire.ts';
import { WORDS } from '../words.ts';

/** Who did what, when. Filters stand in the address and hold for the downloads too. */
export function Audit() {
  const [filters, setFilters] = useFilters(AUDIT_FILTERS);
  const pages = usePages<AuditRecord>(`/audit${toQuery(filters)}`);
  const [opened, setOpened] = useState<AuditRecord>();
  const isFiltered = AUDIT_FILTERS.some((name) => name !== 'order' && filters[name] !== '');
  const download = (format: string): string => `/audit${toQuery({ ...filters, format })}`;
  return (
    <Page
      title="Audit"
      intro="Everything about tokens, keys and settings, and every change at Discord. No token, no secret and nobody's message is in it."
      actions={
        <button type="button" class="secondary small" aria-busy={pages.first.isLoading} onClick={pages.first.reload}>
          {WORDS.refresh}
        </button>
      }
    >
      <FilterForm filters={filters} error={pages.first.error} onChange={setFilters} />
      <div class="buttons">
        <a class="button secondary" href={download('csv')} download>
          Export as CSV
        </a>
        <a class="button secondary" href={download('ndjson')} download>
          Export as NDJSON
        </a>
        <span class="quiet">
          What the filters let through, up to 1,000 records a file. For more, set From and To to shorter spans.
        </span>
      </div>
      <Show of={pages.first}>
        {() =>
          pages.items.length === 0 && !pages.hasMore ? (
            <Empty>
              {isFiltered ? (
                <>
                  Nothing was recorded that is like this. <a href="/portal/audit">Show all</a>
                </>
              ) : (
                'Nothing is recorded yet.'
              )}
            </Empty>
          ) : (
            pages.items.length > 0 && <Table records={pages.items} onOpen={setOpened} />
          )
        }
      </Show>
      <More pages={pages} names={['record', 'records']} />
      {opened !== undefined && <RecordDialog record={opened} onClose={() => setOpened(undefined)} />}
    </Page>
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
              <td class="text">
                <button type="button" class="link" aria-haspopup="dialog" onClick={() => props.onOpen(record)}>
                  {describeEvent(record)}
                </button>
                <div class="quiet">
                  <bdi>{summarize(record)}</bdi>
                </div>
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
