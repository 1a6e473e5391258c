import { useState } from 'preact/hooks';
import { call, load } from '../api.ts';
import { Failure } from '../parts/failure.tsx';
import { Field } from '../parts/field.tsx';
import { useAction } from '../parts/use-action.ts';
import { useLoad } from '../parts/use-load.ts';
import { readActions, type OpenApiDocument } from '../try/read-actions.ts';
import type { ApiKey, Tenant } from '../wire.ts';

/** Days until a key ends; empty: never. */
const LIVES = [
  ['', 'never'],
  ['30', 'in 30 days'],
  ['90', 'in 90 days'],
  ['365', 'in a year'],
] as const;

const DAY_MS = 86_400_000;

/** Makes a key, limited or not. */
export function NewKeyForm(props: {
  readonly tenants: readonly Tenant[];
  readonly onMade: (key: string, name: string) => void;
}) {
  const open = props.tenants.filter(({ state }) => state === 'open');
  const [chosen, setChosen] = useState<string>();
  // The chosen one may have been deleted, and the first one made, since.
  const tenantId = open.find(({ id }) => id === chosen)?.id ?? open[0]?.id ?? '';
  const [name, setName] = useState('');
  const [days, setDays] = useState('');
  const [limited, setLimited] = useState<readonly string[]>();
  const make = useAction(async () => {
    const { data } = await call<ApiKey & { key: string }>('POST', '/api-keys', {
      body: {
        tenant_id: tenantId,
        name: name.trim(),
        ...(limited === undefined ? {} : { actions: limited }),
        ...(days === '' ? {} : { expires_at: toDate(days) }),
      },
    });
    setName('');
    setLimited(undefined);
    props.onMade(data.key, data.name);
  });
  if (open.length === 0) return null;
  return (
    <details>
      <summary>Make a key</summary>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void make.run();
        }}
      >
        <Failure error={make.error} />
        <Field label="Tenant" error={make.error} pointer="/tenant_id">
          {(control) => (
            <select {...control} value={tenantId} onChange={(event) => setChosen(event.currentTarget.value)}>
              {open.map(({ id }) => (
                <option key={id}>{id}</option>
              ))}
            </select>
          )}
        </Field>
        <Field
          label="Name"
          hint="So that you know it again: the app, the environment"
          error={make.error}
          pointer="/name"
        >
          {(control) => (
            <input
              {...control}
              type="text"
              autocomplete="off"
              maxLength={60}
              value={name}
              onInput={(event) => setName(event.currentTarget.value)}
            />
          )}
        </Field>
        <Field label="Ends" error={make.error} pointer="/expires_at">
          {(control) => (
            <select {...control} value={days} onChange={(event) => setDays(event.currentTarget.value)}>
              {LIVES.map(([value, label]) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </select>
          )}
        </Field>
        <label>
          <input
            type="checkbox"
            role="switch"
            checked={limited !== undefined}
            onChange={(event) => setLimited(event.currentTarget.checked ? [] : undefined)}
          />
          Limit it to some actions
        </label>
        {limited !== undefined && <ActionChooser chosen={limited} onChoose={setLimited} />}
        <button type="submit" aria-busy={make.isRunning} disabled={limited?.length === 0}>
          Make the key
        </button>
      </form>
    </details>
  );
}

function ActionChooser(props: { readonly chosen: readonly string[]; readonly onChoose: (actions: string[]) => void }) {
  const actions = useLoad(async (signal) => readActions(await load<OpenApiDocument>('/openapi.json', signal)), []);
  const { chosen, onChoose } = props;
  const known = actions.data ?? [];
  const groups = [...new Set(known.map(({ group }) => group))];
  const toggle = (ids: readonly string[], isOn: boolean): void =>
    onChoose([...chosen.filter((id) => !ids.includes(id)), ...(isOn ? ids : [])]);
  return (
    <>
      <Failure error={actions.error} onRetry={actions.reload} />
      {groups.map((group) => {
        const members = known.filter((action) => action.group === group);
        const ids = members.map(({ id }) => id);
        return (
          <fieldset key={group}>
            <legend>{group}</legend>
            <label class="choice">
              <input
                type="checkbox"
                checked={ids.every((id) => chosen.includes(id))}
                onChange={(event) => toggle(ids, event.currentTarget.checked)}
              />
              <span>all of {group}</span>
            </label>
            {members.map(({ id, summary }) => (
              <label key={id} class="choice">
                <input
                  type="checkbox"
                  checked={chosen.includes(id)}
                  onChange={(event) => toggle([id], event.currentTarget.checked)}
                />
                <span>
                  <code>{id}</code> <span class="quiet">{summary}</span>
                </span>
              </label>
            ))}
          </fieldset>
        );
      })}
    </>
  );
}

/** Whole seconds: RFC 3339 without fractions. */
function toDate(days: string): string {
  return `${new Date(Date.now() + Number(days) * DAY_MS).toISOString().slice(0, 19)}Z`;
}
