import * as z from 'zod/mini';
import { resourcesOfType } from '../../gateway/read-api.ts';
import type { Resolver } from '../../gateway/resolve-intrinsics.ts';
import { describeResource } from '../../gateway/template.ts';
import type { Template } from '../../gateway/template.ts';
import { buildArn, LOCAL_ACCOUNT } from '../aws-account.ts';
import { parseValue } from '../parse-value.ts';

/** A table, as far as permissions depend on it. */
export interface StoredTable {
  readonly partitionKey: string;
  /** ARN of the customer key that encrypts it; absent: a key of AWS's own, which needs no permission. */
  readonly keyArn?: string;
}

/** Likewise a secret. */
export interface StoredSecret {
  readonly keyArn?: string;
}

/** What a template stores things in, by ARN. */
export interface StoredResources {
  readonly tables: ReadonlyMap<string, StoredTable>;
  readonly secrets: ReadonlyMap<string, StoredSecret>;
}

const tableSchema = z.object({
  KeySchema: z.array(z.object({ AttributeName: z.string(), KeyType: z.string() })),
  SSESpecification: z.optional(z.object({ SSEEnabled: z.boolean(), KMSMasterKeyId: z.optional(z.string()) })),
});
const secretSchema = z.object({ KmsKeyId: z.optional(z.string()) });

/** Policies on the resources themselves, which would have a say beside those of the roles. */
const RESOURCE_POLICY_TYPES = ['AWS::SecretsManager::ResourcePolicy'];

/**
 * Reads tables and secrets of a template with what permissions depend on.
 * @param arnOf - ARN of a local table or secret, by logical id
 * @throws Error when a resource has a policy of its own that would change who may do what
 */
export function readStoredResources(
  template: Template,
  resolver: Resolver,
  arnOf: (logicalId: string) => string,
): StoredResources {
  const read = <T>(type: string, schema: z.ZodMiniType<T>): [arn: string, properties: T][] =>
    resourcesOfType(template, resolver, type).map(([logicalId, { Properties }]) => {
      const at = describeResource(template, logicalId);
      return [arnOf(logicalId), parseValue(schema, resolver.resolve(Properties, at), at)];
    });

  refuseResourcePolicies(template, resolver);
  return {
    tables: new Map(
      read('AWS::DynamoDB::Table', tableSchema).map(([arn, { KeySchema, SSESpecification }]) => [
        arn,
        {
          partitionKey: KeySchema.find(({ KeyType }) => KeyType === 'HASH')?.AttributeName ?? '',
          ...(SSESpecification?.SSEEnabled === true ? toKey(SSESpecification.KMSMasterKeyId) : {}),
        },
      ]),
    ),
    secrets: new Map(
      read('AWS::SecretsManager::Secret', secretSchema).map(([arn, { KmsKeyId }]) => [arn, toKey(KmsKeyId)]),
    ),
  };
}

function toKey(reference: string | undefined): { keyArn?: string } {
  return reference === undefined ? {} : { keyArn: toKeyArn(reference) };
}

/** ARN of a KMS key that is named by id or by ARN. */
export function toKeyArn(reference: string): string {
  return reference.startsWith('arn:') ? reference : buildArn('kms', `key/${reference}`);
}

/**
 * Only under the default key policy, which leaves everything to the account, do the roles' policies alone decide.
 * @see AWS KMS Developer Guide: Default key policy (allows access to the AWS account)
 */
function refuseResourcePolicies(template: Template, resolver: Resolver): void {
  for (const type of RESOURCE_POLICY_TYPES) {
    const [found] = resourcesOfType(template, resolver, type);
    if (found !== undefined) throw new Error(`${describeResource(template, found[0])}: not evaluated locally`);
  }
  for (const [logicalId, { Properties }] of resourcesOfType(template, resolver, 'AWS::KMS::Key')) {
    const at = `${describeResource(template, logicalId)}: KeyPolicy`;
    if (Properties['KeyPolicy'] !== undefined) {
      parseValue(defaultKeyPolicy, resolver.resolve(Properties['KeyPolicy'], at), `${at} other than the default one`);
    }
  }
  for (const [logicalId, { Properties }] of resourcesOfType(template, resolver, 'AWS::DynamoDB::Table')) {
    if (Properties['ResourcePolicy'] === undefined) continue;
    throw new Error(`${describeResource(template, logicalId)}: ResourcePolicy is not evaluated locally`);
  }
}

const defaultKeyPolicy = z.strictObject({
  Version: z.literal('2012-10-17'),
  Statement: z.tuple([
    z.strictObject({
      Effect: z.literal('Allow'),
      Principal: z.strictObject({ AWS: z.literal(`arn:aws:iam::${LOCAL_ACCOUNT.accountId}:root`) }),
      Action: z.literal('kms:*'),
      Resource: z.literal('*'),
    }),
  ]),
});
