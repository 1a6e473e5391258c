import { findRevokeScope, revokeAll, type Narrator } from '../../../shared/app/revoke-all.ts';
import { rotateTenantKey } from '../../../shared/app/rotate-tenant-key.ts';
import { deleteTenant } from '../../../shared/app/tenant-deletion/delete-tenant.ts';
import type { liveEdges } from '../../../shared/edges/live.ts';
import type { OperatorOrder } from './messages.ts';

const SILENT: Narrator = { onClosed: () => undefined, onRevoked: () => undefined, onWait: () => undefined };

/**
 * Does what an operator's command does, without its words.
 * @returns what the use case gives
 * @throws Error when it refuses the order
 */
export async function operate(
  deps: ReturnType<typeof liveEdges>,
  order: OperatorOrder,
  remainingMs: () => number,
): Promise<unknown> {
  switch (order.name) {
    case 'rotate-tenant-key':
      return expectDone(await rotateTenantKey(deps, order.tenantId, () => undefined));
    case 'revoke-all':
      return revokeAll(deps, expectDone(await findRevokeScope(deps, order.tenantId)), { remainingMs }, SILENT);
    case 'delete-tenant': {
      const tenant = await deps.tenants.load(order.tenantId);
      // Repeated after it was done: there is nothing left to delete.
      return tenant === undefined ? undefined : deleteTenant(deps, tenant, { remainingMs }, SILENT);
    }
  }
}

function expectDone<T>(
  result:
    { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: { readonly reason: string } },
): T {
  if (!result.ok) throw new Error(`refused: ${result.failure.reason}`);
  return result.value;
}
