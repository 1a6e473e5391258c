import { buildArn } from '../aws-account.ts';
import { AwsError } from '../aws-error.ts';
import { readText, requireText } from '../aws-input.ts';
import type { JsonObject } from '../aws-input.ts';
import { buildKeyAccess } from './requested-access.ts';
import type { RequestedAccess } from './requested-access.ts';
import { toKeyArn } from './stored-resources.ts';
import type { StoredResources } from './stored-resources.ts';

/**
 * What each operation asks of the secret's key on behalf of the caller.
 * @see Secrets Manager User Guide: Secret encryption and decryption (permissions for the KMS key)
 */
const KEY_ACTIONS: Readonly<Record<string, readonly string[]>> = {
  CreateSecret: ['kms:GenerateDataKey', 'kms:Decrypt'],
  DeleteSecret: [],
  DescribeSecret: [],
  GetSecretValue: ['kms:Decrypt'],
  PutSecretValue: ['kms:GenerateDataKey', 'kms:Decrypt'],
  TagResource: [],
};

const SECRET_ID = { min: 1, max: 2048 };

/**
 * What a Secrets Manager request needs: its action on the secret and, for a value under a customer key, the use of that key.
 * AWS's own key, which a secret without another has, is open to every caller that Secrets Manager lets through.
 * @throws AwsError UnknownOperationException for an operation that is not checked here, so that none slips through
 */
export function toSecretsManagerAccesses(
  operation: string,
  input: JsonObject,
  resources: StoredResources,
): RequestedAccess[] {
  const keyActions = Object.hasOwn(KEY_ACTIONS, operation) ? KEY_ACTIONS[operation] : undefined;
  if (keyActions === undefined) {
    throw new AwsError('UnknownOperationException', `the local check of permissions does not know ${operation}`);
  }
  const isNew = operation === 'CreateSecret';
  const arn = findArn(requireText(input, isNew ? 'Name' : 'SecretId', SECRET_ID), resources);
  const asked = { action: `secretsmanager:${operation}`, resource: arn, context: {} };
  // Tags that a new secret comes with are a right of their own.
  const tagging = isNew && input['Tags'] != null ? [{ ...asked, action: 'secretsmanager:TagResource' }] : [];
  const keyArn = isNew ? readKeyArn(input) : resources.secrets.get(arn)?.keyArn;
  if (keyArn === undefined) return [asked, ...tagging];
  const keyAccesses = keyActions.map((action) => buildKeyAccess('secretsmanager', action, keyArn, { SecretARN: arn }));
  return [asked, ...tagging, ...keyAccesses];
}

function readKeyArn(input: JsonObject): string | undefined {
  const reference = readText(input, 'KmsKeyId', SECRET_ID);
  return reference === undefined ? undefined : toKeyArn(reference);
}

/**
 * Secrets can be named by ARN, by ARN without its random end, or by name; permissions go by the whole ARN. That of a secret
 * which is not the template's is taken without the random end, so a pattern must have a wildcard there, as it needs at AWS.
 */
function findArn(secretId: string, { secrets }: StoredResources): string {
  const known = [...secrets.keys()].find((arn) => {
    const short = arn.replace(/-[A-Za-z0-9]{6}$/, '');
    return [arn, short, short.split(':secret:')[1]].includes(secretId);
  });
  return known ?? (secretId.startsWith('arn:') ? secretId : buildArn('secretsmanager', `secret:${secretId}`));
}
