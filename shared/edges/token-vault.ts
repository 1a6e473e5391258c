import { DecryptCommand, GenerateDataKeyCommand, type KMSClient } from '@aws-sdk/client-kms';
import type { Clock, Random, Vault } from '../app/ports.ts';
import { openWith, parseSealedKeyId, SealBrokenError, sealWith } from '../domain/envelope.ts';
import { buildEncryptionContext } from '../encryption-context.ts';
import { OutageError } from '../problems/failure.ts';
import { BoundedCache } from './bounded-cache.ts';
import { keys } from './keys.ts';
import type { TableClient } from './table-client.ts';
import { toEpochSeconds } from '../domain/epoch-seconds.ts';

/** Milliseconds. How long an unwrapped data key may serve: withdrawn key access takes effect within this. */
export const DATA_KEY_MAX_AGE_MS = 5 * 60 * 1000;

/** Uses after which a key is unwrapped anew, so that a busy sandbox too asks KMS now and then. */
const DATA_KEY_MAX_USES = 10_000;

/** Keys held at once in memory; the longest unused goes first. */
const DATA_KEY_MAX_ENTRIES = 100;

const KEY_ID_BYTES = 8;
const IV_BYTES = 12;

export interface VaultDeps {
  readonly table: TableClient;
  readonly kms: KMSClient;
  readonly tokenKeyArn: string;
  readonly clock: Clock;
  readonly random: Random;
}

/**
 * Envelope encryption: the KMS key wraps one data key per tenant, the data key seals every secret of that tenant. A
 * tenant's first seal makes its data key; a conditional write decides between two sandboxes that do so at once.
 */
export function createTokenVault({ table, kms, tokenKeyArn, clock, random }: VaultDeps): Vault {
  const bounds = { maxAgeMs: DATA_KEY_MAX_AGE_MS, maxUses: DATA_KEY_MAX_USES, maxEntries: DATA_KEY_MAX_ENTRIES };
  const unwrapped = new BoundedCache<Uint8Array>(bounds);
  const current = new BoundedCache<string>(bounds);

  const loadDataKey = async (tenantId: string, keyId: string): Promise<Uint8Array> => {
    const name = `${tenantId}/${keyId}`;
    const cached = unwrapped.get(name, clock.nowEpochMs());
    if (cached !== undefined) return cached;
    const item = await table.get(keys.dataKey(tenantId, keyId));
    const wrapped = item?.['wrappedKey'];
    if (!(wrapped instanceof Uint8Array)) throw new OutageError({ reason: 'sealed_data_unreadable' }, 'DataKeyMissing');
    const answer = await callKms(() =>
      kms.send(
        new DecryptCommand({
          KeyId: tokenKeyArn,
          CiphertextBlob: wrapped,
          EncryptionContext: buildEncryptionContext(tenantId),
        }),
      ),
    );
    if (answer.Plaintext === undefined) throw new OutageError({ reason: 'key_service_unavailable' }, 'NoPlaintext');
    unwrapped.set(name, answer.Plaintext, clock.nowEpochMs());
    return answer.Plaintext;
  };

  const loadCurrentKeyId = async (tenantId: string): Promise<string> => {
    const cached = current.get(tenantId, clock.nowEpochMs());
    if (cached !== undefined) return cached;
    const pointer = (await table.get(keys.currentDataKey(tenantId)))?.['keyId'];
    const keyId = typeof pointer === 'string' ? pointer : await createDataKey(tenantId);
    current.set(tenantId, keyId, clock.nowEpochMs());
    return keyId;
  };

  const createDataKey = async (tenantId: string): Promise<string> => {
    const answer = await callKms(() =>
      kms.send(
        new GenerateDataKeyCommand({
          KeyId: tokenKeyArn,
          KeySpec: 'AES_256',
          EncryptionContext: buildEncryptionContext(tenantId),
        }),
      ),
    );
    if (answer.CiphertextBlob === undefined)
      throw new OutageError({ reason: 'key_service_unavailable' }, 'NoCiphertext');
    const keyId = Buffer.from(random.bytes(KEY_ID_BYTES)).toString('hex');
    const createdAtEpochSeconds = toEpochSeconds(clock.nowEpochMs());
    // The key first, the pointer to it second: a pointer never names a key that is not there.
    await table.put(keys.dataKey(tenantId, keyId), {
      tenantId,
      keyId,
      wrappedKey: answer.CiphertextBlob,
      createdAtEpochSeconds,
    });
    const isFirst = await table.put(
      keys.currentDataKey(tenantId),
      { tenantId, keyId },
      { ConditionExpression: 'attribute_not_exists(pk)' },
    );
    if (isFirst) return keyId;
    const winner = (await table.get(keys.currentDataKey(tenantId)))?.['keyId'];
    if (typeof winner !== 'string') throw new OutageError({ reason: 'storage_unavailable' }, 'DataKeyPointerMissing');
    if (winner !== keyId) await table.delete(keys.dataKey(tenantId, keyId));
    return winner;
  };

  return {
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

/** KMS refuses the wrapped key itself: it belongs to another tenant or key, or was changed. No outage, and no retry helps. */
const KEY_REFUSALS = new Set(['InvalidCiphertextException', 'IncorrectKeyException']);

async function callKms<T>(send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (error) {
    const name = error instanceof Error ? error.name : 'unknown';
    const reason = KEY_REFUSALS.has(name) ? 'sealed_data_unreadable' : 'key_service_unavailable';
    throw new OutageError({ reason }, name);
  }
}
