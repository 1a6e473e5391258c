import { API_KEY_ID_BYTES, API_KEY_SECRET_BYTES, buildApiKey } from '../domain/api-key.ts';
import { TENANT_ID_PATTERN } from '../domain/ids.ts';
import type { ApiKeyRecord, Tenant } from '../domain/integration.ts';
import { buildLimitFields, findLimitFault, type ApiKeyLimits } from './api-key-limits.ts';
import type { Secret } from '../domain/secret.ts';
import { isTenantOpen } from '../domain/tenant-state.ts';
import { fail, ok, type Result } from '../result.ts';
import type { ApiKeyStore, Audit, Clock, Random, TenantStore } from './ports.ts';
import { toEpochSeconds } from '../domain/epoch-seconds.ts';

/** What an operator did wrong, said so that he can mend it. */
export interface OperatorInputFailure {
  readonly reason: 'operator_input_invalid';
  readonly detail: string;
  /** What kind of fault it is, where it is none of the input's form. */
  readonly kind?: 'tenant_not_found' | 'tenant_conflict' | 'api_key_not_found' | 'api_key_conflict';
  /** JSON Pointer of the field in a body of the settings API. */
  readonly pointer?: string;
  /** In place of a pointer: the id that it is about, which routes of the settings API take from the path, a query or a body. */
  readonly parameter?: 'tenant_id' | 'guild_id' | 'key_id';
}

export interface TenantDeps {
  readonly tenants: TenantStore;
  readonly apiKeys: ApiKeyStore;
  readonly clock: Clock;
  readonly random: Random;
  readonly audit: Audit;
}

const OPERATOR = { kind: 'operator' } as const;

const CREATION_ID_BYTES = 8;

const TENANT_ID_RULE =
  'a tenant id is 1 to 40 lower-case letters, digits and hyphens, and does not begin with a hyphen';

/** Said in place of what was given. */
export const KEY_ID_RULE = "give the key's id (16 hex digits), not the key";

export function refuse(detail: string, more: Omit<OperatorInputFailure, 'reason' | 'detail'> = {}) {
  return fail<OperatorInputFailure>({ reason: 'operator_input_invalid', detail, ...more });
}

/** Makes a tenant. Confirmation is on; it is switched off on purpose or not at all. */
export async function createTenant(deps: TenantDeps, tenantId: string): Promise<Result<Tenant, OperatorInputFailure>> {
  if (!TENANT_ID_PATTERN.test(tenantId)) return refuse(TENANT_ID_RULE, { pointer: '/id' });
  const tenant: Tenant = {
    tenantId,
    isConfirmationRequired: true,
    createdAtEpochSeconds: nowSeconds(deps.clock),
    creationId: Buffer.from(deps.random.bytes(CREATION_ID_BYTES)).toString('hex'),
  };
  if (!(await deps.tenants.create(tenant))) {
    return refuse(`there is a tenant ${tenantId} already`, { kind: 'tenant_conflict' });
  }
  await deps.audit.record({ type: 'tenant_created', actor: OPERATOR, tenantId });
  return ok(tenant);
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
  const tenant = await loadOpenTenant(deps, tenantId);
  if (!tenant.ok) return tenant;
  const changed: Tenant = { ...tenant.value, isConfirmationRequired };
  if (!(await deps.tenants.save(changed))) return refuseDeleted(tenantId);
  await deps.audit.record({ type: 'tenant_changed', actor: OPERATOR, tenantId, details: { isConfirmationRequired } });
  return ok(changed);
}

/**
 * Makes an API key, limited or not. The key itself is in this answer only; what is stored is its hash.
 * @param limits - absent: every action of the catalogue, and no end
 */
export async function createApiKey(
  deps: TenantDeps,
  tenantId: string,
  name: string,
  limits: ApiKeyLimits = {},
): Promise<Result<{ key: Secret; record: ApiKeyRecord }, OperatorInputFailure>> {
  const tenant = await loadOpenTenant(deps, tenantId);
  if (!tenant.ok) return tenant;
  const fault = findLimitFault(limits);
  if (fault !== undefined) return refuse(fault.detail, fault);
  if (!/^[\x20-\x7e]{1,60}$/.test(name)) {
    return refuse('a key name is 1 to 60 printable ASCII characters', { pointer: '/name' });
  }
  const built = buildApiKey(deps.random.bytes(API_KEY_ID_BYTES), deps.random.bytes(API_KEY_SECRET_BYTES));
  const record: ApiKeyRecord = {
    keyId: built.keyId,
    tenantId,
    name,
    hash: built.hash,
    ...buildLimitFields(limits, nowSeconds(deps.clock)),
    createdAtEpochSeconds: nowSeconds(deps.clock),
  };
  if (!(await deps.apiKeys.create(record))) return refuse('the new key id was taken; try again');
  const details = { keyId: record.keyId, name, ...limits };
  await deps.audit.record({ type: 'api_key_created', actor: OPERATOR, tenantId, details });
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
  if (!/^[0-9a-f]{16}$/.test(keyId)) return refuse(KEY_ID_RULE, { parameter: 'key_id' });
  const before = await deps.apiKeys.load(keyId);
  const isKnown = await deps.apiKeys.revoke(keyId, nowSeconds(deps.clock));
  if (!isKnown || before === undefined) {
    return refuse(`there is no key ${keyId}`, { kind: 'api_key_not_found' });
  }
  const { tenantId, revokedAtEpochSeconds } = before;
  // Revoking once more changes nothing.
  if (revokedAtEpochSeconds === undefined) {
    await deps.audit.record({ type: 'api_key_revoked', actor: OPERATOR, tenantId, details: { keyId } });
  }
  return ok(undefined);
}

/** A tenant that may be used: one that is being deleted gets nothing more. */
export async function loadOpenTenant(
  deps: Pick<TenantDeps, 'tenants'>,
  tenantId: string,
): Promise<Result<Tenant, OperatorInputFailure>> {
  const tenant = await loadTenant(deps, tenantId);
  return tenant.ok && !isTenantOpen(tenant.value) ? refuseDeleted(tenantId) : tenant;
}

function refuseDeleted(tenantId: string) {
  return refuse(`tenant ${tenantId} is being deleted`, { kind: 'tenant_conflict' });
}

/** What has not the shape of an id is not repeated: it may be something secret in the wrong place. */
export async function loadTenant(
  deps: Pick<TenantDeps, 'tenants'>,
  tenantId: string,
): Promise<Result<Tenant, OperatorInputFailure>> {
  if (!TENANT_ID_PATTERN.test(tenantId)) return refuse(TENANT_ID_RULE, { parameter: 'tenant_id' });
  const tenant = await deps.tenants.load(tenantId);
  return tenant === undefined ? refuse(`there is no tenant ${tenantId}`, { kind: 'tenant_not_found' }) : ok(tenant);
}

function nowSeconds(clock: Clock): number {
  return toEpochSeconds(clock.nowEpochMs());
}
