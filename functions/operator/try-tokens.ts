import * as z from 'zod/mini';
import { createConnectionToken, type ConnectionTokenDeps } from '../../shared/app/connection-tokens.ts';
import { findLiveKey } from '../../shared/app/find-live-key.ts';
import type { ApiKeyStore } from '../../shared/app/ports.ts';
import { MAX_TOKEN_LIFE_SECONDS, MIN_TOKEN_LIFE_SECONDS } from '../../shared/domain/connection-token.ts';
import { toRfc3339, type Connection } from '../../shared/domain/connection.ts';
import { parseJsonBody } from '../../shared/http/json-body.ts';
import type { Operator } from '../../shared/http/operator-route.ts';
import type { HttpRequest } from '../../shared/http/request.ts';
import { respondJson, type HttpResponse } from '../../shared/http/respond.ts';
import type { Failure } from '../../shared/problems/failure.ts';
import { ok, type Result } from '../../shared/result.ts';

export type TryTokenDeps = ConnectionTokenDeps & { readonly apiKeys: ApiKeyStore };

const LIFE_RULE = `must be a whole number of seconds from ${MIN_TOKEN_LIFE_SECONDS} to ${MAX_TOKEN_LIFE_SECONDS}`;

const tryTokenBody = z.strictObject({
  // What has not the shape of an id may be the key itself.
  key_id: z.optional(z.string().check(z.regex(/^[0-9a-f]{16}$/, "must be the key's id (16 hex digits), not the key"))),
  expires_in: z.optional(
    z
      .number()
      .check(
        z.refine(
          (value) => Number.isInteger(value) && value >= MIN_TOKEN_LIFE_SECONDS && value <= MAX_TOKEN_LIFE_SECONDS,
          LIFE_RULE,
        ),
      ),
  ),
});

/**
 * `POST /operator/connections/{connection_id}/tokens`: a connection token, shown this once, with which the operator's own tries go
 * through the same routes and limits as an app's calls. It ends with the API key that it stands under. The body may be absent.
 */
export async function respondTryToken(
  deps: TryTokenDeps,
  request: HttpRequest,
  connection: Connection,
  { actor }: Operator,
): Promise<Result<HttpResponse, Failure>> {
  const body =
    request.body.byteLength === 0 ? ok<z.infer<typeof tryTokenBody>>({}) : parseJsonBody(request, tryTokenBody);
  if (!body.ok) return body;
  const { key_id: keyId, expires_in: expiresInSeconds } = body.value;
  const key = await findLiveKey(deps, connection.tenantId, keyId);
  if (!key.ok) return key;
  const input = expiresInSeconds === undefined ? {} : { expiresInSeconds };
  const created = await createConnectionToken(deps, key.value, connection, input, actor);
  if (!created.ok) return created;
  const { token, record } = created.value;
  request.note({ token_id: record.tokenId });
  return ok(
    respondJson(201, {
      id: record.tokenId,
      token: token.reveal(),
      expires_at: toRfc3339(record.expiresAtEpochSeconds),
      key_id: record.keyId,
    }),
  );
}
