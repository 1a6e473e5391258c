import { buildFunctionEnvironment } from './function-environment.ts';
import type { EnvironmentSources } from './function-environment.ts';
import { resourcesOfType } from './read-api.ts';
import { toLocalAddress } from './read-domains.ts';
import type { Resolver } from './resolve-intrinsics.ts';
import { describeResource, isRecord, TemplateError } from './template.ts';
import type { Template } from './template.ts';

/** One function as it runs. */
export interface FunctionModel {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  /** `file.export`, relative to the code's directory. */
  readonly handler: string;
  readonly timeoutMs: number;
  readonly memoryMegabytes: number;
  readonly logGroupName: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Names of the variables that the template sets. */
  readonly declaredVariables: readonly string[];
  /** Sandboxes that may exist at once by the template; absent = no limit of its own. */
  readonly reservedConcurrency?: number;
}

/** Lambda's default time-out, 3 s, and memory, 128 MB. */
const DEFAULT_TIMEOUT_SECONDS = 3;
const DEFAULT_MEMORY_MEGABYTES = 128;

/**
 * Name of a function: the template's literal, else stack name and logical id (CloudFormation would add a random suffix).
 * @throws TemplateError if the name is not a literal
 */
export function functionName(template: Template, logicalId: string, stackName: string): string {
  const name = template.Resources[logicalId]?.Properties['FunctionName'];
  if (name === undefined) return `${stackName}-${logicalId}`.slice(0, 64);
  if (typeof name === 'string') return name;
  throw new TemplateError(`${describeResource(template, logicalId)}: FunctionName must be a literal here`);
}

function readNumber(value: unknown, fallback: number, at: string): number {
  if (value === undefined) return fallback;
  if (typeof value === 'number' && value >= 0) return value;
  throw new TemplateError(`${at}: expected a number, found ${JSON.stringify(value)}`);
}

function readStrings(value: unknown, at: string): Record<string, string> {
  if (value === undefined) return {};
  if (!isRecord(value)) throw new TemplateError(`${at}: expected an object`);
  const entries = Object.entries(value).map(([name, item]): [string, string] => {
    if (typeof item === 'string') return [name, item];
    if (typeof item === 'number' || typeof item === 'boolean') return [name, String(item)];
    throw new TemplateError(`${at}.${name}: expected a string, found ${JSON.stringify(item)}`);
  });
  return Object.fromEntries(entries);
}

function readFunction(
  template: Template,
  resolver: Resolver,
  logicalId: string,
  arnOf: (logicalId: string) => { readonly name: string; readonly arn: string },
  sources: EnvironmentSources,
): FunctionModel {
  const where = describeResource(template, logicalId);
  const properties = template.Resources[logicalId]?.Properties ?? {};
  const at = (name: string) => `${where}: property ${name}`;
  const get = (name: string) => resolver.resolve(properties[name], at(name));
  const runtime = resolver.resolveString(properties['Runtime'] ?? '', at('Runtime'));
  if (!/^nodejs\d+\.x$/.test(runtime) || (get('PackageType') ?? 'Zip') !== 'Zip') {
    throw new TemplateError(
      `${at('Runtime')}: only Node.js functions from a directory are implemented, not ${runtime || 'images'}`,
    );
  }
  const logging = get('LoggingConfig');
  const loggingValues = readStrings(logging, at('LoggingConfig'));
  const { name, arn } = arnOf(logicalId);
  const model = {
    logicalId,
    name,
    arn,
    handler: resolver.resolveString(properties['Handler'], at('Handler')),
    timeoutMs: readNumber(get('Timeout'), DEFAULT_TIMEOUT_SECONDS, at('Timeout')) * 1000,
    memoryMegabytes: readNumber(get('MemorySize'), DEFAULT_MEMORY_MEGABYTES, at('MemorySize')),
    logGroupName: loggingValues['LogGroup'] ?? `/aws/lambda/${name}`,
  };
  const environment = resolver.resolve(properties['Environment'], at('Environment'));
  const variables = readStrings(isRecord(environment) ? environment['Variables'] : undefined, at('Environment'));
  const declared = Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [
      name,
      toLocalAddress(value, sources.domains, sources.publicOrigin, `${at('Environment')}: ${name}`),
    ]),
  );
  refuseExecuteApiAddress(declared, at('Environment'));
  const reserved = get('ReservedConcurrentExecutions');
  return {
    ...model,
    environment: buildFunctionEnvironment({ ...model, runtime, logging: loggingValues, declared }, sources),
    declaredVariables: Object.keys(declared),
    ...(reserved === undefined
      ? {}
      : { reservedConcurrency: readNumber(reserved, 0, at('ReservedConcurrentExecutions')) }),
  };
}

/** An address put together from the API's id would leave this machine; only the attribute can be given a local value. */
function refuseExecuteApiAddress(variables: Readonly<Record<string, string>>, at: string): void {
  const found = Object.entries(variables).find(([, value]) => value.includes('.execute-api.'));
  if (found === undefined) return;
  throw new TemplateError(
    `${at}: ${found[0]} is composed to ${found[1]}; use the attribute ApiEndpoint of the API instead`,
  );
}

/**
 * Reads every function of the template, with its whole environment. Pure. Call after `checkTemplate`.
 * @throws TemplateError naming function and variable for a reference without a local value
 * @see CloudFormation Template Reference, AWS::Lambda::Function
 */
export function readFunctions(
  template: Template,
  resolver: Resolver,
  arnOf: (logicalId: string) => { readonly name: string; readonly arn: string },
  sources: EnvironmentSources,
): Map<string, FunctionModel> {
  const functions = new Map<string, FunctionModel>();
  for (const [logicalId] of resourcesOfType(template, resolver, 'AWS::Lambda::Function')) {
    functions.set(logicalId, readFunction(template, resolver, logicalId, arnOf, sources));
  }
  return functions;
}
