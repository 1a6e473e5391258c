import { AwsError } from '../aws-error.ts';
import { checkMembers, readFlag, readInteger, readText, readTextList, requireText } from '../aws-input.ts';
import type { JsonObject } from '../aws-input.ts';
import type { AwsService } from '../aws-service.ts';
import { buildOperationsService } from '../operations-service.ts';
import { buildRandomPassword } from './random-password.ts';
import { readPasswordRules, readTags, readValue } from './secret-input.ts';
import type { Secret, SecretStore } from './secret-store.ts';
import type { SecretVault } from './secret-vault.ts';
import { buildSecretVersions, findVersion } from './secret-versions.ts';

/** Characters. */
const SECRET_ID = { min: 1, max: 2048 };
const NAME = { min: 1, max: 512 };
const DESCRIPTION = { min: 0, max: 2048 };

const VALUE_MEMBERS = ['SecretString', 'SecretBinary', 'ClientRequestToken'];

/**
 * Builds Secrets Manager over a secret store. Rotation, replication and resource policies are not there.
 * @param random - gives that many random bytes
 * @see Secrets Manager API reference
 */
export function buildSecretsManagerService(
  store: SecretStore,
  vault: SecretVault,
  random: (bytes: number) => Buffer,
): AwsService {
  const versions = buildSecretVersions(store, vault);

  return buildOperationsService({
    name: 'secretsManager',
    targetPrefix: 'secretsmanager',
    credentialScope: 'secretsmanager',
    operations: {
      CreateSecret(input) {
        checkMembers(input, ['Name', 'Description', 'KmsKeyId', 'Tags', ...VALUE_MEMBERS]);
        const name = requireText(input, 'Name', NAME);
        if (!/^[\w/+=.@-]+$/.test(name)) {
          throw new AwsError(
            'InvalidParameterException',
            'Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!',
          );
        }
        const value = readValue(input);
        const tags = readTags(input);
        const repeated = versions.findRepeated(name, input, value);
        if (repeated !== undefined) return repeated;
        const description = readText(input, 'Description', DESCRIPTION) ?? '';
        const secret = store.create(name, description, readText(input, 'KmsKeyId', SECRET_ID));
        if (tags.length > 0) store.change(secret, { tags });
        try {
          const version = value && versions.put(secret, input, value, ['AWSCURRENT']);
          return { ARN: secret.arn, Name: name, ...(version && { VersionId: version.versionId }) };
        } catch (error) {
          store.remove(secret);
          throw error;
        }
      },
      GetSecretValue(input) {
        checkMembers(input, ['SecretId', 'VersionId', 'VersionStage']);
        const secret = store.findUsable(requireText(input, 'SecretId', SECRET_ID));
        const version = findVersion(secret, input);
        const { kind, text } = vault.open(secret, version);
        return {
          ARN: secret.arn,
          Name: secret.name,
          VersionId: version.versionId,
          VersionStages: version.stages,
          CreatedDate: version.createdAtEpochSeconds,
          [kind]: text,
        };
      },
      PutSecretValue(input) {
        checkMembers(input, ['SecretId', 'VersionStages', ...VALUE_MEMBERS]);
        const secret = store.findUsable(requireText(input, 'SecretId', SECRET_ID));
        const value = readValue(input);
        if (value === undefined) {
          throw new AwsError('InvalidRequestException', 'You must provide either SecretString or SecretBinary.');
        }
        const stages = readTextList(input, 'VersionStages') ?? ['AWSCURRENT'];
        const version = versions.put(secret, input, value, stages);
        return {
          ARN: secret.arn,
          Name: secret.name,
          VersionId: version.versionId,
          VersionStages: version.stages,
        };
      },
      UpdateSecret(input) {
        checkMembers(input, ['SecretId', 'Description', 'KmsKeyId', ...VALUE_MEMBERS]);
        const secret = store.findUsable(requireText(input, 'SecretId', SECRET_ID));
        const value = readValue(input);
        const description = readText(input, 'Description', DESCRIPTION);
        const kmsKeyId = readText(input, 'KmsKeyId', SECRET_ID);
        store.change(secret, {
          ...(description === undefined ? {} : { description }),
          ...(kmsKeyId === undefined ? {} : { kmsKeyId }),
        });
        const version = value && versions.put(secret, input, value, ['AWSCURRENT']);
        return { ARN: secret.arn, Name: secret.name, ...(version && { VersionId: version.versionId }) };
      },
      DescribeSecret(input) {
        checkMembers(input, ['SecretId']);
        return toDescription(store.find(requireText(input, 'SecretId', SECRET_ID)));
      },
      DeleteSecret(input) {
        checkMembers(input, ['SecretId', 'RecoveryWindowInDays', 'ForceDeleteWithoutRecovery']);
        const days = readInteger(input, 'RecoveryWindowInDays', { min: 7, max: 30 });
        const isForced = readFlag(input, 'ForceDeleteWithoutRecovery');
        if (isForced && days !== undefined) {
          throw new AwsError(
            'InvalidParameterException',
            "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.",
          );
        }
        const id = requireText(input, 'SecretId', SECRET_ID);
        const secret = isForced ? store.findAny(id) : store.findUsable(id);
        // What is not there counts as deleted by force already.
        if (secret === undefined) return { Name: id };
        const deletedAtEpochSeconds = store.markDeleted(secret);
        if (isForced) store.remove(secret);
        const windowSeconds = isForced ? 0 : (days ?? 30) * 86_400;
        return { ARN: secret.arn, Name: secret.name, DeletionDate: deletedAtEpochSeconds + windowSeconds };
      },
      TagResource(input) {
        checkMembers(input, ['SecretId', 'Tags']);
        const secret = store.findUsable(requireText(input, 'SecretId', SECRET_ID));
        const tags = readTags(input);
        const kept = (secret.tags ?? []).filter(({ Key }) => !tags.some((tag) => tag.Key === Key));
        store.change(secret, { tags: [...kept, ...tags] });
        return {};
      },
      RestoreSecret(input) {
        checkMembers(input, ['SecretId']);
        const secret = store.find(requireText(input, 'SecretId', SECRET_ID));
        store.restore(secret);
        return { ARN: secret.arn, Name: secret.name };
      },
      GetRandomPassword: (input) => ({ RandomPassword: buildRandomPassword(readPasswordRules(input), random) }),
    },
  });
}

function toDescription(secret: Secret): JsonObject {
  return {
    ARN: secret.arn,
    Name: secret.name,
    Description: secret.description,
    KmsKeyId: secret.kmsKeyId,
    Tags: secret.tags,
    CreatedDate: secret.createdAtEpochSeconds,
    LastChangedDate: secret.changedAtEpochSeconds,
    DeletedDate: secret.deletedAtEpochSeconds,
    VersionIdsToStages: Object.fromEntries(
      secret.versions.filter(({ stages }) => stages.length > 0).map(({ versionId, stages }) => [versionId, stages]),
    ),
  };
}
