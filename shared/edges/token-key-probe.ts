import { DecryptCommand, GenerateDataKeyCommand, type KMSClient } from '@aws-sdk/client-kms';
import type { TokenKeyProbe } from '../app/ports.ts';
import { buildEncryptionContext } from '../encryption-context.ts';
import { callKms } from './call-kms.ts';

/** No tenant can have this id, so that what the probe makes opens nothing of anybody's. */
const NO_TENANT = '-';

/**
 * Uses the token key as the functions do, under a tenant's encryption context: that asks for no further permission, needs no tenant
 * to be there, and shows a disabled key and a missing permission alike.
 */
export function createTokenKeyProbe(kms: KMSClient, tokenKeyArn: string): TokenKeyProbe {
  const EncryptionContext = buildEncryptionContext(NO_TENANT);
  return {
    probe: async () => {
      const made = await callKms(() =>
        kms.send(new GenerateDataKeyCommand({ KeyId: tokenKeyArn, KeySpec: 'AES_256', EncryptionContext })),
      );
      await callKms(() =>
        kms.send(new DecryptCommand({ KeyId: tokenKeyArn, CiphertextBlob: made.CiphertextBlob, EncryptionContext })),
      );
    },
  };
}
