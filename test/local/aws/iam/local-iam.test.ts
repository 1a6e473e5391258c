import { describe, expect, it } from 'vitest';
import { buildLocalIam } from '../../../../infra/local/aws/iam/local-iam.ts';
import { parseTemplate } from '../../../../infra/local/gateway/template.ts';

const TABLE = 'arn:aws:dynamodb:us-east-1:000000000000:table/Table';
const resources = new Map([['Table', { ref: 'Table', attributes: { Arn: TABLE } }]]);

const statement = { Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: { 'Fn::GetAtt': ['Table', 'Arn'] } };
const document = (...Statement: unknown[]) => ({ Version: '2012-10-17', Statement });
const policy = (PolicyDocument: unknown, Roles: unknown[] = [{ Ref: 'FnRole' }]) => ({
  Type: 'AWS::IAM::Policy',
  Properties: { PolicyName: 'P', PolicyDocument, Roles },
});
const role = (properties: Record<string, unknown> = {}) => ({
  Type: 'AWS::IAM::Role',
  Properties: { AssumeRolePolicyDocument: {}, ...properties },
});

function build(more: Record<string, unknown>) {
  const template = parseTemplate(
    {
      Resources: {
        Table: {
          Type: 'AWS::DynamoDB::Table',
          Properties: { KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }] },
        },
        FnRole: role(),
        Fn: { Type: 'AWS::Lambda::Function', Properties: { Role: { 'Fn::GetAtt': ['FnRole', 'Arn'] } } },
        ...more,
      },
    },
    'hand-made',
  );
  return buildLocalIam({ template, stackName: 'Stack', resources, adminAccessKeyId: 'admin' });
}

function ask(
  more: Record<string, unknown>,
  caller: { accessKeyId?: string; token?: string } = {},
  operation = 'GetItem',
) {
  const { accessKeyId = 'LOCALFnRole', token = 'local-session-of-FnRole' } = caller;
  const body = Buffer.from(JSON.stringify({ TableName: 'Table', Key: { pk: { S: 'GEHEIM#1' } } }));
  const request = { method: 'POST', url: '/', headers: { 'x-amz-security-token': token }, body };
  return build(more).authorize(accessKeyId, 'dynamodb', operation, request);
}

describe('buildLocalIam', () => {
  it('gives a function the credentials of its role', () => {
    expect(build({}).credentialsOf('Fn')).toEqual({
      AWS_ACCESS_KEY_ID: 'LOCALFnRole',
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_SESSION_TOKEN: 'local-session-of-FnRole',
    });
    expect(() => build({}).credentialsOf('Nobody')).toThrow('no function Nobody');
  });

  it('allows what an attached or an inline policy says, and nothing else', () => {
    expect(ask({ P: policy(document(statement)) })).toEqual({ isAllowed: true });
    const inline = role({ Policies: [{ PolicyName: 'P', PolicyDocument: document(statement) }] });
    expect(ask({ FnRole: inline })).toEqual({ isAllowed: true });
    expect(ask({ Other: role(), P: policy(document(statement), [{ Ref: 'Other' }]) }).isAllowed).toBe(false);
    expect(ask({}).isAllowed).toBe(false);
  });

  it('words a denial as AWS does, without the values of the request', () => {
    const text =
      'User: arn:aws:sts::000000000000:assumed-role/FnRole/local is not authorized to perform: dynamodb:GetItem ' +
      `on resource: ${TABLE} because no identity-based policy allows the dynamodb:GetItem action`;

    expect(ask({})).toEqual({ isAllowed: false, code: 'AccessDeniedException', message: text, denial: text });
    const denied = ask({ P: policy(document(statement, { ...statement, Effect: 'Deny' })) });
    expect(denied).toMatchObject({
      message: expect.stringContaining('with an explicit deny in an identity-based policy'),
    });
  });

  it('lets the administrator do everything, also what it does not know itself', () => {
    expect(ask({}, { accessKeyId: 'admin', token: '' })).toEqual({ isAllowed: true });
    expect(ask({}, { accessKeyId: 'admin' }, 'CreateTable')).toEqual({ isAllowed: true });
  });

  it.each([
    ['an unknown access key', { accessKeyId: 'LOCALOther' }],
    ['an inherited name as access key', { accessKeyId: 'constructor' }],
    ['a role without its session token', { token: '' }],
    ['a role with the session token of another', { token: 'local-session-of-Other' }],
  ])('does not know %s', (_case, caller) => {
    expect(ask({ Other: role(), P: policy(document(statement)) }, caller)).toEqual({
      isAllowed: false,
      code: 'UnrecognizedClientException',
      message: 'The security token included in the request is invalid.',
    });
  });

  it('lets no operation of a function pass that it does not know, whatever the policy', () => {
    const all = policy(document({ Effect: 'Allow', Action: '*', Resource: '*' }));

    expect(ask({ P: all }, {}, 'GetItem')).toEqual({ isAllowed: true });
    expect(ask({ P: all }, {}, 'UpdateTable')).toMatchObject({ isAllowed: false, code: 'UnknownOperationException' });
  });

  it('leaves statements about services that do not run here unread', () => {
    const logs = { Effect: 'Allow', Action: ['logs:PutLogEvents'], Resource: { 'Fn::GetAtt': ['Logs', 'Arn'] } };

    expect(ask({ P: policy(document(logs, statement)) })).toEqual({ isAllowed: true });
  });

  it.each([
    [
      'a managed policy on a role',
      { FnRole: role({ ManagedPolicyArns: ['arn:aws:iam::aws:policy/X'] }) },
      'ManagedPolicyArns',
    ],
    [
      'a permissions boundary',
      { FnRole: role({ PermissionsBoundary: 'arn:aws:iam::aws:policy/X' }) },
      'PermissionsBoundary',
    ],
    [
      'a managed policy of the stack',
      { P: { Type: 'AWS::IAM::ManagedPolicy', Properties: {} } },
      'P (AWS::IAM::ManagedPolicy): not evaluated',
    ],
    [
      'a policy for a user',
      {
        P: { ...policy(document(statement)), Properties: { ...policy(document(statement)).Properties, Users: ['u'] } },
      },
      'Users',
    ],
    ['a policy for a foreign role', { P: policy(document(statement), ['elsewhere']) }, 'a role of another stack'],
    ['an old policy version', { P: policy({ Version: '2008-10-17', Statement: [statement] }) }, 'Version'],
    [
      'an unknown condition',
      { P: policy(document(statement, { ...statement, Condition: { Bool: { a: 'true' } } })) },
      'P (AWS::IAM::Policy): statement 2: condition operator Bool',
    ],
    ['NotAction', { P: policy(document({ Effect: 'Allow', NotAction: 'logs:*', Resource: '*' })) }, 'NotAction'],
    [
      'an unresolvable resource',
      { P: policy(document({ ...statement, Resource: { Ref: 'Nowhere' } })) },
      'Nowhere has no local value',
    ],
    [
      'a function without a role of the stack',
      { Fn: { Type: 'AWS::Lambda::Function', Properties: { Role: 'arn:aws:iam::1:role/x' } } },
      'Role is not of this template',
    ],
    [
      'a key policy other than the default',
      { Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: document({ ...statement, Principal: '*' }) } } },
      'KeyPolicy other than the default one',
    ],
    [
      'a policy on the table',
      { Table: { Type: 'AWS::DynamoDB::Table', Properties: { KeySchema: [], ResourcePolicy: {} } } },
      'ResourcePolicy is not evaluated',
    ],
    [
      'a policy on the secret',
      { P: { Type: 'AWS::SecretsManager::ResourcePolicy', Properties: {} } },
      'ResourcePolicy): not evaluated',
    ],
  ])('refuses to start with %s', (_case, more, reason) => {
    expect(() => build(more)).toThrow(reason);
  });
});
