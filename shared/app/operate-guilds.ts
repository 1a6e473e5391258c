import { toEpochSeconds } from '../domain/epoch-seconds.ts';
import { ok, type Result } from '../result.ts';
import { loadOpenTenant, refuse, type OperatorInputFailure } from './operate-tenants.ts';
import type { Audit, Clock, TenantGuild, TenantGuildStore, TenantStore } from './ports.ts';

export interface OperateGuildsDeps {
  readonly tenants: TenantStore;
  readonly tenantGuilds: TenantGuildStore;
  readonly clock: Clock;
  readonly audit: Audit;
}

const GUILD_ID = /^[1-9][0-9]{14,19}$/;

const OPERATOR = { kind: 'operator' } as const;

/**
 * Lets a tenant act in a guild into which the bot was brought by other means than one of its connections. What each user may do
 * there is still decided by his own permissions.
 */
export async function assignGuild(
  deps: OperateGuildsDeps,
  tenantId: string,
  guildId: string,
): Promise<Result<TenantGuild, OperatorInputFailure>> {
  const tenant = await loadOpenTenant(deps, tenantId);
  if (!tenant.ok) return tenant;
  if (!GUILD_ID.test(guildId)) return refuseGuildId();
  const guild: TenantGuild = { guildId, sinceEpochSeconds: toEpochSeconds(deps.clock.nowEpochMs()) };
  await deps.tenantGuilds.put(tenantId, guild);
  await deps.audit.record({ type: 'guild_assigned', actor: OPERATOR, tenantId, details: { guildId } });
  return ok(guild);
}

/** Ends what a tenant may do in a guild through the bot, at once. The bot stays there until an admin of the guild removes it. */
export async function unassignGuild(
  deps: OperateGuildsDeps,
  tenantId: string,
  guildId: string,
): Promise<Result<undefined, OperatorInputFailure>> {
  const tenant = await loadOpenTenant(deps, tenantId);
  if (!tenant.ok) return tenant;
  if (!GUILD_ID.test(guildId)) return refuseGuildId();
  if (!(await deps.tenantGuilds.remove(tenantId, guildId))) {
    return refuse(`tenant ${tenantId} has no guild with this id; list-guilds shows which it has`, {
      kind: 'tenant_conflict',
    });
  }
  await deps.audit.record({ type: 'guild_unassigned', actor: OPERATOR, tenantId, details: { guildId } });
  return ok(undefined);
}

function refuseGuildId() {
  return refuse('a guild id is 15 to 20 decimal digits', { parameter: 'guild_id' });
}

/** The guilds in which a tenant may act. */
export async function listGuilds(
  deps: OperateGuildsDeps,
  tenantId: string,
): Promise<Result<TenantGuild[], OperatorInputFailure>> {
  const tenant = await loadOpenTenant(deps, tenantId);
  return tenant.ok ? ok(await deps.tenantGuilds.list(tenantId)) : tenant;
}
