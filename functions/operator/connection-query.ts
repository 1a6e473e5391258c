import * as z from 'zod/mini';
import type { ConnectionSearch } from '../../shared/app/search-connections.ts';
import { queryInteger } from '../../shared/catalogue/parameters.ts';
import { CONNECTION_STATUSES } from '../../shared/domain/connection-status.ts';
import { TENANT_ID_PATTERN } from '../../shared/domain/ids.ts';
import { userIdSchema } from '../../shared/http/input-schemas.ts';
import { parseQuery } from '../../shared/http/parse-query.ts';
import type { InputFailure } from '../../shared/problems/failure.ts';
import { ok, type Result } from '../../shared/result.ts';

const DEFAULT_LIMIT = 50;

const PARAMETERS = {
  tenant_id: z
    .string()
    .check(z.regex(TENANT_ID_PATTERN, 'must be a tenant id: 1 to 40 lower-case letters, digits and hyphens')),
  status: z.enum(CONNECTION_STATUSES, `must be one of ${CONNECTION_STATUSES.join(', ')}`),
  // As long as the longest id that is looked for.
  q: userIdSchema,
  limit: queryInteger(1, 100),
  cursor: z.string(),
};

/** Reads the parameters of `GET /operator/connections`. */
export function parseSearchQuery(query: URLSearchParams): Result<ConnectionSearch, InputFailure> {
  const parsed = parseQuery(query, PARAMETERS);
  if (!parsed.ok) return parsed;
  const { tenant_id, status, q, limit, cursor } = parsed.value;
  return ok({
    limit: limit === undefined ? DEFAULT_LIMIT : Number(limit),
    ...(tenant_id === undefined ? {} : { tenantId: tenant_id }),
    ...(status === undefined ? {} : { status }),
    ...(q === undefined ? {} : { text: q }),
    ...(cursor === undefined ? {} : { cursor }),
  });
}
