import { assignGuild, listGuilds, unassignGuild, type OperateGuildsDeps } from '../../shared/app/operate-guilds.ts';
import type { TenantGuild } from '../../shared/app/ports.ts';
import { toRfc3339 } from '../../shared/domain/connection.ts';
import type { OperatorAuthDeps } from '../../shared/http/authenticate-operator.ts';
import type { Route } from '../../shared/http/http-handler.ts';
import { mapOperatorInput } from '../../shared/http/operator-input.ts';
import { operatorRoute } from '../../shared/http/operator-route.ts';
import type { HttpRequest } from '../../shared/http/request.ts';
import { respondJson } from '../../shared/http/respond.ts';
import { ROUTES } from '../../shared/http/routes.ts';
import { withoutQuery } from '../../shared/http/without-query.ts';
import { ok } from '../../shared/result.ts';

export type GuildRouteDeps = OperatorAuthDeps & OperateGuildsDeps;

/** In which guilds a tenant may act through the bot. */
export function guildRoutes(deps: GuildRouteDeps): Readonly<Record<string, Route>> {
  return {
    [ROUTES.operator.listGuilds]: operatorRoute(
      deps,
      withoutQuery(async (request) => {
        const guilds = mapOperatorInput(await listGuilds(deps, readTenantId(request)));
        return guilds.ok ? ok(respondJson(200, { items: guilds.value.map(toGuildJson) })) : guilds;
      }),
    ),
    [ROUTES.operator.assignGuild]: operatorRoute(
      deps,
      withoutQuery(async (request) => {
        const assigned = mapOperatorInput(await assignGuild(deps, readTenantId(request), readGuildId(request)));
        return assigned.ok ? ok(respondJson(200, toGuildJson(assigned.value))) : assigned;
      }),
    ),
    [ROUTES.operator.unassignGuild]: operatorRoute(
      deps,
      withoutQuery(async (request) => {
        const removed = mapOperatorInput(await unassignGuild(deps, readTenantId(request), readGuildId(request)));
        return removed.ok ? ok({ statusCode: 204, body: '' }) : removed;
      }),
    ),
  };
}

function toGuildJson({ guildId, name, connectionId, sinceEpochSeconds }: TenantGuild): Record<string, unknown> {
  return {
    guild_id: guildId,
    ...(name === undefined ? {} : { name }),
    source: connectionId === undefined ? 'operator' : 'connection',
    ...(connectionId === undefined ? {} : { connection_id: connectionId }),
    created_at: toRfc3339(sinceEpochSeconds),
  };
}

function readTenantId({ pathParameters }: HttpRequest): string {
  return pathParameters['tenant_id'] ?? '';
}

function readGuildId({ pathParameters }: HttpRequest): string {
  return pathParameters['guild_id'] ?? '';
}
