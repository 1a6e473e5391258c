import { buildArn, LOCAL_ACCOUNT } from '../aws-account.ts';
import { AwsError } from '../aws-error.ts';
import { isJsonObject, readText, readTextMap, requireText } from '../aws-input.ts';
import type { JsonObject } from '../aws-input.ts';
import { LEADING_KEYS, RETURN_VALUES } from './condition.ts';
import type { RequestContext } from './condition.ts';
import { buildKeyAccess } from './requested-access.ts';
import type { RequestedAccess } from './requested-access.ts';
import type { StoredResources } from './stored-resources.ts';

/** Characters: a name or an ARN. */
const TABLE_NAME = { min: 1, max: 1024 };
const TEXT = { min: 0, max: 16 * 1024 * 1024 };

/**
 * What a DynamoDB request needs: its action on the table or index, with the partition keys that it names, and opening the
 * table's key by way of DynamoDB. AWS keeps an opened table key for minutes, here every request is checked.
 * @throws AwsError UnknownOperationException for an operation that is not checked here, so that none slips through
 * @see DynamoDB Developer Guide: Using IAM policy conditions for fine-grained access control · Encryption at rest: usage
 * notes ("Decrypt": the principal who accesses the table)
 */
export function toDynamoDbAccesses(
  operation: string,
  input: JsonObject,
  resources: StoredResources,
): RequestedAccess[] {
  const action = `dynamodb:${operation}`;
  switch (operation) {
    case 'GetItem':
      return onItems(action, readTable(input), [input['Key']], resources);
    case 'PutItem':
      return onItems(action, readTable(input), [input['Item']], resources, readReturnValues(input));
    case 'UpdateItem':
    case 'DeleteItem':
      return onItems(action, readTable(input), [input['Key']], resources, readReturnValues(input));
    case 'BatchGetItem':
      return readBatch(input).flatMap(([table, batch]) => onItems(action, table, toList(batch, 'Keys'), resources));
    case 'BatchWriteItem':
      return readBatch(input).flatMap(([table, writes]) => onItems(action, table, toWrittenKeys(writes), resources));
    case 'Query':
      return query(action, input, resources);
    case 'Scan':
      return withTableKey(action, readTable(input), readIndex(input), {}, resources);
    case 'DescribeTable':
      return [{ action, resource: readTable(input), context: {} }];
    default:
      throw new AwsError('UnknownOperationException', `the local check of permissions does not know ${operation}`);
  }
}

function onItems(
  action: string,
  table: string,
  items: readonly unknown[],
  resources: StoredResources,
  more: RequestContext = {},
): RequestedAccess[] {
  const partitionKey = resources.tables.get(table)?.partitionKey ?? '';
  const keys = items.map((item) => readScalar(isJsonObject(item) ? item[partitionKey] : undefined));
  // One item without a key and the request counts as naming none: a set operator must not pass over the missing one.
  const leadingKeys = keys.every((key) => key !== undefined) ? keys : [];
  return withTableKey(action, table, '', { ...more, [LEADING_KEYS]: leadingKeys }, resources);
}

/** A query of a table names one partition key. That of an index is not told: no condition can ask for it. */
function query(action: string, input: JsonObject, resources: StoredResources): RequestedAccess[] {
  const [table, index] = [readTable(input), readIndex(input)];
  if (index !== '') return withTableKey(action, table, index, {}, resources);

  const expression = readText(input, 'KeyConditionExpression', TEXT) ?? '';
  const names = readTextMap(input, 'ExpressionAttributeNames');
  const values = isJsonObject(input['ExpressionAttributeValues']) ? input['ExpressionAttributeValues'] : {};
  const leadingKeys = [...expression.matchAll(/([#\w.-]+)\s*=\s*(:\w+)/g)]
    .filter(([, name = '']) => (names[name] ?? name) === resources.tables.get(table)?.partitionKey)
    .map(([, , value = '']) => readScalar(values[value]))
    .filter((key) => key !== undefined);
  return withTableKey(action, table, '', { [LEADING_KEYS]: leadingKeys }, resources);
}

function withTableKey(
  action: string,
  table: string,
  index: string,
  context: RequestContext,
  resources: StoredResources,
): RequestedAccess[] {
  const keyArn = resources.tables.get(table)?.keyArn;
  const asked = { action, resource: `${table}${index}`, context };
  if (keyArn === undefined) return [asked];
  const encryptionContext = {
    'aws:dynamodb:tableName': table.split('/')[1] ?? '',
    'aws:dynamodb:subscriberId': LOCAL_ACCOUNT.accountId,
  };
  return [asked, buildKeyAccess('dynamodb', 'kms:Decrypt', keyArn, encryptionContext)];
}

/** ARN of the table. */
function readTable(input: JsonObject): string {
  return toTableArn(requireText(input, 'TableName', TABLE_NAME));
}

function toTableArn(nameOrArn: string): string {
  return nameOrArn.startsWith('arn:') ? nameOrArn : buildArn('dynamodb', `table/${nameOrArn}`);
}

/** What an index adds to the ARN of its table. */
function readIndex(input: JsonObject): string {
  const name = readText(input, 'IndexName', TABLE_NAME);
  return name === undefined ? '' : `/index/${name}`;
}

/** Always has a value, `NONE` unless said otherwise. */
function readReturnValues(input: JsonObject): RequestContext {
  return { [RETURN_VALUES]: [readText(input, 'ReturnValues', TEXT) ?? 'NONE'] };
}

function readBatch(input: JsonObject): [table: string, batch: unknown][] {
  const items = input['RequestItems'];
  if (!isJsonObject(items) || Object.keys(items).length === 0) {
    throw new AwsError('ValidationException', 'RequestItems must name at least one table');
  }
  return Object.entries(items).map(([table, batch]) => [toTableArn(table), batch]);
}

function toWrittenKeys(writes: unknown): unknown[] {
  return (Array.isArray(writes) ? writes : [undefined]).map((write) => {
    if (!isJsonObject(write)) return undefined;
    const [put, deletion] = [write['PutRequest'], write['DeleteRequest']];
    if (isJsonObject(put)) return put['Item'];
    return isJsonObject(deletion) ? deletion['Key'] : undefined;
  });
}

function toList(value: unknown, member: string): unknown[] {
  const list = isJsonObject(value) ? value[member] : undefined;
  return Array.isArray(list) ? list : [undefined];
}

/** The text of a string, number or binary attribute value. */
function readScalar(value: unknown): string | undefined {
  if (!isJsonObject(value)) return undefined;
  const text = value['S'] ?? value['N'] ?? value['B'];
  return typeof text === 'string' ? text : undefined;
}
