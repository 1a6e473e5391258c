import { AttributeType, BillingMode, ProjectionType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { Certificate, CertificateValidation } from 'aws-cdk-lib/aws-certificatemanager';
import { Key } from 'aws-cdk-lib/aws-kms';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { ARecord, HostedZone, RecordTarget, type HostedZoneAttributes } from 'aws-cdk-lib/aws-route53';
import { ApiGatewayv2DomainProperties } from 'aws-cdk-lib/aws-route53-targets';
import { CfnOutput, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
// From a package: import { DiscordIntegration } from 'discord-integration/infra/index.ts';
import { DiscordIntegration } from '../../../infra/index.ts';

export interface CommunityStackProps extends StackProps {
  readonly zone: HostedZoneAttributes;
  readonly domainName: string;
}

/** A stack of yours with the integration in it: your table and keys, your domain, and two deployments side by side. */
export class CommunityStack extends Stack {
  constructor(scope: Construct, id: string, { zone: zoneAttributes, domainName, ...props }: CommunityStackProps) {
    super(scope, id, props);
    const zone = HostedZone.fromHostedZoneAttributes(this, 'Zone', zoneAttributes);
    const tableKey = new Key(this, 'TableKey', { enableKeyRotation: true, removalPolicy: RemovalPolicy.RETAIN });
    const tokenKey = new Key(this, 'TokenKey', { enableKeyRotation: true, removalPolicy: RemovalPolicy.RETAIN });

    const production = new DiscordIntegration(this, 'Discord', {
      storage: { table: this.#createTable(tableKey), tableKey, tokenKey },
      returnOrigins: ['https://app.example.com'],
      logRetention: RetentionDays.ONE_YEAR,
      throttle: { rateLimit: 50, burstLimit: 100 },
      domain: {
        name: domainName,
        certificate: new Certificate(this, 'Certificate', {
          domainName,
          validation: CertificateValidation.fromDns(zone),
        }),
      },
    });
    if (production.domainName !== undefined) {
      const { regionalDomainName, regionalHostedZoneId } = production.domainName;
      const target = new ApiGatewayv2DomainProperties(regionalDomainName, regionalHostedZoneId);
      new ARecord(this, 'Record', { zone, recordName: `${domainName}.`, target: RecordTarget.fromAlias(target) });
    }

    // Everything by default: a table, keys and a secret of its own, and the address that API Gateway makes up.
    const trial = new DiscordIntegration(this, 'DiscordTrial');

    this.#addOutputs('Discord', production);
    this.#addOutputs('DiscordTrial', trial);
  }

  /** Shaped as `docs/storage-schema.md` says. */
  #createTable(encryptionKey: Key): Table {
    const table = new Table(this, 'Connections', {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      timeToLiveAttribute: 'expiresAtEpochSeconds',
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    table.addGlobalSecondaryIndex({
      indexName: 'gsi1',
      partitionKey: { name: 'gsi1pk', type: AttributeType.STRING },
      sortKey: { name: 'gsi1sk', type: AttributeType.STRING },
      projectionType: ProjectionType.KEYS_ONLY,
    });
    return table;
  }

  /** What has to be pasted at Discord, and what `npm run operator` asks for in its three variables. */
  #addOutputs(name: string, { origin, redirectUri, table, integrationSecretArn }: DiscordIntegration): void {
    new CfnOutput(this, `${name}RedirectUri`, { value: redirectUri });
    new CfnOutput(this, `${name}PublicBaseUrl`, { value: origin });
    new CfnOutput(this, `${name}TableName`, { value: table.tableName });
    new CfnOutput(this, `${name}IntegrationSecretArn`, { value: integrationSecretArn });
  }
}
