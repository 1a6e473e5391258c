import * as z from 'zod/mini';
import type { AccessReasons } from '../constructs/access-reasons.ts';
import { LOGICAL_ID } from '../constructs/storage.ts';

/**
 * What a permission is about. `log`, `tableKey` and `secretKey` come with others and have the same reason everywhere, and so has
 * `note`: writing, and finding, items of {@link NOTES} only.
 */
export type PermissionKind = keyof AccessReasons | 'note' | 'log' | 'tableKey' | 'secretKey';

/** Items that whoever works on a request writes down beside it, by the pattern of their keys, and what they hold. */
export const NOTES: Readonly<Record<string, string>> = {
  'AUDIT#*': 'what is to stand in the audit trail',
  'GATE#*': "what Discord says of the integration's credentials",
  'KEYUSE#*': 'that an API key was used',
  'OPTRIES#*': "that somebody's try to sign in as operator has failed",
  'SWEEP#*': 'how far the sweep has come',
  'TODO#*': 'what is left to do, so that the sweep does not forget it',
};

/** One statement of a function's role, in words. */
export interface Permission {
  readonly kind: PermissionKind;
  readonly actions: readonly string[];
  readonly resource: string;
  /** Patterns of partition keys; empty where there are none. */
  readonly items: readonly string[];
  /** Empty: none. */
  readonly condition: string;
}

/** Everything that the role of one function allows. */
export interface FunctionPermissions {
  /** Path of its construct below the stack: `Callback`, `Actions/Users`. */
  readonly functionPath: string;
  readonly permissions: readonly Permission[];
}

/** Thrown when the template allows something that has no words here, and so nobody has listed. */
export class UnlistedPermissionError extends Error {
  override name = 'UnlistedPermissionError';
}

const statementSchema = z.strictObject({
  Effect: z.literal('Allow'),
  Action: z.union([z.string(), z.array(z.string())]),
  Resource: z.unknown(),
  Condition: z.optional(z.record(z.string(), z.record(z.string(), z.unknown()))),
});
const policySchema = z.strictObject({
  PolicyDocument: z.strictObject({ Version: z.string(), Statement: z.array(statementSchema) }),
  PolicyName: z.string(),
  Roles: z.tuple([z.strictObject({ Ref: z.string() })]),
});
const templateSchema = z.object({
  Resources: z.record(
    z.string(),
    z.object({
      Type: z.string(),
      Properties: z.optional(z.record(z.string(), z.unknown())),
      Metadata: z.optional(z.object({ 'aws:cdk:path': z.string() })),
    }),
  ),
});

/**
 * Reads every role of a synthesized template. Pure.
 * @returns one entry for each function, in order of its path
 * @throws UnlistedPermissionError at a wildcard, and at whatever has no words here
 */
export function readPermissions(template: unknown): FunctionPermissions[] {
  const { Resources } = z.parse(templateSchema, template);
  const pathOf = (logicalId: string) =>
    (Resources[logicalId]?.Metadata?.['aws:cdk:path'] ?? '').split('/').slice(1).join('/');
  const roles = Object.entries(Resources).filter(([, { Type }]) => Type === 'AWS::IAM::Role');
  return roles
    .map(([roleId]) => ({
      functionPath: pathOf(roleId).replace(/\/Role\/Resource$/, ''),
      permissions: Object.values(Resources)
        .filter(({ Type }) => Type === 'AWS::IAM::Policy')
        .map(({ Properties }) => z.parse(policySchema, Properties))
        .filter(({ Roles: [{ Ref }] }) => Ref === roleId)
        .flatMap(({ PolicyDocument }) => PolicyDocument.Statement.map((statement) => toPermission(statement, pathOf))),
    }))
    .sort((a, b) => a.functionPath.localeCompare(b.functionPath));
}

function toPermission(
  { Action, Resource, Condition = {} }: z.infer<typeof statementSchema>,
  pathOf: (logicalId: string) => string,
): Permission {
  const actions = [Action].flat();
  const wildcard = actions.find((action) => action.includes('*'));
  if (wildcard !== undefined) throw new UnlistedPermissionError(`wildcard action ${wildcard}`);
  const resource = toResourceText(Resource, actions, pathOf);
  const conditions = Object.entries(Condition).flatMap(([operator, keys]) =>
    Object.entries(keys).flatMap(([key, value]) => toConditionText(operator, key, value)),
  );
  const items = readItemPatterns(Condition);
  const kind = toKind(actions, resource, conditions, items);
  return { kind, actions, resource, items, condition: conditions.join(', ') };
}

function readItemPatterns(condition: NonNullable<z.infer<typeof statementSchema>['Condition']>): string[] {
  const patterns = condition['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'];
  return Array.isArray(patterns) ? patterns.map(String) : [];
}

const RESOURCES = {
  table: 'the table',
  index: 'the list index',
  tableKey: 'table key',
  tokenKey: 'token key',
} as const;
const OWN_LOG = 'its own log group';
const SECRET = "the integration's secret";
const SETUP_CODE = 'the set-up code';
const SPILLS = 'secrets of this deployment below `spill/`';
const FIGURES = 'all figures of the account';
const READ_FIGURES = 'cloudwatch:GetMetricData';

/** One of the two resources with a wildcard, beside `*` for figures: secrets of this stack, account and region whose names begin with its own and `/spill/`. */
const SPILL_ARN =
  /^\{"Fn::Join":\["",\["arn:",\{"Ref":"AWS::Partition"\},":secretsmanager:",\{"Ref":"AWS::Region"\},":",\{"Ref":"AWS::AccountId"\},":secret:[\w/+=.@-]+\/spill\/\*"\]\]\}$/;

function toResourceText(resource: unknown, actions: readonly string[], pathOf: (logicalId: string) => string): string {
  // There is no other resource for it.
  if (resource === '*' && actions.every((action) => action === READ_FIGURES)) return FIGURES;
  const text = JSON.stringify(resource);
  const arn = (logicalId: string, attribute: string) => JSON.stringify({ 'Fn::GetAtt': [logicalId, attribute] });
  if (text === arn(LOGICAL_ID.table, 'Arn')) return RESOURCES.table;
  if (text === arn(LOGICAL_ID.tableKey, 'Arn')) return RESOURCES.tableKey;
  if (text === arn(LOGICAL_ID.tokenKey, 'Arn')) return RESOURCES.tokenKey;
  if (text === arn(LOGICAL_ID.integrationSecret, 'Id')) return SECRET;
  if (text === arn(LOGICAL_ID.setupCode, 'Id')) return SETUP_CODE;
  if (text.startsWith('{"Fn::Join":["",[') && /\/index\/[a-z0-9]+"\]\]\}$/.test(text)) return RESOURCES.index;
  if (SPILL_ARN.test(text)) return SPILLS;
  const logGroup = /^\{"Fn::GetAtt":\["([A-Za-z0-9]+)","Arn"\]\}$/.exec(text)?.[1];
  if (logGroup !== undefined && pathOf(logGroup).endsWith('/Logs/Resource')) return OWN_LOG;
  throw new UnlistedPermissionError(`resource without words: ${text}`);
}

function toConditionText(operator: string, key: string, value: unknown): string[] {
  const name = `${operator} ${key}`;
  if (name === 'ForAllValues:StringLike dynamodb:LeadingKeys' && Array.isArray(value)) {
    return [`items ${value.map((prefix) => `\`${String(prefix)}\``).join(' ')}`];
  }
  if (name === 'Null dynamodb:LeadingKeys' && value === 'false') return [];
  if (name === 'StringEquals kms:EncryptionContext:purpose') return [`context purpose=${String(value)}`];
  if (name === 'StringEquals kms:EncryptionContext:SecretARN') return ['context of that secret'];
  const service = /\["(dynamodb|secretsmanager)\.",/.exec(JSON.stringify(value))?.[1];
  if (name === 'StringEquals kms:ViaService' && service !== undefined) return [`by way of ${service}`];
  throw new UnlistedPermissionError(`condition without words: ${name} ${JSON.stringify(value)}`);
}

const READS = ['dynamodb:BatchGetItem', 'dynamodb:GetItem'];
const WRITES = ['dynamodb:DeleteItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'];
/** Lists items of one partition. */
const QUERY = 'dynamodb:Query';
const SPILL_ACTIONS = ['CreateSecret', 'DeleteSecret', 'GetSecretValue', 'PutSecretValue', 'TagResource'].map(
  (action) => `secretsmanager:${action}`,
);
const SECRET_WRITE = ['secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue'];
const LOGS = ['logs:CreateLogStream', 'logs:PutLogEvents'];
const DATA_KEYS = ['kms:Decrypt', 'kms:GenerateDataKey'];

function toKind(
  actions: readonly string[],
  resource: string,
  conditions: readonly string[],
  items: readonly string[],
): PermissionKind {
  const areAll = (allowed: readonly string[]) => actions.every((action) => allowed.includes(action));
  const hasCondition = (start: string) => conditions.some((condition) => condition.startsWith(start));
  if (resource === OWN_LOG && areAll(LOGS)) return 'log';
  if (resource === RESOURCES.table && items.length > 0) {
    if (areAll(READS)) return 'read';
    if (areAll([...WRITES, QUERY]) && items.every((pattern) => pattern in NOTES)) return 'note';
    if (areAll(WRITES)) return 'write';
    if (areAll([QUERY])) return 'query';
  }
  if (resource === RESOURCES.index && areAll([QUERY])) return 'list';
  if (resource === RESOURCES.tableKey && hasCondition('by way of dynamodb')) return 'tableKey';
  if (resource === RESOURCES.tokenKey && areAll(DATA_KEYS) && hasCondition('context purpose=')) return 'dataKeys';
  if (resource === SECRET && areAll(['secretsmanager:GetSecretValue'])) return 'secret';
  if (resource === SECRET && areAll(SECRET_WRITE)) return 'secretWrite';
  if (resource === SETUP_CODE && areAll(['secretsmanager:GetSecretValue'])) return 'setupCode';
  if (resource === SPILLS && areAll(SPILL_ACTIONS)) return 'spills';
  if (resource === FIGURES && areAll([READ_FIGURES])) return 'metrics';
  const isForSecret = hasCondition('by way of secretsmanager') && hasCondition('context of that secret');
  if (resource === RESOURCES.tokenKey && areAll(DATA_KEYS) && isForSecret) return 'secretKey';
  throw new UnlistedPermissionError(`${actions.join(', ')} on ${resource} (${conditions.join(', ')}) is not listed`);
}
