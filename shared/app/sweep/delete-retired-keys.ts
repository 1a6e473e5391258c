import { isDataKeyDisposable } from '../../domain/data-key.ts';
import type { Audit, DataKeyStore } from '../ports.ts';

export interface RetiredKeysDeps {
  readonly dataKeys: DataKeyStore;
  readonly audit: Audit;
}

/**
 * After all connections of a tenant were looked at and none was left under an old data key: notes that a rotation is through, and
 * deletes the keys that nothing can need any more.
 * @param seen - with which key as the current one, and since when, all were looked at
 * @returns how many were deleted
 */
export async function deleteRetiredKeys(
  { dataKeys, audit }: RetiredKeysDeps,
  tenantId: string,
  seen: { readonly keyId: string; readonly sinceEpochSeconds: number },
): Promise<number> {
  await dataKeys.noteResealed(tenantId, seen.keyId);
  let deleted = 0;
  for (const key of await dataKeys.list(tenantId)) {
    if (!isDataKeyDisposable(key, seen.keyId, seen.sinceEpochSeconds)) continue;
    if (!(await dataKeys.remove(tenantId, key.keyId))) continue;
    deleted += 1;
    await audit.record({
      type: 'data_key_deleted',
      actor: { kind: 'system' },
      tenantId,
      details: { keyId: key.keyId, reason: 'rotated' },
    });
  }
  return deleted;
}
