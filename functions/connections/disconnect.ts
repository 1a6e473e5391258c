import { deleteOwnedWebhooks, type DeleteWebhooksDeps } from '../../shared/app/delete-webhooks.ts';
import { disconnectConnection, type DisconnectDeps } from '../../shared/app/disconnect-connection.ts';
import type { AuditActor } from '../../shared/domain/audit-event.ts';
import { toConnectionJson, type Connection } from '../../shared/domain/connection.ts';
import type { HttpRequest } from '../../shared/http/request.ts';
import { respondJson, type HttpResponse } from '../../shared/http/respond.ts';
import type { Failure } from '../../shared/problems/failure.ts';
import { ok, type Result } from '../../shared/result.ts';
import { parseDisconnectQuery } from './disconnect-query.ts';

/** `DELETE /connections/{connection_id}`. Webhooks go first: a connection that has ended no longer knows their tokens. */
export async function respondDisconnect(
  deps: DeleteWebhooksDeps & DisconnectDeps,
  request: HttpRequest,
  connection: Connection,
  actor: AuditActor,
): Promise<Result<HttpResponse, Failure>> {
  const query = parseDisconnectQuery(request.query);
  if (!query.ok) return query;
  const ready = query.value.deleteWebhooks
    ? await deleteOwnedWebhooks(deps, connection, request.deadline)
    : ok(connection);
  if (!ready.ok) return ready;
  const order = { reason: 'disconnected_by_app', actor } as const;
  const closed = await disconnectConnection(deps, ready.value, order, request.deadline);
  return closed.ok ? ok(respondJson(200, toConnectionJson(closed.value))) : closed;
}
