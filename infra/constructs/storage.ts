import { CfnResource, Duration, RemovalPolicy, Validations } from 'aws-cdk-lib/core';
import { AttributeType, BillingMode, ProjectionType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { Key } from 'aws-cdk-lib/aws-kms';
import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { TABLE } from '../../shared/table.ts';

/** Days within which the table can be restored to any second; a shredded data key is gone for good only after them. */
const RECOVERY_WINDOW_DAYS = 7;

/** Days a scheduled key deletion can still be called off: the most that KMS offers, since a lost key loses all tokens. */
const KEY_DELETION_WINDOW_DAYS = 30;

/**
 * Everything that outlives a deployment: the table, the two keys and the integration's secret. All of it is retained when the
 * stack goes, and its logical ids are pinned, so that moving a construct never replaces what holds users' connections.
 */
export class Storage extends Construct {
  readonly table: Table;
  /** Encrypts the table at rest. Functions use it only by way of DynamoDB. */
  readonly tableKey: Key;
  /** Wraps the tenants' data keys and encrypts the integration's secret: without it no token and no client secret opens. */
  readonly tokenKey: Key;
  readonly integrationSecret: CfnSecret;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.tableKey = this.#createKey('TableKey', 'Discord Integration: encrypts the DynamoDB table at rest');
    this.tokenKey = this.#createKey('TokenKey', 'Discord Integration: wraps data keys of tokens, encrypts the secret');
    this.table = this.#createTable();
    this.integrationSecret = this.#createIntegrationSecret();
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

  #createTable(): Table {
    const { partitionKey, sortKey, ttlAttribute, listIndex } = TABLE;
    const table = new Table(this, 'Table', {
      partitionKey: { name: partitionKey, type: AttributeType.STRING },
      sortKey: { name: sortKey, type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      timeToLiveAttribute: ttlAttribute,
      pointInTimeRecoverySpecification: {
        pointInTimeRecoveryEnabled: true,
        recoveryPeriodInDays: RECOVERY_WINDOW_DAYS,
      },
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: this.tableKey,
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    table.addGlobalSecondaryIndex({
      indexName: listIndex.name,
      partitionKey: { name: listIndex.partitionKey, type: AttributeType.STRING },
      sortKey: { name: listIndex.sortKey, type: AttributeType.STRING },
      projectionType: ProjectionType.KEYS_ONLY,
    });
    pinLogicalId(table, 'Table');
    return table;
  }

  /**
   * Created without a value: the operator puts one in, and until then a read says plainly that there is none. (The L2 construct
   * would generate a random value, which looks like a malformed secret, and a value in the template would be written back over
   * the operator's whenever the resource changes.)
   */
  #createIntegrationSecret(): CfnSecret {
    const secret = new CfnSecret(this, 'IntegrationSecret', {
      description: 'Discord Integration: client secret and bot token of the Discord application',
      kmsKeyId: this.tokenKey.keyArn,
    });
    secret.applyRemovalPolicy(RemovalPolicy.RETAIN);
    secret.overrideLogicalId('IntegrationSecret');
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
