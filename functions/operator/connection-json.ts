import type { ConnectionDetail } from '../../shared/app/load-connection-detail.ts';
import { toAuditRecordJson } from '../../shared/domain/audit-record.ts';
import { toConnectionJson, toRfc3339, type Connection } from '../../shared/domain/connection.ts';

/** A connection as its app sees it, and whose it is. */
export function toOperatorConnectionJson(connection: Connection): Record<string, unknown> {
  return { ...toConnectionJson(connection), tenant_id: connection.tenantId };
}

/** The same with what is known beside it. */
export function toConnectionDetailJson(
  connection: Connection,
  { sharedWith, history }: ConnectionDetail,
): Record<string, unknown> {
  const { connectedAtEpochSeconds, createdAtEpochSeconds, sealedTokens, tokenExpiresAtEpochSeconds } = connection;
  return {
    ...toOperatorConnectionJson(connection),
    connected_at: toRfc3339(connectedAtEpochSeconds ?? createdAtEpochSeconds),
    tokens_expire_at: sealedTokens === undefined ? null : toRfc3339(tokenExpiresAtEpochSeconds),
    is_revocation_owed: connection.isRevocationOwed === true,
    shared_with: sharedWith,
    webhooks_owned: connection.webhooks.length,
    history: history.map(toAuditRecordJson),
  };
}
