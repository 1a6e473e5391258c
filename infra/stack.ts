import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Architecture } from 'aws-cdk-lib/aws-lambda';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Aws, CfnOutput, Stack, type StackProps } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { addIntegration, type IntegrationParts } from './constructs/add-integration.ts';
import type { GatewayDomain } from './constructs/http-api.ts';
import type { BroughtStorage } from './constructs/storage.ts';
import { PORTAL_PATH } from '../shared/connect-paths.ts';
import { DEFAULT_DISCORD_BASE_URL } from '../shared/env.ts';
import { parseDeploymentContext, type ExistingStorage } from './deployment-context.ts';

/** Everything the gateway runs on, by context. Neither account nor region is fixed: one template for every environment. */
export class IntegrationStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    const context = parseDeploymentContext((name) => this.node.tryGetContext(name) as unknown);
    const integration = addIntegration(this, {
      architecture: context.architecture === 'arm64' ? Architecture.ARM_64 : Architecture.X86_64,
      discordBaseUrl: context.discordBaseUrl,
      returnOrigins: context.returnOrigins,
      ...(context.existingStorage && { storage: this.#importStorage(context.existingStorage) }),
      ...(context.domain && { domain: this.#importDomain(context.domain) }),
      ...(context.alarmTopicArn && { alarmTopic: Topic.fromTopicArn(this, 'AlarmTopic', context.alarmTopicArn) }),
      ...(context.runbookUrl && { runbookUrl: context.runbookUrl }),
      pinsLogicalIds: true,
    });
    this.#addOutputs(integration, context.discordBaseUrl);
  }

  /** References only: nothing of it becomes a resource of the stack. */
  #importStorage(existing: ExistingStorage): BroughtStorage {
    const scope = new Construct(this, 'Existing');
    return {
      table: Table.fromTableName(scope, 'Table', existing.tableName),
      tableKey: Key.fromKeyArn(scope, 'TableKey', existing.tableKeyArn),
      tokenKey: Key.fromKeyArn(scope, 'TokenKey', existing.tokenKeyArn),
      integrationSecret: Secret.fromSecretCompleteArn(scope, 'IntegrationSecret', existing.integrationSecretArn),
    };
  }

  #importDomain({ name, certificateArn }: { readonly name: string; readonly certificateArn: string }): GatewayDomain {
    return { name, certificate: Certificate.fromCertificateArn(this, 'Certificate', certificateArn) };
  }

  #addOutputs(
    { origin, redirectUri, table, tableKey, tokenKey, ...parts }: IntegrationParts,
    discordBaseUrl: string,
  ): void {
    const outputs = {
      GatewayUrl: { value: origin, description: 'Origin under which apps reach the gateway' },
      RedirectUri: {
        value: redirectUri,
        description: 'Add this under OAuth2, Redirects of the application in the Discord Developer Portal',
      },
      TableName: { value: table.tableName, description: 'DynamoDB table with everything stored' },
      TableKeyArn: { value: tableKey.keyArn, description: 'KMS key that encrypts the table at rest' },
      TokenKeyArn: { value: tokenKey.keyArn, description: 'KMS key without which no stored token opens' },
      IntegrationSecretArn: {
        value: parts.integrationSecretArn,
        description: 'Secrets Manager secret for client secret and bot token; empty until the operator fills it',
      },
      PortalUrl: {
        value: `${origin}${PORTAL_PATH}`,
        description: "The operator's portal: open it to set everything up",
      },
      SetupCodeSecretArn: {
        value: parts.setupCodeSecretArn,
        description: 'Secrets Manager secret with the one-time set-up code, which makes the operator key',
      },
      SetupCodeCommand: {
        value: `aws secretsmanager get-secret-value --region ${Aws.REGION} --secret-id ${parts.setupCodeSecretArn} --query SecretString --output text`,
        description: 'Prints the set-up code, which the portal asks for once',
      },
      ...(discordBaseUrl !== DEFAULT_DISCORD_BASE_URL && {
        DiscordBaseUrl: { value: discordBaseUrl, description: 'What stands in for Discord, for the operator too' },
      }),
      ...(parts.domainName && {
        DomainTarget: {
          value: parts.domainName.regionalDomainName,
          description: 'What the DNS record of the domain must point to (CNAME)',
        },
      }),
    };
    for (const [name, output] of Object.entries(outputs)) new CfnOutput(this, name, output);
  }
}
