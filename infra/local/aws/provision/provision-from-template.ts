import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { AwsServers } from '../aws-servers.ts';
import { provisionKey } from './provision-key.ts';
import { provisionSecret } from './provision-secret.ts';
import { provisionTable } from './provision-table.ts';
import { parseTemplateResources } from './template.ts';
import type { ProvisionedResource, ProvisionedResources, TemplateResource } from './template.ts';

/** Resources of the three services that have no local counterpart, each with the reason why that is harmless. */
export const IGNORED_RESOURCE_TYPES: Readonly<Record<string, string>> = {
  'AWS::KMS::Alias': 'a name for people; functions get ids and ARNs',
  'AWS::SecretsManager::ResourcePolicy': 'refused by iam/stored-resources',
};

const TYPE_PREFIXES = ['AWS::DynamoDB::', 'AWS::KMS::', 'AWS::SecretsManager::'];

/** Keys first: secrets refer to them. */
const ORDER = ['AWS::KMS::Key', 'AWS::SecretsManager::Secret', 'AWS::DynamoDB::Table'];

/**
 * Creates on the local servers the tables, keys and secrets that a synthesized template declares; run again over the same
 * data it finds them. Resources of other services are none of its business.
 * @param template - parsed CloudFormation JSON
 * @returns what `Ref` and `Fn::GetAtt` give, by logical id
 * @throws Error naming the resource that cannot be made, or whose local state does not fit the template
 */
export async function provisionFromTemplate(template: unknown, servers: AwsServers): Promise<ProvisionedResources> {
  const declared = parseTemplateResources(template, TYPE_PREFIXES).filter(
    ({ type }) => !Object.hasOwn(IGNORED_RESOURCE_TYPES, type),
  );
  const unknown = declared.find(({ type }) => !ORDER.includes(type));
  if (unknown !== undefined) throw new Error(`${unknown.logicalId}: ${unknown.type} cannot be made locally`);

  const clients = buildClients(servers);
  const made: ProvisionedResources = {};
  try {
    for (const resource of declared.toSorted((a, b) => ORDER.indexOf(a.type) - ORDER.indexOf(b.type))) {
      made[resource.logicalId] = await provision(resource, servers, clients, made);
    }
  } finally {
    for (const client of Object.values(clients)) client.destroy();
  }
  return made;
}

function provision(
  resource: TemplateResource,
  { resources }: AwsServers,
  clients: ReturnType<typeof buildClients>,
  made: ProvisionedResources,
): Promise<ProvisionedResource> {
  switch (resource.type) {
    case 'AWS::KMS::Key':
      return provisionKey(resource, clients.kms, resources);
    case 'AWS::SecretsManager::Secret':
      return provisionSecret(resource, clients.secretsManager, resources, made);
    default:
      return provisionTable(resource, clients.dynamoDb, resources);
  }
}

function buildClients({ endpoints, environment }: AwsServers) {
  const shared = {
    region: environment['AWS_REGION'] ?? '',
    credentials: {
      accessKeyId: environment['AWS_ACCESS_KEY_ID'] ?? '',
      secretAccessKey: environment['AWS_SECRET_ACCESS_KEY'] ?? '',
    },
  };
  return {
    dynamoDb: new DynamoDBClient({ ...shared, endpoint: endpoints.dynamodb }),
    kms: new KMSClient({ ...shared, endpoint: endpoints.kms }),
    secretsManager: new SecretsManagerClient({ ...shared, endpoint: endpoints.secretsManager }),
  };
}
