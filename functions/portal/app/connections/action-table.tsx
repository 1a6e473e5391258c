import { toQuery } from '../api.ts';
import { Badge } from '../parts/badge.tsx';
import { Empty } from '../parts/page.tsx';
import { MENDERS } from '../parts/mender-words.ts';
import { countActions, findCommonObstacle, GROUPS, toGroups, type Diagnosis, type Obstacle } from './diagnosis.ts';

/** Every action of the catalogue for one connection, by what it is about. */
export function ActionTable(props: {
  readonly items: readonly Diagnosis[];
  readonly connectionId: string;
  readonly isOnlyWrong: boolean;
  readonly onOnlyWrong: (isOnlyWrong: boolean) => void;
}) {
  const { items, connectionId, isOnlyWrong, onOnlyWrong } = props;
  const wrong = items.filter((item) => !item.is_allowed);
  const count = countActions(items);
  const common = findCommonObstacle(items);
  if (common !== undefined) {
    return (
      <div class="notice failed" role="status">
        <strong>{count} One thing stands against all of them:</strong>
        <ObstacleText obstacle={common} />
      </div>
    );
  }
  const shown = isOnlyWrong ? wrong : items;
  return (
    <>
      <p role="status">{count}</p>
      <label>
        <input
          type="checkbox"
          role="switch"
          checked={isOnlyWrong}
          onChange={(event) => onOnlyWrong(event.currentTarget.checked)}
        />
        Only what does not work
      </label>
      {shown.length === 0 ? (
        <Empty>Nothing stands against any action.</Empty>
      ) : (
        <div class="wide" tabIndex={0} role="region" aria-label="Actions of this connection">
          <table>
            <thead>
              <tr>
                <th scope="col">Action</th>
                <th scope="col">Would it work?</th>
                <th scope="col">Why not, and who can mend it</th>
              </tr>
            </thead>
            {toGroups(shown).map(([group, members]) => (
              <tbody key={group}>
                <tr>
                  <th colSpan={3} scope="rowgroup">
                    <strong>{GROUPS[group] ?? group}</strong>
                  </th>
                </tr>
                {members.map((item) => (
                  <ActionRow key={item.action} {...{ item, connectionId }} />
                ))}
              </tbody>
            ))}
          </table>
        </div>
      )}
    </>
  );
}

function ActionRow({ item, connectionId }: { readonly item: Diagnosis; readonly connectionId: string }) {
  const { action, summary, is_allowed, problems, depends_on } = item;
  return (
    <tr>
      <td class="text">
        <a href={`/portal/try${toQuery({ connection_id: connectionId, action })}`}>{summary}</a>
        <br />
        <code>{action}</code>
      </td>
      <td>
        <Badge tone={toTone(item)}>{toVerdict(item)}</Badge>
      </td>
      <td class="text">
        {problems.map((problem) => (
          <ObstacleText key={problem.code} obstacle={problem} />
        ))}
        {is_allowed && depends_on.length > 0 && <p class="quiet">Depends on: {depends_on.join('; ')}</p>}
      </td>
    </tr>
  );
}

function ObstacleText({ obstacle }: { readonly obstacle: Obstacle }) {
  const { title, detail, mended_by } = obstacle;
  return (
    <p>
      {title}: {detail} <span class="quiet">Can be mended by {MENDERS[mended_by] ?? mended_by}.</span>
    </p>
  );
}

function toTone({ is_allowed, depends_on }: Diagnosis) {
  if (!is_allowed) return 'bad';
  return depends_on.length > 0 ? 'plain' : 'good';
}

function toVerdict({ is_allowed, depends_on }: Diagnosis): string {
  if (!is_allowed) return 'no';
  return depends_on.length > 0 ? 'it depends' : 'yes';
}
