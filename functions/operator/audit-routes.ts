import { loadAuditRecords, type LoadAuditDeps } from '../../shared/app/load-audit-records.ts';
import type { Clock } from '../../shared/app/ports.ts';
import { toAuditRecordJson, toAuditTime, type AuditRecord } from '../../shared/domain/audit-record.ts';
import type { OperatorAuthDeps } from '../../shared/http/authenticate-operator.ts';
import type { Route } from '../../shared/http/http-handler.ts';
import { operatorRoute } from '../../shared/http/operator-route.ts';
import type { HttpRequest } from '../../shared/http/request.ts';
import { respondJson, type HttpResponse } from '../../shared/http/respond.ts';
import { ROUTES } from '../../shared/http/routes.ts';
import type { Failure } from '../../shared/problems/failure.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { buildAuditCursor, parseAuditQuery } from './audit-query.ts';
import { toAuditCsv, toAuditNdjson } from './audit-text.ts';

export type AuditRoutesDeps = OperatorAuthDeps &
  LoadAuditDeps & { readonly clock: Clock; readonly publicBaseUrl: string };

/** Reads of 100 records each beyond the first of each list: some thousand records are looked through in one call. */
const MAX_READS = 50;

/** Routes about what was recorded. */
export function auditRoutes(deps: AuditRoutesDeps): Readonly<Record<string, Route>> {
  return { [ROUTES.operator.listAudit]: operatorRoute(deps, (request) => listAudit(deps, request)) };
}

async function listAudit(deps: AuditRoutesDeps, request: HttpRequest): Promise<Result<HttpResponse, Failure>> {
  const parsed = parseAuditQuery(request.query);
  if (!parsed.ok) return parsed;
  const { format, query } = parsed.value;
  const loaded = await loadAuditRecords(deps, { ...query, maxReads: MAX_READS });
  if (!loaded.ok) {
    return fail({ reason: 'input_invalid', errors: [{ parameter: 'limit', detail: loaded.failure.detail }] });
  }
  const { records, nextAfter } = loaded.value;
  const cursor = nextAfter === undefined ? undefined : buildAuditCursor(nextAfter);
  if (format === 'json') {
    const items = records.map(toAuditRecordJson);
    return ok(respondJson(200, { items, ...(cursor === undefined ? {} : { next_cursor: cursor }) }));
  }
  const link = cursor === undefined ? {} : { link: buildLink(deps.publicBaseUrl, request, cursor) };
  return ok(respondDownload(format, records, deps.clock.nowEpochMs(), link));
}

const MEDIA_TYPES = {
  ndjson: 'application/x-ndjson',
  csv: 'text/csv; charset=utf-8; header=present',
} as const;

function respondDownload(
  format: keyof typeof MEDIA_TYPES,
  records: readonly AuditRecord[],
  nowEpochMs: number,
  headers: Record<string, string>,
): HttpResponse {
  const stamp = toAuditTime(nowEpochMs).replace(/[-:]|\.\d+/g, '');
  return {
    statusCode: 200,
    headers: {
      ...headers,
      'content-type': MEDIA_TYPES[format],
      'content-disposition': `attachment; filename="audit-${stamp}.${format}"`,
    },
    body: format === 'csv' ? toAuditCsv(records) : toAuditNdjson(records),
  };
}

/** @see RFC 8288 */
function buildLink(publicBaseUrl: string, request: HttpRequest, cursor: string): string {
  const next = new URLSearchParams(request.query);
  next.set('cursor', cursor);
  return `<${publicBaseUrl}${request.path}?${next.toString()}>; rel="next"`;
}
