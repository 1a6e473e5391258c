import * as z from 'zod/mini';
import { buildArn } from '../aws-account.ts';
import { AwsError } from '../aws-error.ts';
import { openStateFile } from '../state-file.ts';
import { buildRandomText } from './random-password.ts';

const versionSchema = z.strictObject({
  versionId: z.string(),
  /** Staging labels; each is on at most one version of a secret. */
  stages: z.array(z.string()),
  kind: z.enum(['SecretString', 'SecretBinary']),
  /** The value, as a KMS ciphertext blob in base64. */
  sealed: z.string(),
  createdAtEpochSeconds: z.number(),
});

const secretSchema = z.strictObject({
  arn: z.string(),
  name: z.string(),
  description: z.string(),
  /** Key that new versions are encrypted with; absent: the store's own. */
  kmsKeyId: z.optional(z.string()),
  createdAtEpochSeconds: z.number(),
  changedAtEpochSeconds: z.number(),
  /** Set while the secret waits for deletion. */
  deletedAtEpochSeconds: z.optional(z.number()),
  tags: z.optional(z.array(z.strictObject({ Key: z.string(), Value: z.string() }))),
  /** Oldest first. */
  versions: z.array(versionSchema),
});

export type Secret = z.infer<typeof secretSchema>;
export type SecretVersion = z.infer<typeof versionSchema>;

/** Secrets and the labels of their versions. Values come and go sealed. */
export interface SecretStore {
  /** @throws AwsError ResourceExistsException, InvalidRequestException when it waits for deletion */
  create(name: string, description: string, kmsKeyId: string | undefined): Secret;
  /** Finds by name, ARN, or ARN without its random end, also one that waits for deletion. */
  findAny(secretId: string): Secret | undefined;
  /** Like {@link findAny}. @throws AwsError ResourceNotFoundException */
  find(secretId: string): Secret;
  /** Like {@link find}. @throws AwsError InvalidRequestException when the secret waits for deletion */
  findUsable(secretId: string): Secret;
  /** Adds a version and moves its labels there; the version that was AWSCURRENT becomes AWSPREVIOUS. */
  addVersion(secret: Secret, version: Omit<SecretVersion, 'createdAtEpochSeconds'>): void;
  change(secret: Secret, changes: Partial<Pick<Secret, 'description' | 'kmsKeyId' | 'tags'>>): void;
  /** Hides the value until {@link restore}. @returns since when, epoch seconds */
  markDeleted(secret: Secret): number;
  restore(secret: Secret): void;
  remove(secret: Secret): void;
}

/** Secrets Manager keeps at most about 100 versions without labels and drops the oldest. */
const MAX_VERSIONS = 100;
const ARN_SUFFIX_CHARACTERS = 6;

/** Opens the store. @param options - as for the key store */
export function openSecretStore(options: {
  filePath: string | undefined;
  now: () => number;
  random: (bytes: number) => Buffer;
}): SecretStore {
  const parse = (value: unknown) => z.strictObject({ secrets: z.array(secretSchema) }).parse(value);
  const state = openStateFile(options.filePath, parse, { secrets: [] });
  const nowEpochSeconds = () => Math.floor(options.now() / 1000);

  function findAny(secretId: string): Secret | undefined {
    return state.value.secrets.find(({ name, arn }) =>
      [name, arn, arn.slice(0, -(ARN_SUFFIX_CHARACTERS + 1))].includes(secretId),
    );
  }

  function find(secretId: string): Secret {
    const found = findAny(secretId);
    if (found === undefined) throw new AwsError('ResourceNotFoundException');
    return found;
  }

  function change(secret: Secret, changes: Partial<Secret>): void {
    Object.assign(secret, changes, { changedAtEpochSeconds: nowEpochSeconds() });
    state.save();
  }

  return {
    create(name, description, kmsKeyId) {
      const existing = state.value.secrets.find((secret) => secret.name === name);
      if (existing?.deletedAtEpochSeconds !== undefined) {
        throw new AwsError(
          'InvalidRequestException',
          "You can't create this secret because a secret with this name is already scheduled for deletion.",
        );
      }
      if (existing !== undefined) {
        throw new AwsError(
          'ResourceExistsException',
          `The operation failed because the secret ${name} already exists.`,
        );
      }
      const secret: Secret = {
        // The random end keeps policies of a deleted secret from fitting a later one of the same name.
        arn: buildArn('secretsmanager', `secret:${name}-${buildRandomText(ARN_SUFFIX_CHARACTERS, options.random)}`),
        name,
        description,
        ...(kmsKeyId === undefined ? {} : { kmsKeyId }),
        createdAtEpochSeconds: nowEpochSeconds(),
        changedAtEpochSeconds: nowEpochSeconds(),
        versions: [],
      };
      state.value.secrets.push(secret);
      state.save();
      return secret;
    },
    findAny,
    find,
    findUsable(secretId) {
      const secret = find(secretId);
      if (secret.deletedAtEpochSeconds !== undefined) {
        throw new AwsError(
          'InvalidRequestException',
          "You can't perform this operation on the secret because it was marked for deletion.",
        );
      }
      return secret;
    },
    addVersion(secret, version) {
      const next = { ...version, createdAtEpochSeconds: nowEpochSeconds() };
      change(secret, { versions: moveLabels(secret.versions, next) });
    },
    change,
    markDeleted(secret) {
      const deletedAtEpochSeconds = nowEpochSeconds();
      change(secret, { deletedAtEpochSeconds });
      return deletedAtEpochSeconds;
    },
    restore(secret) {
      delete secret.deletedAtEpochSeconds;
      change(secret, {});
    },
    remove(secret) {
      state.value.secrets = state.value.secrets.filter((candidate) => candidate !== secret);
      state.save();
    },
  };
}

function moveLabels(versions: SecretVersion[], next: SecretVersion): SecretVersion[] {
  const isReplaced = (version: SecretVersion) =>
    next.stages.includes('AWSCURRENT') && version.stages.includes('AWSCURRENT');
  const replaces = versions.some(isReplaced);

  const older = versions.map((version) => {
    const kept = version.stages.filter(
      (stage) => !next.stages.includes(stage) && !(replaces && stage === 'AWSPREVIOUS'),
    );
    return { ...version, stages: isReplaced(version) ? [...kept, 'AWSPREVIOUS'] : kept };
  });
  const surplus = older.length + 1 - MAX_VERSIONS;
  return [...older.filter((version, index) => index >= surplus || version.stages.length > 0), next];
}
