import type { KeyUse } from '../../shared/app/ports.ts';
import { isApiKeyEnded } from '../../shared/domain/api-key.ts';
import { toRfc3339 } from '../../shared/domain/connection.ts';
import type { ApiKeyRecord } from '../../shared/domain/integration.ts';

/** What has become of a key. `rolled`: another one takes its place, and both still work. */
export type ApiKeyState = 'live' | 'ended' | 'revoked' | 'rolled';

/** An API key: everything but the key. Its last use is noted once a day, so that is a date. */
export function toApiKeyJson(
  record: ApiKeyRecord,
  use: KeyUse | undefined,
  nowEpochSeconds: number,
): Record<string, unknown> {
  return {
    id: record.keyId,
    tenant_id: record.tenantId,
    name: record.name,
    actions: record.actions ?? null,
    created_at: toRfc3339(record.createdAtEpochSeconds),
    expires_at: toTime(record.validUntilEpochSeconds),
    revoked_at: toTime(record.revokedAtEpochSeconds),
    replaced_by: record.replacedByKeyId ?? null,
    last_used_on: toTime(use?.lastUsedAtEpochSeconds)?.slice(0, 10) ?? null,
    state: computeState(record, nowEpochSeconds),
  };
}

function computeState(record: ApiKeyRecord, nowEpochSeconds: number): ApiKeyState {
  if (record.revokedAtEpochSeconds !== undefined) return 'revoked';
  if (isApiKeyEnded(record, nowEpochSeconds)) return 'ended';
  return record.replacedByKeyId === undefined ? 'live' : 'rolled';
}

function toTime(epochSeconds: number | undefined): string | null {
  return epochSeconds === undefined ? null : toRfc3339(epochSeconds);
}
