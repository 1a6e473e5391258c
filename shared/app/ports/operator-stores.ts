import type { ConnectSession } from '../../domain/connect-session.ts';
import type { ConnectionToken } from '../../domain/connection-token.ts';
import type { Connection } from '../../domain/connection.ts';
import type { ApiKeyRecord, Integration, Tenant } from '../../domain/integration.ts';
import type { UserLink } from '../../domain/user-link.ts';

/** A secret of the application, and when it was entered; removed ones have no time. */
export interface SecretField {
  readonly name: 'clientSecret' | 'botToken';
  readonly isRemoved: boolean;
}

export interface IntegrationStore {
  load(): Promise<Integration | undefined>;
  /** Saves when the stored version is still `expectedVersion` (0: nothing stored yet). */
  save(integration: Integration, expectedVersion: number): Promise<boolean>;
  /**
   * Notes when secrets were entered, as a version of its own: whoever has read the settings before must look again.
   * @returns the settings as they are now; nothing when there are none
   */
  noteSecrets(changed: readonly SecretField[], atEpochSeconds: number): Promise<Integration | undefined>;
}

export interface TenantStore {
  load(tenantId: string): Promise<Tenant | undefined>;
  create(tenant: Tenant): Promise<boolean>;
  /** Saves what can be changed of it. @returns false when it is being deleted or gone */
  save(tenant: Tenant): Promise<boolean>;
  list(): Promise<Tenant[]>;
  /** Nothing of it is served any more from here on. @returns the tenant as it is now; nothing when there is none */
  beginDeletion(tenantId: string, atEpochSeconds: number): Promise<Tenant | undefined>;
  /** Its data keys are gone. @returns the tenant as it is now */
  noteKeysDeleted(tenantId: string, shredAfterEpochSeconds: number): Promise<Tenant | undefined>;
  /** Removes one whose data keys are gone. */
  remove(tenantId: string): Promise<boolean>;
}

export interface ApiKeyStore {
  create(key: ApiKeyRecord): Promise<boolean>;
  /** @returns false when there is no such key */
  revoke(keyId: string, atEpochSeconds: number): Promise<boolean>;
  /**
   * Lets a key end, because another takes its place: once, and not if it was revoked.
   * @returns the key as it is now, or nothing when it cannot be replaced any more
   */
  replace(keyId: string, byKeyId: string, validUntilEpochSeconds: number): Promise<ApiKeyRecord | undefined>;
  load(keyId: string): Promise<ApiKeyRecord | undefined>;
  list(tenantId: string): Promise<ApiKeyRecord[]>;
  /** Forgets it: with its tenant, never before. */
  remove(keyId: string): Promise<void>;
}

export interface KeyUse {
  readonly firstUsedAtEpochSeconds: number;
  readonly lastUsedAtEpochSeconds: number;
  /** Names the use that was the first, so that a write which is repeated knows itself. */
  readonly firstUseId: string;
}

/** When API keys were used; apart from the keys, since every function that is called with one writes here. */
export interface KeyUseStore {
  /** Notes a use. Bounded to about a second: nobody's call may wait long for it. @returns what is stored now */
  record(keyId: string, useId: string, nowEpochSeconds: number): Promise<KeyUse>;
  /** @returns by key id; keys that were never used are not in it */
  load(keyIds: readonly string[]): Promise<ReadonlyMap<string, KeyUse>>;
  remove(keyId: string): Promise<void>;
}

export interface ConnectionTokenStore {
  create(token: ConnectionToken): Promise<boolean>;
  /** @returns false when that connection has no such token; one that was revoked before counts as there */
  revoke(tokenId: string, connectionId: string, atEpochSeconds: number): Promise<boolean>;
}

/** The one read of a call: the caller's key and what the call is about, together and consistent. */
export interface CallerReader {
  loadKeyAndConnection(
    keyId: string,
    connectionId: string,
  ): Promise<{ key: ApiKeyRecord | undefined; connection: Connection | undefined }>;
  loadKeyAndSession(
    keyId: string,
    sessionId: string,
  ): Promise<{ key: ApiKeyRecord | undefined; session: ConnectSession | undefined }>;
  loadKeyAndIntegration(
    keyId: string,
  ): Promise<{ key: ApiKeyRecord | undefined; integration: Integration | undefined }>;
  loadKey(keyId: string): Promise<ApiKeyRecord | undefined>;
  /**
   * For calls that a connection token may make as well.
   * @param ids - as they stand in what the caller presents
   * @param connectionId - absent: what the caller gave cannot be one
   */
  loadCallerAndConnection(
    ids: { readonly keyId: string; readonly tokenId?: string },
    connectionId: string | undefined,
  ): Promise<{
    key: ApiKeyRecord | undefined;
    token: ConnectionToken | undefined;
    connection: Connection | undefined;
  }>;
}

/** Links of end users to their own connection, by the hash of their secret. */
export interface UserLinkStore {
  create(hash: string, link: UserLink): Promise<void>;
  load(hash: string): Promise<UserLink | undefined>;
}
