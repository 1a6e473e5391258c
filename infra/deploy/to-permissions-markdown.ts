import * as z from 'zod/mini';
import { ACCESS_REASONS, type AccessReasons } from '../constructs/access-reasons.ts';
import { RESOURCE_TYPE_ACTIONS } from './deployer-actions.ts';
import {
  NOTES,
  readPermissions,
  UnlistedPermissionError,
  type FunctionPermissions,
  type Permission,
} from './permissions.ts';

/** Reasons that are the same wherever the permission is. */
const COMMON_REASONS = {
  log: 'writes its log lines; the group itself is made by the deployment',
  tableKey: 'DynamoDB uses this key in the name of whoever reads or writes the table',
  secretKey: 'Secrets Manager opens the secret with this key in the name of whoever reads or writes it',
} as const;

const HEAD = `# Permissions

Made from the synthesized template by \`test/infra/deploy/permissions.test.ts\`; not written by hand. The test fails at a wildcard (but for the
names of spilled tokens and for figures), at a permission without a reason, and at a resource type without a list below.`;

const DEPLOYER = `## Whoever deploys

\`cdk deploy\`, \`diff\` and \`destroy\` need one permission: \`sts:AssumeRole\` on the roles that \`cdk bootstrap\` made,
\`cdk-hnb659fds-deploy-role-<account>-<region>\`, \`cdk-hnb659fds-file-publishing-role-<account>-<region>\` and
\`cdk-hnb659fds-lookup-role-<account>-<region>\`. \`cdk bootstrap\` itself makes IAM roles, a bucket, a repository and a parameter: it is for an
administrator, once for each account and region.

The resources are made by CloudFormation under \`cdk-hnb659fds-cfn-exec-role-<account>-<region>\`, which may do everything unless the
bootstrap names a policy (\`--cloudformation-execution-policies\`). These actions are what this stack asks for, by resource type. The list
is written after CloudFormation's resource schemas and **has not been tried against IAM**; with tags of your own (\`cdk deploy --tags\`) the
\`TagResource\` and \`UntagResource\` actions come on top.

| resource type | actions |
|---|---|`;

/** Types that come with a setting only, and with which. */
const OPTIONAL_TYPES: Readonly<Record<string, string>> = {
  'AWS::ApiGatewayV2::ApiMapping': 'domainName',
  'AWS::ApiGatewayV2::DomainName': 'domainName',
};

/**
 * Writes down who may do what, from a template with its own storage and default settings. Pure.
 * @throws UnlistedPermissionError when the template has a permission without words or reason, or a type without actions
 */
export function toPermissionsMarkdown(template: unknown): string {
  const functions = readPermissions(template).map(toFunctionSection);
  const types = [...new Set([...readTypes(template), ...Object.keys(OPTIONAL_TYPES)])].toSorted();
  const rows = types.map((type) => {
    const actions = RESOURCE_TYPE_ACTIONS[type];
    if (actions === undefined) {
      throw new UnlistedPermissionError(`${type}: say in infra/deploy/deployer-actions.ts what deploying it takes`);
    }
    const setting = OPTIONAL_TYPES[type];
    const name = setting === undefined ? `\`${type}\`` : `\`${type}\` (with \`${setting}\`)`;
    return `| ${name} | ${actions.map((action) => `\`${action}\``).join(' ')} |`;
  });
  return `${[HEAD, ...functions, [DEPLOYER, ...rows].join('\n')].join('\n\n')}\n`;
}

function toFunctionSection({ functionPath, permissions }: FunctionPermissions): string {
  const reasons = findReasons(functionPath);
  const unused = Object.keys(reasons).filter((kind) => !permissions.some((permission) => permission.kind === kind));
  if (unused.length > 0)
    throw new UnlistedPermissionError(`${functionPath}: a reason for ${unused.join(', ')}, which it may not`);
  const rows = permissions.map((permission) => {
    const { actions, resource, condition } = permission;
    const allowed = actions.map((action) => `\`${action}\``).join(' ');
    return `| ${allowed} | ${resource} | ${condition} | ${requireReason(functionPath, permission, reasons)} |`;
  });
  return [`## ${functionPath}`, '', '| may | on | if | why |', '|---|---|---|---|', ...rows].join('\n');
}

function requireReason(functionPath: string, { kind, actions, items }: Permission, reasons: AccessReasons): string {
  if (kind === 'note') {
    const verb = actions.includes('dynamodb:Query') ? 'finds and notes' : 'notes';
    return `${verb} ${items.map((pattern) => NOTES[pattern]).join('; ')}`;
  }
  if (kind === 'log' || kind === 'tableKey' || kind === 'secretKey') return COMMON_REASONS[kind];
  const reason = reasons[kind];
  if (reason === undefined) {
    throw new UnlistedPermissionError(`${functionPath} ${kind}: give the reason in infra/constructs/access-reasons.ts`);
  }
  return reason;
}

function findReasons(functionPath: string): AccessReasons {
  if (functionPath.startsWith('Actions/')) return ACCESS_REASONS.actions;
  const [, reasons] =
    Object.entries(ACCESS_REASONS).find(([name]) => name.toLowerCase() === functionPath.toLowerCase()) ?? [];
  if (reasons === undefined)
    throw new UnlistedPermissionError(`${functionPath}: no reasons in infra/constructs/access-reasons.ts`);
  return reasons;
}

function readTypes(template: unknown): string[] {
  const { Resources } = z.parse(
    z.object({ Resources: z.record(z.string(), z.object({ Type: z.string() })) }),
    template,
  );
  return [...new Set(Object.values(Resources).map(({ Type }) => Type))].toSorted();
}
