import { AwsError } from '../aws-error.ts';
import { readBlob, readText, readTextMap } from '../aws-input.ts';
import type { JsonObject } from '../aws-input.ts';
import { parseBlobHeader } from '../kms/ciphertext-blob.ts';
import { toEncryptionContextKeys } from './requested-access.ts';
import type { RequestedAccess } from './requested-access.ts';
import { toKeyArn } from './stored-resources.ts';

/** Operations on one key that a function may have a use for. */
const KEY_OPERATIONS = ['Decrypt', 'DescribeKey', 'Encrypt', 'GenerateDataKey', 'GenerateDataKeyWithoutPlaintext'];

const TEXT = { min: 1, max: 2048 };
const CIPHERTEXT = { min: 1, max: 6144 };

/**
 * What a direct KMS request needs: its action on the key, with the encryption context that it gives.
 * @throws AwsError UnknownOperationException for an operation that is not checked here, so that none slips through
 * @see AWS KMS Developer Guide: Permissions reference
 */
export function toKmsAccesses(operation: string, input: JsonObject): RequestedAccess[] {
  if (!KEY_OPERATIONS.includes(operation)) {
    throw new AwsError('UnknownOperationException', `the local check of permissions does not know ${operation}`);
  }
  const context = toEncryptionContextKeys(readTextMap(input, 'EncryptionContext'));
  return [{ action: `kms:${operation}`, resource: readKey(input), context }];
}

/** The key that the request names or, for ciphertext alone, the one that made it. */
function readKey(input: JsonObject): string {
  const named = readText(input, 'KeyId', TEXT);
  if (named !== undefined) return toKeyArn(named);
  const blob = readBlob(input, 'CiphertextBlob', CIPHERTEXT);
  const header = blob && parseBlobHeader(blob);
  if (header === undefined) throw new AwsError('InvalidCiphertextException');
  return toKeyArn(header.keyId);
}
