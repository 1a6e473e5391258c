import type { ListPage } from '../../shared/app/ports.ts';
import { queryInteger } from '../../shared/catalogue/parameters.ts';
import { userIdSchema } from '../../shared/http/input-schemas.ts';
import { findParameterFaults } from '../../shared/http/known-parameters.ts';
import type { InputFailure } from '../../shared/problems/failure.ts';
import { fail, ok, type Result } from '../../shared/result.ts';

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 100;

/** Parameters of `GET /connections`. */
const PARAMETERS = ['limit', 'cursor', 'user_id'] as const;

/** Reads `limit` (1 to 100, default 50), `cursor` (a `next_cursor`) and `user_id`. */
export function parseListQuery(query: URLSearchParams): Result<ListPage, InputFailure> {
  const errors = findParameterFaults(query, PARAMETERS);
  const limit = query.get('limit');
  const userId = query.get('user_id');
  const cursor = query.get('cursor');
  if (limit !== null && !queryInteger(1, MAX_LIMIT).safeParse(limit).success) {
    errors.push({ parameter: 'limit', detail: `must be a whole number from 1 to ${MAX_LIMIT}` });
  }
  if (userId !== null && !userIdSchema.safeParse(userId).success) {
    errors.push({ parameter: 'user_id', detail: 'is not a possible user_id' });
  }
  if (errors.length > 0) return fail({ reason: 'input_invalid', errors });
  return ok({
    limit: limit === null ? DEFAULT_LIMIT : Number(limit),
    ...(userId === null ? {} : { userId }),
    ...(cursor === null ? {} : { cursor }),
  });
}
