import { describe, expect, it } from 'vitest';
import { evaluateStatements, parseStatement } from '../../../../infra/local/aws/iam/policy.ts';
import type { Access } from '../../../../infra/local/aws/iam/policy.ts';

const TABLE = 'arn:aws:dynamodb:us-east-1:000000000000:table/Table';
const KEY = 'arn:aws:kms:us-east-1:000000000000:key/1';
const LEADING_KEYS = 'dynamodb:LeadingKeys';

const read = { Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: TABLE };
const keysLike = (...patterns: string[]) => ({ 'ForAllValues:StringLike': { [LEADING_KEYS]: patterns } });

function decide(statements: object[], asked: Partial<Access> = {}): string {
  const parsed = statements.map((statement) => parseStatement(statement, 'test'));
  return evaluateStatements(parsed, { action: 'dynamodb:GetItem', resource: TABLE, context: {}, ...asked });
}

describe('evaluateStatements', () => {
  it.each([
    ['nothing is said', [], 'not allowed'],
    ['the statement fits', [read], 'allowed'],
    ['another statement fits', [{ ...read, Action: 'dynamodb:PutItem' }, read], 'allowed'],
    ['one of several actions fits', [{ ...read, Action: ['dynamodb:PutItem', 'dynamodb:GetItem'] }], 'allowed'],
    ['the action is written in another case', [{ ...read, Action: 'DynamoDB:getitem' }], 'allowed'],
    ['the action is another', [{ ...read, Action: 'dynamodb:BatchGetItem' }], 'not allowed'],
    ['the action only begins alike', [{ ...read, Action: 'dynamodb:Get' }], 'not allowed'],
    ['a wildcard covers the action', [{ ...read, Action: 'dynamodb:Get*' }], 'allowed'],
    ['a question mark stands for one character', [{ ...read, Action: 'dynamodb:?etItem' }], 'allowed'],
    ['a wildcard covers everything', [{ ...read, Action: '*', Resource: '*' }], 'allowed'],
    ['a wildcard covers another service', [{ ...read, Action: 'kms:*' }], 'not allowed'],
    ['the resource is another', [{ ...read, Resource: `${TABLE}2` }], 'not allowed'],
    ['the resource is an index of the table', [{ ...read, Resource: `${TABLE}/index/gsi1` }], 'not allowed'],
    ['one of several resources fits', [{ ...read, Resource: [KEY, TABLE] }], 'allowed'],
    ['a wildcard covers the resource', [{ ...read, Resource: 'arn:aws:dynamodb:*:*:table/T*' }], 'allowed'],
    ['an explicit denial stands beside it', [read, { ...read, Effect: 'Deny' }], 'denied explicitly'],
    [
      'an explicit denial stands before it',
      [{ ...read, Effect: 'Deny', Action: '*', Resource: '*' }, read],
      'denied explicitly',
    ],
    ['a denial is for something else', [read, { ...read, Effect: 'Deny', Resource: KEY }], 'allowed'],
  ])('when %s', (_case, statements, verdict) => {
    expect(decide(statements)).toBe(verdict);
  });

  it('covers an index by a pattern below the table', () => {
    const statement = { ...read, Action: 'dynamodb:Query', Resource: `${TABLE}/index/*` };

    expect(decide([statement], { action: 'dynamodb:Query', resource: `${TABLE}/index/gsi1` })).toBe('allowed');
    expect(decide([statement], { action: 'dynamodb:Query' })).toBe('not allowed');
  });

  it('keeps a wildcard within its part of the ARN', () => {
    const secret = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:App';
    const crossing = { ...read, Resource: 'arn:aws:secretsmanager:us-*:secret:App' };

    expect(decide([crossing], { resource: secret })).toBe('not allowed');
    expect(decide([{ ...read, Resource: 'arn:aws:secretsmanager:us-*:*:*' }], { resource: secret })).toBe('allowed');
  });

  const guarded = { ...read, Condition: { ...keysLike('SESSION#*', 'STATE#*'), Null: { [LEADING_KEYS]: 'false' } } };
  it.each([
    ['all keys fit', ['SESSION#1', 'STATE#2'], 'allowed'],
    ['one key of a batch does not fit', ['SESSION#1', 'CONNECTION#2'], 'not allowed'],
    ['the pattern fits only in the middle', ['XSESSION#1'], 'not allowed'],
    ['the key is written in another case', ['session#1'], 'not allowed'],
    ['the key spans lines', ['SESSION#1\n2'], 'allowed'],
    ['no key is named', [], 'not allowed'],
  ])('with key patterns and Null, when %s', (_case, keys, verdict) => {
    expect(decide([guarded], { context: { [LEADING_KEYS]: keys } })).toBe(verdict);
  });

  it('passes over a missing key where only ForAllValues asks for it, as AWS does', () => {
    expect(decide([{ ...read, Condition: keysLike('SESSION#*') }])).toBe('allowed');
  });

  it('needs one statement that allows all keys of a batch', () => {
    const statements = ['SESSION#*', 'STATE#*'].map((pattern) => ({ ...read, Condition: keysLike(pattern) }));

    expect(decide(statements, { context: { [LEADING_KEYS]: ['SESSION#1'] } })).toBe('allowed');
    expect(decide(statements, { context: { [LEADING_KEYS]: ['SESSION#1', 'STATE#1'] } })).toBe('not allowed');
  });

  it.each([
    ['StringEquals', { StringEquals: { 'kms:EncryptionContext:purpose': 'a*' } }, 'a*', 'allowed'],
    [
      'StringEquals with one of several',
      { StringEquals: { 'kms:EncryptionContext:purpose': ['b', 'a'] } },
      'a',
      'allowed',
    ],
    [
      'StringEquals, which knows no wildcard',
      { StringEquals: { 'kms:EncryptionContext:purpose': 'a*' } },
      'ab',
      'not allowed',
    ],
    ['StringLike', { StringLike: { 'kms:EncryptionContext:purpose': 'a*' } }, 'ab', 'allowed'],
    ['StringLike with another text', { StringLike: { 'kms:EncryptionContext:purpose': 'a*' } }, 'b', 'not allowed'],
    ['Null true on a key that is there', { Null: { 'kms:EncryptionContext:purpose': true } }, 'a', 'not allowed'],
    [
      'two conditions of which one fails',
      { StringLike: { 'kms:EncryptionContext:purpose': 'a*', 'kms:ViaService': 'x' } },
      'ab',
      'not allowed',
    ],
  ])('evaluates %s', (_case, condition, purpose, verdict) => {
    const statement = { Effect: 'Allow', Action: 'kms:Decrypt', Resource: KEY, Condition: condition };
    const context = { 'kms:EncryptionContext:purpose': [purpose] };

    expect(decide([statement], { action: 'kms:Decrypt', resource: KEY, context })).toBe(verdict);
  });

  it.each([{ StringEquals: { 'kms:ViaService': 'x' } }, { StringLike: { 'kms:ViaService': '*' } }])(
    'fails %j when the request does not have the key',
    (condition) => {
      const statement = { Effect: 'Allow', Action: 'kms:Decrypt', Resource: KEY, Condition: condition };

      expect(decide([statement], { action: 'kms:Decrypt', resource: KEY })).toBe('not allowed');
    },
  );
});

describe('parseStatement', () => {
  it.each([
    ['NotAction', { Effect: 'Allow', NotAction: 'dynamodb:Scan', Resource: TABLE }, 'NotAction'],
    ['NotResource', { Effect: 'Allow', Action: 'dynamodb:Scan', NotResource: TABLE }, 'NotResource'],
    ['Principal', { ...read, Principal: '*' }, 'Principal'],
    ['another effect', { ...read, Effect: 'Audit' }, 'Effect'],
    ['half an ARN', { ...read, Resource: 'arn:aws:dynamodb:*' }, 'Resource arn:aws:dynamodb:* is not evaluated'],
    ['a policy variable', { ...read, Resource: `${TABLE}-\${aws:username}` }, 'is not evaluated locally'],
    [
      'an unknown operator',
      { ...read, Condition: { StringNotLike: { [LEADING_KEYS]: 'A' } } },
      'operator StringNotLike',
    ],
    [
      'IfExists',
      { ...read, Condition: { StringEqualsIfExists: { 'kms:ViaService': 'A' } } },
      'operator StringEqualsIfExists',
    ],
    [
      'ForAnyValue',
      { ...read, Condition: { 'ForAnyValue:StringLike': { [LEADING_KEYS]: 'A' } } },
      'operator ForAnyValue',
    ],
    ['an unknown key', { ...read, Condition: { StringEquals: { 'aws:SourceIp': 'A' } } }, 'key aws:SourceIp'],
    [
      'attributes',
      { ...read, Condition: { 'ForAllValues:StringEquals': { 'dynamodb:Attributes': 'A' } } },
      'key dynamodb:Attributes',
    ],
    [
      'a key in another case',
      { ...read, Condition: { StringEquals: { 'kms:viaService': 'A' } } },
      'key kms:viaService',
    ],
    [
      'a part of a secret’s context that is known late',
      { ...read, Condition: { StringEquals: { 'kms:EncryptionContext:SecretVersionId': 'A' } } },
      'SecretVersionId',
    ],
    [
      'LeadingKeys without a set operator',
      { ...read, Condition: { StringLike: { [LEADING_KEYS]: 'A' } } },
      'does not go with',
    ],
    [
      'a set operator on a single value',
      { ...read, Condition: { 'ForAllValues:StringLike': { 'kms:ViaService': 'A' } } },
      'does not go with',
    ],
    ['LeadingKeys of an index', { ...read, Resource: `${TABLE}/index/a`, Condition: keysLike('A') }, 'may be an index'],
    [
      'LeadingKeys of a pattern that covers indexes',
      { ...read, Resource: '*', Condition: keysLike('A') },
      'may be an index',
    ],
    ['a variable in a condition', { ...read, Condition: keysLike('${aws:userid}') }, 'policy variables'],
    ['a number in a condition', { ...read, Condition: { StringEquals: { 'kms:ViaService': 5 } } }, 'expected texts'],
    ['no value in a condition', { ...read, Condition: { StringEquals: { 'kms:ViaService': [] } } }, 'expected texts'],
    ['Null with another word', { ...read, Condition: { Null: { 'kms:ViaService': 'no' } } }, 'expected true or false'],
  ])('refuses %s', (_case, statement, reason) => {
    expect(() => parseStatement(statement, 'Policy: statement 2')).toThrow(reason);
    expect(() => parseStatement(statement, 'Policy: statement 2')).toThrow('Policy: statement 2');
  });
});
