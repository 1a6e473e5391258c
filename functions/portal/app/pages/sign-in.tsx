import { useEffect, useState } from 'preact/hooks';
import { call } from '../api.ts';
import { Copy } from '../parts/copy.tsx';
import { Failure } from '../parts/failure.tsx';
import { Field } from '../parts/field.tsx';
import { useAction } from '../parts/use-action.ts';
import { WORDS } from '../words.ts';

/** The way in: by the operator key, or for the first time by the set-up code, which makes that key. */
export function SignIn({ onSignedIn }: { readonly onSignedIn: () => void }) {
  const [isFirstTime, setIsFirstTime] = useState(false);
  const [key, setKey] = useState<string>();
  useEffect(() => {
    document.title = `Sign in · ${WORDS.product}`;
  }, []);
  if (key !== undefined) return <NewKey operatorKey={key} onKept={onSignedIn} />;
  return (
    <main class="alone">
      <p class="quiet">{WORDS.product}</p>
      <h1>{isFirstTime ? 'Set up' : 'Sign in'}</h1>
      {isFirstTime ? <SetUpForm onKey={setKey} /> : <KeyForm onSignedIn={onSignedIn} />}
      <p>
        <button type="button" class="link" onClick={() => setIsFirstTime(!isFirstTime)}>
          {isFirstTime ? 'I have an operator key' : 'First time here? Use the set-up code'}
        </button>
      </p>
    </main>
  );
}

function KeyForm({ onSignedIn }: { readonly onSignedIn: () => void }) {
  const [value, setValue] = useState('');
  const signIn = useAction(async () => {
    await call('POST', '/operator/session', { body: { operator_key: value.trim() } });
    onSignedIn();
  });
  return (
    <SecretForm
      label="Operator key"
      hint="It begins with dio_ and was shown once, when it was made. Who has lost it makes a new set-up code."
      button="Sign in"
      {...{ value, setValue, action: signIn }}
    />
  );
}

function SetUpForm({ onKey }: { readonly onKey: (key: string) => void }) {
  const [value, setValue] = useState('');
  const setUp = useAction(async () => {
    const { data } = await call<{ operator_key: string }>('POST', '/operator/setup', {
      body: { setup_code: value.trim() },
    });
    onKey(data.operator_key);
  });
  return (
    <SecretForm
      label="Set-up code"
      hint="Locally it stands in the terminal in which the gateway was started. After a deployment the stack's output SetupCodeCommand says how to read it. It works once."
      button="Make the operator key"
      {...{ value, setValue, action: setUp }}
    />
  );
}

function SecretForm(props: {
  readonly label: string;
  readonly hint: string;
  readonly button: string;
  readonly value: string;
  readonly setValue: (value: string) => void;
  readonly action: ReturnType<typeof useAction<[]>>;
}) {
  const { label, hint, button, value, setValue, action } = props;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void action.run();
      }}
    >
      <Failure error={action.error} />
      {/* Password managers keep a key under a name. */}
      <input
        type="text"
        class="hidden"
        autocomplete="username"
        value="operator"
        readOnly
        tabIndex={-1}
        aria-hidden="true"
      />
      <Field label={label} hint={hint}>
        {(control) => (
          <input
            {...control}
            type="password"
            autocomplete="current-password"
            spellcheck={false}
            required
            value={value}
            onInput={(event) => setValue(event.currentTarget.value)}
          />
        )}
      </Field>
      <button type="submit" aria-busy={action.isRunning}>
        {button}
      </button>
    </form>
  );
}

/** Shown once: after this nobody can show the key again. */
function NewKey({ operatorKey, onKept }: { readonly operatorKey: string; readonly onKept: () => void }) {
  return (
    <main class="alone">
      <p class="quiet">{WORDS.product}</p>
      <h1>Your operator key</h1>
      <p>
        Keep it in your password manager now. It is shown only this once, and it opens everything here. The set-up code
        is used up.
      </p>
      <Copy text={operatorKey} label="operator key" />
      <button type="button" onClick={onKept}>
        I have kept it, go on
      </button>
    </main>
  );
}
