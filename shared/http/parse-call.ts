import type { ActionCall } from '../app/action-call.ts';
import type { ActionDefinition } from '../catalogue/action.ts';
import { parseAuditLogReason } from '../discord/audit-log-reason.ts';
import type { InputFailure } from '../problems/failure.ts';
import { fail, ok, type Result } from '../result.ts';
import { parseActionBody } from './action-body.ts';
import { parseActionCall } from './action-call.ts';
import { parseIdempotencyKey } from './idempotency-key.ts';
import type { HttpRequest } from './request.ts';

const DRY_RUN_HEADER = 'Dry-Run';

/** Reads a call of an action from a request: path, query, body and the headers that say how it is to be done. */
export function parseCall(
  actions: readonly ActionDefinition[],
  request: Pick<HttpRequest, 'method' | 'path' | 'query' | 'headers' | 'body'>,
): Result<ActionCall, InputFailure> {
  const parsed = parseActionCall(actions, request.method, request.path, request.query);
  if (!parsed.ok) return parsed;
  const { action } = parsed.value;
  const body = parseActionBody(action, request);
  if (!body.ok) return body;
  const isDryRun = parseDryRun(request.headers['dry-run']);
  if (!isDryRun.ok) return isDryRun;
  const idempotencyKey = parseIdempotencyKey(request.headers);
  if (!idempotencyKey.ok) return idempotencyKey;
  const auditLogReason = parseAuditLogReason(request.headers['x-audit-log-reason'], action.takesAuditLogReason);
  if (!auditLogReason.ok) return auditLogReason;
  const { json, text, files } = body.value;
  return ok({
    ...parsed.value,
    query: request.query,
    body: { json, text, files },
    isDryRun: isDryRun.value,
    ...(idempotencyKey.value === undefined ? {} : { idempotencyKey: idempotencyKey.value }),
    ...(auditLogReason.value === undefined ? {} : { auditLogReason: auditLogReason.value }),
  });
}

/** A misspelt one must not become the call itself. */
function parseDryRun(header: string | undefined): Result<boolean, InputFailure> {
  if (header === undefined || header === 'false') return ok(false);
  if (header === 'true') return ok(true);
  return fail({ reason: 'input_invalid', errors: [{ parameter: DRY_RUN_HEADER, detail: 'must be true or false' }] });
}
