import { describe, expect, it } from 'vitest';
import { readPermissions } from '../../../infra/deploy/permissions.ts';
import { toPermissionsMarkdown } from '../../../infra/deploy/to-permissions-markdown.ts';
import { synthesizeTemplate } from '../synthesized-template.ts';

const template = synthesizeTemplate().raw;

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the test reaches deep into resources of any shape
type Resources = Record<string, any>;

/** The template with one more statement in the role of `authorize`, or with one more resource. */
function change(edit: (resources: Resources) => void): unknown {
  const copy = structuredClone(template) as { Resources: Resources };
  edit(copy.Resources);
  return copy;
}

const withStatement = (statement: unknown) =>
  change((resources) => {
    const policy = Object.entries(resources).find(
      ([id, { Type }]) => Type === 'AWS::IAM::Policy' && id.startsWith('Authorize'),
    )?.[1];
    policy.Properties.PolicyDocument.Statement.push({ Effect: 'Allow', ...Object(statement) });
  });

const onTable = { 'Fn::GetAtt': ['Table', 'Arn'] };
const prefixed = { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['SESSION#*'] } };

describe('docs/generated/permissions.md', () => {
  it('lists every permission of every function with its reason, and what deploying takes', async () => {
    await expect(toPermissionsMarkdown(template)).toMatchFileSnapshot('../../../docs/generated/permissions.md');
  });

  it('has as many permissions as the template has statements', () => {
    const statements = (JSON.stringify(template).match(/"Effect":"Allow"/g) ?? []).length;
    // Each role's trust and each key's policy are statements, too.
    const others = (JSON.stringify(template).match(/"Type":"AWS::(IAM::Role|KMS::Key)"/g) ?? []).length;
    const listed = readPermissions(template).flatMap(({ permissions }) => permissions);

    expect(listed).toHaveLength(statements - others);
  });

  it.each([
    ['a wildcard action', { Action: 'dynamodb:*', Resource: onTable }, 'wildcard action dynamodb:*'],
    ['a wildcard resource', { Action: 'dynamodb:GetItem', Resource: '*' }, 'resource without words: "*"'],
    [
      'a resource of another stack',
      { Action: 'sqs:SendMessage', Resource: 'arn:aws:sqs:::q' },
      'resource without words',
    ],
    ['a scan', { Action: 'dynamodb:Scan', Resource: onTable, Condition: prefixed }, 'dynamodb:Scan on the table'],
    ['items of every kind', { Action: 'dynamodb:GetItem', Resource: onTable }, 'is not listed'],
    [
      'a condition that nobody described',
      { Action: 'dynamodb:GetItem', Resource: onTable, Condition: { Bool: { 'aws:SecureTransport': 'true' } } },
      'condition without words: Bool aws:SecureTransport',
    ],
    [
      'a permission without a reason',
      { Action: 'secretsmanager:GetSecretValue', Resource: { 'Fn::GetAtt': ['IntegrationSecret', 'Id'] } },
      'Authorize secret: give the reason in infra/constructs/access-reasons.ts',
    ],
  ])('refuses %s', (_what, statement, reason) => {
    expect(() => toPermissionsMarkdown(withStatement(statement))).toThrow(reason);
  });

  it('refuses a denial and a policy with other properties: both need words first', () => {
    expect(() => toPermissionsMarkdown(withStatement({ Effect: 'Deny', Action: 'a:b', Resource: onTable }))).toThrow();
  });

  it('refuses a resource type for which nobody listed what deploying it takes', () => {
    const extended = change((resources) => {
      resources.Topic = { Type: 'AWS::SNS::Topic' };
    });

    expect(() => toPermissionsMarkdown(extended)).toThrow('AWS::SNS::Topic: say in infra/deploy/deployer-actions.ts');
  });

  it('refuses a reason for a permission that is gone', () => {
    const without = change((resources) => {
      const policy = Object.entries(resources).find(
        ([id, { Type }]) => Type === 'AWS::IAM::Policy' && id.startsWith('Connections'),
      )?.[1];
      policy.Properties.PolicyDocument.Statement = policy.Properties.PolicyDocument.Statement.filter(
        ({ Action }: { Action: unknown }) => Action !== 'dynamodb:Query',
      );
    });

    expect(() => toPermissionsMarkdown(without)).toThrow('Connections: a reason for list');
  });
});
