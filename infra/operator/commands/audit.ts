import * as z from 'zod/mini';
import { loadAuditRecords, MAX_AUDIT_LIMIT } from '../../../shared/app/load-audit-records.ts';
import { refuse } from '../../../shared/app/operate-tenants.ts';
import { INSTALLATION, toAuditJson, toAuditTime, type AuditRecord } from '../../../shared/domain/audit-record.ts';
import { ok } from '../../../shared/result.ts';
import { buildTable } from '../build-table.ts';
import type { Command } from '../command.ts';

const DEFAULT_LIMIT = 50;
const ORDERS = ['newest', 'oldest'];

/** RFC 3339 with an offset; the date must be one of the calendar. */
const time = z.iso.datetime({ offset: true });

export const auditCommand: Command = {
  name: 'audit',
  positionals: [],
  flags: {
    tenant: { value: 'TENANT', isRequired: false },
    connection: { value: 'ID', isRequired: false },
    from: { value: 'TIME', isRequired: false },
    to: { value: 'TIME', isRequired: false },
    limit: { value: 'N', isRequired: false },
    order: { value: 'newest|oldest', isRequired: false },
  },
  summary: 'show what happened to connections, keys and settings, and who did it',
  details: `Without --tenant and --connection: what concerns all tenants that there are, and the installation (--tenant ${INSTALLATION}
shows only the latter). TIME is RFC 3339, as 2026-01-31T12:00:00Z; --from is included, --to is not. At most ${DEFAULT_LIMIT} records unless --limit
says otherwise (1 to ${MAX_AUDIT_LIMIT}), the newest first unless --order oldest. With --json each record is a line of its own.`,
  run: async ({ edges, flag }) => {
    const [tenantId, connectionId, from, to] = [flag('tenant'), flag('connection'), flag('from'), flag('to')];
    const order = flag('order') ?? 'newest';
    const badTime = [from, to].some((text) => text !== undefined && !time.safeParse(text).success);
    if (badTime)
      return refuse('a time is RFC 3339 with an offset, as 2026-01-31T12:00:00Z or 2026-01-31T13:00:00+01:00');
    if (!ORDERS.includes(order)) return refuse(`the order is one of ${ORDERS.join(', ')}`);
    const limit = flag('limit') ?? String(DEFAULT_LIMIT);
    const loaded = await loadAuditRecords(edges, {
      ...(tenantId === undefined ? {} : { tenantId }),
      ...(connectionId === undefined ? {} : { connectionId }),
      ...(from === undefined ? {} : { fromEpochMs: Date.parse(from) }),
      ...(to === undefined ? {} : { toEpochMs: Date.parse(to) }),
      // Not `Number('')` or `Number('1e3')`.
      limit: /^\d{1,9}$/.test(limit) ? Number(limit) : Number.NaN,
      isNewestFirst: order === 'newest',
    });
    if (!loaded.ok) return loaded;
    const { records, nextAfter } = loaded.value;
    return ok({
      text: records.length === 0 ? 'No records.' : buildTable([HEADING, ...records.map(toRow)]),
      jsonLines: records.map((record) => ({ at: toAuditTime(record.atEpochMs), ...toAuditJson(record) })),
      notes: nextAfter !== undefined ? ['There are more: raise --limit, or narrow the time with --from and --to.'] : [],
    });
  },
};

const HEADING = ['time', 'event', 'by', 'tenant', 'connection', 'details'];

function toRow(record: AuditRecord): string[] {
  const { type, actor, details } = toAuditJson(record);
  const facts = Object.entries(details).map(([name, value]) => `${name}=${String(value)}`);
  return [
    toAuditTime(record.atEpochMs),
    type,
    actor.id === undefined ? actor.kind : `${actor.kind} ${actor.id}`,
    record.tenantId ?? '-',
    record.connectionId ?? '-',
    facts.join(' '),
  ];
}
