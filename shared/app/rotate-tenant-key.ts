import { OutageError } from '../problems/failure.ts';
import { ok, type Result } from '../result.ts';
import type { OnProgress } from './end-connections.ts';
import { loadOpenTenant, refuse, type OperatorInputFailure } from './operate-tenants.ts';
import { pageConnections } from './page-connections.ts';
import type { Audit, DataKeyStore, FreshVault, SweepStateStore, TenantStore } from './ports.ts';
import { reportOutage, type OutageDeps } from './report-outage.ts';
import { isSealedOtherwise, resealConnection, type ResealDeps } from './reseal-connection.ts';

export interface RotateKeyDeps extends ResealDeps, OutageDeps {
  readonly tenants: TenantStore;
  readonly dataKeys: DataKeyStore;
  readonly vault: FreshVault;
  readonly sweepStates: Pick<SweepStateStore, 'wantPass'>;
  readonly audit: Audit;
}

export interface KeyRotation {
  /** Seals now. */
  readonly keyId: string;
  /** An earlier rotation was gone on with, no new key was made. */
  readonly isResumed: boolean;
  /** Connections that were sealed anew by this run. */
  readonly resealed: number;
  /** Connections still under an old key: they do not open, or others wrote to them too often. */
  readonly left: number;
}

/**
 * Gives a tenant another data key and seals what its connections hold anew, while everything goes on. A rotation that was broken off
 * is gone on with: another new key would help nobody. The old key is deleted by the sweep, once nothing can need it any more.
 * @throws OutageError when table or key service are down; repeating it goes on from there
 */
export async function rotateTenantKey(
  deps: RotateKeyDeps,
  tenantId: string,
  onProgress: OnProgress,
): Promise<Result<KeyRotation, OperatorInputFailure>> {
  const begun = await beginKeyRotation(deps, tenantId);
  if (!begun.ok) return begun;
  const { keyId } = begun.value;
  const { resealed, left } = await resealAll(deps, tenantId, keyId, onProgress);
  if (left === 0) await deps.dataKeys.noteResealed(tenantId, keyId);
  return ok({ ...begun.value, resealed, left });
}

/**
 * Only the new key, for requests, which have seconds while a tenant can have any number of connections: what these hold is sealed anew
 * by the sweep, from its next pass on.
 * @throws OutageError when table or key service are down; repeating it goes on from there
 */
export async function beginKeyRotation(
  deps: RotateKeyDeps,
  tenantId: string,
): Promise<Result<Pick<KeyRotation, 'keyId' | 'isResumed'>, OperatorInputFailure>> {
  const tenant = await loadOpenTenant(deps, tenantId);
  if (!tenant.ok) return tenant;
  const current = await deps.dataKeys.loadCurrent(tenantId);
  if (current === undefined) {
    return refuse(`tenant ${tenantId} has no data key yet: nobody has connected`, { kind: 'tenant_conflict' });
  }
  // Asked for first: whatever breaks off after it, the sweep looks at everything soon.
  await deps.sweepStates.wantPass();
  const isRotated = !current.isResealOwed && (await rotate(deps, tenantId, current.keyId));
  const keyId = (await deps.vault.useCurrentKey(tenantId)) ?? current.keyId;
  return ok({ keyId, isResumed: !isRotated });
}

/** @returns false when somebody else has rotated at the same moment, which is as good */
async function rotate(deps: RotateKeyDeps, tenantId: string, currentKeyId: string): Promise<boolean> {
  const keyId = await deps.dataKeys.rotate(tenantId, currentKeyId);
  if (keyId === undefined) return false;
  await deps.audit.record({
    type: 'tenant_key_rotated',
    actor: { kind: 'operator' },
    tenantId,
    details: { keyId, formerKeyId: currentKeyId },
  });
  return true;
}

async function resealAll(
  deps: RotateKeyDeps,
  tenantId: string,
  keyId: string,
  onProgress: OnProgress,
): Promise<{ resealed: number; left: number }> {
  let total = 0;
  for await (const page of pageConnections(deps, tenantId)) {
    total += page.filter((connection) => isSealedOtherwise(connection, keyId)).length;
  }
  let [resealed, left] = [0, 0];
  for await (const page of pageConnections(deps, tenantId)) {
    for (const connection of page.filter((found) => isSealedOtherwise(found, keyId))) {
      const isLeft = await isLeftUnsealed(deps, () => resealConnection(deps, connection, keyId));
      if (isLeft) left += 1;
      else resealed += 1;
      onProgress(resealed + left, total);
    }
  }
  return { resealed, left };
}

/** One connection whose tokens do not open must not keep the others. */
async function isLeftUnsealed(
  deps: RotateKeyDeps,
  reseal: () => ReturnType<typeof resealConnection>,
): Promise<boolean> {
  try {
    return (await reseal()) === 'unsettled';
  } catch (error) {
    if (!(error instanceof OutageError) || error.failure.reason !== 'sealed_data_unreadable') throw error;
    reportOutage(deps, error);
    return true;
  }
}
