import { describe, expect, it } from 'vitest';
import { createResolver } from '../../../infra/local/gateway/resolve-intrinsics.ts';
import { parseTemplate } from '../../../infra/local/gateway/template.ts';

const template = parseTemplate(
  {
    Resources: { Table: { Type: 'AWS::DynamoDB::Table' }, Bucket: { Type: 'AWS::S3::Bucket' } },
    Parameters: {
      Stage: { Type: 'String', Default: 'dev' },
      Bare: { Type: 'String' },
      Secret: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/a' },
    },
    Conditions: {
      IsDev: { 'Fn::Equals': [{ Ref: 'Stage' }, 'dev'] },
      IsProd: { 'Fn::Not': [{ Condition: 'IsDev' }] },
      Both: { 'Fn::And': [{ Condition: 'IsDev' }, { Condition: 'IsProd' }] },
      Either: { 'Fn::Or': [{ Condition: 'IsDev' }, { Condition: 'IsProd' }] },
      Loop: { 'Fn::Not': [{ Condition: 'Loop' }] },
    },
  },
  'hand-made',
);

const resolver = createResolver({
  template,
  pseudoParameters: { 'AWS::Region': 'eu-west-1', 'AWS::Partition': 'aws' },
  parameters: {},
  resources: new Map([['Table', { ref: 'table-1', attributes: { Arn: 'arn:table', 'Stream.Arn': 'arn:stream' } }]]),
});

describe('createResolver', () => {
  it.each([
    [{ Ref: 'Table' }, 'table-1'],
    [{ Ref: 'AWS::Region' }, 'eu-west-1'],
    [{ Ref: 'Stage' }, 'dev'],
    [{ 'Fn::GetAtt': ['Table', 'Arn'] }, 'arn:table'],
    [{ 'Fn::GetAtt': 'Table.Stream.Arn' }, 'arn:stream'],
    [{ 'Fn::Sub': '${AWS::Partition}:${Table}:${Table.Arn}:${!Literal}' }, 'aws:table-1:arn:table:${Literal}'],
    [{ 'Fn::Sub': ['${X}-${Table}', { X: { Ref: 'Stage' } }] }, 'dev-table-1'],
    [{ 'Fn::Join': ['/', ['a', { Ref: 'Table' }, 1]] }, 'a/table-1/1'],
    [{ 'Fn::Select': [1, { 'Fn::Split': [':', 'a:b:c'] }] }, 'b'],
    [{ 'Fn::Split': [',', 'a,b'] }, ['a', 'b']],
    [{ 'Fn::If': ['IsDev', 'yes', 'no'] }, 'yes'],
    [{ 'Fn::If': ['IsProd', 'yes', { Ref: 'AWS::NoValue' }] }, undefined],
    [{ 'Fn::If': ['Both', 1, 2] }, 2],
    [{ 'Fn::If': ['Either', 1, 2] }, 1],
    [{ a: { Ref: 'AWS::NoValue' }, b: [{ Ref: 'AWS::NoValue' }, 1] }, { b: [1] }],
    [
      { Ref: 'a', other: 'b' },
      { Ref: 'a', other: 'b' },
    ],
  ])('resolves %j', (value, expected) => {
    expect(resolver.resolve(value, 'here')).toEqual(expected);
  });

  it.each([
    [{ Ref: 'Bucket' }, 'here: Ref: Ref Bucket (AWS::S3::Bucket) has no local value'],
    [{ Ref: 'Nowhere' }, 'Ref Nowhere has no local value'],
    [{ Ref: 'Bare' }, 'Ref Bare has no local value'],
    [{ Ref: 'Secret' }, 'Ref Secret has no local value'],
    [{ 'Fn::GetAtt': ['Table', 'Nothing'] }, 'Fn::GetAtt Table (AWS::DynamoDB::Table).Nothing has no local value'],
    [{ 'Fn::ImportValue': 'x' }, 'Fn::ImportValue is not implemented by the local gateway'],
    [{ 'Fn::FindInMap': ['a', 'b', 'c'] }, 'Fn::FindInMap is not implemented'],
    [{ 'Fn::Select': [5, ['a']] }, 'out of range'],
    [{ 'Fn::Join': ['/', 'a'] }, 'expected a list'],
    [{ 'Fn::Join': ['/', [{ a: 1 }]] }, 'expected a string'],
    [{ 'Fn::If': ['Nowhere', 1, 2] }, 'condition Nowhere is not declared'],
    [{ 'Fn::If': ['Loop', 1, 2] }, 'refers to itself'],
    [{ 'Fn::Sub': '${Nowhere}' }, 'Ref Nowhere has no local value'],
  ])('refuses %j', (value, message) => {
    expect(() => resolver.resolve(value, 'here')).toThrow(message);
  });
});
