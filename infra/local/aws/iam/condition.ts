import { matchesWildcard } from './wildcard.ts';

/** What a request says about itself, by condition key. A key that the request does not have is absent or has no values. */
export type RequestContext = Readonly<Record<string, readonly string[]>>;

/** One test of a statement's `Condition`. All tests of a statement must hold. */
export interface Condition {
  readonly operator: Operator;
  readonly key: string;
  /** Alternatives: one of them must fit. */
  readonly values: readonly string[];
}

const OPERATORS = [
  'StringEquals',
  'StringLike',
  'ForAllValues:StringEquals',
  'ForAllValues:StringLike',
  'Null',
] as const;

type Operator = (typeof OPERATORS)[number];

/** Key of the partition keys that a DynamoDB request names; the only one here that can have several values. */
export const LEADING_KEYS = 'dynamodb:LeadingKeys';
export const RETURN_VALUES = 'dynamodb:ReturnValues';
export const VIA_SERVICE = 'kms:ViaService';
export const ENCRYPTION_CONTEXT_PREFIX = 'kms:EncryptionContext:';

/** Part of the encryption context of a secret that is known only once the secret has been looked up. */
const UNKNOWABLE_KEY = `${ENCRYPTION_CONTEXT_PREFIX}SecretVersionId`;

/**
 * Reads the `Condition` of a statement, intrinsic functions resolved.
 * @param at - where it stands, for the message
 * @throws Error for every operator, key or combination that is not evaluated here exactly as AWS does
 * @see IAM User Guide: IAM JSON policy elements: Condition · DynamoDB Developer Guide: Using IAM policy conditions for
 * fine-grained access control · AWS KMS Developer Guide: AWS KMS condition keys
 */
export function parseConditions(
  blocks: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  at: string,
): Condition[] {
  return Object.entries(blocks).flatMap(([operatorName, keys]) => {
    const operator = OPERATORS.find((known) => known === operatorName);
    if (operator === undefined) throw new Error(`${at}: condition operator ${operatorName} is not evaluated locally`);
    return Object.entries(keys).map(([key, value]) => {
      checkKey(key, operator, at);
      return { operator, key, values: parseValues(operator, value, `${at}: ${operator} of ${key}`) };
    });
  });
}

function checkKey(key: string, operator: Operator, at: string): void {
  const isEncryptionContext = key.startsWith(ENCRYPTION_CONTEXT_PREFIX) && key !== UNKNOWABLE_KEY;
  if (!isEncryptionContext && ![LEADING_KEYS, RETURN_VALUES, VIA_SERVICE].includes(key)) {
    throw new Error(`${at}: condition key ${key} is not evaluated locally`);
  }
  // AWS demands the set operator for LeadingKeys, and warns of it everywhere else: it passes when the key is missing.
  if (operator !== 'Null' && operator.startsWith('ForAllValues:') !== (key === LEADING_KEYS)) {
    throw new Error(`${at}: ${operator} does not go with condition key ${key}`);
  }
}

function parseValues(operator: Operator, value: unknown, at: string): string[] {
  const values = [value].flat().map((item) => (typeof item === 'boolean' ? String(item) : item));
  if (!values.every((item) => typeof item === 'string') || values.length === 0) {
    throw new Error(`${at}: expected texts`);
  }
  if (values.some((item) => item.includes('${'))) throw new Error(`${at}: policy variables are not evaluated locally`);
  if (operator === 'Null' && (values.length > 1 || !['true', 'false'].includes(values[0] ?? ''))) {
    throw new Error(`${at}: expected true or false`);
  }
  return values;
}

/**
 * Whether a condition holds for a request. Pure.
 * `ForAllValues` also holds for a request without the key, which is why statements add `Null`.
 * @see IAM User Guide: Conditions with multiple context keys or values
 */
export function isConditionMet({ operator, key, values }: Condition, context: RequestContext): boolean {
  const found = (Object.hasOwn(context, key) ? context[key] : undefined) ?? [];
  const fits = (text: string): boolean =>
    operator.endsWith('StringLike') ? values.some((pattern) => matchesWildcard(pattern, text)) : values.includes(text);

  if (operator === 'Null') return (found.length === 0) === (values[0] === 'true');
  return operator.startsWith('ForAllValues:') ? found.every(fits) : found.length > 0 && found.every(fits);
}
