import { useLocation, useRoute } from 'preact-iso';
import { useMemo, useState } from 'preact/hooks';
import { load, toQuery } from '../api.ts';
import { ConfirmDialog } from '../parts/dialog.tsx';
import { ConnectionPicker } from '../parts/connection-picker.tsx';
import { Failure } from '../parts/failure.tsx';
import { Page, Show } from '../parts/page.tsx';
import { useAction } from '../parts/use-action.ts';
import { useLoad } from '../parts/use-load.ts';
import { useSession } from '../session.tsx';
import { ActionForm } from '../try/action-form.tsx';
import { AnswerView } from '../try/answer-view.tsx';
import { buildCall, enterExample, type Entered } from '../try/build-call.ts';
import { CallView } from '../try/call-view.tsx';
import { readActions, type ActionSpec, type OpenApiDocument } from '../try/read-actions.ts';
import { runCall, type Answer } from '../try/run-call.ts';

const NOTHING: Entered = { parameters: {}, fields: {} };

/** A connection, an action of the catalogue, its form, the call as code, and the real answer. */
export function TryIt() {
  const document = useLoad(async (signal) => readActions(await load<OpenApiDocument>('/openapi.json', signal)), []);
  return (
    <Page
      title="Try it"
      intro="Calls the gateway exactly as your app would, with a short-lived token for the chosen connection. What it changes at Discord is really changed."
    >
      <Show of={document}>{(actions) => <Trial actions={actions} />}</Show>
    </Page>
  );
}

function Trial({ actions }: { readonly actions: readonly ActionSpec[] }) {
  const { route } = useLocation();
  const { query } = useRoute();
  const connectionId = query['connection_id'] ?? '';
  const actionId = query['action'] ?? 'user.read';
  const spec = actions.find(({ id }) => id === actionId);
  const choose = (chosen: { connection_id?: string; action?: string }): void =>
    route(`/portal/try${toQuery({ connection_id: connectionId, action: actionId, ...chosen })}`, true);
  return (
    <>
      <ConnectionPicker chosen={connectionId} onChoose={(id) => choose({ connection_id: id })} />
      <ActionPicker actions={actions} chosen={actionId} onChoose={(id) => choose({ action: id })} />
      {spec === undefined ? (
        <p>There is no action of this name.</p>
      ) : (
        <OneAction key={spec.id} spec={spec} connectionId={connectionId} />
      )}
    </>
  );
}

function ActionPicker(props: {
  readonly actions: readonly ActionSpec[];
  readonly chosen: string;
  readonly onChoose: (id: string) => void;
}) {
  const groups = [...new Set(props.actions.map(({ group }) => group))];
  return (
    <label>
      Action
      <select value={props.chosen} onChange={(event) => props.onChoose(event.currentTarget.value)}>
        {groups.map((group) => (
          <optgroup key={group} label={group}>
            {props.actions
              .filter((action) => action.group === group)
              .map(({ id, summary }) => (
                <option key={id} value={id}>
                  {`${id}: ${summary}`}
                </option>
              ))}
          </optgroup>
        ))}
      </select>
    </label>
  );
}

function OneAction({ spec, connectionId }: { readonly spec: ActionSpec; readonly connectionId: string }) {
  const { session } = useSession();
  const [entered, setEntered] = useState<Entered>(NOTHING);
  const [isDryRun, setIsDryRun] = useState(false);
  const [idempotencyKey, setIdempotencyKey] = useState('');
  const [isAsking, setIsAsking] = useState(false);
  const [wasTried, setWasTried] = useState(false);
  const [answer, setAnswer] = useState<Answer>();
  const { call, faults } = useMemo(() => buildCall(spec, connectionId, entered), [spec, connectionId, entered]);
  const headers = {
    ...(isDryRun ? { 'Dry-Run': 'true' } : {}),
    ...(idempotencyKey === '' ? {} : { 'Idempotency-Key': idempotencyKey }),
  };
  const run = useAction(async () => {
    setAnswer(undefined);
    setAnswer(await runCall(connectionId, call, headers));
    setIsAsking(false);
  });
  const isComplete = connectionId !== '' && Object.keys(faults).length === 0;
  const start = (): void => {
    setWasTried(true);
    if (!isComplete) return;
    if (spec.effect === 'destructive' && !isDryRun) setIsAsking(true);
    else void run.run();
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        start();
      }}
    >
      <details>
        <summary>What it does and needs</summary>
        {spec.description.split('\n\n').map((text) => (
          <p key={text}>{text}</p>
        ))}
        <p>
          <a href={spec.docs} target="_blank" rel="noreferrer">
            Discord's documentation
          </a>
        </p>
      </details>
      <ActionForm spec={spec} entered={entered} faults={wasTried ? faults : {}} onEnter={setEntered} />
      <div class="buttons">
        <button type="button" class="secondary small" onClick={() => setEntered(enterExample(spec))}>
          Fill in the example
        </button>
      </div>
      <fieldset>
        <legend>Options</legend>
        <label>
          <input type="checkbox" checked={isDryRun} onChange={(event) => setIsDryRun(event.currentTarget.checked)} />
          Only ask whether it would work (Dry-Run)
        </label>
        {spec.takesIdempotencyKey && (
          <label>
            Idempotency-Key: repeating the call with the same key does nothing twice
            <input
              type="text"
              value={idempotencyKey}
              maxLength={255}
              onInput={(event) => setIdempotencyKey(event.currentTarget.value)}
            />
          </label>
        )}
      </fieldset>
      {wasTried && connectionId === '' && (
        <p class="fault" role="alert">
          Choose a connection first.
        </p>
      )}
      {wasTried && connectionId !== '' && !isComplete && (
        <p class="fault" role="alert">
          Fill in what is marked above first.
        </p>
      )}
      <button type="submit" aria-busy={run.isRunning}>
        {isDryRun ? 'Ask' : 'Run it'}
      </button>
      {!isAsking && <Failure error={run.error} />}
      {isAsking && (
        <ConfirmDialog title={spec.summary} confirm="Do it" action={run} onClose={() => setIsAsking(false)}>
          <p>This cannot be taken back at Discord.</p>
          <p class="break">
            <code>
              {call.method} {call.path}
            </code>
          </p>
        </ConfirmDialog>
      )}
      <AnswerView answer={answer} />
      <CallView call={call} baseUrl={session.public_base_url} headers={headers} />
    </form>
  );
}
