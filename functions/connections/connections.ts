import { toCaller } from '../../shared/app/authenticate.ts';
import type { DecideActionDeps } from '../../shared/app/decide-action.ts';
import type { ConnectionTokenDeps } from '../../shared/app/connection-tokens.ts';
import { createConnectSession, type CreateConnectSessionDeps } from '../../shared/app/create-connect-session.ts';
import type { CreateUserLinkDeps } from '../../shared/app/create-user-link.ts';
import { toConnectionJson, toRfc3339, type Connection } from '../../shared/domain/connection.ts';
import { CONNECTION_ID_PATTERN } from '../../shared/domain/ids.ts';
import type { ApiKeyRecord } from '../../shared/domain/integration.ts';
import { authenticateRequest, type AuthenticateDeps } from '../../shared/http/authenticate-request.ts';
import { httpHandler, type HttpHandlerDeps, type LambdaHandler } from '../../shared/http/http-handler.ts';
import { parseJsonBody } from '../../shared/http/json-body.ts';
import type { HttpRequest } from '../../shared/http/request.ts';
import { respondJson, type HttpResponse } from '../../shared/http/respond.ts';
import { AUTHORIZE_PATH, ROUTES } from '../../shared/http/routes.ts';
import type { Failure } from '../../shared/problems/failure.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { respondDisconnect } from './disconnect.ts';
import { respondExplanations } from './explain.ts';
import { parseListQuery } from './list-query.ts';
import { disconnectMineRoute, myConnectionRoute, type MyConnectionDeps } from './my-connection.ts';
import { sessionBody, toConnectSessionInput } from './session-body.ts';
import { respondNewToken, respondTokenRevoked } from './token-routes.ts';
import { respondUserLink } from './user-links.ts';

export type ConnectionsDeps = HttpHandlerDeps &
  CreateConnectSessionDeps &
  CreateUserLinkDeps &
  MyConnectionDeps &
  ConnectionTokenDeps &
  DecideActionDeps &
  AuthenticateDeps;

type Outcome = Promise<Result<HttpResponse, Failure>>;

/** Connect sessions and connections, for an app's back end with its API key, and an end user's page of his own connection. */
export function createConnectionsHandler(deps: ConnectionsDeps): LambdaHandler {
  const json = (run: (request: HttpRequest) => Outcome) => ({ failureStyle: 'problem' as const, run });
  return httpHandler(deps, {
    [ROUTES.connections.createSession]: json((request) => createSession(deps, request)),
    [ROUTES.connections.list]: json((request) => listConnections(deps, request)),
    [ROUTES.connections.read]: json((request) => withConnection(deps, request, (connection) => respond(connection))),
    [ROUTES.connections.disconnect]: json((request) =>
      withConnection(deps, request, (connection, key) =>
        respondDisconnect(deps, request, connection, { kind: 'api_key', id: key.keyId }),
      ),
    ),
    [ROUTES.connections.explainActions]: json((request) =>
      withConnection(deps, request, (connection, key) => respondExplanations(deps, request, toCaller(key), connection)),
    ),
    [ROUTES.connections.createUserLink]: json((request) =>
      withConnection(deps, request, (connection, key) =>
        respondUserLink(deps, request, connection, { kind: 'api_key', id: key.keyId }),
      ),
    ),
    [ROUTES.connections.myConnection]: myConnectionRoute(deps),
    [ROUTES.connections.disconnectMine]: disconnectMineRoute(deps),
    [ROUTES.connections.createToken]: json((request) =>
      withConnection(deps, request, (connection, key) => respondNewToken(deps, request, key, connection)),
    ),
    [ROUTES.connections.revokeToken]: json((request) =>
      withConnection(deps, request, (connection, key) => respondTokenRevoked(deps, request, key, connection)),
    ),
  });
}

async function createSession(deps: ConnectionsDeps, request: HttpRequest): Outcome {
  const authenticated = await authenticateRequest(deps, request, (keyId) => deps.callers.loadKeyAndIntegration(keyId));
  if (!authenticated.ok) return authenticated;
  const { caller, loaded } = authenticated.value;
  const body = parseJsonBody(request, sessionBody);
  if (!body.ok) return body;
  const input = toConnectSessionInput(body.value);
  const maker = { tenantId: caller.tenantId, actor: { kind: 'api_key', id: caller.keyId } } as const;
  const created = await createConnectSession(deps, maker, loaded.integration, input);
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
  const authenticated = await authenticateRequest(deps, request, async (keyId) => ({
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
  run: (connection: Connection, key: ApiKeyRecord) => Outcome,
): Outcome {
  const connectionId = request.pathParameters['connection_id'] ?? '';
  const authenticated = await authenticateRequest(deps, request, async (keyId) =>
    CONNECTION_ID_PATTERN.test(connectionId)
      ? deps.callers.loadKeyAndConnection(keyId, connectionId)
      : { key: await deps.callers.loadKey(keyId), connection: undefined },
  );
  if (!authenticated.ok) return authenticated;
  const { caller, loaded } = authenticated.value;
  const { key, connection } = loaded;
  if (key === undefined || connection?.tenantId !== caller.tenantId) return fail({ reason: 'connection_not_found' });
  request.note({ connection_id: connection.id });
  return run(connection, key);
}

function respond(connection: Connection): Outcome {
  return Promise.resolve(ok(respondJson(200, toConnectionJson(connection))));
}
