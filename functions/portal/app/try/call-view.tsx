import { useState } from 'preact/hooks';
import { CopyButton } from '../parts/copy.tsx';
import type { Call } from './build-call.ts';
import { toCurl, toDiscordJs, toFetch } from './show-call.ts';

const FORMS = { curl: 'curl', fetch: 'TypeScript', discordJs: 'discord.js' } as const;
type Form = keyof typeof FORMS;

/** The call as code for the app's back end, with its API key in place of this page's token. */
export function CallView(props: {
  readonly call: Call;
  readonly baseUrl: string;
  readonly headers: Readonly<Record<string, string>>;
}) {
  const [form, setForm] = useState<Form>('curl');
  const { call, baseUrl, headers } = props;
  const code =
    form === 'curl'
      ? toCurl(call, baseUrl, headers)
      : form === 'fetch'
        ? toFetch(call, baseUrl, headers)
        : toDiscordJs(call, baseUrl);
  return (
    <section aria-labelledby="as-code">
      <h2 id="as-code">The same from your app</h2>
      <fieldset>
        <legend>Written as</legend>
        {(Object.keys(FORMS) as Form[]).map((name) => (
          <label key={name}>
            <input type="radio" name="form" checked={form === name} onChange={() => setForm(name)} />
            {FORMS[name]}
          </label>
        ))}
      </fieldset>
      <pre tabIndex={0} aria-label={`The call as ${FORMS[form]}`}>
        <code>{code}</code>
      </pre>
      <CopyButton text={code} label={`the call as ${FORMS[form]}`} />
    </section>
  );
}
