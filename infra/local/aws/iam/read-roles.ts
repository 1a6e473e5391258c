import * as z from 'zod/mini';
import { resourcesOfType } from '../../gateway/read-api.ts';
import type { Resolver } from '../../gateway/resolve-intrinsics.ts';
import { describeResource } from '../../gateway/template.ts';
import type { Template } from '../../gateway/template.ts';
import { parseValue } from '../parse-value.ts';
import { parseStatement } from './policy.ts';
import type { Statement } from './policy.ts';
import { matchesAction } from './wildcard.ts';

/** Statements of a template's roles, by the logical id of the role. */
export type RoleStatements = ReadonlyMap<string, readonly Statement[]>;

/** Services that run locally, by their name in actions. Statements about others are not read: nobody asks for them here. */
const SERVED_SERVICES = ['cloudwatch', 'dynamodb', 'kms', 'secretsmanager'];

/** Properties without a say in what a role may do; CloudFormation checks at deployment that Lambda can assume it. */
const ROLE_PROPERTIES_WITHOUT_EFFECT = ['AssumeRolePolicyDocument', 'Description', 'Path', 'RoleName', 'Tags'];

const documentSchema = z.strictObject({ Version: z.literal('2012-10-17'), Statement: z.array(z.unknown()) });
const inlineSchema = z.strictObject({ PolicyName: z.unknown(), PolicyDocument: documentSchema });
const roleSchema = z.strictObject({ Policies: z.optional(z.array(inlineSchema)) });
const policySchema = z.strictObject({ ...inlineSchema.shape, Roles: z.array(z.unknown()).check(z.minLength(1)) });

/**
 * Reads what each role of a template may do: its inline policies and the AWS::IAM::Policy resources that name it.
 * @param resolver - gives a role's logical id for its `Ref`
 * @throws Error naming resource and statement for every other kind of policy, and for what a statement says beyond what is
 * evaluated here
 */
export function readRoles(template: Template, resolver: Resolver): RoleStatements {
  const roles = new Map<string, Statement[]>();
  for (const [logicalId, { Type, Properties }] of Object.entries(template.Resources)) {
    if (!Type.startsWith('AWS::IAM::')) continue;
    const at = describeResource(template, logicalId);
    if (Type !== 'AWS::IAM::Role' && Type !== 'AWS::IAM::Policy') throw new Error(`${at}: not evaluated locally`);
    if (Type === 'AWS::IAM::Policy') continue;
    const relevant = Object.entries(Properties).filter(([name]) => !ROLE_PROPERTIES_WITHOUT_EFFECT.includes(name));
    const { Policies } = parseValue(roleSchema, Object.fromEntries(relevant), at);
    roles.set(
      logicalId,
      (Policies ?? []).flatMap(({ PolicyDocument }) => readStatements(PolicyDocument.Statement, resolver, at)),
    );
  }
  for (const [logicalId, { Properties }] of resourcesOfType(template, resolver, 'AWS::IAM::Policy')) {
    const at = describeResource(template, logicalId);
    const { PolicyDocument, Roles } = parseValue(policySchema, Properties, at);
    const statements = readStatements(PolicyDocument.Statement, resolver, at);
    for (const role of Roles) {
      const held = roles.get(resolver.resolveString(role, `${at}: Roles`));
      if (held === undefined) throw new Error(`${at}: Roles names a role of another stack`);
      held.push(...statements);
    }
  }
  return roles;
}

function readStatements(documents: readonly unknown[], resolver: Resolver, at: string): Statement[] {
  return documents.flatMap((document, index) => {
    const where = `${at}: statement ${index + 1}`;
    return isServed(document) ? [parseStatement(resolver.resolve(document, where), where)] : [];
  });
}

const actionsOnly = z.object({ Action: z.union([z.string(), z.array(z.string())]) });

/** Left unread, a statement's references need no local counterpart, such as the ARN of a log group. */
function isServed(document: unknown): boolean {
  const read = actionsOnly.safeParse(document);
  // Whatever else it is, it is read, and refused if it is not understood.
  if (!read.success) return true;
  const services = [read.data.Action].flat().map((action) => action.split(':')[0] ?? '');
  return services.some((pattern) => SERVED_SERVICES.some((service) => matchesAction(pattern, service)));
}

/**
 * Finds the role of each function.
 * @param roleOf - logical id of the role that an ARN belongs to
 * @returns logical id of the role, by logical id of the function
 */
export function readFunctionRoles(
  template: Template,
  resolver: Resolver,
  roleOf: (roleArn: string) => string | undefined,
): Map<string, string> {
  const roles = resourcesOfType(template, resolver, 'AWS::Lambda::Function').map(
    ([logicalId, { Properties }]): [string, string] => {
      const at = `${describeResource(template, logicalId)}: Role`;
      const role = roleOf(resolver.resolveString(Properties['Role'], at));
      if (role === undefined) throw new Error(`${at} is not of this template`);
      return [logicalId, role];
    },
  );
  return new Map(roles);
}
