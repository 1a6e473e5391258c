import { DecryptCommand, GenerateDataKeyCommand, type KMSClient } from '@aws-sdk/client-kms';
import type { Clock, CurrentDataKey, DataKeyStore, Random } from '../app/ports.ts';
import { toEpochSeconds } from '../domain/epoch-seconds.ts';
import { buildEncryptionContext } from '../encryption-context.ts';
import { OutageError } from '../problems/failure.ts';
import { callKms } from './call-kms.ts';
import { keys } from './keys.ts';
import { parseCurrentDataKey, parseDataKey } from './records.ts';
import type { TableClient } from './table-client.ts';

const KEY_ID_BYTES = 8;

export interface DataKeyDeps {
  readonly table: TableClient;
  readonly kms: KMSClient;
  readonly tokenKeyArn: string;
  readonly clock: Clock;
  readonly random: Random;
}

/** With what only the vault may have. */
export interface DataKeys extends DataKeyStore {
  /** Makes a tenant's first key; a conditional write decides between two sandboxes that do so at once. @returns the id of the one that counts */
  createFirst(tenantId: string): Promise<string>;
  /** @returns the key itself: 32 bytes */
  unwrap(tenantId: string, keyId: string): Promise<Uint8Array>;
}

/**
 * Data keys: each wrapped by the KMS key under its tenant's encryption context, in an item that is written once, and a pointer that
 * says which one seals. Whatever breaks off, the pointer names a key that is there; keys that nothing points to were never used.
 */
export function createDataKeyStore({ table, kms, tokenKeyArn, clock, random }: DataKeyDeps): DataKeys {
  const nowEpochSeconds = () => toEpochSeconds(clock.nowEpochMs());
  const loadCurrent = async (tenantId: string): Promise<CurrentDataKey | undefined> =>
    parseCurrentDataKey(await table.get(keys.currentDataKey(tenantId)));

  const storeNewKey = async (tenantId: string): Promise<string> => {
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
    await table.put(keys.dataKey(tenantId, keyId), {
      tenantId,
      keyId,
      wrappedKey: answer.CiphertextBlob,
      createdAtEpochSeconds: nowEpochSeconds(),
    });
    return keyId;
  };

  /**
   * Deletes a key that lost the race. Not one that did seal for a moment, before another took its place: that was given an end,
   * and all that is known here is that its maker's answer was lost.
   */
  const removeUnused = async (tenantId: string, keyId: string): Promise<void> => {
    await table.delete(keys.dataKey(tenantId, keyId), {
      ConditionExpression: 'attribute_not_exists(retiredAtEpochSeconds)',
    });
  };

  return {
    loadCurrent,
    createFirst: async (tenantId) => {
      // The key first, the pointer to it second: a pointer never names a key that is not there.
      const keyId = await storeNewKey(tenantId);
      const isFirst = await table.put(
        keys.currentDataKey(tenantId),
        { tenantId, keyId },
        { ConditionExpression: 'attribute_not_exists(pk)' },
      );
      if (isFirst) return keyId;
      const winner = (await loadCurrent(tenantId))?.keyId;
      if (winner === undefined) throw new OutageError({ reason: 'storage_unavailable' }, 'DataKeyPointerMissing');
      if (winner !== keyId) await removeUnused(tenantId, keyId);
      return winner;
    },
    rotate: async (tenantId, currentKeyId) => {
      const keyId = await storeNewKey(tenantId);
      // The old key's end is written before it comes: when it seals no more, it is known since when.
      await table.update(keys.dataKey(tenantId, currentKeyId), {
        UpdateExpression: 'SET retiredAtEpochSeconds = :now',
        ConditionExpression: 'attribute_exists(pk)',
        ExpressionAttributeValues: { ':now': nowEpochSeconds() },
      });
      const swapped = await table.update(keys.currentDataKey(tenantId), {
        UpdateExpression: 'SET keyId = :new, isResealOwed = :yes',
        ConditionExpression: 'keyId = :current',
        ExpressionAttributeValues: { ':new': keyId, ':current': currentKeyId, ':yes': true },
      });
      if (swapped !== undefined) return keyId;
      // A write whose answer was lost and which the SDK repeats meets itself.
      if ((await loadCurrent(tenantId))?.keyId === keyId) return keyId;
      await removeUnused(tenantId, keyId);
      return undefined;
    },
    noteResealed: async (tenantId, keyId) => {
      await table.update(keys.currentDataKey(tenantId), {
        UpdateExpression: 'REMOVE isResealOwed',
        ConditionExpression: 'keyId = :key',
        ExpressionAttributeValues: { ':key': keyId },
      });
    },
    list: async (tenantId) => {
      const { pk: partition, sk: prefix } = keys.dataKey(tenantId, '');
      const found = [];
      let after: string | undefined;
      do {
        const page = await table.query({ partition, prefix }, after === undefined ? {} : { after });
        found.push(...page.items);
        after = page.last;
      } while (after !== undefined);
      return found.map(parseDataKey).filter((key) => key !== undefined);
    },
    remove: (tenantId, keyId) =>
      table.delete(keys.dataKey(tenantId, keyId), { ConditionExpression: 'attribute_exists(pk)' }),
    removePointer: async (tenantId) => {
      await table.delete(keys.currentDataKey(tenantId));
    },
    unwrap: async (tenantId, keyId) => {
      const wrapped = (await table.get(keys.dataKey(tenantId, keyId)))?.['wrappedKey'];
      if (!(wrapped instanceof Uint8Array)) {
        throw new OutageError({ reason: 'sealed_data_unreadable' }, 'DataKeyMissing');
      }
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
      return answer.Plaintext;
    },
  };
}
