import { AwsError } from '../aws-error.ts';
import { isJsonObject } from '../aws-input.ts';
import type { JsonObject } from '../aws-input.ts';
import type { AwsRequest, AwsServiceName } from '../aws-service.ts';
import type { Authorize, Decision } from './authorize.ts';
import { toCloudWatchAccesses } from './cloudwatch-access.ts';
import { toDynamoDbAccesses } from './dynamodb-access.ts';
import { toKmsAccesses } from './kms-access.ts';
import { evaluateStatements } from './policy.ts';
import type { Statement, Verdict } from './policy.ts';
import type { RequestedAccess } from './requested-access.ts';
import { toSecretsManagerAccesses } from './secrets-manager-access.ts';
import type { StoredResources } from './stored-resources.ts';

/** A role in use: whose credentials these are and what they may do. */
export interface Principal {
  /** ARN of the assumed role, as AWS names it in a refusal. */
  readonly arn: string;
  /** Temporary credentials are good only together with their token. */
  readonly sessionToken: string;
  readonly statements: readonly Statement[];
}

/**
 * Builds the check of requests: the administrator may do everything, a principal what its statements allow, anyone else nothing.
 * @param principals - by access key id
 */
export function buildAuthorize(options: {
  readonly adminAccessKeyId: string;
  readonly principals: ReadonlyMap<string, Principal>;
  readonly resources: StoredResources;
}): Authorize {
  const { adminAccessKeyId, principals, resources } = options;
  return (accessKeyId, service, operation, request) => {
    if (accessKeyId === adminAccessKeyId) return { isAllowed: true };
    const principal = principals.get(accessKeyId);
    if (principal?.sessionToken !== request.headers['x-amz-security-token'] || principal === undefined) {
      return refuse('UnrecognizedClientException', 'The security token included in the request is invalid.');
    }
    try {
      const input = parseInput(request);
      return checkAccesses(principal, toAccesses(service, operation, input, resources));
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return refuse(error.code, error.message);
    }
  };
}

function toAccesses(
  service: AwsServiceName,
  operation: string,
  input: JsonObject,
  resources: StoredResources,
): RequestedAccess[] {
  switch (service) {
    case 'cloudwatch':
      return toCloudWatchAccesses(operation);
    case 'dynamodb':
      return toDynamoDbAccesses(operation, input, resources);
    case 'kms':
      return toKmsAccesses(operation, input);
    case 'secretsManager':
      return toSecretsManagerAccesses(operation, input, resources);
  }
}

function checkAccesses(principal: Principal, accesses: readonly RequestedAccess[]): Decision {
  for (const access of accesses) {
    const verdict = evaluateStatements(principal.statements, access);
    if (verdict === 'allowed') continue;
    const text = describe(principal, access, verdict);
    const by = access.via === undefined ? '' : ` (by way of ${access.via})`;
    return { ...refuse('AccessDeniedException', wordFor(access, text)), denial: `${text}${by}` };
  }
  return { isAllowed: true };
}

function refuse(code: string, message: string): Decision & { isAllowed: false } {
  return { isAllowed: false, code, message };
}

/** @see IAM User Guide: Troubleshoot access denied error messages */
function describe({ arn }: Principal, { action, resource }: RequestedAccess, verdict: Verdict): string {
  const reason =
    verdict === 'denied explicitly'
      ? 'with an explicit deny in an identity-based policy'
      : `because no identity-based policy allows the ${action} action`;
  return `User: ${arn} is not authorized to perform: ${action} on resource: ${resource} ${reason}`;
}

/** What the caller reads when a service was refused the key on his behalf, as seen in reports from AWS. */
function wordFor({ via }: RequestedAccess, text: string): string {
  if (via === 'dynamodb')
    return `KMS key access denied error: com.amazonaws.services.kms.model.AWSKMSException: ${text}`;
  return via === 'secretsmanager' ? 'Access to KMS is not allowed' : text;
}

function parseInput(request: AwsRequest): JsonObject {
  try {
    const value: unknown = JSON.parse(request.body.toString());
    if (isJsonObject(value)) return value;
  } catch {
    // Not JSON: the same answer as for JSON that is no object.
  }
  throw new AwsError('SerializationException', 'Start of structure or map expected.');
}
