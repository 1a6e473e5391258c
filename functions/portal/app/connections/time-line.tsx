import { describeActor, describeEvent, summarize } from '../parts/audit-words.ts';
import { Time } from '../parts/time.tsx';
import type { AuditRecord } from '../wire.ts';

/** What happened to a connection, newest first. */
export function TimeLine({ history }: { readonly history: readonly AuditRecord[] }) {
  if (history.length === 0) return <p>Nothing is recorded any more: audit records end after a while.</p>;
  return (
    <ol class="time-line">
      {history.map((record) => {
        const summary = summarize(record);
        return (
          <li key={record.position}>
            <Time at={record.at} />
            <strong>{describeEvent(record)}</strong>
            {summary !== '' && (
              <>
                : <bdi class="break">{summary}</bdi>
              </>
            )}{' '}
            <span class="quiet">by {describeActor(record)}</span>
          </li>
        );
      })}
    </ol>
  );
}
