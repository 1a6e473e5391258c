import * as z from 'zod/mini';
import { toEpochSeconds } from '../../shared/domain/epoch-seconds.ts';
import { TENANT_ID_PATTERN } from '../../shared/domain/ids.ts';
import type { InputFailure } from '../../shared/problems/failure.ts';
import { fail, ok, type Result } from '../../shared/result.ts';

/** What is to be typed, word for word, when no tenant is named. */
export const CONFIRM_ALL = 'revoke everything';

/** Seconds. Nobody repeats the calls of one run for longer; an older beginning is a mistake. */
const MAX_RUN_SECONDS = 24 * 60 * 60;

/** Body of `POST /operator/revocations`. */
export const revocationBody = z.strictObject({
  tenant_id: z.optional(
    z.nullable(
      z
        .string()
        .check(
          z.regex(TENANT_ID_PATTERN, 'must be a tenant id (1 to 40 lower-case letters, digits and hyphens), or null'),
        ),
    ),
  ),
  confirm: z.string(),
  started_at: z.optional(
    z.iso.datetime({ offset: true, error: 'must be the started_at of the answer before, as 2026-01-31T12:00:00Z' }),
  ),
});

/** What is to be revoked, and since when that goes on. */
export interface RevocationOrder {
  /** Absent: all tenants. */
  readonly tenantId?: string;
  readonly startedAtEpochSeconds: number;
}

/** Checks what a schema cannot: whether the confirmation fits what is to be revoked, and whether the time is one of a run. */
export function toRevocationOrder(
  { tenant_id, confirm, started_at }: z.infer<typeof revocationBody>,
  nowEpochSeconds: number,
): Result<RevocationOrder, InputFailure> {
  const wanted = tenant_id ?? CONFIRM_ALL;
  const startedAtEpochSeconds = started_at === undefined ? nowEpochSeconds : toEpochSeconds(Date.parse(started_at));
  const errors = [
    ...(confirm === wanted
      ? []
      : [
          {
            pointer: '/confirm',
            detail: `must be exactly "${wanted}": the connections of ${tenant_id ?? 'all tenants'} end by this`,
          },
        ]),
    ...(startedAtEpochSeconds > nowEpochSeconds || startedAtEpochSeconds < nowEpochSeconds - MAX_RUN_SECONDS
      ? [{ pointer: '/started_at', detail: 'must lie within the last 24 hours; leave it out to begin' }]
      : []),
  ];
  if (errors.length > 0) return fail({ reason: 'input_invalid', errors });
  return ok({ startedAtEpochSeconds, ...(typeof tenant_id === 'string' ? { tenantId: tenant_id } : {}) });
}
