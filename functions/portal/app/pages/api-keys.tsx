import { useEffect, useRef, useState } from 'preact/hooks';
import { call, load } from '../api.ts';
import { NewKeyForm } from '../keys/new-key-form.tsx';
import { TenantSection } from '../keys/tenant-section.tsx';
import { Failure } from '../parts/failure.tsx';
import { Field } from '../parts/field.tsx';
import { Empty, Page, Show } from '../parts/page.tsx';
import { ShownOnce } from '../parts/shown-once.tsx';
import { useAction } from '../parts/use-action.ts';
import { useLoad } from '../parts/use-load.ts';
import type { ApiKey, Page as List, Tenant } from '../wire.ts';

/** Tenants and their API keys. */
export function ApiKeys() {
  const [made, setMade] = useState<{ readonly key: string; readonly name: string }>();
  const [told, setTold] = useState<{ readonly done: string }>();
  const place = useRef<HTMLDivElement>(null);
  const all = useLoad(async (signal) => {
    const [tenants, keys] = await Promise.all([
      load<List<Tenant>>('/tenants', signal),
      load<List<ApiKey>>('/api-keys', signal),
    ]);
    return { tenants: tenants.items, keys: keys.items };
  }, []);
  const show = (key: string, name: string): void => {
    setMade({ key, name });
    setTold(undefined);
    all.reload();
  };
  const tell = (done: string): void => {
    setTold({ done });
    all.reload();
  };
  // What had the focus may be gone with the change. Not before a dialog is closed: the page behind it takes no focus.
  useEffect(() => {
    if (told !== undefined) place.current?.focus();
  }, [told]);
  return (
    <Page
      title="API keys"
      intro="An app's back end calls with an API key. A tenant keeps the keys and users of one app apart from those of another."
    >
      <div role="status" ref={place} tabIndex={-1}>
        {told !== undefined && <p class="notice good">{told.done}</p>}
        {made !== undefined && (
          <ShownOnce
            title={
              <>
                The key <bdi>{made.name}</bdi>. It is shown only now.
              </>
            }
            text={made.key}
            label={`API key ${made.name}`}
            onKept={() => {
              setMade(undefined);
              place.current?.focus();
            }}
          />
        )}
      </div>
      <Show of={all}>
        {({ tenants, keys }) => (
          <>
            {tenants.length === 0 && (
              <Empty>There is no tenant yet. Make one: “default” is a good name for the first.</Empty>
            )}
            <NewKeyForm tenants={tenants} onMade={show} />
            <NewTenantForm isFirst={tenants.length === 0} onMade={(id) => tell(`Tenant ${id} is made.`)} />
            {tenants.map((tenant) => (
              <TenantSection
                key={tenant.id}
                tenant={tenant}
                keys={keys.filter(({ tenant_id }) => tenant_id === tenant.id)}
                onChanged={tell}
                onNewKey={show}
              />
            ))}
          </>
        )}
      </Show>
    </Page>
  );
}

function NewTenantForm(props: { readonly isFirst: boolean; readonly onMade: (id: string) => void }) {
  const [isOpen] = useState(props.isFirst);
  const [id, setId] = useState('');
  const make = useAction(async () => {
    const { data } = await call<Tenant>('POST', '/tenants', { body: { id: id.trim() } });
    setId('');
    props.onMade(data.id);
  });
  return (
    <details open={isOpen}>
      <summary>Make a tenant</summary>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void make.run();
        }}
      >
        <Failure error={make.error} />
        <Field label="Id" hint="1 to 40 lower-case letters, digits and hyphens" error={make.error} pointer="/id">
          {(control) => (
            <input
              {...control}
              type="text"
              autocomplete="off"
              spellcheck={false}
              value={id}
              onInput={(event) => setId(event.currentTarget.value)}
            />
          )}
        </Field>
        <button type="submit" aria-busy={make.isRunning}>
          Make the tenant
        </button>
      </form>
    </details>
  );
}
