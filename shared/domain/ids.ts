import { createHash } from 'node:crypto';

const CONNECTION_ID_BYTES = 16;

/** Shape of a connection id. */
export const CONNECTION_ID_PATTERN = /^con_[A-Za-z0-9_-]{22}$/;

/** Shape of a connect session id: 256 random bits. */
export const SESSION_ID_PATTERN = /^cs_[A-Za-z0-9_-]{43}$/;

/** Shape of a tenant id: a short lower-case name that is safe in URLs, logs and shells. */
export const TENANT_ID_PATTERN = /^[a-z0-9][a-z0-9-]{0,39}$/;

/**
 * Builds the id of the connection between one app user and one Discord account in one tenant. It follows from the three, so
 * that connecting again updates the same item and one conditional write prevents twins. Each part goes in with its length:
 * without it ("ab", "c") and ("a", "bc") would be one.
 */
export function buildConnectionId(tenantId: string, userId: string, discordUserId: string): string {
  const hash = createHash('sha256');
  for (const part of [tenantId, userId, discordUserId]) {
    const bytes = Buffer.from(part, 'utf8');
    hash.update(`${bytes.length}:`).update(bytes);
  }
  return `con_${hash.digest().subarray(0, CONNECTION_ID_BYTES).toString('base64url')}`;
}
