import * as z from 'zod/mini';
import type { Connection } from '../../shared/domain/connection.ts';
import { toRfc3339 } from '../../shared/domain/connection.ts';
import type { AuditActor } from '../../shared/domain/audit-event.ts';
import { createUserLink, type CreateUserLinkDeps } from '../../shared/app/create-user-link.ts';
import { parseJsonBody } from '../../shared/http/json-body.ts';
import type { HttpRequest } from '../../shared/http/request.ts';
import { respondJson, type HttpResponse } from '../../shared/http/respond.ts';
import { MY_CONNECTION_PATH } from '../../shared/http/routes.ts';
import type { Failure } from '../../shared/problems/failure.ts';
import { ok, type Result } from '../../shared/result.ts';

const linkBody = z.strictObject({
  return_url: z.optional(z.string().check(z.minLength(1, 'must not be empty'))),
});

/** `POST /connections/{connection_id}/user-links`: a link for the end user of an own connection. The body may be absent. */
export async function respondUserLink(
  deps: CreateUserLinkDeps & { readonly publicBaseUrl: string },
  request: HttpRequest,
  connection: Connection,
  actor: AuditActor,
): Promise<Result<HttpResponse, Failure>> {
  const body = request.body.byteLength === 0 ? ok({ return_url: undefined }) : parseJsonBody(request, linkBody);
  if (!body.ok) return body;
  const created = await createUserLink(deps, connection, body.value.return_url, actor);
  if (!created.ok) return created;
  const { secret, expiresAtEpochSeconds } = created.value;
  return ok(
    respondJson(201, {
      url: `${deps.publicBaseUrl}${MY_CONNECTION_PATH}?link=${secret}`,
      expires_at: toRfc3339(expiresAtEpochSeconds),
    }),
  );
}
