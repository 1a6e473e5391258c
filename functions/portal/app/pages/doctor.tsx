import { call } from '../api.ts';
import { ConnectionDoctor } from '../connections/connection-doctor.tsx';
import { CheckView } from '../parts/check-list.tsx';
import { Page, Show } from '../parts/page.tsx';
import { useLoad } from '../parts/use-load.ts';
import type { Check, Page as List } from '../wire.ts';

/** What is wrong, and who can mend it: with the set-up, and with one connection. */
export function Doctor() {
  const checks = useLoad(
    async (signal) => (await call<List<Check>>('POST', '/integration/checks', { body: {}, signal })).data.items,
    [],
  );
  return (
    <Page
      title="Doctor"
      intro="What is wrong, and who can mend it. It looks, and asks Discord; it changes nothing."
      actions={
        <button type="button" class="secondary small" aria-busy={checks.isLoading} onClick={checks.reload}>
          Check again
        </button>
      }
    >
      <section aria-labelledby="set-up">
        <h2 id="set-up">The set-up</h2>
        <Show of={checks}>
          {(items) => (
            <>
              <p role="status">{summarizeChecks(items)}</p>
              <ul class="cards">
                {items.map((check) => (
                  <li key={check.id}>
                    <CheckView check={check} />
                  </li>
                ))}
              </ul>
            </>
          )}
        </Show>
      </section>
      <section aria-labelledby="connection">
        <h2 id="connection">One connection</h2>
        <ConnectionDoctor />
      </section>
    </Page>
  );
}

function summarizeChecks(checks: readonly Check[]): string {
  const count = (state: Check['state']): number => checks.filter((check) => check.state === state).length;
  const parts = [
    [count('failed'), 'to do'],
    [count('warning'), 'to mind'],
    [count('unknown'), 'not known yet'],
  ] as const;
  const open = parts.flatMap(([number, words]) => (number === 0 ? [] : [`${number} ${words}`]));
  const right = `${count('ok')} of ${checks.length} are right`;
  return open.length === 0 ? `${right}.` : `${right}, ${open.join(', ')}.`;
}
