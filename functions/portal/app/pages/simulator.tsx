import { call, load, ProblemError } from '../api.ts';
import { Failure } from '../parts/failure.tsx';
import { Page, Show } from '../parts/page.tsx';
import { useAction } from '../parts/use-action.ts';
import { useLoad } from '../parts/use-load.ts';

interface Switch {
  readonly id: string;
  readonly title: string;
  readonly detail: string;
  readonly is_on: boolean;
}

interface SimulatorState {
  readonly switches: readonly Switch[];
  readonly discord_base_url: string;
}

/** Only on a local gateway: lets Discord misbehave, so that a developer sees how his app takes it. */
export function Simulator() {
  const state = useLoad(async (signal) => {
    try {
      return await load<SimulatorState>('/local/simulator', signal);
    } catch (error) {
      if (error instanceof ProblemError && error.problem.status === 404) return null;
      throw error;
    }
  }, []);
  const flip = useAction(async (id: string, isOn: boolean) => {
    await call('PUT', `/local/simulator/switches/${id}`, { body: { is_on: isOn } });
    state.reload();
  });
  return (
    <Page
      title="Simulator"
      intro="This gateway runs on your machine, with a simulated Discord. Let it misbehave, and see what your app makes of it."
    >
      <Failure error={flip.error} />
      <Show of={state}>
        {(shown) =>
          shown === null ? (
            <p>There is no simulator behind this gateway. These switches are there on a local gateway only.</p>
          ) : (
            <>
              <fieldset>
                <legend>Faults</legend>
                {shown.switches.map(({ id, title, detail, is_on }) => (
                  <label key={id} class="choice">
                    <input
                      type="checkbox"
                      role="switch"
                      checked={is_on}
                      onChange={(event) => void flip.run(id, event.currentTarget.checked)}
                    />
                    <span>
                      {title} <span class="quiet">{detail}</span>
                    </span>
                  </label>
                ))}
              </fieldset>
              <p>
                <a href={`${shown.discord_base_url}/developers/applications`} target="_blank" rel="noreferrer">
                  The simulated Developer Portal
                </a>{' '}
                has the application's id, secrets and redirects, as Discord's own would.
              </p>
            </>
          )
        }
      </Show>
    </Page>
  );
}
