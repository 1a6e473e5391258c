import { createResolver } from '../../gateway/resolve-intrinsics.ts';
import type { LocalResource } from '../../gateway/resolve-intrinsics.ts';
import type { Template } from '../../gateway/template.ts';
import { LOCAL_ACCOUNT } from '../aws-account.ts';
import type { Authorize } from './authorize.ts';
import { buildAuthorize } from './build-authorize.ts';
import type { Principal } from './build-authorize.ts';
import { readFunctionRoles, readRoles } from './read-roles.ts';
import { readStoredResources } from './stored-resources.ts';

/** The roles of a template on this machine. */
export interface LocalIam {
  readonly authorize: Authorize;
  /** Variables with the credentials of a function's role. @throws Error when the template has no such function */
  readonly credentialsOf: (functionLogicalId: string) => Record<string, string>;
}

export interface LocalIamOptions {
  readonly template: Template;
  readonly stackName: string;
  /** Tables, keys and secrets as they were made locally. */
  readonly resources: ReadonlyMap<string, LocalResource>;
  /** Credentials that may do everything, as those of an operator. */
  readonly adminAccessKeyId: string;
}

/**
 * Reads a template's roles and policies into a check of requests and into credentials for its functions. Pure.
 * @throws Error naming resource and statement for whatever is not evaluated here exactly as AWS does
 */
export function buildLocalIam({ template, stackName, resources, adminAccessKeyId }: LocalIamOptions): LocalIam {
  const roleIds = Object.entries(template.Resources)
    .filter(([, { Type }]) => Type === 'AWS::IAM::Role')
    .map(([logicalId]) => logicalId);
  const roleArns = new Map(
    roleIds.map((role) => [role, `arn:aws:iam::${LOCAL_ACCOUNT.accountId}:role/${role}`] as const),
  );
  const resolver = createResolver({
    template,
    pseudoParameters: {
      'AWS::AccountId': LOCAL_ACCOUNT.accountId,
      'AWS::Partition': 'aws',
      'AWS::Region': LOCAL_ACCOUNT.region,
      'AWS::StackName': stackName,
      'AWS::URLSuffix': 'amazonaws.com',
    },
    parameters: {},
    resources: new Map([
      ...resources,
      ...[...roleArns].map(([role, Arn]): [string, LocalResource] => [role, { ref: role, attributes: { Arn } }]),
    ]),
  });
  const arnOf = (logicalId: string): string => {
    const resource = resources.get(logicalId);
    return resource?.attributes['Arn'] ?? resource?.ref ?? '';
  };

  const principals = new Map<string, Principal>();
  for (const [role, statements] of readRoles(template, resolver)) {
    principals.set(toAccessKeyId(role), {
      arn: `arn:aws:sts::${LOCAL_ACCOUNT.accountId}:assumed-role/${role}/local`,
      sessionToken: toSessionToken(role),
      statements,
    });
  }
  const functionRoles = readFunctionRoles(
    template,
    resolver,
    (roleArn) => [...roleArns].find(([, arn]) => arn === roleArn)?.[0],
  );
  return {
    authorize: buildAuthorize({
      adminAccessKeyId,
      principals,
      resources: readStoredResources(template, resolver, arnOf),
    }),
    credentialsOf: (functionLogicalId) => {
      const role = functionRoles.get(functionLogicalId);
      if (role === undefined) throw new Error(`the template has no function ${functionLogicalId}`);
      return {
        AWS_ACCESS_KEY_ID: toAccessKeyId(role),
        AWS_SECRET_ACCESS_KEY: 'local',
        AWS_SESSION_TOKEN: toSessionToken(role),
      };
    },
  };
}

function toAccessKeyId(roleLogicalId: string): string {
  return `LOCAL${roleLogicalId}`;
}

/** No secret: it shows that a caller passes on all of its credentials. */
function toSessionToken(roleLogicalId: string): string {
  return `local-session-of-${roleLogicalId}`;
}
