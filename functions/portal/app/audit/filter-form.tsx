import { load } from '../api.ts';
import { AUDIT_ACTORS, AUDIT_TYPES } from '../parts/audit-words.ts';
import { EntryField } from '../parts/entry-field.tsx';
import { findParameterFault } from '../parts/field.tsx';
import { SelectField } from '../parts/select-field.tsx';
import { useLoad } from '../parts/use-load.ts';
import type { Page as List, Tenant } from '../wire.ts';
import { WORDS } from '../words.ts';
import { toInstant, toLocalTime } from './local-time.ts';

/** Named as the parameters of `GET /audit`. */
export const AUDIT_FILTERS = ['tenant_id', 'connection_id', 'type', 'actor', 'from', 'to', 'order'] as const;
export type AuditFilters = Readonly<Record<(typeof AUDIT_FILTERS)[number], string>>;

/** What concerns no single tenant. */
const INSTALLATION = '_installation';

/** Which records are shown. */
export function FilterForm(props: {
  readonly filters: AuditFilters;
  /** Of the list that was asked for with them. */
  readonly error: unknown;
  readonly onChange: (change: Partial<AuditFilters>) => void;
}) {
  const { filters, error, onChange } = props;
  const faultOf = (name: string): string | undefined => findParameterFault(error, name);
  const tenants = useLoad((signal) => load<List<Tenant>>('/tenants', signal), []);
  const tenantIds = (tenants.data?.items ?? []).map(({ id }) => [id, id] as const);
  return (
    <form class="filters" aria-label="Filters" onSubmit={(event) => event.preventDefault()}>
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
      <TimeField label="From" value={filters.from} fault={faultOf('from')} onChange={(from) => onChange({ from })} />
      <TimeField label="To" value={filters.to} fault={faultOf('to')} onChange={(to) => onChange({ to })} />
      <EntryField
        label="Connection"
        value={filters.connection_id}
        input={{ placeholder: 'con_…' }}
        fault={faultOf('connection_id')}
        onEnter={(connection_id) => onChange({ connection_id })}
      />
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

/** A time in the reader's own zone; the address and the gateway have it as an instant, so that a link means the same to others. */
function TimeField(props: {
  readonly label: string;
  readonly value: string;
  readonly fault: string | undefined;
  readonly onChange: (instant: string) => void;
}) {
  return (
    <EntryField
      label={props.label}
      value={toLocalTime(props.value)}
      input={{ type: 'datetime-local' }}
      fault={props.fault}
      onEnter={(local) => props.onChange(toInstant(local))}
    />
  );
}
