import * as z from 'zod/mini';
import { parseValue } from '../parse-value.ts';
import { isConditionMet, LEADING_KEYS, parseConditions } from './condition.ts';
import type { Condition, RequestContext } from './condition.ts';
import { isArn, matchesAction, matchesResource } from './wildcard.ts';

/** One statement of an identity policy. */
export interface Statement {
  readonly effect: 'Allow' | 'Deny';
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions: readonly Condition[];
}

/** One thing that a caller must be allowed to do, as AWS puts it when it asks IAM. */
export interface Access {
  /** For example `dynamodb:GetItem`. */
  readonly action: string;
  /** ARN. */
  readonly resource: string;
  readonly context: RequestContext;
}

/** What the statements say about an access. Nothing said is a denial, too. */
export type Verdict = 'allowed' | 'denied explicitly' | 'not allowed';

const texts = z.union([z.string(), z.array(z.string()).check(z.minLength(1))]);

/** Strict: NotAction, NotResource and Principal change the meaning of a statement and are not evaluated. */
const statementSchema = z.strictObject({
  Sid: z.optional(z.string()),
  Effect: z.enum(['Allow', 'Deny']),
  Action: texts,
  Resource: texts,
  Condition: z.optional(z.record(z.string(), z.record(z.string(), z.unknown()))),
});

/**
 * Reads one statement, intrinsic functions resolved.
 * @param at - where it stands, for the message
 * @throws Error for whatever is not evaluated here exactly as AWS does
 * @see IAM User Guide: IAM JSON policy elements reference
 */
export function parseStatement(value: unknown, at: string): Statement {
  const { Effect, Action, Resource, Condition } = parseValue(statementSchema, value, at);
  const resources = [Resource].flat();
  const odd = resources.find((resource) => (resource !== '*' && !isArn(resource)) || resource.includes('${'));
  if (odd !== undefined) throw new Error(`${at}: Resource ${odd} is not evaluated locally`);
  const conditions = parseConditions(Condition ?? {}, at);
  refuseKeysOfIndex(resources, conditions, at);
  return { effect: Effect, actions: [Action].flat(), resources, conditions };
}

/** AWS says what LeadingKeys are for a table, but not for an index, whose partition key is another attribute. */
function refuseKeysOfIndex(resources: readonly string[], conditions: readonly Condition[], at: string): void {
  const mayBeIndex = resources.find((resource) => /[*?]|\/index\//.test(resource));
  if (mayBeIndex === undefined || !conditions.some(({ key }) => key === LEADING_KEYS)) return;
  throw new Error(`${at}: ${LEADING_KEYS} on ${mayBeIndex}, which may be an index, is not evaluated locally`);
}

/**
 * Decides as IAM does over one role's policies: an explicit denial wins, else one statement must allow the whole access. Pure.
 * @see IAM User Guide: Policy evaluation logic
 */
export function evaluateStatements(statements: readonly Statement[], access: Access): Verdict {
  const applying = statements.filter(
    ({ actions, resources, conditions }) =>
      actions.some((pattern) => matchesAction(pattern, access.action)) &&
      resources.some((pattern) => matchesResource(pattern, access.resource)) &&
      conditions.every((condition) => isConditionMet(condition, access.context)),
  );
  if (applying.some(({ effect }) => effect === 'Deny')) return 'denied explicitly';
  return applying.length > 0 ? 'allowed' : 'not allowed';
}
