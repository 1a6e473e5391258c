import { findRevokeScope, revokeAll } from '../../shared/app/revoke-all.ts';
import { rotateTenantKey } from '../../shared/app/rotate-tenant-key.ts';
import type { Tenant } from './reference/state.ts';
import type { OperatorEdges } from './world.ts';

/** Milliseconds that the command has for one connection; as in `infra/operator`. */
const DEADLINE = { remainingMs: () => 29_000 };

const SILENT = { onClosed: () => undefined, onRevoked: () => undefined, onWait: () => undefined };

/** `revoke-all --tenant TENANT --yes`. */
export function revokeAllOf(tenant: Tenant) {
  return async (edges: OperatorEdges): Promise<void> => {
    const scope = await findRevokeScope(edges, tenant);
    if (scope.ok) await revokeAll(edges, scope.value, DEADLINE, SILENT);
  };
}

/** `rotate-tenant-key TENANT`; refused while the tenant has no key yet. */
export function rotateKeyOf(tenant: Tenant) {
  return async (edges: OperatorEdges): Promise<void> => {
    await rotateTenantKey(edges, tenant, () => undefined);
  };
}
