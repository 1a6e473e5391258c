import { AwsError } from '../aws-error.ts';
import { checkMembers, readFlag, readInteger, readText, readTextList, requireText } from '../aws-input.ts';
import type { JsonObject } from '../aws-input.ts';
import type { AwsService } from '../aws-service.ts';
import { buildOperationsService } from '../operations-service.ts';
import { buildRandomPassword } from './random-password.ts';
import { readPasswordRules, readValue } from './secret-input.ts';
import type { Secret, SecretStore, SecretVersion } from './secret-store.ts';
import type { SecretValue, SecretVault } from './secret-vault.ts';

/** Characters. */
const SECRET_ID = { min: 1, max: 2048 };
const NAME = { min: 1, max: 512 };
const DESCRIPTION = { min: 0, max: 2048 };
const TOKEN = { min: 32, max: 64 };

const VALUE_MEMBERS = ['SecretString', 'SecretBinary', 'ClientRequestToken'];

/**
 * Builds Secrets Manager over a secret store. Rotation, replication, tags and resource policies are not there.
 * @param random - gives that many random bytes
 * @see Secrets Manager API reference
 */
export function buildSecretsManagerService(
  store: SecretStore,
  vault: SecretVault,
  random: (bytes: number) => Buffer,
): AwsService {
  /** Adds the version that the input describes. A repeated token with the same value is the same write, done once. */
  function putVersion(secret: Secret, input: JsonObject, value: SecretValue, stages: string[]): SecretVersion {
    const versionId = requireText(input, 'ClientRequestToken', TOKEN);
    const existing = secret.versions.find((version) => version.versionId === versionId);
    if (existing !== undefined) {
      const stored = vault.open(secret, existing);
      if (stored.kind === value.kind && stored.text === value.text) return existing;
      throw new AwsError(
        'ResourceExistsException',
        "You can't use ClientRequestToken because that value is already in use for a version of this secret.",
      );
    }
    const version = { versionId, stages, kind: value.kind, sealed: vault.seal(secret, versionId, value) };
    store.addVersion(secret, version);
    return { ...version, createdAtEpochSeconds: secret.changedAtEpochSeconds };
  }

  return buildOperationsService({
    name: 'secretsManager',
    targetPrefix: 'secretsmanager',
    credentialScope: 'secretsmanager',
    operations: {
      CreateSecret(input) {
        checkMembers(input, ['Name', 'Description', 'KmsKeyId', ...VALUE_MEMBERS]);
        const name = requireText(input, 'Name', NAME);
        if (!/^[\w/+=.@-]+$/.test(name)) {
          throw new AwsError(
            'InvalidParameterException',
            'Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!',
          );
        }
        const value = readValue(input);
        const description = readText(input, 'Description', DESCRIPTION) ?? '';
        const secret = store.create(name, description, readText(input, 'KmsKeyId', SECRET_ID));
        try {
          const version = value && putVersion(secret, input, value, ['AWSCURRENT']);
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
        const version = putVersion(secret, input, value, stages);
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
        const version = value && putVersion(secret, input, value, ['AWSCURRENT']);
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
        const secret = isForced ? store.find(id) : store.findUsable(id);
        const deletedAtEpochSeconds = store.markDeleted(secret);
        if (isForced) store.remove(secret);
        const windowSeconds = isForced ? 0 : (days ?? 30) * 86_400;
        return { ARN: secret.arn, Name: secret.name, DeletionDate: deletedAtEpochSeconds + windowSeconds };
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

function findVersion(secret: Secret, input: JsonObject): SecretVersion {
  const versionId = readText(input, 'VersionId', TOKEN);
  const named = readText(input, 'VersionStage', { min: 1, max: 256 });
  const stage = named ?? (versionId === undefined ? 'AWSCURRENT' : undefined);

  const version = secret.versions.find(
    (candidate) =>
      (versionId === undefined || candidate.versionId === versionId) &&
      (stage === undefined || candidate.stages.includes(stage)),
  );
  if (version !== undefined) return version;
  if (versionId !== undefined && stage !== undefined && secret.versions.some((v) => v.versionId === versionId)) {
    throw new AwsError(
      'InvalidRequestException',
      'You provided a VersionStage that is not associated to the provided VersionId.',
    );
  }
  const sought = versionId === undefined ? `staging label: ${stage}` : `VersionId: ${versionId}`;
  throw new AwsError(
    'ResourceNotFoundException',
    `Secrets Manager can't find the specified secret value for ${sought}`,
  );
}

function toDescription(secret: Secret): JsonObject {
  return {
    ARN: secret.arn,
    Name: secret.name,
    Description: secret.description,
    KmsKeyId: secret.kmsKeyId,
    CreatedDate: secret.createdAtEpochSeconds,
    LastChangedDate: secret.changedAtEpochSeconds,
    DeletedDate: secret.deletedAtEpochSeconds,
    VersionIdsToStages: Object.fromEntries(
      secret.versions.filter(({ stages }) => stages.length > 0).map(({ versionId, stages }) => [versionId, stages]),
    ),
  };
}
