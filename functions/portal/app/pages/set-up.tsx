import { useCallback, useEffect, useState } from 'preact/hooks';
import { call } from '../api.ts';
import { Copy } from '../parts/copy.tsx';
import { Failure } from '../parts/failure.tsx';
import { Page, Show } from '../parts/page.tsx';
import { useIntegration, type KeptIntegration } from '../parts/use-integration.ts';
import { useLoad, type Loaded } from '../parts/use-load.ts';
import { useSession } from '../session.tsx';
import { CredentialsForm } from '../set-up/credentials-form.tsx';
import { KeyStep } from '../set-up/key-step.tsx';
import { Step } from '../set-up/step.tsx';
import { TestUserStep } from '../set-up/test-user-step.tsx';
import type { Check, Integration, Page as List } from '../wire.ts';

/** What must be right before somebody can connect. */
const NEEDED = ['client_id', 'client_secret', 'tenant'];

/** From nothing to the first connected user, step by step, with checks that ask Discord. */
export function SetUp() {
  const kept = useIntegration();
  const checks = useLoad(async (signal) => {
    const askedAt = performance.now();
    const { data } = await call<List<Check>>('POST', '/integration/checks', { body: {}, signal });
    return { items: data.items, askedAt };
  }, []);
  // A save brings its checks along. What was asked before it and is answered after it says nothing of what was saved.
  const [latest, setLatest] = useState<{ readonly items: readonly Check[]; readonly askedAt: number }>();
  useEffect(() => {
    const asked = checks.data;
    if (asked !== undefined) setLatest((before) => (before && before.askedAt > asked.askedAt ? before : asked));
  }, [checks.data]);
  const onChecked = (items: readonly Check[]): void => setLatest({ items, askedAt: performance.now() });
  const known = latest?.items ?? [];
  return (
    <Page
      title="Set up"
      intro="Six steps from nothing to the first connected user. The marks come from real checks, some of them made at Discord."
      actions={
        <button type="button" class="secondary small" aria-busy={checks.isLoading} onClick={checks.reload}>
          Check again
        </button>
      }
    >
      <Show of={kept}>{(integration) => <Steps {...{ kept, integration, checks, known, onChecked }} />}</Show>
    </Page>
  );
}

function Steps(props: {
  readonly kept: KeptIntegration;
  readonly integration: Integration;
  readonly checks: Omit<Loaded<unknown>, 'data'>;
  /** What the last checks have found; empty while the first ones run. */
  readonly known: readonly Check[];
  readonly onChecked: (found: readonly Check[]) => void;
}) {
  const { kept, integration, checks, known, onChecked } = props;
  const { session } = useSession();
  const portal = `${session.discord_base_url}/developers/applications`;
  const applicationUrl = useCallback(
    (page: string) => (integration.client_id === null ? portal : `${portal}/${integration.client_id}/${page}`),
    [integration.client_id, portal],
  );
  const isRight = (id: string): boolean => known.some((check) => check.id === id && check.state === 'ok');
  const isDone = known.length > 0 && known.every(({ state }) => state !== 'failed') && isRight('first_connection');
  return (
    <>
      {checks.error !== undefined && <Failure error={checks.error} onRetry={checks.reload} />}
      <div role="status">
        {checks.isLoading && (
          <p class={known.length === 0 ? '' : 'hidden'} aria-busy="true">
            Checking, some of it at Discord…
          </p>
        )}
        {isDone && <AllDone />}
      </div>
      <ol class="steps">
        <Step number={1} title="Register an application at Discord" checks={pickTold(known, 'client_id')}>
          <p>
            Open Discord's Developer Portal, choose “New Application”, give it the name that users shall see, and accept
            the terms.
          </p>
          <p>
            <a href={portal} target="_blank" rel="noreferrer">
              Open the Developer Portal
            </a>
          </p>
        </Step>
        <Step number={2} title="Tell Discord where users come back to" checks={pickTold(known, 'redirect_uri')}>
          <p>
            On the application's{' '}
            <a href={applicationUrl('oauth2')} target="_blank" rel="noreferrer">
              page OAuth2
            </a>{' '}
            under “Redirects”: add exactly this, character for character, and save there.
          </p>
          <Copy text={integration.redirect_uri} label="redirect URI" />
        </Step>
      </ol>
      <CredentialsForm {...{ kept, integration, applicationUrl }} checks={known} onChecked={onChecked} />
      <ol class="steps" start={5}>
        <KeyStep checks={known} onDone={checks.reload} />
        <TestUserStep checks={known} isReady={NEEDED.every(isRight)} scopes={integration.scopes} />
      </ol>
    </>
  );
}

/** How to mend it is what the step itself says. */
function pickTold(checks: readonly Check[], wanted: Check['id']): Check[] {
  return checks.filter(({ id }) => id === wanted).map(({ mend: _mend, ...check }) => check);
}

function AllDone() {
  return (
    <div class="notice good">
      <strong>Everything works</strong>
      <p>
        Go on: <a href="/portal/try">try an action</a>, read <a href="/reference">what there is</a>, or take the{' '}
        <a href="/openapi.json">OpenAPI document</a> for your client.
      </p>
    </div>
  );
}
