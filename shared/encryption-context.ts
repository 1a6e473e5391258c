/**
 * KMS encryption context under which a tenant's data key is wrapped. Infra allows `kms:Decrypt` only with this purpose, so
 * a function's key access opens nothing but tenants' data keys.
 * @see AWS KMS docs: Encryption context
 */
export const DATA_KEY_PURPOSE = 'tenant-data-key';

/** Builds the context for one tenant: exactly these two pairs, on wrapping and on unwrapping. */
export function buildEncryptionContext(tenantId: string): { purpose: string; tenant: string } {
  return { purpose: DATA_KEY_PURPOSE, tenant: tenantId };
}
