import { AwsError } from '../aws-error.ts';
import type { KeyStore, KmsKey } from '../kms/key-store.ts';
import type { Secret, SecretVersion } from './secret-store.ts';

/** A plain value as the API carries it: text, or bytes in base64. */
export type SecretValue = Pick<SecretVersion, 'kind'> & { text: string };

/** Seals and opens values of secrets with a KMS key, as Secrets Manager does at AWS. */
export interface SecretVault {
  /** @throws AwsError EncryptionFailure when the secret's key is unknown or disabled */
  seal(secret: Secret, versionId: string, value: SecretValue): string;
  /** @throws AwsError DecryptionFailure when the key is gone or disabled, or the stored value was altered */
  open(secret: Secret, version: SecretVersion): SecretValue;
}

/** Builds the vault over the local KMS keys; `aws/secretsmanager` is made when a secret first needs it. */
export function buildSecretVault(keys: KeyStore): SecretVault {
  function findKey(secret: Secret): KmsKey {
    if (secret.kmsKeyId !== undefined) return keys.find(secret.kmsKeyId);
    const description = 'Default key that protects my Secrets Manager data when no other key is defined';
    return keys.findManaged('secretsManager') ?? keys.create(description, 'secretsManager');
  }

  return {
    seal: (secret, versionId, value) =>
      orFail('EncryptionFailure', () => {
        const context = buildContext(secret, versionId);
        return keys.seal(findKey(secret), Buffer.from(value.text), context).toString('base64');
      }),
    open: (secret, version) =>
      orFail('DecryptionFailure', () => {
        const blob = Buffer.from(version.sealed, 'base64');
        const { plaintext } = keys.open(blob, buildContext(secret, version.versionId));
        return { kind: version.kind, text: plaintext.toString() };
      }),
  };
}

/** @see Secrets Manager docs: Secret encryption and decryption (encryption context) */
function buildContext(secret: Secret, versionId: string): Record<string, string> {
  return { SecretARN: secret.arn, SecretVersionId: versionId };
}

function orFail<T>(code: 'EncryptionFailure' | 'DecryptionFailure', run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw error instanceof AwsError ? new AwsError(code) : error;
  }
}
