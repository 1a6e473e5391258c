import { LOCAL_ACCOUNT } from '../aws-account.ts';
import { AwsError } from '../aws-error.ts';
import { checkMembers, readChoice, readInteger, readText, readTextMap } from '../aws-input.ts';
import { requireBlob, requireText } from '../aws-input.ts';
import type { JsonObject } from '../aws-input.ts';
import type { AwsService } from '../aws-service.ts';
import { buildOperationsService } from '../operations-service.ts';
import { buildKeyArn } from './key-store.ts';
import type { KeyStore, KmsKey } from './key-store.ts';

/** Characters. */
const KEY_ID = { min: 1, max: 2048 };
/** Bytes. */
const CIPHERTEXT = { min: 1, max: 6144 };
/** Bytes. KMS encrypts keys and the like, not documents. */
const PLAINTEXT = { min: 1, max: 4096 };

/**
 * Builds KMS over a key store: symmetric keys, their use and their life. Key policies, grants and aliases are not there.
 * @param random - gives that many random bytes, for data keys
 * @see AWS KMS API reference
 */
export function buildKmsService(store: KeyStore, random: (bytes: number) => Buffer): AwsService {
  function generateDataKey(input: JsonObject): { withPlaintext: JsonObject; withoutPlaintext: JsonObject } {
    checkMembers(input, ['KeyId', 'KeySpec', 'NumberOfBytes', 'EncryptionContext']);
    const key = store.find(requireText(input, 'KeyId', KEY_ID));
    const plaintext = random(readDataKeyBytes(input));
    const blob = store.seal(key, plaintext, readTextMap(input, 'EncryptionContext'));
    const withoutPlaintext = { KeyId: buildKeyArn(key), CiphertextBlob: toBase64(blob) };
    return { withoutPlaintext, withPlaintext: { ...withoutPlaintext, Plaintext: toBase64(plaintext) } };
  }

  /** An operation that names a key and nothing else. */
  function onKey(run: (key: KmsKey) => JsonObject) {
    return (input: JsonObject): JsonObject => {
      checkMembers(input, ['KeyId']);
      return run(store.find(requireText(input, 'KeyId', KEY_ID)));
    };
  }

  return buildOperationsService({
    name: 'kms',
    targetPrefix: 'TrentService',
    credentialScope: 'kms',
    operations: {
      CreateKey(input) {
        checkMembers(input, ['Description', 'KeyUsage', 'KeySpec', 'Policy', 'BypassPolicyLockoutSafetyCheck']);
        readChoice(input, 'KeyUsage', ['ENCRYPT_DECRYPT']);
        readChoice(input, 'KeySpec', ['SYMMETRIC_DEFAULT']);
        return { KeyMetadata: toMetadata(store.create(readText(input, 'Description', { min: 0, max: 8192 }) ?? '')) };
      },
      DescribeKey: onKey((key) => ({ KeyMetadata: toMetadata(key) })),
      EnableKey: onKey((key) => {
        store.change(key, { enabled: true });
        return {};
      }),
      DisableKey: onKey((key) => {
        store.change(key, { enabled: false });
        return {};
      }),
      EnableKeyRotation(input) {
        checkMembers(input, ['KeyId', 'RotationPeriodInDays']);
        readInteger(input, 'RotationPeriodInDays', { min: 90, max: 2560 });
        store.change(store.find(requireText(input, 'KeyId', KEY_ID)), { rotationEnabled: true });
        return {};
      },
      GetKeyRotationStatus: onKey((key) => ({ KeyId: buildKeyArn(key), KeyRotationEnabled: key.rotationEnabled })),
      RotateKeyOnDemand: onKey((key) => {
        store.rotate(key);
        return { KeyId: buildKeyArn(key) };
      }),
      GenerateDataKey: (input) => generateDataKey(input).withPlaintext,
      GenerateDataKeyWithoutPlaintext: (input) => generateDataKey(input).withoutPlaintext,
      Encrypt(input) {
        checkMembers(input, ['KeyId', 'Plaintext', 'EncryptionContext', 'EncryptionAlgorithm']);
        checkAlgorithm(input, 'EncryptionAlgorithm');
        const key = store.find(requireText(input, 'KeyId', KEY_ID));
        const blob = store.seal(
          key,
          requireBlob(input, 'Plaintext', PLAINTEXT),
          readTextMap(input, 'EncryptionContext'),
        );
        return { KeyId: buildKeyArn(key), CiphertextBlob: toBase64(blob), EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' };
      },
      Decrypt(input) {
        checkMembers(input, ['KeyId', 'CiphertextBlob', 'EncryptionContext', 'EncryptionAlgorithm']);
        checkAlgorithm(input, 'EncryptionAlgorithm');
        const { key, plaintext } = store.open(
          requireBlob(input, 'CiphertextBlob', CIPHERTEXT),
          readTextMap(input, 'EncryptionContext'),
          findNamedKey(input, 'KeyId'),
        );
        return { KeyId: buildKeyArn(key), Plaintext: toBase64(plaintext), EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' };
      },
      ReEncrypt(input) {
        const both = ['KeyId', 'EncryptionContext', 'EncryptionAlgorithm'];
        checkMembers(input, ['CiphertextBlob', ...both.flatMap((name) => [`Source${name}`, `Destination${name}`])]);
        checkAlgorithm(input, 'SourceEncryptionAlgorithm');
        checkAlgorithm(input, 'DestinationEncryptionAlgorithm');
        const destination = store.find(requireText(input, 'DestinationKeyId', KEY_ID));
        const { key: source, plaintext } = store.open(
          requireBlob(input, 'CiphertextBlob', CIPHERTEXT),
          readTextMap(input, 'SourceEncryptionContext'),
          findNamedKey(input, 'SourceKeyId'),
        );
        const blob = store.seal(destination, plaintext, readTextMap(input, 'DestinationEncryptionContext'));
        return {
          CiphertextBlob: toBase64(blob),
          SourceKeyId: buildKeyArn(source),
          KeyId: buildKeyArn(destination),
          SourceEncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
          DestinationEncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
        };
      },
    },
  });

  function findNamedKey(input: JsonObject, member: string): KmsKey | undefined {
    const reference = readText(input, member, KEY_ID);
    return reference === undefined ? undefined : store.find(reference);
  }
}

/** Exactly one of the two ways to state the length. */
function readDataKeyBytes(input: JsonObject): number {
  const spec = readChoice(input, 'KeySpec', ['AES_256', 'AES_128']);
  const bytes = readInteger(input, 'NumberOfBytes', { min: 1, max: 1024 });
  if ((spec === undefined) === (bytes === undefined)) {
    throw new AwsError('ValidationException', 'Please specify either number of bytes or key spec.');
  }
  return bytes ?? (spec === 'AES_256' ? 32 : 16);
}

function checkAlgorithm(input: JsonObject, member: string): void {
  const algorithm = readText(input, member, { min: 1, max: 64 }) ?? 'SYMMETRIC_DEFAULT';
  if (algorithm !== 'SYMMETRIC_DEFAULT') {
    throw new AwsError('InvalidKeyUsageException', 'Algorithm is incompatible with key spec SYMMETRIC_DEFAULT.');
  }
}

function toMetadata(key: KmsKey): JsonObject {
  return {
    AWSAccountId: LOCAL_ACCOUNT.accountId,
    KeyId: key.keyId,
    Arn: buildKeyArn(key),
    CreationDate: key.createdAtEpochSeconds,
    Enabled: key.enabled,
    Description: key.description,
    KeyUsage: 'ENCRYPT_DECRYPT',
    KeyState: key.enabled ? 'Enabled' : 'Disabled',
    Origin: 'AWS_KMS',
    KeyManager: key.managedBy === undefined ? 'CUSTOMER' : 'AWS',
    CustomerMasterKeySpec: 'SYMMETRIC_DEFAULT',
    KeySpec: 'SYMMETRIC_DEFAULT',
    EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'],
    MultiRegion: false,
  };
}

function toBase64(bytes: Buffer): string {
  return bytes.toString('base64');
}
