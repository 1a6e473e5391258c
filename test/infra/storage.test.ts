import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { synthesizeTemplate } from './synthesized-template.ts';

const synthesized = synthesizeTemplate();
const template = Template.fromJSON({ ...synthesized.raw });

const secretOf = (logicalId: string) =>
  synthesized.ofType('AWS::SecretsManager::Secret').find((secret) => secret.logicalId === logicalId);

describe('Storage', () => {
  it('keeps the table when the stack goes, refuses its deletion, and can restore any second of 7 days', () => {
    template.hasResource('AWS::DynamoDB::Table', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: Match.objectLike({
        BillingMode: 'PAY_PER_REQUEST',
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 7 },
        TimeToLiveSpecification: { AttributeName: 'expiresAtEpochSeconds', Enabled: true },
      }),
    });
  });

  it('encrypts the table with its own key, which is not the one that protects tokens', () => {
    template.hasResourceProperties('AWS::DynamoDB::Table', {
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: { 'Fn::GetAtt': ['TableKey', 'Arn'] } },
    });
    template.hasResourceProperties('AWS::SecretsManager::Secret', { KmsKeyId: { 'Fn::GetAtt': ['TokenKey', 'Arn'] } });
  });

  it('has exactly two keys, rotates both and keeps both', () => {
    const keys = synthesized.ofType('AWS::KMS::Key');

    expect(keys.map((key) => key.logicalId).toSorted()).toEqual(['TableKey', 'TokenKey']);
    for (const key of keys) {
      expect(key).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
      expect(key.Properties).toMatchObject({ EnableKeyRotation: true, PendingWindowInDays: 30 });
    }
  });

  it('gives the key to nobody but the account itself, so that IAM statements decide', () => {
    for (const key of synthesized.ofType('AWS::KMS::Key')) {
      const policy = JSON.stringify(key.Properties?.KeyPolicy);

      expect(policy.match(/"Effect"/g)).toHaveLength(1);
      expect(policy).toContain('"Action":"kms:*"');
      expect(policy).toContain('":root"');
    }
  });

  it('shapes the keys of table and index as shared/table.ts names them, and the index projects keys only', () => {
    template.hasResourceProperties('AWS::DynamoDB::Table', {
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'gsi1',
          KeySchema: [
            { AttributeName: 'gsi1pk', KeyType: 'HASH' },
            { AttributeName: 'gsi1sk', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      ],
    });
  });

  it('makes the secret without a value and keeps it, so that no deployment writes over the credentials', () => {
    expect(secretOf('IntegrationSecret')).toMatchObject({
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
    });
    expect(secretOf('IntegrationSecret')?.Properties).not.toHaveProperty('SecretString');
    expect(secretOf('IntegrationSecret')?.Properties).not.toHaveProperty('GenerateSecretString');
  });

  it('has AWS make the set-up code, of letters and digits, and keeps it; the template does not hold it', () => {
    expect(secretOf('SetupCode')).toMatchObject({
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        GenerateSecretString: { PasswordLength: 40, ExcludePunctuation: true },
        KmsKeyId: { 'Fn::GetAtt': ['TokenKey', 'Arn'] },
      },
    });
    expect(secretOf('SetupCode')?.Properties).not.toHaveProperty('SecretString');
  });

  it('pins the logical ids of all that holds state: another id would make a new, empty resource', () => {
    const stateful = synthesized.resources
      .filter(({ Type }) => /^AWS::(DynamoDB|KMS|SecretsManager)::/.test(Type))
      .map(({ logicalId, Type }) => [logicalId, Type]);

    expect(Object.fromEntries(stateful)).toEqual({
      Table: 'AWS::DynamoDB::Table',
      TableKey: 'AWS::KMS::Key',
      TokenKey: 'AWS::KMS::Key',
      IntegrationSecret: 'AWS::SecretsManager::Secret',
      SetupCode: 'AWS::SecretsManager::Secret',
    });
  });

  it('tells the operator where everything is, the redirect URI included', () => {
    const endpoint = { 'Fn::GetAtt': [synthesized.one('AWS::ApiGatewayV2::Api', 'Gateway').logicalId, 'ApiEndpoint'] };

    expect(
      Object.fromEntries(Object.entries(synthesized.outputs).map(([name, output]) => [name, output.Value])),
    ).toEqual({
      GatewayUrl: endpoint,
      RedirectUri: { 'Fn::Join': ['', [endpoint, '/integration-callback']] },
      TableName: { Ref: 'Table' },
      TableKeyArn: { 'Fn::GetAtt': ['TableKey', 'Arn'] },
      TokenKeyArn: { 'Fn::GetAtt': ['TokenKey', 'Arn'] },
      IntegrationSecretArn: { 'Fn::GetAtt': ['IntegrationSecret', 'Id'] },
      PortalUrl: { 'Fn::Join': ['', [endpoint, '/portal']] },
      SetupCodeSecretArn: { 'Fn::GetAtt': ['SetupCode', 'Id'] },
      SetupCodeCommand: {
        'Fn::Join': [
          '',
          [
            'aws secretsmanager get-secret-value --region ',
            { Ref: 'AWS::Region' },
            ' --secret-id ',
            { 'Fn::GetAtt': ['SetupCode', 'Id'] },
            ' --query SecretString --output text',
          ],
        ],
      },
    });
  });
});
