import type { KnownScope } from '../wire.ts';
import { findScopeFaults } from './scope-faults.ts';

/** Every scope with what it really opens. */
export function ScopeChooser(props: {
  readonly known: readonly KnownScope[];
  readonly chosen: readonly string[];
  /** What is saved: a check tells of what is wrong with that. */
  readonly stored: readonly string[];
  readonly onChoose: (scopes: string[]) => void;
}) {
  const { known, chosen, stored, onChoose } = props;
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
        {chosen.includes('messages.read') && !stored.includes('messages.read') && (
          <p class="notice warn">
            messages.read opens nothing over HTTP: Discord offers it to programs on the user's own computer only. Users
            would be asked for it, and your apps would gain nothing. Messages are read through the bot.
          </p>
        )}
      </div>
    </fieldset>
  );
}
