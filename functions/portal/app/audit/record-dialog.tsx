import { Fragment } from 'preact';
import { toQuery } from '../api.ts';
import { describeActor, describeDetail, describeEvent, readDetailTime } from '../parts/audit-words.ts';
import { CopyButton } from '../parts/copy.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { Time } from '../parts/time.tsx';
import type { AuditRecord } from '../wire.ts';
import { WORDS } from '../words.ts';

/** One event with everything that was recorded of it. */
export function RecordDialog({ record, onClose }: { readonly record: AuditRecord; readonly onClose: () => void }) {
  const { at, type, tenant_id, connection_id, details = {} } = record;
  const json = JSON.stringify(record, undefined, 2);
  return (
    <Dialog title={describeEvent(record)} onClose={onClose}>
      <dl class="facts">
        <dt>When</dt>
        <dd>
          <Time at={at} />
          <br />
          <code>{at}</code>
        </dd>
        <dt>Who</dt>
        <dd>{describeActor(record)}</dd>
        <dt>Event</dt>
        <dd>
          <code>{type}</code>
        </dd>
        {tenant_id !== undefined && (
          <>
            <dt>Tenant</dt>
            <dd>{tenant_id}</dd>
          </>
        )}
        {connection_id !== undefined && (
          <>
            <dt>Connection</dt>
            <dd>
              <a class="break" href={`/portal/connections/${connection_id}`}>
                {connection_id}
              </a>
              <br />
              <a href={`/portal/audit${toQuery({ connection_id })}`} onClick={onClose}>
                All events of it
              </a>
            </dd>
          </>
        )}
        {Object.entries(details).map(([name, value]) => {
          const time = readDetailTime(name, value);
          return (
            <Fragment key={name}>
              <dt>{name.replace(/_epoch_seconds$/, '').replaceAll('_', ' ')}</dt>
              <dd>
                {time === undefined ? <bdi class="break">{describeDetail(name, value)}</bdi> : <Time at={time} />}
              </dd>
            </Fragment>
          );
        })}
      </dl>
      <details>
        <summary>As JSON</summary>
        <pre tabIndex={0} role="region" aria-label="The event as JSON">
          {json}
        </pre>
        <p>
          <CopyButton text={json} label="the event as JSON" />
        </p>
      </details>
      <div class="buttons">
        <button type="button" class="secondary" onClick={onClose}>
          {WORDS.close}
        </button>
      </div>
    </Dialog>
  );
}
