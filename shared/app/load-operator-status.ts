import { CALLBACK_PATH } from '../connect-paths.ts';
import type { Integration } from '../domain/integration.ts';
import { isTenantOpen } from '../domain/tenant-state.ts';
import { loadTenantStatuses, type TenantStatus } from './load-tenant-status.ts';
import { loadWorkStatus, type WorkStatus, type WorkStatusDeps } from './load-work-status.ts';
import type { ApiKeyStore, AppSecretWriter, Clock, IntegrationStore, TenantStore } from './ports.ts';

export type { TenantStatus } from './load-tenant-status.ts';

export interface OperatorStatusDeps extends WorkStatusDeps {
  readonly integrations: IntegrationStore;
  readonly tenants: TenantStore;
  readonly apiKeys: ApiKeyStore;
  readonly secretWriter: AppSecretWriter;
  readonly clock: Clock;
  readonly publicBaseUrl: string;
}

/** Something without which no user can connect; the operator mends it. */
export type SetupGap =
  | { readonly reason: 'credentials_missing' }
  /** Secret and settings name different applications: a change of credentials broke off between its two writes. */
  | { readonly reason: 'credentials_of_another_application'; readonly clientId: string }
  | { readonly reason: 'return_origins_missing' }
  | { readonly reason: 'tenant_missing' }
  /** No tenant has a key that works; `tenantId` is the first that could get one. */
  | { readonly reason: 'api_key_missing'; readonly tenantId: string };

/** How far the installation is set up. Nothing in it is secret. */
export interface OperatorStatus {
  /** Absent until credentials are entered for the first time. */
  readonly integration: Integration | undefined;
  readonly isClientSecretEntered: boolean;
  readonly isBotTokenEntered: boolean;
  /** What the operator registers at Discord, character for character. */
  readonly redirectUri: string;
  readonly tenants: readonly TenantStatus[];
  readonly work: WorkStatus;
  /** In the order in which they are best mended; empty: ready. */
  readonly gaps: readonly SetupGap[];
}

/** Reads how far the installation is set up and what is missing. */
export async function loadOperatorStatus(deps: OperatorStatusDeps): Promise<OperatorStatus> {
  const integration = await deps.integrations.load();
  const credentials = await deps.secretWriter.load();
  const tenants = await loadTenantStatuses(deps);
  return {
    integration,
    isClientSecretEntered: credentials !== undefined,
    isBotTokenEntered: credentials?.botToken !== undefined,
    redirectUri: `${deps.publicBaseUrl}${CALLBACK_PATH}`,
    tenants,
    work: await loadWorkStatus(deps),
    gaps: [...findSettingsGaps(integration, credentials?.clientId), ...findTenantGaps(tenants)],
  };
}

function findSettingsGaps(integration: Integration | undefined, secretClientId: string | undefined): SetupGap[] {
  const gaps: SetupGap[] = [];
  if (integration === undefined || secretClientId === undefined) gaps.push({ reason: 'credentials_missing' });
  else if (integration.clientId !== secretClientId) {
    gaps.push({ reason: 'credentials_of_another_application', clientId: secretClientId });
  }
  if ((integration?.returnOrigins ?? []).length === 0) gaps.push({ reason: 'return_origins_missing' });
  return gaps;
}

function findTenantGaps(tenants: readonly TenantStatus[]): SetupGap[] {
  const [first] = tenants.filter(({ tenant }) => isTenantOpen(tenant));
  if (first === undefined) return [{ reason: 'tenant_missing' }];
  return tenants.some(({ liveKeys }) => liveKeys > 0)
    ? []
    : [{ reason: 'api_key_missing', tenantId: first.tenant.tenantId }];
}
