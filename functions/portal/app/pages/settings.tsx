import { Page, Show } from '../parts/page.tsx';
import { useIntegration } from '../parts/use-integration.ts';
import { AccessSection } from '../settings/access-section.tsx';
import { BrandingForm } from '../settings/branding-form.tsx';
import { RulesForm } from '../settings/rules-form.tsx';

/** Everything that can be set besides what the set-up asks for. */
export function Settings() {
  const kept = useIntegration();
  return (
    <Page
      title="Settings"
      intro={
        <>
          Client id, secrets and scopes stand on <a href="/portal/set-up">Set up</a>, keys and tenants on{' '}
          <a href="/portal/keys">API keys</a>.
        </>
      }
    >
      <Show of={kept}>
        {(integration) =>
          integration.client_id === null ? (
            <p class="notice warn">
              Enter the client id first, on <a href="/portal/set-up">Set up</a>; then there is something to set here.
            </p>
          ) : (
            <>
              <section aria-labelledby="looks">
                <h2 id="looks">How users see you</h2>
                <BrandingForm kept={kept} integration={integration} />
              </section>
              <section aria-labelledby="rules">
                <h2 id="rules">Rules</h2>
                <RulesForm kept={kept} integration={integration} />
              </section>
            </>
          )
        }
      </Show>
      <section aria-labelledby="access">
        <h2 id="access">Your own way in</h2>
        <AccessSection />
      </section>
    </Page>
  );
}
