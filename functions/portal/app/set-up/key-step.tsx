import { useState } from 'preact/hooks';
import { call, load } from '../api.ts';
import { Failure } from '../parts/failure.tsx';
import { Show } from '../parts/page.tsx';
import { ShownOnce } from '../parts/shown-once.tsx';
import { useAction } from '../parts/use-action.ts';
import { useLoad } from '../parts/use-load.ts';
import type { ApiKey, Check, Page, Tenant } from '../wire.ts';
import { Step } from './step.tsx';

const FIRST_TENANT = 'default';

/** Step 5: a tenant and its first API key, with one click. */
export function KeyStep({ checks, onDone }: { readonly checks: readonly Check[]; readonly onDone: () => void }) {
  const tenants = useLoad((signal) => load<Page<Tenant>>('/tenants', signal), []);
  const [key, setKey] = useState<string>();
  const make = useAction(async () => {
    const open = tenants.data?.items.find(({ state }) => state === 'open');
    const tenant = open ?? (await call<Tenant>('POST', '/tenants', { body: { id: FIRST_TENANT } })).data;
    const { data } = await call<ApiKey & { key: string }>('POST', '/api-keys', {
      body: { tenant_id: tenant.id, name: 'first key' },
    });
    setKey(data.key);
    tenants.reload();
    onDone();
  });
  return (
    <Step
      number={5}
      title="Make a key for your app"
      checks={checks.filter(({ id }) => id === 'tenant' || id === 'api_key')}
    >
      <p>
        Your app's back end calls this gateway with an API key. Keys belong to a tenant, which keeps the users of one
        app apart from those of another.
      </p>
      <Failure error={make.error} />
      <Show of={tenants}>
        {({ items }) => {
          const live = items.reduce((sum, tenant) => sum + tenant.live_keys, 0);
          return key === undefined && live > 0 ? (
            <p>
              {live === 1 ? 'There is one key' : `There are ${live} keys`}. <a href="/portal/keys">See API keys.</a>
            </p>
          ) : (
            key === undefined && (
              <button type="button" aria-busy={make.isRunning} onClick={() => void make.run()}>
                Make an API key
              </button>
            )
          );
        }}
      </Show>
      <div role="status">
        {key !== undefined && (
          <ShownOnce title="Your API key. It is shown only now." text={key} label="API key">
            <p>Put it where your back end keeps secrets. Never into a browser or an app on a phone.</p>
          </ShownOnce>
        )}
      </div>
    </Step>
  );
}
