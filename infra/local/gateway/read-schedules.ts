import { resourcesOfType } from './read-api.ts';
import type { Resolver } from './resolve-intrinsics.ts';
import { describeResource, isRecord, TemplateError } from './template.ts';
import type { Template } from './template.ts';

/** One rule that starts a function again and again. */
export interface ScheduleModel {
  readonly logicalId: string;
  readonly arn: string;
  readonly functionLogicalId: string;
  readonly everyMs: number;
}

const UNIT_MS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** Settings of a target that are served; how often a failed delivery is repeated must say: never. */
const TARGET_SETTINGS = ['Arn', 'Id', 'RetryPolicy'];

/**
 * Reads a rate.
 * @returns milliseconds
 * @throws TemplateError for everything else, a `cron(…)` included
 * @see EventBridge docs: Rate expressions (the unit is singular after 1, and plural otherwise)
 */
export function parseRate(expression: string, at: string): number {
  const [, count = '', unit = '', plural] = /^rate\(([1-9][0-9]*) (minute|hour|day)(s?)\)$/.exec(expression) ?? [];
  const unitMs = UNIT_MS[unit];
  if (unitMs === undefined || (count === '1') !== (plural === '')) {
    throw new TemplateError(`${at}: "${expression}" is not implemented, only rate(N minutes), hours or days`);
  }
  return Number(count) * unitMs;
}

/**
 * Reads the rules that start functions on a schedule; a disabled one is left out. Pure. Call after `checkTemplate`.
 * @param functions - logical ids of the functions, by ARN
 * @param arnOf - ARN of a rule
 * @throws TemplateError naming the rule, for what would not be served exactly
 */
export function readSchedules(
  template: Template,
  resolver: Resolver,
  functions: ReadonlyMap<string, string>,
  arnOf: (logicalId: string) => string,
): Map<string, ScheduleModel> {
  const unrepeated = readUnrepeated(template);
  const schedules = new Map<string, ScheduleModel>();
  for (const [logicalId, { Properties }] of resourcesOfType(template, resolver, 'AWS::Events::Rule')) {
    const where = describeResource(template, logicalId);
    const at = (name: string) => `${where}: property ${name}`;
    const state = resolver.resolve(Properties['State'], at('State')) ?? 'ENABLED';
    if (state === 'DISABLED') continue;
    if (state !== 'ENABLED') throw new TemplateError(`${at('State')}: ${JSON.stringify(state)} is not implemented`);
    const expression = resolver.resolveString(Properties['ScheduleExpression'] ?? '', at('ScheduleExpression'));
    const functionLogicalId = readTarget(
      resolver.resolve(Properties['Targets'], at('Targets')),
      functions,
      at('Targets'),
    );
    if (!unrepeated.has(functionLogicalId)) {
      const event = `an AWS::Lambda::EventInvokeConfig with MaximumRetryAttempts 0 for ${functionLogicalId}`;
      throw new TemplateError(
        `${where}: a run that failed would be repeated, which is not implemented; there is not ${event}`,
      );
    }
    const everyMs = parseRate(expression, at('ScheduleExpression'));
    schedules.set(logicalId, { logicalId, arn: arnOf(logicalId), functionLogicalId, everyMs });
  }
  return schedules;
}

/** The one function that a rule starts. */
function readTarget(targets: unknown, functions: ReadonlyMap<string, string>, at: string): string {
  const [target, ...others] = Array.isArray(targets) ? (targets as unknown[]) : [];
  if (!isRecord(target) || others.length > 0) throw new TemplateError(`${at}: expected exactly one target`);
  const unknown = Object.keys(target).find((setting) => !TARGET_SETTINGS.includes(setting));
  if (unknown !== undefined) throw new TemplateError(`${at}: ${unknown} is not implemented by the local gateway`);
  const retryPolicy = target['RetryPolicy'];
  if (!isRecord(retryPolicy) || retryPolicy['MaximumRetryAttempts'] !== 0) {
    throw new TemplateError(`${at}: RetryPolicy must say MaximumRetryAttempts 0, others are not implemented`);
  }
  const functionLogicalId = functions.get(String(target['Arn']));
  if (functionLogicalId === undefined) throw new TemplateError(`${at}: the target is no function of this template`);
  return functionLogicalId;
}

/** Functions whose failed asynchronous runs Lambda does not repeat; by default it does twice. */
function readUnrepeated(template: Template): Set<string> {
  const configs = Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::Lambda::EventInvokeConfig');
  return new Set(
    configs
      .filter(({ Properties }) => Properties['MaximumRetryAttempts'] === 0)
      .map(({ Properties: { FunctionName } }) => (isRecord(FunctionName) ? String(FunctionName['Ref']) : '')),
  );
}
