import { Aws, Validations } from 'aws-cdk-lib/core';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { buildSpillPrefix } from '../../shared/spill-name.ts';

/**
 * What the store of spilled tokens does; tags are a right of their own.
 * @see Secrets Manager API reference: CreateSecret, "Required permissions"
 */
const SPILL_ACTIONS = ['CreateSecret', 'DeleteSecret', 'GetSecretValue', 'PutSecretValue', 'TagResource'];

/** Access to the spilled tokens of one deployment. Their key is AWS's own for Secrets Manager, which asks for nothing beside it. */
export function buildSpillStatement(deploymentName: string): PolicyStatement {
  return new PolicyStatement({
    actions: SPILL_ACTIONS.map((action) => `secretsmanager:${action}`),
    resources: [buildSpillArn(deploymentName, Aws.PARTITION, Aws.REGION, Aws.ACCOUNT_ID)],
  });
}

/** Waives the wildcard of {@link buildSpillStatement} for one function, in the spelling of cdk-nag. */
export function acknowledgeSpillWildcard(served: Construct, deploymentName: string): void {
  const arn = buildSpillArn(deploymentName, '<AWS::Partition>', '<AWS::Region>', '<AWS::AccountId>');
  Validations.of(served).acknowledge({
    id: `AwsSolutions-IAM5[Resource::${arn}]`,
    reason:
      'Spilled tokens are secrets that the functions themselves make, one for each connection, and their ARNs end at random: only the part of the name that belongs to this deployment can be stated.',
  });
}

function buildSpillArn(deploymentName: string, partition: string, region: string, account: string): string {
  return `arn:${partition}:secretsmanager:${region}:${account}:secret:${buildSpillPrefix(deploymentName)}*`;
}
