import * as z from 'zod/mini';
import { MAX_AUDIT_LIMIT, type AuditQuery } from '../../shared/app/load-audit-records.ts';
import { queryInteger, queryWord } from '../../shared/catalogue/parameters.ts';
import { AUDIT_ACTOR_KINDS, AUDIT_EVENT_TYPES } from '../../shared/domain/audit-event.ts';
import { AUDIT_POSITION_PATTERN, INSTALLATION } from '../../shared/domain/audit-record.ts';
import { CONNECTION_ID_PATTERN, TENANT_ID_PATTERN } from '../../shared/domain/ids.ts';
import { parseQuery } from '../../shared/http/parse-query.ts';
import type { InputFailure } from '../../shared/problems/failure.ts';
import { fail, ok, type Result } from '../../shared/result.ts';

/** How the records are written. */
export const AUDIT_FORMATS = ['json', 'ndjson', 'csv'] as const;
export type AuditFormat = (typeof AUDIT_FORMATS)[number];

const DEFAULT_LIMIT = 50;
const MAX_JSON_LIMIT = 100;

/** RFC 3339 with an offset; the date must be one of the calendar. */
const time = z.iso.datetime({
  offset: true,
  error: 'must be RFC 3339 with an offset, as 2026-01-31T12:00:00Z or 2026-01-31T13:00:00+01:00',
});

const PARAMETERS = {
  tenant_id: z
    .string()
    .check(
      z.refine(
        (id) => id === INSTALLATION || TENANT_ID_PATTERN.test(id),
        `must be a tenant id (1 to 40 lower-case letters, digits and hyphens), or ${INSTALLATION} for what concerns none`,
      ),
    ),
  connection_id: z
    .string()
    .check(z.regex(CONNECTION_ID_PATTERN, 'must be a connection id: con_ and 22 letters, digits, - and _')),
  type: z.enum(AUDIT_EVENT_TYPES, `must be one of ${AUDIT_EVENT_TYPES.join(', ')}`),
  actor: z.enum(AUDIT_ACTOR_KINDS, `must be one of ${AUDIT_ACTOR_KINDS.join(', ')}`),
  from: time,
  to: time,
  order: queryWord('newest', 'oldest'),
  limit: queryInteger(1, MAX_AUDIT_LIMIT),
  cursor: z.string(),
  format: z.enum(AUDIT_FORMATS, `must be one of ${AUDIT_FORMATS.join(', ')}`),
};

/** Reads the parameters of `GET /audit`. A list as JSON has 1 to 100 records, a download up to 1000 and as many by default. */
export function parseAuditQuery(
  query: URLSearchParams,
): Result<{ readonly format: AuditFormat; readonly query: AuditQuery }, InputFailure> {
  const parsed = parseQuery(query, PARAMETERS);
  if (!parsed.ok) return parsed;
  const { tenant_id, connection_id, type, actor, from, to, order, limit, cursor, format = 'json' } = parsed.value;
  const after = cursor === undefined ? undefined : Buffer.from(cursor, 'base64url').toString('utf8');
  if (after !== undefined && !AUDIT_POSITION_PATTERN.test(after)) {
    return refuse('cursor', 'is not a next_cursor of this list');
  }
  if (format === 'json' && Number(limit ?? 1) > MAX_JSON_LIMIT) {
    return refuse(
      'limit',
      `must be a whole number from 1 to ${MAX_JSON_LIMIT}; with format ndjson or csv to ${MAX_AUDIT_LIMIT}`,
    );
  }
  const [fromEpochMs, toEpochMs] = [from, to].map((text) => (text === undefined ? undefined : Date.parse(text)));
  if (fromEpochMs !== undefined && toEpochMs !== undefined && toEpochMs <= fromEpochMs) {
    return refuse('to', 'must lie behind from');
  }
  return ok({
    format,
    query: {
      limit: Number(limit ?? (format === 'json' ? DEFAULT_LIMIT : MAX_AUDIT_LIMIT)),
      isNewestFirst: order !== 'oldest',
      ...(tenant_id === undefined ? {} : { tenantId: tenant_id }),
      ...(connection_id === undefined ? {} : { connectionId: connection_id }),
      ...(type === undefined ? {} : { type }),
      ...(actor === undefined ? {} : { actorKind: actor }),
      ...(fromEpochMs === undefined ? {} : { fromEpochMs }),
      ...(toEpochMs === undefined ? {} : { toEpochMs }),
      ...(after === undefined ? {} : { after }),
    },
  });
}

/** The place behind which the next page begins, as callers get it. */
export function buildAuditCursor(nextAfter: string): string {
  return Buffer.from(nextAfter).toString('base64url');
}

function refuse(parameter: string, detail: string) {
  return fail({ reason: 'input_invalid' as const, errors: [{ parameter, detail }] });
}
