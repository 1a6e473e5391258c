import { createConnectSession, type CreateConnectSessionDeps } from '../../shared/app/create-connect-session.ts';
import { disconnectConnection, type DisconnectDeps } from '../../shared/app/disconnect-connection.ts';
import type { CallerReader } from '../../shared/app/ports.ts';
import { toConnectionJson, toRfc3339, type Connection } from '../../shared/domain/connection.ts';
import { CONNECTION_ID_PATTERN } from '../../shared/domain/ids.ts';
import { authenticateRequest } from '../../shared/http/authenticate-request.ts';
import { httpHandler, type HttpHandlerDeps, type LambdaHandler } from '../../shared/http/http-handler.ts';
import { parseJsonBody } from '../../shared/http/json-body.ts';
import type { HttpRequest } from '../../shared/http/request.ts';
import { respondJson, type HttpResponse } from '../../shared/http/respond.ts';
import { AUTHORIZE_PATH, ROUTES } from '../../shared/http/routes.ts';
import type { Failure } from '../../shared/problems/failure.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { parseListQuery } from './list-query.ts';
import { sessionBody, toConnectSessionInput } from './session-body.ts';

export type ConnectionsDeps = HttpHandlerDeps &
  CreateConnectSessionDeps &
  DisconnectDeps & { readonly callers: CallerReader };

type Outcome = Promise<Result<HttpResponse, Failure>>;

/** Connect sessions and connections, for an app's back end with its API key. */
export function createConnectionsHandler(deps: ConnectionsDeps): LambdaHandler {
  const json = (run: (request: HttpRequest) => Outcome) => ({ failureStyle: 'problem' as const, run });
  return httpHandler(deps, {
    [ROUTES.connections.createSession]: json((request) => createSession(deps, request)),
    [ROUTES.connections.list]: json((request) => listConnections(deps, request)),
    [ROUTES.connections.read]: json((request) => withConnection(deps, request, (connection) => respond(connection))),
    [ROUTES.connections.disconnect]: json((request) =>
      withConnection(deps, request, async (connection) => {
        const closed = await disconnectConnection(deps, connection, request.deadline);
        return closed.ok ? respond(closed.value) : closed;
      }),
    ),
  });
}

async function createSession(deps: ConnectionsDeps, request: HttpRequest): Outcome {
  const authenticated = await authenticateRequest(request, (keyId) => deps.callers.loadKeyAndIntegration(keyId));
  if (!authenticated.ok) return authenticated;
  const { caller, loaded } = authenticated.value;
  const body = parseJsonBody(request, sessionBody);
  if (!body.ok) return body;
  const input = toConnectSessionInput(body.value);
  const created = await createConnectSession(deps, caller.tenantId, loaded.integration, input);
  if (!created.ok) return created;
  const { sessionId, expiresAtEpochSeconds } = created.value;
  return ok(
    respondJson(201, {
      id: sessionId,
      authorize_url: `${deps.publicBaseUrl}${AUTHORIZE_PATH}?session=${sessionId}`,
      expires_at: toRfc3339(expiresAtEpochSeconds),
    }),
  );
}

async function listConnections(deps: ConnectionsDeps, request: HttpRequest): Outcome {
  const authenticated = await authenticateRequest(request, async (keyId) => ({
    key: await deps.callers.loadKey(keyId),
  }));
  if (!authenticated.ok) return authenticated;
  const page = parseListQuery(request.query);
  if (!page.ok) return page;
  const found = await deps.connections.list(authenticated.value.caller.tenantId, page.value);
  if (found === undefined) {
    return fail({
      reason: 'input_invalid',
      errors: [{ parameter: 'cursor', detail: 'is not a next_cursor of this list' }],
    });
  }
  const { connections, nextCursor } = found;
  return ok(
    respondJson(200, {
      items: connections.map(toConnectionJson),
      ...(nextCursor === undefined ? {} : { next_cursor: nextCursor }),
    }),
  );
}

/** Runs something on the connection of the path, if it is the caller's; a foreign one is answered like an unknown one. */
async function withConnection(
  deps: ConnectionsDeps,
  request: HttpRequest,
  run: (connection: Connection) => Outcome,
): Outcome {
  const connectionId = request.pathParameters['connection_id'] ?? '';
  const authenticated = await authenticateRequest(request, async (keyId) =>
    CONNECTION_ID_PATTERN.test(connectionId)
      ? deps.callers.loadKeyAndConnection(keyId, connectionId)
      : { key: await deps.callers.loadKey(keyId), connection: undefined },
  );
  if (!authenticated.ok) return authenticated;
  const { caller, loaded } = authenticated.value;
  if (loaded.connection?.tenantId !== caller.tenantId) return fail({ reason: 'connection_not_found' });
  request.note({ connection_id: loaded.connection.id });
  return run(loaded.connection);
}

function respond(connection: Connection): Outcome {
  return Promise.resolve(ok(respondJson(200, toConnectionJson(connection))));
}
