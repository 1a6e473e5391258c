import { useState } from 'preact/hooks';
import { call } from '../api.ts';
import { Badge, type Tone } from '../parts/badge.tsx';
import { ConfirmDialog } from '../parts/dialog.tsx';
import { Field } from '../parts/field.tsx';
import { Time } from '../parts/time.tsx';
import { useAction } from '../parts/use-action.ts';
import type { ApiKey } from '../wire.ts';
import { WORDS } from '../words.ts';

const STATES: Readonly<Record<ApiKey['state'] | 'refused', readonly [Tone, string]>> = {
  live: ['good', 'works'],
  rolled: ['warn', 'being replaced'],
  ended: ['plain', 'has ended'],
  revoked: ['plain', 'revoked'],
  refused: ['plain', 'refused'],
};

/** How long both keys work after a roll. */
const OVERLAPS = [
  ['0', 'not at all'],
  ['3600', 'for an hour'],
  ['86400', 'for a day'],
  ['604800', 'for a week'],
] as const;

/** A tenant's keys, with what can be done to each. */
export function KeyTable(props: {
  readonly keys: readonly ApiKey[];
  readonly tenantId: string;
  /** False once the tenant's deletion has begun: its keys are refused, whatever their state. */
  readonly isServed: boolean;
  /** Told what was done. */
  readonly onChanged: (done: string) => void;
  readonly onNewKey: (key: string, name: string) => void;
}) {
  const [asked, setAsked] = useState<{ readonly about: ApiKey; readonly what: 'roll' | 'revoke' }>();
  const close = (): void => setAsked(undefined);
  return (
    <>
      <div class="wide" tabIndex={0} role="region" aria-label={`Keys of ${props.tenantId}`}>
        <table>
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">State</th>
              <th scope="col">May run</th>
              <th scope="col">Last used</th>
              <th scope="col">Made</th>
              <th scope="col">Ends</th>
              <th scope="col">
                <span class="hidden">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {props.keys.map((key) => (
              <tr key={key.id}>
                <td>
                  <bdi>{key.name}</bdi>
                  <br />
                  <code class="quiet">{key.id}</code>
                </td>
                <td>
                  <StateBadge state={props.isServed || !isUsable(key) ? key.state : 'refused'} />
                </td>
                <td>
                  <Limits actions={key.actions} />
                </td>
                <td>{key.last_used_on ?? WORDS.never}</td>
                <td>
                  <Time at={key.created_at} />
                </td>
                <td>
                  <Time at={key.expires_at} />
                </td>
                <td>
                  <div class="buttons">
                    {props.isServed && key.state === 'live' && (
                      <button
                        type="button"
                        class="secondary small"
                        aria-label={`Roll ${key.name}`}
                        onClick={() => setAsked({ about: key, what: 'roll' })}
                      >
                        Roll
                      </button>
                    )}
                    {props.isServed && isUsable(key) && (
                      <button
                        type="button"
                        class="secondary small"
                        aria-label={`Revoke ${key.name}`}
                        onClick={() => setAsked({ about: key, what: 'revoke' })}
                      >
                        Revoke
                      </button>
                    )}
                  </div>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {asked?.what === 'revoke' && <RevokeDialog apiKey={asked.about} onClose={close} onDone={props.onChanged} />}
      {asked?.what === 'roll' && <RollDialog apiKey={asked.about} onClose={close} onNewKey={props.onNewKey} />}
    </>
  );
}

function StateBadge({ state }: { readonly state: keyof typeof STATES }) {
  const [tone, words] = STATES[state];
  return <Badge tone={tone}>{words}</Badge>;
}

function isUsable({ state }: ApiKey): boolean {
  return state === 'live' || state === 'rolled';
}

function Limits({ actions }: { readonly actions: readonly string[] | null }) {
  if (actions === null) return <>every action</>;
  return (
    <details>
      <summary>{actions.length === 1 ? 'one action' : `${actions.length} actions`}</summary>
      {actions.join(', ')}
    </details>
  );
}

interface DialogProps {
  readonly apiKey: ApiKey;
  readonly onClose: () => void;
}

function RevokeDialog({ apiKey, onClose, onDone }: DialogProps & { readonly onDone: (done: string) => void }) {
  const revoke = useAction(async () => {
    await call('DELETE', `/api-keys/${apiKey.id}`);
    onClose();
    onDone(`The key ${apiKey.name} is revoked.`);
  });
  return (
    <ConfirmDialog title={`Revoke ${apiKey.name}?`} confirm="Revoke it" action={revoke} onClose={onClose}>
      <p>
        From the next call on it is refused, and so are the connection tokens that were made with it. Connections stay.
        This cannot be taken back; to replace a key without a break, roll it.
      </p>
    </ConfirmDialog>
  );
}

function RollDialog({
  apiKey,
  onClose,
  onNewKey,
}: DialogProps & { readonly onNewKey: (key: string, name: string) => void }) {
  const [overlap, setOverlap] = useState<string>('86400');
  const roll = useAction(async () => {
    const { data } = await call<{ key: string }>('POST', `/api-keys/${apiKey.id}/roll`, {
      body: { overlap_seconds: Number(overlap) },
    });
    onClose();
    onNewKey(data.key, apiKey.name);
  });
  return (
    <ConfirmDialog title={`Roll ${apiKey.name}?`} confirm="Make the new key" action={roll} onClose={onClose}>
      <p>A new key with the same limits takes its place. Put it into your app while both work.</p>
      <Field label="The old key goes on working">
        {(control) => (
          <select {...control} value={overlap} onChange={(event) => setOverlap(event.currentTarget.value)}>
            {OVERLAPS.map(([seconds, label]) => (
              <option key={seconds} value={seconds}>
                {label}
              </option>
            ))}
          </select>
        )}
      </Field>
    </ConfirmDialog>
  );
}
