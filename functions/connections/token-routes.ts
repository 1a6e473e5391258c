import {
  createConnectionToken,
  revokeConnectionToken,
  type ConnectionTokenDeps,
} from '../../shared/app/connection-tokens.ts';
import { catalogue } from '../../shared/catalogue/index.ts';
import { toRfc3339, type Connection } from '../../shared/domain/connection.ts';
import type { ApiKeyRecord } from '../../shared/domain/integration.ts';
import { parseJsonBody } from '../../shared/http/json-body.ts';
import type { HttpRequest } from '../../shared/http/request.ts';
import { respondJson, type HttpResponse } from '../../shared/http/respond.ts';
import type { Failure } from '../../shared/problems/failure.ts';
import { ok, type Result } from '../../shared/result.ts';
import { tokenBody, toConnectionTokenInput } from './token-body.ts';

/** `POST /connections/{connection_id}/tokens`: a bearer for an own connection, shown this once. The body may be absent. */
export async function respondNewToken(
  deps: ConnectionTokenDeps,
  request: HttpRequest,
  key: ApiKeyRecord,
  connection: Connection,
): Promise<Result<HttpResponse, Failure>> {
  const body = request.body.byteLength === 0 ? ok({}) : parseJsonBody(request, tokenBody);
  if (!body.ok) return body;
  const created = await createConnectionToken(deps, key, connection, toConnectionTokenInput(body.value));
  if (!created.ok) return created;
  const { token, record } = created.value;
  request.note({ token_id: record.tokenId });
  return ok(
    respondJson(201, {
      id: record.tokenId,
      // The one place where a connection token is given out.
      token: token.reveal(),
      expires_at: toRfc3339(record.expiresAtEpochSeconds),
      actions: record.actions ?? key.actions ?? catalogue.map(({ id }) => id),
      ...(record.guildIds === undefined ? {} : { guild_ids: record.guildIds }),
      ...(record.channelIds === undefined ? {} : { channel_ids: record.channelIds }),
    }),
  );
}

/** `DELETE /connections/{connection_id}/tokens/{token_id}`: 204, and the token is refused from the next call on. */
export async function respondTokenRevoked(
  deps: ConnectionTokenDeps,
  request: HttpRequest,
  key: ApiKeyRecord,
  connection: Connection,
): Promise<Result<HttpResponse, Failure>> {
  const tokenId = request.pathParameters['token_id'] ?? '';
  const revoked = await revokeConnectionToken(deps, key, connection.id, tokenId);
  return revoked.ok ? ok({ statusCode: 204 }) : revoked;
}
