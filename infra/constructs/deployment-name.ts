import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

/**
 * Tells one deployment from another in metrics, log lines and names of spilled secrets: the stack's name, and of an integration
 * inside somebody's own stack with its path, since there may be several. Whatever a secret's name can't have becomes a hyphen.
 * @see Secrets Manager API reference: CreateSecret, Name
 */
export function buildDeploymentName(scope: Construct): string {
  const stack = Stack.of(scope);
  const below = scope.node.path.slice(stack.node.path.length);
  // The stack's name has letters, digits and hyphens only, and can be a token: it must stay as it is.
  return `${stack.stackName}${below.replaceAll(/[^\w/+=.@-]/g, '-')}`;
}
