import { API_KEY_ID_BYTES, API_KEY_SECRET_BYTES, buildApiKey } from '../domain/api-key.ts';
import { TENANT_ID_PATTERN } from '../domain/ids.ts';
import type { ApiKeyRecord, Tenant } from '../domain/integration.ts';
import type { Secret } from '../domain/secret.ts';
import { fail, ok, type Result } from '../result.ts';
import type { ApiKeyStore, Clock, Random, TenantStore } from './ports.ts';

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

export function refuse(detail: string) {
  return fail<OperatorInputFailure>({ reason: 'operator_input_invalid', detail });
}

/** Makes a tenant. Confirmation is on; it is switched off on purpose or not at all. */
export async function createTenant(deps: TenantDeps, tenantId: string): Promise<Result<Tenant, OperatorInputFailure>> {
  if (!TENANT_ID_PATTERN.test(tenantId)) {
    return refuse('a tenant id is 1 to 40 lower-case letters, digits and hyphens, and does not begin with a hyphen');
  }
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
  const tenant = await deps.tenants.load(tenantId);
  if (tenant === undefined) return refuse(`there is no tenant ${tenantId}`);
  const changed: Tenant = { ...tenant, isConfirmationRequired };
  await deps.tenants.save(changed);
  return ok(changed);
}

/** Makes an API key. The key itself is in this answer only; what is stored is its hash. */
export async function createApiKey(
  deps: TenantDeps,
  tenantId: string,
  name: string,
): Promise<Result<{ key: Secret; record: ApiKeyRecord }, OperatorInputFailure>> {
  if ((await deps.tenants.load(tenantId)) === undefined) return refuse(`there is no tenant ${tenantId}`);
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

/** Revokes a key for good. Keys are read with every call, so it is refused from the next one on. */
export async function revokeApiKey(deps: TenantDeps, keyId: string): Promise<Result<undefined, OperatorInputFailure>> {
  const isKnown = /^[0-9a-f]{16}$/.test(keyId) && (await deps.apiKeys.revoke(keyId, nowSeconds(deps.clock)));
  return isKnown ? ok(undefined) : refuse(`there is no key ${keyId}; give the key's id (16 hex digits), not the key`);
}

function nowSeconds(clock: Clock): number {
  return Math.floor(clock.nowEpochMs() / 1000);
}
