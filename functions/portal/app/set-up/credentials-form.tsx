import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Field, findFault } from '../parts/field.tsx';
import { SaveFailure } from '../parts/save-failure.tsx';
import { Time } from '../parts/time.tsx';
import { useAction } from '../parts/use-action.ts';
import { isUntouched, splitLines, toLines, useEdits } from '../parts/use-edits.ts';
import type { KeptIntegration } from '../parts/use-integration.ts';
import type { Check, Integration, SecretState } from '../wire.ts';
import { BotTokenRemoval } from './bot-token-removal.tsx';
import { ScopeChooser } from './scope-chooser.tsx';
import { findScopeFaults } from './scope-faults.ts';
import { Step } from './step.tsx';

const CREDENTIAL_CHECKS = ['client_secret', 'bot_token', 'bot_application', 'code_grant'];
const INTENT_CHECKS = ['intent_server_members', 'intent_message_content'];

/** Steps 3 and 4: what is entered and saved together. */
export function CredentialsForm(props: {
  readonly kept: KeptIntegration;
  readonly integration: Integration;
  readonly checks: readonly Check[];
  readonly applicationUrl: (page: string) => string;
  /** Told what Discord said of what was saved. */
  readonly onChecked: (checks: readonly Check[]) => void;
}) {
  const { kept, integration, checks, applicationUrl, onChecked } = props;
  const { values, touched, edit, clear } = useEdits({
    clientId: integration.client_id ?? '',
    clientSecret: '',
    botToken: '',
    scopes: chooseScopes(integration),
    origins: toLines(integration.return_origins),
  });
  const [wasSaved, setWasSaved] = useState(false);
  const save = useAction(async () => {
    setWasSaved(false);
    const { clientId, clientSecret = '', botToken = '', scopes, origins } = touched;
    const saved = await kept.save({
      ...(clientId === undefined ? {} : { client_id: clientId.trim() }),
      ...(clientSecret === '' ? {} : { client_secret: clientSecret.trim() }),
      ...(botToken === '' ? {} : { bot_token: botToken.trim() }),
      ...(scopes === undefined ? {} : { scopes }),
      ...(origins === undefined ? {} : { return_origins: splitLines(origins) }),
    });
    clear();
    setWasSaved(true);
    onChecked(saved.checks ?? []);
  });
  // It opens when something in it is to be mended, and never closes by itself while somebody is in it.
  const [isBotOpen, setIsBotOpen] = useState(integration.bot_token.is_set);
  const isBotFaulty =
    findFault(save.error, '/bot_token') !== undefined ||
    checks.some(({ id, state }) => id === 'bot_token' && state === 'failed');
  useEffect(() => {
    if (isBotFaulty) setIsBotOpen(true);
  }, [isBotFaulty]);
  const pick = (ids: readonly string[]): Check[] => checks.filter((check) => ids.includes(check.id));
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (findScopeFaults(values.scopes).length === 0) void save.run();
      }}
    >
      <ol class="steps" start={3}>
        <Step number={3} title="Enter what Discord gave you" checks={pick(CREDENTIAL_CHECKS)}>
          <p>
            Both stand on the application's <Outside href={applicationUrl('oauth2')}>page OAuth2</Outside>. The secret
            is shown there once, after “Reset Secret”.
          </p>
          <Field label="Client ID" hint="17 to 20 digits" error={save.error} pointer="/client_id">
            {(control) => (
              <input
                {...control}
                type="text"
                inputMode="numeric"
                autocomplete="off"
                value={values.clientId}
                onInput={(event) => edit({ clientId: event.currentTarget.value })}
              />
            )}
          </Field>
          <SecretField
            label="Client secret"
            state={integration.client_secret}
            error={save.error}
            pointer="/client_secret"
            value={values.clientSecret}
            onInput={(clientSecret) => edit({ clientSecret })}
          />
          <details open={isBotOpen} onToggle={(event) => setIsBotOpen(event.currentTarget.open)}>
            <summary>Bot token (for everything in servers: messages, members, channels)</summary>
            <p>
              On the <Outside href={applicationUrl('bot')}>page Bot</Outside>: “Reset Token”, and there switch on
              “Requires OAuth2 Code Grant”, so that the bot joins only through this gateway. Switch on “Server Members
              Intent” to list members and “Message Content Intent” to read what others write. With the token we can also
              check all of this for you.
            </p>
            <SecretField
              label="Bot token"
              state={integration.bot_token}
              error={save.error}
              pointer="/bot_token"
              value={values.botToken}
              onInput={(botToken) => edit({ botToken })}
            />
            <BotTokenRemoval
              kept={kept}
              isSet={integration.bot_token.is_set}
              onRemoved={({ checks: found = [] }) => onChecked(found)}
            />
          </details>
        </Step>
        <Step
          number={4}
          title="Choose scopes and save"
          checks={pick(['scope_messages_read', ...INTENT_CHECKS, 'return_origins'])}
        >
          <ScopeChooser
            known={integration.known_scopes}
            chosen={values.scopes}
            stored={integration.scopes}
            onChoose={(scopes) => edit({ scopes })}
          />
          <Field
            label="Where may users be sent back to?"
            hint="Origins of your apps, one a line, such as https://app.example.com. Not needed for the test user below."
            error={save.error}
            pointer="/return_origins"
          >
            {(control) => (
              <textarea
                {...control}
                rows={2}
                value={values.origins}
                onInput={(event) => edit({ origins: event.currentTarget.value })}
              />
            )}
          </Field>
          <SaveFailure of={save} onLoad={kept.reload} />
          <button type="submit" aria-busy={save.isRunning} disabled={findScopeFaults(values.scopes).length > 0}>
            Save and check
          </button>
          <p role="status">
            {wasSaved && isUntouched(touched) ? 'Saved. What Discord said about it stands at each step.' : ''}
          </p>
        </Step>
      </ol>
    </form>
  );
}

function SecretField(props: {
  readonly label: string;
  readonly state: SecretState;
  readonly error: unknown;
  readonly pointer: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
}) {
  const { label, state, error, pointer, value, onInput } = props;
  const hint = state.is_set ? (
    <>
      Entered <Time at={state.set_at} />. It cannot be shown again; leave this empty to keep it.
    </>
  ) : (
    'Not entered yet.'
  );
  return (
    <Field label={label} hint={hint} error={error} pointer={pointer}>
      {(control) => (
        <input
          {...control}
          type="password"
          autocomplete="new-password"
          spellcheck={false}
          value={value}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

function Outside({ href, children }: { readonly href: string; readonly children: ComponentChildren }) {
  return (
    <a href={href} target="_blank" rel="noreferrer">
      {children}
    </a>
  );
}

function chooseScopes({ scopes, known_scopes }: Integration): readonly string[] {
  return scopes.length > 0 ? scopes : known_scopes.filter((scope) => scope.is_default).map((scope) => scope.name);
}
