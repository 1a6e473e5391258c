import { useState } from 'preact/hooks';
import { call, load } from '../api.ts';
import { NewKeyForm } from '../keys/new-key-form.tsx';
import { TenantSection } from '../keys/tenant-section.tsx';
import { Copy } from '../parts/copy.tsx';
import { Failure } from '../parts/failure.tsx';
import { Field } from '../parts/field.tsx';
import { Empty, Page, Show } from '../parts/page.tsx';
import { useAction } from '../parts/use-action.ts';
import { useLoad } from '../parts/use-load.ts';
import type { ApiKey, Page as List, Tenant } from '../wire.ts';

/** Tenants and their API keys. */
export function ApiKeys() {
  const [made, setMade] = useState<{ readonly key: string; readonly name: string }>();
  const all = useLoad(async (signal) => {
    const [tenants, keys] = await Promise.all([
      load<List<Tenant>>('/tenants', signal),
      load<List<ApiKey>>('/api-keys', signal),
    ]);
    return { tenants: tenants.items, keys: keys.items };
  }, []);
  const show = (key: string, name: string): void => {
    setMade({ key, name });
    all.reload();
  };
  return (
    <Page
      title="API keys"
      intro="An app's back end calls with an API key. A tenant keeps the keys and users of one app apart from those of another."
    >
      <div role="status">
        {made !== undefined && (
          <div class="notice good">
            <strong>
              The key <bdi>{made.name}</bdi>. It is shown only now.
            </strong>
            <Copy text={made.key} label={`API key ${made.name}`} />
            <button type="button" class="secondary small" onClick={() => setMade(undefined)}>
              I have kept it
            </button>
          </div>
        )}
      </div>
      <Show of={all}>
        {({ tenants, keys }) => (
          <>
            {tenants.length === 0 && (
              <Empty>There is no tenant yet. Make one: “default” is a good name for the first.</Empty>
            )}
            <NewKeyForm tenants={tenants} onMade={show} />
            <NewTenantForm onMade={all.reload} />
            {tenants.map((tenant) => (
              <TenantSection
                key={tenant.id}
                tenant={tenant}
                keys={keys.filter(({ tenant_id }) => tenant_id === tenant.id)}
                onChanged={all.reload}
                onNewKey={show}
              />
            ))}
          </>
        )}
      </Show>
    </Page>
  );
}

function NewTenantForm({ onMade }: { readonly onMade: () => void }) {
  const [id, setId] = useState('');
  const make = useAction(async () => {
    await call('POST', '/tenants', { body: { id: id.trim() } });
    setId('');
    onMade();
  });
  return (
    <details>
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
