import { CfnResource, Duration, RemovalPolicy, Validations } from 'aws-cdk-lib/core';
import {
  AttributeType,
  BillingMode,
  ProjectionType,
  Table,
  TableEncryption,
  type ITable,
} from 'aws-cdk-lib/aws-dynamodb';
import { Key, type IKey } from 'aws-cdk-lib/aws-kms';
import { CfnSecret, type ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { SETUP_CODE_LENGTH } from '../../shared/domain/operator-key.ts';
import { RECOVERY_WINDOW_DAYS, TABLE } from '../../shared/table.ts';

/** Days a scheduled key deletion can still be called off: the most that KMS offers, since a lost key loses all tokens. */
const KEY_DELETION_WINDOW_DAYS = 30;

/** Logical ids, in our own stack, of all that holds state. Another id would make a new, empty resource. */
export const LOGICAL_ID = {
  table: 'Table',
  tableKey: 'TableKey',
  tokenKey: 'TokenKey',
  integrationSecret: 'IntegrationSecret',
  setupCode: 'SetupCode',
} as const;

/** `ITable` alone would refuse CDK's own `Table` under `exactOptionalPropertyTypes`. */
export type StoredTable = ITable | Table;

/**
 * Storage that exists already, or is made elsewhere; what is absent is made. The policies of brought keys must leave the decision
 * to IAM, as the default key policy does.
 */
export interface BroughtStorage {
  /** Shaped as `docs/storage-schema.md` says, index and TTL included. Comes with both of its keys. */
  readonly table?: StoredTable;
  /** The key that encrypts the table at rest. */
  readonly tableKey?: IKey;
  /** The key that wraps the tenants' data keys. Another one than before, and no stored token opens. */
  readonly tokenKey?: IKey;
  /**
   * The operator's credentials at Discord; by its complete ARN when it is imported. Its `encryptionKey` opens it; without one
   * known, the token key.
   */
  readonly integrationSecret?: ISecret;
}

/** Where the storage comes from, and what its resources are called. */
export interface StorageProps {
  readonly brought: BroughtStorage;
  /** Gives what is made the ids of {@link LOGICAL_ID}: at most once in a stack. Otherwise they follow from the construct's path. */
  readonly pinsLogicalIds: boolean;
}

/**
 * Everything that outlives a deployment: the table, the two keys, the integration's secret and the set-up code. All of it that is made here is
 * retained when the stack goes. In our own stack its logical ids are pinned, so that moving a construct never replaces what
 * holds users' connections; elsewhere they follow from the path, which is therefore part of the contract.
 */
export class Storage extends Construct {
  readonly table: StoredTable;
  /** Encrypts the table at rest. Functions use it only by way of DynamoDB. */
  readonly tableKey: IKey;
  /** Wraps the tenants' data keys and encrypts the integration's secret: without it no token and no client secret opens. */
  readonly tokenKey: IKey;
  readonly integrationSecretArn: string;
  /** The key that encrypts the secret: the token key, unless a secret with another one was brought. */
  readonly secretKeyArn: string;
  /** The one-time code that makes the first operator key: made with the stack, also beside storage that is brought. */
  readonly setupCodeSecretArn: string;
  readonly #pinsLogicalIds: boolean;

  constructor(scope: Construct, id: string, { brought, pinsLogicalIds }: StorageProps) {
    super(scope, id);
    this.#pinsLogicalIds = pinsLogicalIds;
    if (brought.table !== undefined && (brought.tableKey === undefined || brought.tokenKey === undefined)) {
      throw new Error(
        `${this.node.path}: a table that is brought comes with tableKey and tokenKey, without which its items do not open`,
      );
    }
    this.tableKey =
      brought.tableKey ??
      this.#createKey(LOGICAL_ID.tableKey, 'Discord Integration: encrypts the DynamoDB table at rest');
    this.tokenKey =
      brought.tokenKey ??
      this.#createKey(LOGICAL_ID.tokenKey, 'Discord Integration: wraps data keys of tokens, encrypts the secret');
    this.table = brought.table ?? this.#createTable();
    const secret = brought.integrationSecret;
    // The ARN, which `Ref` gives as well; but not on every emulator of CloudFormation.
    this.integrationSecretArn =
      secret === undefined ? this.#createIntegrationSecret().attrId : this.#toCompleteArn(secret);
    this.secretKeyArn = secret?.encryptionKey?.keyArn ?? this.tokenKey.keyArn;
    this.setupCodeSecretArn = this.#createSetupCode().attrId;
  }

  #createKey(id: string, description: string): Key {
    const key = new Key(this, id, {
      description,
      enableKeyRotation: true,
      pendingWindow: Duration.days(KEY_DELETION_WINDOW_DAYS),
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.#nameResource(key, id);
    return key;
  }

  #createTable(): Table {
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
    this.#nameResource(table, LOGICAL_ID.table);
    return table;
  }

  /**
   * Created without a value: the operator puts one in, and until then a read says plainly that there is none. (The L2 construct
   * would generate a random value, which looks like a malformed secret, and a value in the template would be written back over
   * the operator's whenever the resource changes.)
   */
  #createIntegrationSecret(): CfnSecret {
    const secret = new CfnSecret(this, LOGICAL_ID.integrationSecret, {
      description: 'Discord Integration: client secret and bot token of the Discord application',
      kmsKeyId: this.tokenKey.keyArn,
    });
    secret.applyRemovalPolicy(RemovalPolicy.RETAIN);
    if (this.#pinsLogicalIds) secret.overrideLogicalId(LOGICAL_ID.integrationSecret);
    Validations.of(secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason:
        'Discord has no API that rotates a client secret or a bot token: the operator resets them in the Developer Portal and puts the new value here.',
    });
    return secret;
  }

  /**
   * With a value from the start, which nobody knows but who may read the secret. It makes one operator key; who has lost that puts
   * another value in. (A change of these rules would make a new value, and with it a new way in: leave them alone.)
   */
  #createSetupCode(): CfnSecret {
    const secret = new CfnSecret(this, LOGICAL_ID.setupCode, {
      description: 'Discord Integration: one-time set-up code that makes the operator key',
      kmsKeyId: this.tokenKey.keyArn,
      generateSecretString: { passwordLength: SETUP_CODE_LENGTH, excludePunctuation: true },
    });
    secret.applyRemovalPolicy(RemovalPolicy.RETAIN);
    if (this.#pinsLogicalIds) secret.overrideLogicalId(LOGICAL_ID.setupCode);
    Validations.of(secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason:
        'The code is used up by the operator key that it makes; another one would be a new way in, so it changes only when an operator asks for it.',
    });
    return secret;
  }

  /** With the six characters that Secrets Manager appends: conditions of IAM compare the whole. */
  #toCompleteArn(secret: ISecret): string {
    if (secret.secretFullArn !== undefined) return secret.secretFullArn;
    throw new Error(
      `${this.node.path}: import integrationSecret by Secret.fromSecretCompleteArn; a name or a partial ARN gives no permission to read it`,
    );
  }

  /** An L2 construct's default child is its CloudFormation resource. */
  #nameResource({ node }: Construct, logicalId: string): void {
    if (!this.#pinsLogicalIds) return;
    if (!CfnResource.isCfnResource(node.defaultChild)) throw new Error(`${node.path} has no resource to name`);
    node.defaultChild.overrideLogicalId(logicalId);
  }
}
