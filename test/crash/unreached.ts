/** An await that no scenario passes, and why none needs to. */
export interface Unreached {
  readonly file: string;
  /** How the awaited expression begins; empty: all of the file that are not passed. */
  readonly awaited: string;
  readonly reason: string;
}

const SETTINGS = 'an operator sets something up: no token and no connection is touched, and he sees whether it worked';

const TWO_AT_ONCE = 'only when two processes do the same at one moment; ';

/** The awaits that the crash matrix leaves out. */
export const UNREACHED: readonly Unreached[] = [
  { file: 'shared/app/operate-tenants.ts', awaited: '', reason: SETTINGS },
  { file: 'shared/edges/integration-store.ts', awaited: '', reason: SETTINGS },
  { file: 'shared/edges/key-use-store.ts', awaited: 'table.getAll(', reason: SETTINGS },
  {
    file: 'shared/edges/connection-token-store.ts',
    awaited: 'table.get(key)',
    reason: 'a connection token of that id is there already: nothing but that token depends on it',
  },
  {
    file: 'shared/edges/data-key-store.ts',
    awaited: 'removeUnused(tenantId, keyId)',
    reason: `${TWO_AT_ONCE}a data key that nothing was sealed with is left over`,
  },
  {
    file: 'shared/edges/spill-store.ts',
    awaited: '',
    reason: 'a second pair of the same version: Discord would have to take one refresh token twice',
  },
  {
    file: 'shared/app/sweep/recover-left-pair.ts',
    awaited: 'deps.connections.releaseRefreshLease(',
    reason: `${TWO_AT_ONCE}the lease then ends by its own time`,
  },
  {
    file: 'shared/app/tenant-deletion/shred-tenant.ts',
    awaited: 'deps.grants.remove(',
    reason: 'what was disconnected has left its grant: there only for what nobody foresaw',
  },
  {
    file: 'shared/app/tenant-deletion/shred-tenant.ts',
    awaited: 'deps.dataKeys.remove(',
    reason: 'the keys went first: there only for what nobody foresaw',
  },
];
