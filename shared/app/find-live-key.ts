import { isApiKeyEnded } from '../domain/api-key.ts';
import { toEpochSeconds } from '../domain/epoch-seconds.ts';
import type { ApiKeyRecord } from '../domain/integration.ts';
import type { Failure } from '../problems/failure.ts';
import { fail, ok, type Result } from '../result.ts';
import type { ApiKeyStore, Clock } from './ports.ts';

/**
 * Finds an API key of a tenant that still works.
 * @param keyId - absent: the tenant's newest
 */
export async function findLiveKey(
  { apiKeys, clock }: { readonly apiKeys: ApiKeyStore; readonly clock: Clock },
  tenantId: string,
  keyId: string | undefined,
): Promise<Result<ApiKeyRecord, Failure>> {
  const nowEpochSeconds = toEpochSeconds(clock.nowEpochMs());
  if (keyId === undefined) {
    const live = (await apiKeys.list(tenantId)).filter((key) => !isApiKeyEnded(key, nowEpochSeconds));
    const newest = live.toSorted((a, b) => b.createdAtEpochSeconds - a.createdAtEpochSeconds)[0];
    if (newest !== undefined) return ok(newest);
    return fail({
      reason: 'api_key_conflict',
      detail: `Tenant ${tenantId} has no API key that works. Make one first; it can be limited to some actions.`,
    });
  }
  const key = await apiKeys.load(keyId);
  if (key?.tenantId !== tenantId) return fail({ reason: 'api_key_not_found' });
  if (!isApiKeyEnded(key, nowEpochSeconds)) return ok(key);
  return fail({
    reason: 'api_key_conflict',
    detail: `Key ${keyId} has ended. Take another one of tenant ${tenantId}.`,
  });
}
