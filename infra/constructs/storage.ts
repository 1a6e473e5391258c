import { ArnFormat, CfnResource, Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib/core';
import { AttributeType, BillingMode, ProjectionType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { Key } from 'aws-cdk-lib/aws-kms';
import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { TABLE } from '../../shared/table.ts';
import type { ExistingStorage } from '../deployment-context.ts';

/** Days within which the table can be restored to any second; a shredded data key is gone for good only after them. */
const RECOVERY_WINDOW_DAYS = 7;

/** Days a scheduled key deletion can still be called off: the most that KMS offers, since a lost key loses all tokens. */
const KEY_DELETION_WINDOW_DAYS = 30;

/** Logical ids of all that holds state. Another id would make a new, empty resource. */
export const LOGICAL_ID = {
  table: 'Table',
  tableKey: 'TableKey',
  tokenKey: 'TokenKey',
  integrationSecret: 'IntegrationSecret',
} as const;

/** Where the storage comes from. */
export interface StorageProps {
  /** Storage of an earlier deployment to work on. Absent: the stack makes its own. */
  readonly existing: ExistingStorage | undefined;
}

/**
 * Everything that outlives a deployment: the table, the two keys and the integration's secret. All of it is retained when the
 * stack goes, and its logical ids are pinned, so that moving a construct never replaces what holds users' connections.
 * What an earlier deployment left can be taken over instead: then this construct makes nothing and refers to that.
 */
export class Storage extends Construct {
  readonly tableName: string;
  readonly tableArn: string;
  /** Encrypts the table at rest. Functions use it only by way of DynamoDB. */
  readonly tableKeyArn: string;
  /** Wraps the tenants' data keys and encrypts the integration's secret: without it no token and no client secret opens. */
  readonly tokenKeyArn: string;
  readonly integrationSecretArn: string;

  constructor(scope: Construct, id: string, { existing }: StorageProps) {
    super(scope, id);
    if (existing !== undefined) {
      this.tableName = existing.tableName;
      this.tableArn = Stack.of(this).formatArn({
        service: 'dynamodb',
        resource: 'table',
        resourceName: existing.tableName,
        arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
      });
      this.tableKeyArn = existing.tableKeyArn;
      this.tokenKeyArn = existing.tokenKeyArn;
      this.integrationSecretArn = existing.integrationSecretArn;
      return;
    }
    const tableKey = this.#createKey(LOGICAL_ID.tableKey, 'Discord Integration: encrypts the DynamoDB table at rest');
    const tokenKey = this.#createKey(
      LOGICAL_ID.tokenKey,
      'Discord Integration: wraps data keys of tokens, encrypts the secret',
    );
    const table = this.#createTable(tableKey);
    this.tableName = table.tableName;
    this.tableArn = table.tableArn;
    this.tableKeyArn = tableKey.keyArn;
    this.tokenKeyArn = tokenKey.keyArn;
    // The ARN, which `Ref` gives as well; but not on every emulator of CloudFormation.
    this.integrationSecretArn = this.#createIntegrationSecret(tokenKey).attrId;
  }

  #createKey(id: string, description: string): Key {
    const key = new Key(this, id, {
      description,
      enableKeyRotation: true,
      pendingWindow: Duration.days(KEY_DELETION_WINDOW_DAYS),
      removalPolicy: RemovalPolicy.RETAIN,
    });
    pinLogicalId(key, id);
    return key;
  }

  #createTable(tableKey: Key): Table {
    const { partitionKey, sortKey, ttlAttribute, listIndex } = TABLE;
    const table = new Table(this, LOGICAL_ID.table, {
      partitionKey: { name: partitionKey, type: AttributeType.STRING },
      sortKey: { name: sortKey, type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      timeToLiveAttribute: ttlAttribute,
      pointInTimeRecoverySpecification: {
        pointInTimeRecoveryEnabled: true,
        recoveryPeriodInDays: RECOVERY_WINDOW_DAYS,
      },
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: tableKey,
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    table.addGlobalSecondaryIndex({
      indexName: listIndex.name,
      partitionKey: { name: listIndex.partitionKey, type: AttributeType.STRING },
      sortKey: { name: listIndex.sortKey, type: AttributeType.STRING },
      projectionType: ProjectionType.KEYS_ONLY,
    });
    pinLogicalId(table, LOGICAL_ID.table);
    return table;
  }

  /**
   * Created without a value: the operator puts one in, and until then a read says plainly that there is none. (The L2 construct
   * would generate a random value, which looks like a malformed secret, and a value in the template would be written back over
   * the operator's whenever the resource changes.)
   */
  #createIntegrationSecret(tokenKey: Key): CfnSecret {
    const secret = new CfnSecret(this, LOGICAL_ID.integrationSecret, {
      description: 'Discord Integration: client secret and bot token of the Discord application',
      kmsKeyId: tokenKey.keyArn,
    });
    secret.applyRemovalPolicy(RemovalPolicy.RETAIN);
    secret.overrideLogicalId(LOGICAL_ID.integrationSecret);
    Validations.of(secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason:
        'Discord has no API that rotates a client secret or a bot token: the operator resets them in the Developer Portal and puts the new value here.',
    });
    return secret;
  }
}

/** An L2 construct's default child is its CloudFormation resource. */
function pinLogicalId({ node }: Construct, logicalId: string): void {
  if (!CfnResource.isCfnResource(node.defaultChild)) throw new Error(`${node.path} has no resource to name`);
  node.defaultChild.overrideLogicalId(logicalId);
}
