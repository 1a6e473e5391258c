import { MAX_INTEGRATION_TIMEOUT_MS } from './limits.ts';
import { checkRoutes, parseRouteKey } from './match-route.ts';
import type { RouteKey } from './match-route.ts';
import type { Resolver } from './resolve-intrinsics.ts';
import { describeResource, isRecord, TemplateError } from './template.ts';
import type { Template, TemplateResource } from './template.ts';

/** CORS as configured on the API. */
export interface CorsConfiguration {
  readonly allowOrigins: readonly string[];
  readonly allowMethods: readonly string[];
  readonly allowHeaders: readonly string[];
  readonly exposeHeaders: readonly string[];
  readonly allowCredentials: boolean;
  readonly maxAgeSeconds?: number;
}

/** One route and the function that serves it. */
export interface ApiRoute {
  readonly key: RouteKey;
  readonly functionLogicalId: string;
  readonly integrationTimeoutMs: number;
}

/** What the template's one HTTP API serves. */
export interface ApiModel {
  readonly logicalId: string;
  readonly routes: readonly ApiRoute[];
  readonly cors?: CorsConfiguration;
  /** Per route; absent = unlimited (the account's own limit is not modelled). */
  readonly throttle?: { readonly burstLimit: number; readonly ratePerSecond: number };
  /** Access log line with `$context` variables. */
  readonly accessLogFormat?: string;
}

/** Resources of one type that exist (their condition is true). */
export function resourcesOfType(template: Template, resolver: Resolver, type: string): [string, TemplateResource][] {
  return Object.entries(template.Resources).filter(
    ([logicalId, resource]) =>
      resource.Type === type &&
      (resource.Condition === undefined || resolver.isTrue(resource.Condition, describeResource(template, logicalId))),
  );
}

function show(value: unknown): string {
  return value === undefined ? 'absent' : JSON.stringify(value);
}

/** Reads the properties of one resource, each resolved, with messages that name it. */
function readProperties(template: Template, resolver: Resolver, logicalId: string) {
  const where = describeResource(template, logicalId);
  const properties = template.Resources[logicalId]?.Properties ?? {};
  const get = (name: string): unknown => resolver.resolve(properties[name], `${where}: property ${name}`);
  return {
    get,
    expect: (name: string, allowed: readonly unknown[]) => {
      const value = get(name);
      if (!allowed.includes(value)) {
        const wanted = allowed.map(show).join(' or ');
        throw new TemplateError(
          `${where}: property ${name} is ${show(value)}; the local gateway implements only ${wanted}`,
        );
      }
    },
    string: (name: string) => resolver.resolveString(properties[name], `${where}: property ${name}`),
    fail: (problem: string) => new TemplateError(`${where}: ${problem}`),
  };
}

function one(template: Template, resolver: Resolver, type: string): string {
  const found = resourcesOfType(template, resolver, type);
  const [first, ...others] = found;
  if (first === undefined || others.length > 0) {
    const names = found.map(([logicalId]) => logicalId).join(', ');
    throw new TemplateError(`the local gateway serves exactly one ${type}, the template has ${found.length}: ${names}`);
  }
  return first[0];
}

function stringList(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function readCors(value: unknown): CorsConfiguration | undefined {
  if (!isRecord(value)) return undefined;
  return {
    allowOrigins: stringList(value['AllowOrigins']),
    allowMethods: stringList(value['AllowMethods']),
    allowHeaders: stringList(value['AllowHeaders']),
    exposeHeaders: stringList(value['ExposeHeaders']),
    allowCredentials: value['AllowCredentials'] === true,
    ...(typeof value['MaxAge'] === 'number' ? { maxAgeSeconds: value['MaxAge'] } : {}),
  };
}

interface Integration {
  readonly functionLogicalId: string;
  readonly timeoutMs: number;
}

function readIntegrations(
  template: Template,
  resolver: Resolver,
  functionArns: ReadonlyMap<string, string>,
): Map<string, Integration> {
  const integrations = new Map<string, Integration>();
  for (const [logicalId] of resourcesOfType(template, resolver, 'AWS::ApiGatewayV2::Integration')) {
    const { expect, get, string, fail } = readProperties(template, resolver, logicalId);
    expect('IntegrationType', ['AWS_PROXY']);
    expect('PayloadFormatVersion', ['2.0']);
    const uri = string('IntegrationUri');
    // Either the function's ARN or API Gateway's own path around it: `…:lambda:path/2015-03-31/functions/<arn>/invocations`.
    const arn = /\/functions\/(.+)\/invocations$/.exec(uri)?.[1] ?? uri;
    const functionLogicalId = functionArns.get(arn);
    if (functionLogicalId === undefined) throw fail(`IntegrationUri ${uri} is not a function of this template`);
    const timeoutMs = get('TimeoutInMillis') ?? MAX_INTEGRATION_TIMEOUT_MS;
    if (typeof timeoutMs !== 'number' || timeoutMs < 50 || timeoutMs > MAX_INTEGRATION_TIMEOUT_MS) {
      throw fail('TimeoutInMillis must be from 50 to 30000');
    }
    integrations.set(logicalId, { functionLogicalId, timeoutMs });
  }
  return integrations;
}

function readRoutes(template: Template, resolver: Resolver, integrations: Map<string, Integration>): ApiRoute[] {
  return resourcesOfType(template, resolver, 'AWS::ApiGatewayV2::Route').map(([logicalId]) => {
    const { expect, string, fail } = readProperties(template, resolver, logicalId);
    expect('AuthorizationType', ['NONE', undefined]);
    const target = string('Target');
    const integration = integrations.get(target.replace(/^integrations\//, ''));
    if (!target.startsWith('integrations/') || integration === undefined) {
      throw fail(`Target ${target} is not an integration of this template`);
    }
    const key = parseRouteKey(string('RouteKey'));
    if (key === undefined) throw fail(`RouteKey ${string('RouteKey')} is not implemented by the local gateway`);
    return { key, functionLogicalId: integration.functionLogicalId, integrationTimeoutMs: integration.timeoutMs };
  });
}

function readStage(template: Template, resolver: Resolver): Pick<ApiModel, 'throttle' | 'accessLogFormat'> {
  const stageId = one(template, resolver, 'AWS::ApiGatewayV2::Stage');
  const { expect, get } = readProperties(template, resolver, stageId);
  // A named stage would stand in front of every path, and nothing would be deployed without AutoDeploy.
  expect('StageName', ['$default']);
  expect('AutoDeploy', [true]);
  const log = get('AccessLogSettings');
  const settings = get('DefaultRouteSettings');
  const burstLimit = isRecord(settings) ? settings['ThrottlingBurstLimit'] : undefined;
  const ratePerSecond = isRecord(settings) ? settings['ThrottlingRateLimit'] : undefined;
  const limited = typeof burstLimit === 'number' && typeof ratePerSecond === 'number';
  return {
    ...(isRecord(log) && typeof log['Format'] === 'string' ? { accessLogFormat: log['Format'] } : {}),
    ...(limited ? { throttle: { burstLimit, ratePerSecond } } : {}),
  };
}

/**
 * Reads API, integrations, routes and stage. Pure. Call after `checkTemplate`.
 * @param resolver - must resolve `Ref` of an integration to its logical id
 * @param functionArns - ARN → logical id of every function
 * @param domains - the API's custom domains
 * @throws TemplateError for whatever the local gateway does not serve exactly
 * @see CloudFormation Template Reference, AWS::ApiGatewayV2
 */
export function readApi(
  template: Template,
  resolver: Resolver,
  functionArns: ReadonlyMap<string, string>,
  domains: readonly string[],
): ApiModel {
  const logicalId = one(template, resolver, 'AWS::ApiGatewayV2::Api');
  const { expect, get } = readProperties(template, resolver, logicalId);
  expect('ProtocolType', ['HTTP']);
  // Without the address that API Gateway makes up, only a domain leads there.
  expect('DisableExecuteApiEndpoint', domains.length > 0 ? [true, false, undefined] : [false, undefined]);
  const cors = readCors(get('CorsConfiguration'));
  const routes = readRoutes(template, resolver, readIntegrations(template, resolver, functionArns));
  const conflict = checkRoutes(routes.map((route) => route.key));
  if (conflict !== undefined) throw new TemplateError(`${describeResource(template, logicalId)}: ${conflict}`);
  return { logicalId, routes, ...(cors ? { cors } : {}), ...readStage(template, resolver) };
}
