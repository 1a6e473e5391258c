import type { KeyUse } from '../../../shared/app/ports.ts';
import { toRfc3339 } from '../../../shared/domain/connection.ts';
import type { ApiKeyRecord } from '../../../shared/domain/integration.ts';
import { buildTable } from '../build-table.ts';

const HEADING = ['id', 'name', 'created', 'last used', 'expires', 'revoked', 'replaced by', 'actions'];

/** API keys for a person: everything but the keys. */
export function buildKeyTable(records: readonly ApiKeyRecord[], uses: ReadonlyMap<string, KeyUse>): string {
  const rows = records.map((record) => [
    record.keyId,
    record.name,
    toRfc3339(record.createdAtEpochSeconds),
    toTime(uses.get(record.keyId)?.lastUsedAtEpochSeconds) ?? 'never',
    toTime(record.validUntilEpochSeconds) ?? 'never',
    toTime(record.revokedAtEpochSeconds) ?? 'no',
    record.replacedByKeyId ?? '-',
    record.actions?.join(',') ?? 'all',
  ]);
  return buildTable([HEADING, ...rows]);
}

/** One API key for a script: what does not apply is not there. */
export function toKeyJson(record: ApiKeyRecord, use?: KeyUse): Record<string, unknown> {
  return dropAbsent({
    id: record.keyId,
    name: record.name,
    actions: record.actions,
    created_at: toRfc3339(record.createdAtEpochSeconds),
    first_used_at: toTime(use?.firstUsedAtEpochSeconds),
    last_used_at: toTime(use?.lastUsedAtEpochSeconds),
    expires_at: toTime(record.validUntilEpochSeconds),
    revoked_at: toTime(record.revokedAtEpochSeconds),
    replaced_by: record.replacedByKeyId,
  });
}

function toTime(epochSeconds: number | undefined): string | undefined {
  return epochSeconds === undefined ? undefined : toRfc3339(epochSeconds);
}

function dropAbsent(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
