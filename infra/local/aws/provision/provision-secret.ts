import {
  CreateSecretCommand,
  DescribeSecretCommand,
  GetRandomPasswordCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-secrets-manager';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod/mini';
import type { ResourceMap } from './resource-map.ts';
import { parseProperties, resolveText } from './template.ts';
import type { ProvisionedResource, ProvisionedResources, TemplateResource } from './template.ts';

const IGNORED = { Tags: 'no effect' };

const generateProperties = z.strictObject({
  SecretStringTemplate: z.optional(z.string()),
  GenerateStringKey: z.optional(z.string()),
  PasswordLength: z.optional(z.number()),
  ExcludeCharacters: z.optional(z.string()),
  ExcludeLowercase: z.optional(z.boolean()),
  ExcludeUppercase: z.optional(z.boolean()),
  ExcludeNumbers: z.optional(z.boolean()),
  ExcludePunctuation: z.optional(z.boolean()),
  IncludeSpace: z.optional(z.boolean()),
  RequireEachIncludedType: z.optional(z.boolean()),
});

const secretProperties = z.strictObject({
  Name: z.optional(z.string()),
  Description: z.optional(z.string()),
  KmsKeyId: z.optional(z.unknown()),
  SecretString: z.optional(z.string()),
  GenerateSecretString: z.optional(generateProperties),
});

/**
 * Makes an AWS::SecretsManager::Secret, or finds the one that was made before, whose value stays as it is.
 * Without SecretString and GenerateSecretString it has no value yet.
 * @param made - resources that `KmsKeyId` may refer to
 */
export async function provisionSecret(
  resource: TemplateResource,
  secretsManager: SecretsManagerClient,
  resources: ResourceMap,
  made: ProvisionedResources,
): Promise<ProvisionedResource> {
  const { logicalId, type } = resource;
  const properties = parseProperties(resource, secretProperties, IGNORED);
  // A fixed name lets a second run find a secret that a crash kept out of the map.
  const name = properties.Name ?? logicalId;

  const knownArn = await findArn(secretsManager, resources.find(logicalId, type) ?? name);
  const arn = knownArn ?? (await createSecret(logicalId, name, properties, secretsManager, made));
  resources.record(logicalId, type, arn);
  return { ref: arn, attributes: { Id: arn } };
}

async function findArn(secretsManager: SecretsManagerClient, secretId: string): Promise<string | undefined> {
  try {
    return (await secretsManager.send(new DescribeSecretCommand({ SecretId: secretId }))).ARN;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

async function createSecret(
  logicalId: string,
  name: string,
  properties: z.infer<typeof secretProperties>,
  secretsManager: SecretsManagerClient,
  made: ProvisionedResources,
): Promise<string> {
  const { Description, KmsKeyId, SecretString, GenerateSecretString } = properties;
  if (SecretString !== undefined && GenerateSecretString !== undefined) {
    throw new Error(`${logicalId}: SecretString and GenerateSecretString exclude each other`);
  }
  const value =
    GenerateSecretString === undefined ? SecretString : await generate(logicalId, GenerateSecretString, secretsManager);
  const { ARN } = await secretsManager.send(
    new CreateSecretCommand({
      Name: name,
      Description,
      KmsKeyId: KmsKeyId === undefined ? undefined : resolveText(logicalId, KmsKeyId, made),
      SecretString: value,
    }),
  );
  if (ARN === undefined) throw new Error(`${logicalId}: Secrets Manager gave no ARN`);
  return ARN;
}

/** @see CloudFormation docs: AWS::SecretsManager::Secret GenerateSecretString */
async function generate(
  logicalId: string,
  { SecretStringTemplate, GenerateStringKey, ...rules }: z.infer<typeof generateProperties>,
  secretsManager: SecretsManagerClient,
): Promise<string> {
  if ((SecretStringTemplate === undefined) !== (GenerateStringKey === undefined)) {
    throw new Error(`${logicalId}: SecretStringTemplate and GenerateStringKey need each other`);
  }
  const { RandomPassword = '' } = await secretsManager.send(new GetRandomPasswordCommand(rules));
  if (SecretStringTemplate === undefined || GenerateStringKey === undefined) return RandomPassword;

  const template = z.record(z.string(), z.unknown()).parse(JSON.parse(SecretStringTemplate));
  return JSON.stringify({ ...template, [GenerateStringKey]: RandomPassword });
}
