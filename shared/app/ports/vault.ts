import type { DataKey } from '../../domain/data-key.ts';
import type { SealContext, Sealed } from '../../domain/envelope.ts';

/** Seals and opens secrets with the tenant's data key. Throws `OutageError` when key service or storage is down or a seal is broken. */
export interface Vault {
  seal(context: SealContext, plaintext: string): Promise<Sealed>;
  open(context: SealContext, sealed: string): Promise<string>;
}

/** A vault for who looks after the keys: others may go on for minutes with the key that a tenant had before. */
export interface FreshVault extends Vault {
  /**
   * Reads anew with which key the tenant seals: from here on this process does so too.
   * @returns the key's id; nothing when the tenant has never sealed anything
   */
  useCurrentKey(tenantId: string): Promise<string | undefined>;
}

/** A tenant's data keys: which there are, and which one seals. None of its methods gives a key away. */
export interface DataKeyStore {
  /** @returns nothing when the tenant has never sealed anything */
  loadCurrent(tenantId: string): Promise<CurrentDataKey | undefined>;
  list(tenantId: string): Promise<DataKey[]>;
  /**
   * Makes a key that seals from now on in place of the current one, which stays to open what it has sealed.
   * @returns the new key's id, or nothing when somebody else has put another in its place meanwhile
   */
  rotate(tenantId: string, currentKeyId: string): Promise<string | undefined>;
  /** All that was sealed before the rotation to this key is sealed under it now. */
  noteResealed(tenantId: string, keyId: string): Promise<void>;
  /** Deletes a key for good: what is sealed under it never opens again. @returns whether it was there */
  remove(tenantId: string, keyId: string): Promise<boolean>;
  /** Forgets with which key the tenant sealed; the next seal would make a new one. */
  removePointer(tenantId: string): Promise<void>;
}

/** Which data key a tenant seals with. */
export interface CurrentDataKey {
  readonly keyId: string;
  /** After a rotation, until what is stored is sealed under the new key. */
  readonly isResealOwed: boolean;
}
