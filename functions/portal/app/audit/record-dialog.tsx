import { useEffect, useId, useRef } from 'preact/hooks';
import { describeActor, describeEvent } from '../parts/audit-words.ts';
import { CopyButton } from '../parts/copy.tsx';
import { Time } from '../parts/time.tsx';
import type { AuditRecord } from '../wire.ts';

/** One event with everything that was recorded of it. */
export function RecordDialog({ record, onClose }: { readonly record: AuditRecord; readonly onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const opened = dialog.current;
    opened?.showModal();
    return () => opened?.close();
  }, []);
  const { at, type, tenant_id, connection_id, details = {} } = record;
  return (
    <dialog ref={dialog} aria-labelledby={titleId} onClose={onClose}>
      <article>
        <h2 id={titleId}>{describeEvent(record)}</h2>
        <dl class="facts">
          <dt>When</dt>
          <dd>
            <Time at={at} /> <span class="quiet">({at})</span>
          </dd>
          <dt>Who</dt>
          <dd>{describeActor(record)}</dd>
          <dt>Event</dt>
          <dd>
            <code>{type}</code>
          </dd>
          {tenant_id !== undefined && [<dt key="tt">Tenant</dt>, <dd key="td">{tenant_id}</dd>]}
          {connection_id !== undefined && [
            <dt key="ct">Connection</dt>,
            <dd key="cd">
              <a href={`/portal/connections/${connection_id}`}>{connection_id}</a>
            </dd>,
          ]}
          {Object.entries(details).map(([name, value]) => [
            <dt key={`${name} name`}>{name}</dt>,
            <dd key={`${name} value`}>
              <bdi>{typeof value === 'object' ? value.join(', ') : String(value)}</bdi>
            </dd>,
          ])}
        </dl>
        <div class="buttons">
          <CopyButton text={JSON.stringify(record, undefined, 2)} label="the event as JSON" />
          <button type="button" class="secondary" onClick={onClose}>
            Close
          </button>
        </div>
      </article>
    </dialog>
  );
}
