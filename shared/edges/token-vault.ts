import type { FreshVault } from '../app/ports.ts';
import { openWith, parseSealedKeyId, SealBrokenError, sealWith } from '../domain/envelope.ts';
import { OutageError } from '../problems/failure.ts';
import { BoundedCache } from './bounded-cache.ts';
import { createDataKeyStore, type DataKeyDeps } from './data-key-store.ts';

/**
 * Milliseconds. How long an unwrapped data key may serve: withdrawn key access takes effect within this. A sandbox goes on for
 * as long with the key that it knows after another one has taken its place.
 */
export const DATA_KEY_MAX_AGE_MS = 5 * 60 * 1000;

/** Uses after which a key is unwrapped anew, so that a busy sandbox too asks KMS now and then. */
const DATA_KEY_MAX_USES = 10_000;

/** Keys held at once in memory; the longest unused goes first. */
const DATA_KEY_MAX_ENTRIES = 100;

const IV_BYTES = 12;

export type VaultDeps = DataKeyDeps;

/**
 * Envelope encryption: the KMS key wraps the data keys of a tenant, of which one seals every new secret of that tenant and each
 * opens what it has sealed. A tenant's first seal makes its first data key.
 */
export function createTokenVault(deps: VaultDeps): FreshVault {
  const { clock, random } = deps;
  const dataKeys = createDataKeyStore(deps);
  const bounds = { maxAgeMs: DATA_KEY_MAX_AGE_MS, maxUses: DATA_KEY_MAX_USES, maxEntries: DATA_KEY_MAX_ENTRIES };
  const unwrapped = new BoundedCache<Uint8Array>(bounds);
  const current = new BoundedCache<string>(bounds);

  const loadDataKey = async (tenantId: string, keyId: string): Promise<Uint8Array> => {
    const name = `${tenantId}/${keyId}`;
    const cached = unwrapped.get(name, clock.nowEpochMs());
    if (cached !== undefined) return cached;
    const key = await dataKeys.unwrap(tenantId, keyId);
    unwrapped.set(name, key, clock.nowEpochMs());
    return key;
  };

  const useCurrentKey = async (tenantId: string): Promise<string | undefined> => {
    const keyId = (await dataKeys.loadCurrent(tenantId))?.keyId;
    if (keyId !== undefined) current.set(tenantId, keyId, clock.nowEpochMs());
    return keyId;
  };

  const loadCurrentKeyId = async (tenantId: string): Promise<string> => {
    const known = current.get(tenantId, clock.nowEpochMs()) ?? (await useCurrentKey(tenantId));
    if (known !== undefined) return known;
    const keyId = await dataKeys.createFirst(tenantId);
    current.set(tenantId, keyId, clock.nowEpochMs());
    return keyId;
  };

  return {
    useCurrentKey,
    seal: async (context, plaintext) => {
      const keyId = await loadCurrentKeyId(context.tenantId);
      return sealWith(await loadDataKey(context.tenantId, keyId), keyId, random.bytes(IV_BYTES), context, plaintext);
    },
    open: async (context, sealed) => {
      try {
        return openWith(await loadDataKey(context.tenantId, parseSealedKeyId(sealed)), context, sealed);
      } catch (error) {
        throw error instanceof SealBrokenError
          ? new OutageError({ reason: 'sealed_data_unreadable' }, error.name)
          : error;
      }
    },
  };
}
