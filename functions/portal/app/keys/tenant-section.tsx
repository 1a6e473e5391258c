import { useId, useState } from 'preact/hooks';
import { call } from '../api.ts';
import { Badge } from '../parts/badge.tsx';
import { ConfirmDialog } from '../parts/dialog.tsx';
import { Failure } from '../parts/failure.tsx';
import { Field } from '../parts/field.tsx';
import { Empty } from '../parts/page.tsx';
import { Time } from '../parts/time.tsx';
import { useAction } from '../parts/use-action.ts';
import type { ApiKey, Tenant } from '../wire.ts';
import { KeyTable } from './key-table.tsx';

/** One tenant: how its users are confirmed, its keys, and its end. */
export function TenantSection(props: {
  readonly tenant: Tenant;
  readonly keys: readonly ApiKey[];
  /** Told what was done. */
  readonly onChanged: (done: string) => void;
  readonly onNewKey: (key: string, name: string) => void;
}) {
  const { tenant, keys, onChanged, onNewKey } = props;
  const headingId = useId();
  return (
    <section aria-labelledby={headingId}>
      <div class="step-head">
        <h2 id={headingId}>
          Tenant <code>{tenant.id}</code>
        </h2>
        {tenant.state !== 'open' && (
          <Badge tone="warn">{tenant.state === 'deleting' ? 'being deleted' : 'being shredded'}</Badge>
        )}
      </div>
      {tenant.state === 'open' ? (
        <TenantSwitches tenant={tenant} onChanged={onChanged} />
      ) : (
        <p class="notice warn">
          Nothing of this tenant is served any more.{' '}
          {tenant.shred_after !== undefined && (
            <>
              The last copy of its data key is gone <Time at={tenant.shred_after} />.
            </>
          )}
        </p>
      )}
      {keys.length === 0 ? (
        <Empty>This tenant has no keys yet.</Empty>
      ) : (
        <KeyTable
          keys={keys}
          tenantId={tenant.id}
          isServed={tenant.state === 'open'}
          onChanged={onChanged}
          onNewKey={onNewKey}
        />
      )}
    </section>
  );
}

function TenantSwitches(props: { readonly tenant: Tenant; readonly onChanged: (done: string) => void }) {
  const { tenant, onChanged } = props;
  const [asked, setAsked] = useState<'confirmation' | 'data-key' | 'delete'>();
  const path = `/tenants/${encodeURIComponent(tenant.id)}`;
  const close = (): void => setAsked(undefined);
  const confirm = useAction(async () => {
    const isRequired = !tenant.is_confirmation_required;
    await call('PATCH', path, { body: { is_confirmation_required: isRequired } });
    close();
    onChanged(`In tenant ${tenant.id} apps ${isRequired ? 'confirm their users now' : 'need not confirm any more'}.`);
  });
  const rotate = useAction(async () => {
    const { data } = await call<{ is_resumed: boolean }>('POST', `${path}/data-key`, { body: {} });
    close();
    onChanged(
      data.is_resumed
        ? `Tenant ${tenant.id} has a fresh data key already; sealing the old tokens anew is still going on.`
        : `Tenant ${tenant.id} has a new data key. The old tokens are sealed anew with it by themselves.`,
    );
  });
  return (
    <>
      <label>
        <input
          type="checkbox"
          role="switch"
          checked={tenant.is_confirmation_required}
          onChange={(event) => {
            event.currentTarget.checked = tenant.is_confirmation_required;
            if (tenant.is_confirmation_required) setAsked('confirmation');
            else void confirm.run();
          }}
        />
        The app confirms who came back from Discord
      </label>
      {asked === undefined && <Failure error={confirm.error} />}
      <div class="buttons">
        <button type="button" class="secondary small" onClick={() => setAsked('data-key')}>
          New data key
        </button>
        <button type="button" class="secondary small" onClick={() => setAsked('delete')}>
          Delete tenant
        </button>
      </div>
      {asked === 'confirmation' && (
        <ConfirmDialog title="Go on without confirmation?" confirm="Switch it off" action={confirm} onClose={close}>
          <p>
            Then whoever opens a connect link is connected for the app's user, whoever he is. An attacker can send his
            own link to a victim and act with the victim's account. Leave it on unless your app cannot confirm.
          </p>
        </ConfirmDialog>
      )}
      {asked === 'data-key' && (
        <ConfirmDialog title={`A new data key for ${tenant.id}?`} confirm="Make it" action={rotate} onClose={close}>
          <p>
            New tokens are sealed with it from now on; the sweep seals the old ones anew and then deletes the old key.
            Users and apps notice nothing.
          </p>
        </ConfirmDialog>
      )}
      {asked === 'delete' && <DeleteDialog tenant={tenant} path={path} onClose={close} onDeleted={onChanged} />}
    </>
  );
}

function DeleteDialog(props: {
  readonly tenant: Tenant;
  readonly path: string;
  readonly onClose: () => void;
  readonly onDeleted: (done: string) => void;
}) {
  const { tenant, path, onClose, onDeleted } = props;
  const [typed, setTyped] = useState('');
  const remove = useAction(async () => {
    await call('DELETE', `${path}?confirm=${encodeURIComponent(typed)}`);
    onClose();
    onDeleted(`The deletion of tenant ${tenant.id} has begun; it goes on by itself.`);
  });
  return (
    <ConfirmDialog
      title={`Delete tenant ${tenant.id}?`}
      confirm="Delete it"
      action={remove}
      isReady={typed === tenant.id}
      onClose={onClose}
    >
      <p>
        Its keys stop working at once, its connections are closed and revoked at Discord, and its data key is deleted,
        so that nobody can open its tokens any more. This cannot be taken back.
      </p>
      <Field label={`Type ${tenant.id} to go on`}>
        {(control) => (
          <input
            {...control}
            type="text"
            autocomplete="off"
            value={typed}
            onInput={(event) => setTyped(event.currentTarget.value)}
          />
        )}
      </Field>
    </ConfirmDialog>
  );
}
