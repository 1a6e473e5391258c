import type { KnownScope } from '../wire.ts';

/** What is lost without one of the scopes that the layer itself needs. */
const MINIMUM: Readonly<Record<string, string>> = {
  identify: 'Without identify nobody knows who has connected: no connection can be made.',
  email: 'Without email profiles come without address and nobody can be matched by it.',
  guilds: "Without guilds the user's servers cannot be listed.",
};

/** What stops working with this choice; empty: it can be saved. */
export function findScopeFaults(chosen: readonly string[]): string[] {
  return Object.entries(MINIMUM).flatMap(([name, lost]) => (chosen.includes(name) ? [] : [lost]));
}

/** Every scope with what it really opens. */
export function ScopeChooser(props: {
  readonly known: readonly KnownScope[];
  readonly chosen: readonly string[];
  readonly onChoose: (scopes: string[]) => void;
}) {
  const { known, chosen, onChoose } = props;
  const faults = findScopeFaults(chosen);
  return (
    <fieldset aria-describedby="scope-faults">
      <legend>What may apps ask of users?</legend>
      {known.map(({ name, opens }) => (
        <label key={name} class="choice">
          <input
            type="checkbox"
            checked={chosen.includes(name)}
            onChange={(event) =>
              onChoose(
                known
                  .map((scope) => scope.name)
                  .filter((scope) => (scope === name ? event.currentTarget.checked : chosen.includes(scope))),
              )
            }
          />
          <span>
            <code>{name}</code> <span class="quiet">{opens}</span>
          </span>
        </label>
      ))}
      <div id="scope-faults" role="status">
        {faults.length > 0 && (
          <div class="notice failed">
            <strong>This is the minimum and cannot be left out</strong>
            <ul>
              {faults.map((fault) => (
                <li key={fault}>{fault}</li>
              ))}
            </ul>
          </div>
        )}
        {chosen.includes('messages.read') && (
          <p class="notice warn">
            messages.read opens nothing over HTTP: Discord offers it to programs on the user's own computer only. Users
            would be asked for nothing. Messages are read through the bot.
          </p>
        )}
      </div>
    </fieldset>
  );
}
