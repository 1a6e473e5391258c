import { AwsError } from '../aws-error.ts';
import { readText, requireText } from '../aws-input.ts';
import type { JsonObject } from '../aws-input.ts';
import type { Secret, SecretStore, SecretVersion } from './secret-store.ts';
import type { SecretValue, SecretVault } from './secret-vault.ts';

/** Characters of a version's id, which is the token of the request that made it. */
const TOKEN = { min: 32, max: 64 };

/** Writes versions of secrets, each request token at most once. */
export interface SecretVersions {
  /**
   * Adds the version that the input describes. A repeated token with the same value is the same write, done once.
   * @throws AwsError ResourceExistsException for a used token with another value
   */
  put(secret: Secret, input: JsonObject, value: SecretValue, stages: string[]): SecretVersion;
  /** The answer to a CreateSecret that has been carried out before: same name, same token, same value. */
  findRepeated(name: string, input: JsonObject, value: SecretValue | undefined): JsonObject | undefined;
}

/** @see Secrets Manager API reference: CreateSecret, PutSecretValue (ClientRequestToken) */
export function buildSecretVersions(store: SecretStore, vault: SecretVault): SecretVersions {
  const isValueOf = (secret: Secret, version: SecretVersion, value: SecretValue): boolean => {
    const stored = vault.open(secret, version);
    return stored.kind === value.kind && stored.text === value.text;
  };

  return {
    put(secret, input, value, stages) {
      const versionId = requireText(input, 'ClientRequestToken', TOKEN);
      const existing = secret.versions.find((version) => version.versionId === versionId);
      if (existing !== undefined) {
        if (isValueOf(secret, existing, value)) return existing;
        throw new AwsError(
          'ResourceExistsException',
          "You can't use ClientRequestToken because that value is already in use for a version of this secret.",
        );
      }
      const version = { versionId, stages, kind: value.kind, sealed: vault.seal(secret, versionId, value) };
      store.addVersion(secret, version);
      return { ...version, createdAtEpochSeconds: secret.changedAtEpochSeconds };
    },
    findRepeated(name, input, value) {
      const secret = store.findAny(name);
      const token = readText(input, 'ClientRequestToken', TOKEN);
      const version = secret?.versions.find(({ versionId }) => versionId === token);
      if (secret === undefined || version === undefined || value === undefined) return undefined;
      if (secret.deletedAtEpochSeconds !== undefined || !isValueOf(secret, version, value)) return undefined;
      return { ARN: secret.arn, Name: secret.name, VersionId: version.versionId };
    },
  };
}

/**
 * Finds the version that a read asks for: the current one unless it names another.
 * @throws AwsError ResourceNotFoundException, InvalidRequestException for a label that is on another version
 */
export function findVersion(secret: Secret, input: JsonObject): SecretVersion {
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
