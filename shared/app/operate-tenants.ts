import { API_KEY_ID_BYTES, API_KEY_SECRET_BYTES, buildApiKey } from '../domain/api-key.ts';
import { TENANT_ID_PATTERN } from '../domain/ids.ts';
import type { ApiKeyRecord, Tenant } from '../domain/integration.ts';
import type { Secret } from '../domain/secret.ts';
import { fail, ok, type Result } from '../result.ts';
import type { ApiKeyStore, Clock, Random, TenantStore } from './ports.ts';
import { toEpochSeconds } from '../domain/epoch-seconds.ts';

/** What an operator did wrong, said so that he can mend it. */
export interface OperatorInputFailure {
  readonly reason: 'operator_input_invalid';
  readonly detail: string;
}

export interface TenantDeps {
  readonly tenants: TenantStore;
  readonly apiKeys: ApiKeyStore;
  readonly clock: Clock;
  readonly random: Random;
}

const TENANT_ID_RULE =
  'a tenant id is 1 to 40 lower-case letters, digits and hyphens, and does not begin with a hyphen';

export function refuse(detail: string) {
  return fail<OperatorInputFailure>({ reason: 'operator_input_invalid', detail });
}

/** Makes a tenant. Confirmation is on; it is switched off on purpose or not at all. */
export async function createTenant(deps: TenantDeps, tenantId: string): Promise<Result<Tenant, OperatorInputFailure>> {
  if (!TENANT_ID_PATTERN.test(tenantId)) return refuse(TENANT_ID_RULE);
  const tenant: Tenant = { tenantId, isConfirmationRequired: true, createdAtEpochSeconds: nowSeconds(deps.clock) };
  return (await deps.tenants.create(tenant)) ? ok(tenant) : refuse(`there is a tenant ${tenantId} already`);
}

/**
 * Switches confirmation on or off for new connect sessions. Off, the person who opens a link is connected for the app's user
 * whoever he is: an attacker can send his own link to a victim and act with the victim's account.
 */
export async function setConfirmation(
  deps: TenantDeps,
  tenantId: string,
  isConfirmationRequired: boolean,
): Promise<Result<Tenant, OperatorInputFailure>> {
  const tenant = await loadTenant(deps, tenantId);
  if (!tenant.ok) return tenant;
  const changed: Tenant = { ...tenant.value, isConfirmationRequired };
  await deps.tenants.save(changed);
  return ok(changed);
}

/** Makes an API key. The key itself is in this answer only; what is stored is its hash. */
export async function createApiKey(
  deps: TenantDeps,
  tenantId: string,
  name: string,
): Promise<Result<{ key: Secret; record: ApiKeyRecord }, OperatorInputFailure>> {
  const tenant = await loadTenant(deps, tenantId);
  if (!tenant.ok) return tenant;
  if (!/^[\x20-\x7e]{1,60}$/.test(name)) return refuse('a key name is 1 to 60 printable ASCII characters');
  const built = buildApiKey(deps.random.bytes(API_KEY_ID_BYTES), deps.random.bytes(API_KEY_SECRET_BYTES));
  const record: ApiKeyRecord = {
    keyId: built.keyId,
    tenantId,
    name,
    hash: built.hash,
    createdAtEpochSeconds: nowSeconds(deps.clock),
  };
  if (!(await deps.apiKeys.create(record))) return refuse('the new key id was taken; try again');
  return ok({ key: built.key, record });
}

/** All tenants, by id. */
export async function loadTenants(deps: Pick<TenantDeps, 'tenants'>): Promise<Tenant[]> {
  return (await deps.tenants.list()).toSorted((a, b) => (a.tenantId < b.tenantId ? -1 : 1));
}

/** A tenant's keys, the revoked ones too, oldest first. What is stored of a key is its hash: nobody can show the key again. */
export async function loadApiKeys(
  deps: Pick<TenantDeps, 'tenants' | 'apiKeys'>,
  tenantId: string,
): Promise<Result<ApiKeyRecord[], OperatorInputFailure>> {
  const tenant = await loadTenant(deps, tenantId);
  if (!tenant.ok) return tenant;
  const records = await deps.apiKeys.list(tenantId);
  return ok(records.toSorted((a, b) => a.createdAtEpochSeconds - b.createdAtEpochSeconds));
}

/** Revokes a key for good. Keys are read with every call, so it is refused from the next one on. */
export async function revokeApiKey(deps: TenantDeps, keyId: string): Promise<Result<undefined, OperatorInputFailure>> {
  // What has not the shape of an id is not repeated: it may be the key itself.
  if (!/^[0-9a-f]{16}$/.test(keyId)) return refuse("give the key's id (16 hex digits), not the key");
  const isKnown = await deps.apiKeys.revoke(keyId, nowSeconds(deps.clock));
  return isKnown ? ok(undefined) : refuse(`there is no key ${keyId}`);
}

/** What has not the shape of an id is not repeated: it may be something secret in the wrong place. */
async function loadTenant(
  deps: Pick<TenantDeps, 'tenants'>,
  tenantId: string,
): Promise<Result<Tenant, OperatorInputFailure>> {
  if (!TENANT_ID_PATTERN.test(tenantId)) return refuse(TENANT_ID_RULE);
  const tenant = await deps.tenants.load(tenantId);
  return tenant === undefined ? refuse(`there is no tenant ${tenantId}`) : ok(tenant);
}

function nowSeconds(clock: Clock): number {
  return toEpochSeconds(clock.nowEpochMs());
}
