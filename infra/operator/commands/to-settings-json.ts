import { DEFAULT_AUDIT_RETENTION_DAYS } from '../../../shared/domain/audit-record.ts';
import type { Integration } from '../../../shared/domain/integration.ts';

/** The settings as scripts get them. Nothing in it is secret. */
export function toSettingsJson(integration: Integration) {
  const { clientId, scopes, returnOrigins, pkce, auditRetentionDays, idleExpiryDays } = integration;
  return {
    client_id: clientId,
    scopes,
    return_origins: returnOrigins,
    pkce,
    audit_retention_days: auditRetentionDays ?? DEFAULT_AUDIT_RETENTION_DAYS,
    idle_expiry_days: idleExpiryDays ?? null,
  };
}
