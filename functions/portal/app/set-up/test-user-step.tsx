import { call, load } from '../api.ts';
import { Failure } from '../parts/failure.tsx';
import { useAction } from '../parts/use-action.ts';
import type { Check, Page, Tenant } from '../wire.ts';
import { Step } from './step.tsx';

/** They open nothing, or want a server to be chosen: not for a first try. */
const NOT_TRIED = ['messages.read', 'bot', 'webhook.incoming'];

/** Step 6: the operator sends himself through the connect flow. */
export function TestUserStep(props: {
  readonly checks: readonly Check[];
  readonly isReady: boolean;
  /** That apps may ask for. */
  readonly scopes: readonly string[];
}) {
  const { checks, isReady, scopes } = props;
  const start = useAction(async () => {
    const tenants = await load<Page<Tenant>>('/tenants');
    const open = tenants.items.find(({ state }) => state === 'open');
    const { data } = await call<{ authorize_url: string }>('POST', '/operator/connect-sessions', {
      body: { tenant_id: open?.id ?? 'default', scopes: scopes.filter((scope) => !NOT_TRIED.includes(scope)) },
    });
    window.location.assign(data.authorize_url);
  });
  return (
    <Step number={6} title="Connect a test user" checks={checks.filter(({ id }) => id === 'first_connection')}>
      <p>
        Be your own first user: Discord asks you for consent, sends you back here, and you see what an app would see.
        You can disconnect afterwards.
      </p>
      <Failure error={start.error} />
      {isReady ? (
        <button type="button" aria-busy={start.isRunning} onClick={() => void start.run()}>
          Connect a test user
        </button>
      ) : (
        <p class="quiet">The steps above come first.</p>
      )}
    </Step>
  );
}
