import { useState } from 'preact/hooks';
import { Field } from '../parts/field.tsx';
import { SaveFailure } from '../parts/save-failure.tsx';
import { useAction } from '../parts/use-action.ts';
import { isUntouched, splitLines, toLines, useEdits } from '../parts/use-edits.ts';
import type { KeptIntegration } from '../parts/use-integration.ts';
import type { Integration } from '../wire.ts';
import { WORDS } from '../words.ts';
import { PermissionChooser } from './permission-chooser.tsx';

/** What the flow and the store are bound to: return origins, permissions of the bot, PKCE, how long things are kept. */
export function RulesForm({
  kept,
  integration,
}: {
  readonly kept: KeptIntegration;
  readonly integration: Integration;
}) {
  const { values, touched, edit, clear } = useEdits({
    origins: toLines(integration.return_origins),
    permissions: integration.bot_permissions ?? '',
    hasPkce: integration.pkce,
    auditDays: String(integration.audit_retention_days),
    idleDays: String(integration.idle_expiry_days ?? ''),
  });
  const [wasSaved, setWasSaved] = useState(false);
  const save = useAction(async () => {
    setWasSaved(false);
    const { origins, permissions, hasPkce, auditDays, idleDays } = touched;
    await kept.save({
      ...(origins === undefined ? {} : { return_origins: splitLines(origins) }),
      ...(permissions === undefined ? {} : { bot_permissions: permissions.trim() === '' ? null : permissions.trim() }),
      ...(hasPkce === undefined ? {} : { pkce: hasPkce }),
      ...(auditDays === undefined ? {} : { audit_retention_days: toNumber(auditDays) }),
      ...(idleDays === undefined ? {} : { idle_expiry_days: idleDays.trim() === '' ? null : toNumber(idleDays) }),
    });
    clear();
    setWasSaved(true);
  });
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save.run();
      }}
    >
      <Field
        label="Return origins"
        hint="Where users may be sent back to: one a line, such as https://app.example.com, without a path."
        error={save.error}
        pointer="/return_origins"
      >
        {(control) => (
          <textarea
            {...control}
            rows={3}
            value={values.origins}
            onInput={(event) => edit({ origins: event.currentTarget.value })}
          />
        )}
      </Field>
      <Field
        label="Permissions of the bot"
        hint="Discord's number for what the bot asks for when it joins a server, if the app does not say: the Developer Portal's page Bot adds it up. Empty: none."
        error={save.error}
        pointer="/bot_permissions"
      >
        {(control) => (
          <input
            {...control}
            type="text"
            inputMode="numeric"
            value={values.permissions}
            onInput={(event) => edit({ permissions: event.currentTarget.value })}
          />
        )}
      </Field>
      <PermissionChooser value={values.permissions} onChoose={(permissions) => edit({ permissions })} />
      <Field
        label="Audit records are kept for so many days"
        hint="From 1 to 3650. Records that are there already keep their end."
        error={save.error}
        pointer="/audit_retention_days"
      >
        {(control) => (
          <input
            {...control}
            type="text"
            inputMode="numeric"
            value={values.auditDays}
            onInput={(event) => edit({ auditDays: event.currentTarget.value })}
          />
        )}
      </Field>
      <Field
        label="Idle connections end after so many days"
        hint="Empty: never. A token that nobody needs is a token that nobody misses when it is stolen."
        error={save.error}
        pointer="/idle_expiry_days"
      >
        {(control) => (
          <input
            {...control}
            type="text"
            inputMode="numeric"
            value={values.idleDays}
            onInput={(event) => edit({ idleDays: event.currentTarget.value })}
          />
        )}
      </Field>
      <label>
        <input
          type="checkbox"
          role="switch"
          checked={values.hasPkce}
          onChange={(event) => edit({ hasPkce: event.currentTarget.checked })}
        />
        PKCE: an intercepted code is worthless. Leave it on unless Discord refuses it.
      </label>
      <SaveFailure of={save} onLoad={kept.reload} />
      <button type="submit" aria-busy={save.isRunning}>
        {WORDS.save}
      </button>
      <p role="status">{wasSaved && isUntouched(touched) ? WORDS.saved : ''}</p>
    </form>
  );
}

/** What is no number goes as it is: the gateway says what is wrong with it. */
function toNumber(text: string): number | string {
  return /^\d+$/.test(text.trim()) ? Number(text) : text;
}
