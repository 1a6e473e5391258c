import { ENV } from '../../../shared/env.ts';
import type { AwsServers } from '../aws/aws-servers.ts';
import type { FunctionModel } from '../gateway/read-functions.ts';
import { LOCAL_ENV, type LocalTarget } from './local-target.ts';

/** The variables that the template gives its functions, together. */
export function readLocalTarget(functions: ReadonlyMap<string, FunctionModel>, aws: AwsServers): LocalTarget {
  const variables = Object.assign({}, ...[...functions.values()].map((model) => model.environment)) as Record<
    string,
    string
  >;
  const read = (name: string): string => {
    const value = variables[name];
    if (value === undefined) throw new Error(`the template sets ${name} on no function`);
    return value;
  };
  return {
    environment: Object.fromEntries(LOCAL_ENV.map((name) => [name, read(name)])),
    awsEnvironment: aws.environment,
    operator: {
      tableName: read(ENV.tableName),
      integrationSecretArn: read(ENV.integrationSecretArn),
      setupCodeSecretArn: read(ENV.setupCodeSecretArn),
      publicBaseUrl: read(ENV.publicBaseUrl),
      tokenAccess: {
        tokenKeyArn: read(ENV.tokenKeyArn),
        deploymentName: read(ENV.deploymentName),
        discordBaseUrl: read(ENV.discordBaseUrl),
      },
      local: {
        dynamodbEndpoint: aws.endpoints.dynamodb,
        secretsManagerEndpoint: aws.endpoints.secretsManager,
        kmsEndpoint: aws.endpoints.kms,
        region: aws.environment['AWS_REGION'] ?? '',
        accessKeyId: aws.environment['AWS_ACCESS_KEY_ID'] ?? '',
        secretAccessKey: aws.environment['AWS_SECRET_ACCESS_KEY'] ?? '',
      },
    },
  };
}
