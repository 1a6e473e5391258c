import { useState } from 'preact/hooks';
import { call, load } from '../api.ts';
import { Failure } from '../parts/failure.tsx';
import { Field } from '../parts/field.tsx';
import { Page, Show } from '../parts/page.tsx';
import { useAction } from '../parts/use-action.ts';
import { useLoad } from '../parts/use-load.ts';
import type { Page as List, Tenant } from '../wire.ts';

/** How far it has come, as each call says. */
interface Progress {
  readonly started_at: string;
  readonly is_done: boolean;
  readonly total: number;
  readonly closed: number;
  readonly revoked: number;
  readonly owed: number;
  readonly failed: number;
}

const EVERYTHING = 'revoke everything';

/** The panic switch. Each call works for some seconds; this page repeats it until all is closed. */
export function RevokeEverything() {
  const tenants = useLoad((signal) => load<List<Tenant>>('/tenants', signal), []);
  return (
    <Page
      title="Revoke everything"
      intro="For the day on which you fear that tokens are in the wrong hands. Every connection is closed at once and revoked at Discord."
    >
      <Show of={tenants}>{({ items }) => <Switch tenants={items} />}</Show>
    </Page>
  );
}

function Switch({ tenants }: { readonly tenants: readonly Tenant[] }) {
  const [tenantId, setTenantId] = useState('');
  const [typed, setTyped] = useState('');
  const [progress, setProgress] = useState<Progress>();
  const expected = tenantId === '' ? EVERYTHING : tenantId;
  const run = useAction(async () => {
    let last = progress?.is_done === false ? progress : undefined;
    if (last === undefined) setProgress(undefined);
    do {
      last = (
        await call<Progress>('POST', '/operator/revocations', {
          body: {
            tenant_id: tenantId === '' ? null : tenantId,
            confirm: expected,
            ...(last === undefined ? {} : { started_at: last.started_at }),
          },
        })
      ).data;
      setProgress(last);
    } while (!last.is_done);
    setTyped('');
  });
  const isUnderWay = run.isRunning || progress?.is_done === false;
  return (
    <>
      <section class="notice failed" aria-labelledby="consequences">
        <h2 id="consequences">What follows</h2>
        <ul>
          <li>No app can act for any of these users any more, from the first second on.</li>
          <li>
            The tokens are revoked at Discord, as fast as Discord allows; what is left over is finished by itself.
          </li>
          <li>Users must connect again, each of them. Nobody can take this back for them.</li>
          <li>
            API keys, settings, bots in guilds and what was sent stay as they are. Roll API keys on their own page.
          </li>
        </ul>
      </section>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (typed.trim() === expected) void run.run();
        }}
      >
        <Field label="Whose connections">
          {(control) => (
            <select
              {...control}
              disabled={isUnderWay}
              value={tenantId}
              onChange={(event) => setTenantId(event.currentTarget.value)}
            >
              <option value="">All tenants</option>
              {tenants.map(({ id }) => (
                <option key={id} value={id}>
                  {`Tenant ${id}`}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={`Type "${expected}" to go on`}>
          {(control) => (
            <input
              {...control}
              type="text"
              autocomplete="off"
              spellcheck={false}
              disabled={run.isRunning}
              value={typed}
              onInput={(event) => setTyped(event.currentTarget.value)}
            />
          )}
        </Field>
        <Failure error={run.error} />
        <button type="submit" class="danger" disabled={typed.trim() !== expected} aria-busy={run.isRunning}>
          {progress?.is_done === false && !run.isRunning ? 'Go on' : 'Revoke now'}
        </button>
      </form>
      <ProgressView progress={progress} isRunning={run.isRunning} />
    </>
  );
}

function ProgressView({
  progress,
  isRunning,
}: {
  readonly progress: Progress | undefined;
  readonly isRunning: boolean;
}) {
  return (
    <div role="status">
      {progress === undefined && isRunning && <p aria-busy="true">Counting connections…</p>}
      {progress !== undefined && (
        <section aria-labelledby="progress">
          <h2 id="progress">{progress.is_done ? 'Done' : 'Under way'}</h2>
          <progress
            aria-labelledby="progress"
            max={Math.max(1, progress.total)}
            value={progress.is_done ? Math.max(1, progress.total) : progress.closed}
          />
          <dl class="facts">
            <dt>Closed here</dt>
            <dd>{`${progress.closed} of ${progress.total}`}</dd>
            <dt>Revoked at Discord</dt>
            <dd>{progress.revoked}</dd>
            <dt>Still owed to Discord</dt>
            <dd>{progress.owed}</dd>
            {progress.failed > 0 && [
              <dt key="t">Not closed</dt>,
              <dd key="d">{`${progress.failed}: others changed them too often. Start once more.`}</dd>,
            ]}
          </dl>
          <p>
            {progress.is_done
              ? 'Every call for these connections is refused. What is still owed to Discord is revoked by the sweep, every five minutes; you can leave this page.'
              : 'Please keep this page open until all are closed.'}{' '}
            <a href="/portal/audit?type=connection_disconnected">See it in the audit.</a>
          </p>
        </section>
      )}
    </div>
  );
}
