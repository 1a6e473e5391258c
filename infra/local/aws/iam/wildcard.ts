/**
 * Whether a text fits an IAM pattern, in which `*` stands for any characters and `?` for exactly one.
 * @see IAM User Guide: IAM JSON policy elements: Condition operators (wildcard matching)
 */
export function matchesWildcard(pattern: string, text: string): boolean {
  return toExpression(pattern, 's').test(text);
}

/**
 * Whether a policy's `Action` covers an action. Service and action names are compared without regard to case.
 * @see IAM User Guide: IAM JSON policy elements: Action
 */
export function matchesAction(pattern: string, action: string): boolean {
  return toExpression(pattern, 'is').test(action);
}

/** Parts of an ARN: `arn`, partition, service, region, account, and the resource with whatever colons it has. */
const ARN_PARTS = 6;

/**
 * Whether a policy's `Resource` covers a resource: `*` alone covers all; elsewhere a wildcard stays within its part of the ARN.
 * @param resource - an ARN, or `*` for an operation that names none
 * @see IAM User Guide: IAM JSON policy elements: Resource (wildcards)
 */
export function matchesResource(pattern: string, resource: string): boolean {
  if (pattern === '*') return true;
  const [patterns, parts] = [splitArn(pattern), splitArn(resource)];
  return patterns.length === parts.length && patterns.every((part, index) => matchesWildcard(part, parts[index] ?? ''));
}

/** Whether a text is an ARN, or a pattern of one, with all its parts. */
export function isArn(text: string): boolean {
  return text.startsWith('arn:') && splitArn(text).length === ARN_PARTS;
}

function splitArn(arn: string): string[] {
  const parts = arn.split(':');
  if (parts.length <= ARN_PARTS) return parts;
  return [...parts.slice(0, ARN_PARTS - 1), parts.slice(ARN_PARTS - 1).join(':')];
}

function toExpression(pattern: string, flags: string): RegExp {
  const literal = pattern.replace(/[\\^$.+()[\]{}|]/g, String.raw`\$&`);
  return new RegExp(`^${literal.replaceAll('*', '.*').replaceAll('?', '.')}$`, flags);
}
