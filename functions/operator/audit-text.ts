import { toAuditRecordJson, type AuditRecord } from '../../shared/domain/audit-record.ts';

/** One JSON object on each line. */
export function toAuditNdjson(records: readonly AuditRecord[]): string {
  return records.map((record) => `${JSON.stringify(toAuditRecordJson(record))}\n`).join('');
}

const COLUMNS = ['at', 'type', 'actor_kind', 'actor_id', 'tenant_id', 'connection_id', 'details', 'position'];

/** A table with a head line; `details` is JSON. @see RFC 4180 */
export function toAuditCsv(records: readonly AuditRecord[]): string {
  const rows = records.map((record) => {
    const { at, type, actor, tenant_id = '', connection_id = '', details, position } = toAuditRecordJson(record);
    return [at, type, actor.kind, actor.id ?? '', tenant_id, connection_id, JSON.stringify(details), position];
  });
  return [COLUMNS, ...rows].map((cells) => `${cells.map(toCell).join(',')}\r\n`).join('');
}

/** What a spreadsheet would take for a formula becomes text by a `'` before it. @see OWASP, CSV Injection */
export function toCell(text: string): string {
  const harmless = /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
