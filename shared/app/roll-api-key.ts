import { isApiKeyEnded } from '../domain/api-key.ts';
import { toEpochSeconds } from '../domain/epoch-seconds.ts';
import type { ApiKeyRecord } from '../domain/integration.ts';
import type { Secret } from '../domain/secret.ts';
import { ok, type Result } from '../result.ts';
import { createApiKey, KEY_ID_RULE, refuse, type OperatorInputFailure, type TenantDeps } from './operate-tenants.ts';

/** Seconds: a day, to bring the new key to wherever the old one is. */
export const DEFAULT_OVERLAP_SECONDS = 86_400;

/** Seconds: 30 days. A key that is replaced because it may be known to others must not live on for longer. */
export const MAX_OVERLAP_SECONDS = 30 * 86_400;

export interface RolledApiKey {
  readonly key: Secret;
  readonly record: ApiKeyRecord;
  /** The old key as it is now: both work until `validUntilEpochSeconds`. */
  readonly replaced: ApiKeyRecord;
}

/**
 * Makes a key in place of another one, with its name and limits; one that had a time to live gets as much again. The old key
 * goes on for the overlap, never beyond the end that it had. The new key comes first: broken off in between there are two keys, of
 * which nobody has the new one, and never none.
 */
export async function rollApiKey(
  deps: TenantDeps,
  keyId: string,
  overlapSeconds: number = DEFAULT_OVERLAP_SECONDS,
): Promise<Result<RolledApiKey, OperatorInputFailure>> {
  // What has not the shape of an id is not repeated: it may be the key itself.
  if (!/^[0-9a-f]{16}$/.test(keyId)) return refuse(KEY_ID_RULE, { parameter: 'key_id' });
  if (overlapSeconds < 0 || overlapSeconds > MAX_OVERLAP_SECONDS) {
    return refuse('the overlap is 30 days at most', { pointer: '/overlap_seconds' });
  }
  const old = await deps.apiKeys.load(keyId);
  if (old === undefined) return refuse(`there is no key ${keyId}`, { kind: 'api_key_not_found' });
  const nowEpochSeconds = toEpochSeconds(deps.clock.nowEpochMs());
  const fault = findRollFault(old, nowEpochSeconds);
  if (fault !== undefined) return refuse(fault, { kind: 'api_key_conflict' });

  const { actions, validUntilEpochSeconds, createdAtEpochSeconds } = old;
  const made = await createApiKey(deps, old.tenantId, old.name, {
    ...(actions === undefined ? {} : { actions }),
    ...(validUntilEpochSeconds === undefined ? {} : { lifeSeconds: validUntilEpochSeconds - createdAtEpochSeconds }),
  });
  if (!made.ok) return made;
  const { key, record } = made.value;
  const endsAtEpochSeconds = Math.min(nowEpochSeconds + overlapSeconds, validUntilEpochSeconds ?? Infinity);
  const replaced = await deps.apiKeys.replace(keyId, record.keyId, endsAtEpochSeconds);
  if (replaced === undefined) {
    await deps.apiKeys.revoke(record.keyId, nowEpochSeconds);
    return refuse(`key ${keyId} was revoked or rolled by somebody else just now`, { kind: 'api_key_conflict' });
  }
  await deps.audit.record({
    type: 'api_key_rolled',
    actor: { kind: 'operator' },
    tenantId: old.tenantId,
    details: { keyId, replacedByKeyId: record.keyId, validUntilEpochSeconds: endsAtEpochSeconds },
  });
  return ok({ key, record, replaced });
}

function findRollFault(key: ApiKeyRecord, nowEpochSeconds: number): string | undefined {
  const { keyId, tenantId, replacedByKeyId } = key;
  if (replacedByKeyId !== undefined) return `key ${keyId} was rolled already; roll ${replacedByKeyId}`;
  return isApiKeyEnded(key, nowEpochSeconds)
    ? `key ${keyId} has ended; make a new one: create-key --tenant ${tenantId}`
    : undefined;
}
