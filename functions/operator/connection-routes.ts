import { disconnectConnection, type DisconnectDeps } from '../../shared/app/disconnect-connection.ts';
import type { DecideActionDeps } from '../../shared/app/decide-action.ts';
import { loadConnectionDetail, type ConnectionDetailDeps } from '../../shared/app/load-connection-detail.ts';
import { searchConnections, type SearchConnectionsDeps } from '../../shared/app/search-connections.ts';
import type { Connection } from '../../shared/domain/connection.ts';
import { CONNECTION_ID_PATTERN } from '../../shared/domain/ids.ts';
import type { OperatorAuthDeps } from '../../shared/http/authenticate-operator.ts';
import type { Route } from '../../shared/http/http-handler.ts';
import { operatorRoute, type Operator } from '../../shared/http/operator-route.ts';
import { parseQuery } from '../../shared/http/parse-query.ts';
import type { HttpRequest } from '../../shared/http/request.ts';
import { respondJson, type HttpResponse } from '../../shared/http/respond.ts';
import { ROUTES } from '../../shared/http/routes.ts';
import type { Failure } from '../../shared/problems/failure.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { toConnectionDetailJson, toOperatorConnectionJson } from './connection-json.ts';
import { parseSearchQuery } from './connection-query.ts';
import { respondDoctor } from './doctor.ts';
import { respondReconnectLink, type ReconnectLinkDeps } from './reconnect-links.ts';
import { respondTryToken, type TryTokenDeps } from './try-tokens.ts';

export type ConnectionRoutesDeps = OperatorAuthDeps &
  SearchConnectionsDeps &
  ConnectionDetailDeps &
  DisconnectDeps &
  DecideActionDeps &
  TryTokenDeps &
  ReconnectLinkDeps;

type Outcome = Promise<Result<HttpResponse, Failure>>;

/** Routes about the connections of all tenants. */
export function connectionRoutes(deps: ConnectionRoutesDeps): Readonly<Record<string, Route>> {
  const onConnection = (run: (request: HttpRequest, connection: Connection, operator: Operator) => Outcome): Route =>
    operatorRoute(deps, async (request, operator) => {
      const connection = await loadConnection(deps, request);
      return connection.ok ? run(request, connection.value, operator) : connection;
    });
  return {
    [ROUTES.operator.listConnections]: operatorRoute(deps, (request) => listConnections(deps, request)),
    [ROUTES.operator.readConnection]: onConnection((request, connection) => readConnection(deps, request, connection)),
    [ROUTES.operator.disconnect]: onConnection((request, connection, operator) =>
      disconnect(deps, request, connection, operator),
    ),
    [ROUTES.operator.explainActions]: onConnection((request, connection) => respondDoctor(deps, request, connection)),
    [ROUTES.operator.createToken]: onConnection((request, connection, operator) =>
      respondTryToken(deps, request, connection, operator),
    ),
    [ROUTES.operator.createReconnectLink]: onConnection((request, connection, operator) =>
      respondReconnectLink(deps, request, connection, operator),
    ),
  };
}

async function listConnections(deps: ConnectionRoutesDeps, request: HttpRequest): Outcome {
  const search = parseSearchQuery(request.query);
  if (!search.ok) return search;
  const found = await searchConnections(deps, search.value);
  if (found.ok) {
    const { connections, nextCursor } = found.value;
    const items = connections.map(toOperatorConnectionJson);
    return ok(respondJson(200, { items, ...(nextCursor === undefined ? {} : { next_cursor: nextCursor }) }));
  }
  if (found.failure.reason === 'tenant_not_found') return fail(found.failure);
  const detail = 'is not a next_cursor of this search';
  return fail({ reason: 'input_invalid', errors: [{ parameter: 'cursor', detail }] });
}

async function readConnection(deps: ConnectionRoutesDeps, request: HttpRequest, connection: Connection): Outcome {
  const query = parseQuery(request.query, {});
  if (!query.ok) return query;
  return ok(respondJson(200, toConnectionDetailJson(connection, await loadConnectionDetail(deps, connection))));
}

async function disconnect(
  deps: ConnectionRoutesDeps,
  request: HttpRequest,
  connection: Connection,
  { actor }: Operator,
): Outcome {
  const query = parseQuery(request.query, {});
  if (!query.ok) return query;
  const order = { reason: 'disconnected_by_operator', actor } as const;
  const closed = await disconnectConnection(deps, connection, order, request.deadline);
  return closed.ok ? ok(respondJson(200, toOperatorConnectionJson(closed.value))) : closed;
}

async function loadConnection(
  { connections }: Pick<ConnectionRoutesDeps, 'connections'>,
  request: HttpRequest,
): Promise<Result<Connection, Failure>> {
  const id = request.pathParameters['connection_id'] ?? '';
  const connection = CONNECTION_ID_PATTERN.test(id) ? await connections.load(id) : undefined;
  if (connection === undefined) return fail({ reason: 'connection_not_found' });
  request.note({ connection_id: connection.id, tenant: connection.tenantId });
  return ok(connection);
}
