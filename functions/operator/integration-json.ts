import type { OperatorStatus, SetupGap } from '../../shared/app/load-operator-status.ts';
import { DEFAULT_AUDIT_RETENTION_DAYS } from '../../shared/domain/audit-record.ts';
import { toRfc3339 } from '../../shared/domain/connection.ts';
import { DEFAULT_SCOPES, SCOPES } from '../../shared/domain/scopes.ts';

const KNOWN_SCOPES = SCOPES.map(({ name, opens }) => ({ name, opens, is_default: DEFAULT_SCOPES.includes(name) }));

/** The settings as the portal and programs of the operator's get them. Of secrets it says that they are there, and since when. */
export function toIntegrationJson(status: OperatorStatus): Record<string, unknown> {
  const { integration, isClientSecretEntered, isBotTokenEntered, redirectUri, gaps } = status;
  const { name = null, color = null, logo = null } = integration?.branding ?? {};
  return {
    version: integration?.version ?? 0,
    updated_at: toTime(integration?.updatedAtEpochSeconds),
    client_id: integration?.clientId ?? null,
    client_secret: {
      is_set: isClientSecretEntered,
      set_at: isClientSecretEntered ? toTime(integration?.clientSecretSetAtEpochSeconds) : null,
    },
    bot_token: {
      is_set: isBotTokenEntered,
      set_at: isBotTokenEntered ? toTime(integration?.botTokenSetAtEpochSeconds) : null,
    },
    scopes: integration?.scopes ?? [],
    bot_permissions: integration?.botPermissions ?? null,
    return_origins: integration?.returnOrigins ?? [],
    pkce: integration?.pkce ?? true,
    audit_retention_days: integration?.auditRetentionDays ?? DEFAULT_AUDIT_RETENTION_DAYS,
    idle_expiry_days: integration?.idleExpiryDays ?? null,
    branding: { name, color, logo },
    connect_page: integration?.isConnectPageShown ?? false,
    redirect_uri: redirectUri,
    gaps: gaps.map(toGapJson),
    known_scopes: KNOWN_SCOPES,
  };
}

function toGapJson(gap: SetupGap): Record<string, unknown> {
  return {
    reason: gap.reason,
    ...('tenantId' in gap ? { tenant_id: gap.tenantId } : {}),
    ...('clientId' in gap ? { client_id: gap.clientId } : {}),
  };
}

function toTime(epochSeconds: number | undefined): string | null {
  return epochSeconds === undefined ? null : toRfc3339(epochSeconds);
}
