import { CreateKeyCommand, DescribeKeyCommand, EnableKeyRotationCommand, NotFoundException } from '@aws-sdk/client-kms';
import type { KMSClient, KeyMetadata } from '@aws-sdk/client-kms';
import * as z from 'zod/mini';
import type { ResourceMap } from './resource-map.ts';
import { parseProperties } from './template.ts';
import type { ProvisionedResource, TemplateResource } from './template.ts';

const IGNORED = {
  KeyPolicy: 'checked by iam/stored-resources: only the default key policy',
  PendingWindowInDays: 'local keys are not deleted',
  RotationPeriodInDays: 'local keys rotate on demand only',
  Tags: 'no effect',
};

const keyProperties = z.strictObject({
  Description: z.optional(z.string()),
  Enabled: z.optional(z.literal(true)),
  EnableKeyRotation: z.optional(z.boolean()),
  KeySpec: z.optional(z.literal('SYMMETRIC_DEFAULT')),
  KeyUsage: z.optional(z.literal('ENCRYPT_DECRYPT')),
  MultiRegion: z.optional(z.literal(false)),
});

/**
 * Makes an AWS::KMS::Key, or finds the one that was made before.
 * @throws Error when the one made before is gone: a new key could not open what the old one sealed
 */
export async function provisionKey(
  resource: TemplateResource,
  kms: KMSClient,
  resources: ResourceMap,
): Promise<ProvisionedResource> {
  const properties = parseProperties(resource, keyProperties, IGNORED);
  const knownId = resources.find(resource.logicalId, resource.type);

  const metadata = knownId === undefined ? await createKey(kms, properties) : await findKey(kms, resource, knownId);
  const { KeyId, Arn } = metadata ?? {};
  if (KeyId === undefined || Arn === undefined) throw new Error(`${resource.logicalId}: KMS gave no key id`);
  resources.record(resource.logicalId, resource.type, KeyId);
  return { ref: KeyId, attributes: { Arn, KeyId } };
}

async function createKey(kms: KMSClient, properties: z.infer<typeof keyProperties>): Promise<KeyMetadata | undefined> {
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({ Description: properties.Description }));
  if (properties.EnableKeyRotation) await kms.send(new EnableKeyRotationCommand({ KeyId: KeyMetadata?.KeyId }));
  return KeyMetadata;
}

async function findKey(kms: KMSClient, { logicalId }: TemplateResource, keyId: string) {
  try {
    return (await kms.send(new DescribeKeyCommand({ KeyId: keyId }))).KeyMetadata;
  } catch (error) {
    if (!(error instanceof NotFoundException)) throw error;
    throw new Error(`${logicalId}: the local KMS has lost key ${keyId}; start afresh without the old data`, {
      cause: error,
    });
  }
}
