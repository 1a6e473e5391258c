import { useState } from 'preact/hooks';
import { toQuery } from '../api.ts';
import { Badge } from '../parts/badge.tsx';
import { MENDERS } from '../parts/mender-words.ts';

/** One action, and what stands against it. */
export interface Diagnosis {
  readonly action: string;
  readonly group: string;
  readonly summary: string;
  readonly is_allowed: boolean;
  readonly problems: readonly {
    readonly code: string;
    readonly title: string;
    readonly detail: string;
    readonly mended_by: string;
  }[];
  readonly depends_on: readonly string[];
}

/** Every action of the catalogue for one connection. */
export function ActionTable({
  items,
  connectionId,
}: {
  readonly items: readonly Diagnosis[];
  readonly connectionId: string;
}) {
  const [isOnlyWrong, setIsOnlyWrong] = useState(false);
  const wrong = items.filter((item) => !item.is_allowed).length;
  const shown = isOnlyWrong ? items.filter((item) => !item.is_allowed) : items;
  return (
    <>
      <p role="status">{`${items.length - wrong} of ${items.length} actions would work.`}</p>
      <label>
        <input
          type="checkbox"
          role="switch"
          checked={isOnlyWrong}
          onChange={(event) => setIsOnlyWrong(event.currentTarget.checked)}
        />
        Only what does not work
      </label>
      <div class="wide" tabIndex={0} role="region" aria-label="Actions of this connection">
        <table>
          <thead>
            <tr>
              <th scope="col">Action</th>
              <th scope="col">Would it work?</th>
              <th scope="col">Why not, and who can mend it</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((item) => (
              <tr key={item.action}>
                <td>
                  <a href={`/portal/try${toQuery({ connection_id: connectionId, action: item.action })}`}>
                    {item.summary}
                  </a>
                  <br />
                  <code class="quiet">{item.action}</code>
                </td>
                <td>
                  <Badge tone={toTone(item)}>
                    {item.is_allowed ? (item.depends_on.length > 0 ? 'it depends' : 'yes') : 'no'}
                  </Badge>
                </td>
                <td>
                  {item.problems.map((problem) => (
                    <p key={problem.code}>
                      {problem.title}: {problem.detail}{' '}
                      <span class="quiet">Can be mended by {MENDERS[problem.mended_by] ?? problem.mended_by}.</span>
                    </p>
                  ))}
                  {item.is_allowed && item.depends_on.length > 0 && (
                    <p class="quiet">Depends on: {item.depends_on.join('; ')}</p>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function toTone({ is_allowed, depends_on }: Diagnosis) {
  if (!is_allowed) return 'bad';
  return depends_on.length > 0 ? 'plain' : 'good';
}
