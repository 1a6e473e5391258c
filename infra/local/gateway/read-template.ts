import type { ApiIdentity } from './build-event.ts';
import { checkTemplate } from './check-template.ts';
import type { Assembly } from './load-assembly.ts';
import { readApi } from './read-api.ts';
import type { ApiModel } from './read-api.ts';
import { readDomains } from './read-domains.ts';
import { functionName, readFunctions } from './read-functions.ts';
import type { FunctionModel } from './read-functions.ts';
import { readSchedules } from './read-schedules.ts';
import type { ScheduleModel } from './read-schedules.ts';
import { createResolver } from './resolve-intrinsics.ts';
import type { LocalResource } from './resolve-intrinsics.ts';
import { TemplateError } from './template.ts';

/** What a template is read with. */
export interface ReadTemplateOptions {
  readonly assembly: Assembly;
  readonly resources: ReadonlyMap<string, LocalResource>;
  readonly environment: Readonly<Record<string, string>>;
  readonly credentialsOf?: (functionLogicalId: string) => Readonly<Record<string, string>>;
  readonly overrideEnvironment?: Readonly<Record<string, string>>;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly publicOrigin: string;
}

/** A template, ready to be served. */
export interface TemplateModel {
  readonly api: ApiModel;
  readonly functions: ReadonlyMap<string, FunctionModel>;
  /** By logical id. */
  readonly schedules: ReadonlyMap<string, ScheduleModel>;
  readonly identity: ApiIdentity;
  readonly region: string;
}

/** Account of everything local, and region unless `AWS_REGION` says otherwise. */
const LOCAL_ACCOUNT_ID = '000000000000';
const DEFAULT_REGION = 'us-east-1';
const LOCAL_API_ID = 'local';

/** Values of `Ref` and `Fn::GetAtt` for what the gateway itself serves; the log groups' names are the gateway's invention. */
function ownResources(assembly: Assembly, publicOrigin: string, arnPrefix: (service: string) => string) {
  const resources = new Map<string, LocalResource>();
  for (const [logicalId, { Type, Properties }] of Object.entries(assembly.template.Resources)) {
    if (Type === 'AWS::Lambda::Function') {
      const name = functionName(assembly.template, logicalId, assembly.stackName);
      resources.set(logicalId, { ref: name, attributes: { Arn: `${arnPrefix('lambda')}:function:${name}` } });
    } else if (Type === 'AWS::Events::Rule') {
      const name = `${assembly.stackName}-${logicalId}`;
      resources.set(logicalId, { ref: name, attributes: { Arn: `${arnPrefix('events')}:rule/${name}` } });
    } else if (Type === 'AWS::ApiGatewayV2::Api') {
      resources.set(logicalId, { ref: LOCAL_API_ID, attributes: { ApiEndpoint: publicOrigin, ApiId: LOCAL_API_ID } });
    } else if (Type === 'AWS::ApiGatewayV2::DomainName' && typeof Properties['DomainName'] === 'string') {
      resources.set(logicalId, { ref: Properties['DomainName'], attributes: {} });
    } else if (Type === 'AWS::ApiGatewayV2::Integration') {
      resources.set(logicalId, { ref: logicalId, attributes: {} });
    } else if (Type === 'AWS::ApiGatewayV2::Stage') {
      resources.set(logicalId, { ref: '$default', attributes: {} });
    } else if (Type === 'AWS::Logs::LogGroup') {
      const given = Properties['LogGroupName'];
      const name = typeof given === 'string' ? given : `${assembly.stackName}-${logicalId}`;
      resources.set(logicalId, { ref: name, attributes: { Arn: `${arnPrefix('logs')}:log-group:${name}:*` } });
    }
  }
  return resources;
}

function refuseUnknownOverrides(functions: ReadonlyMap<string, FunctionModel>, names: string[]): void {
  const all = [...functions.values()];
  const unknown = names.find((name) => !all.some((model) => model.declaredVariables.includes(name)));
  if (unknown !== undefined)
    throw new TemplateError(`overrideEnvironment: no function of the template declares ${unknown}`);
}

/**
 * Checks and reads a whole template. Pure.
 * @throws TemplateError naming logical id and construct for whatever would not be served exactly
 */
export function readTemplate(options: ReadTemplateOptions): TemplateModel {
  const { assembly, environment, publicOrigin } = options;
  const { template, stackName } = assembly;
  checkTemplate(template);
  const region = environment['AWS_REGION'] ?? DEFAULT_REGION;
  const own = ownResources(assembly, publicOrigin, (service) => `arn:aws:${service}:${region}:${LOCAL_ACCOUNT_ID}`);
  const resolver = createResolver({
    template,
    pseudoParameters: {
      'AWS::AccountId': LOCAL_ACCOUNT_ID,
      'AWS::Partition': 'aws',
      'AWS::Region': region,
      'AWS::StackId': `arn:aws:cloudformation:${region}:${LOCAL_ACCOUNT_ID}:stack/${stackName}/local`,
      'AWS::StackName': stackName,
      'AWS::URLSuffix': 'amazonaws.com',
    },
    parameters: options.parameters ?? {},
    resources: new Map([...own, ...options.resources]),
  });
  const arnOf = (logicalId: string) => {
    const resource = own.get(logicalId);
    return { name: resource?.ref ?? '', arn: resource?.attributes['Arn'] ?? '' };
  };
  const domains = readDomains(template, resolver, LOCAL_API_ID);
  const overrides = options.overrideEnvironment ?? {};
  const { credentialsOf } = options;
  const functions = readFunctions(template, resolver, arnOf, {
    region,
    environment,
    overrides,
    domains,
    publicOrigin,
    ...(credentialsOf === undefined ? {} : { credentialsOf }),
  });
  refuseUnknownOverrides(functions, Object.keys(overrides));
  const functionArns = new Map([...functions.values()].map((model) => [model.arn, model.logicalId]));
  const api = readApi(template, resolver, functionArns, domains);
  const schedules = readSchedules(template, resolver, functionArns, (logicalId) => arnOf(logicalId).arn);
  const identity = { accountId: LOCAL_ACCOUNT_ID, apiId: LOCAL_API_ID, publicOrigin };
  return { api, functions, schedules, identity, region };
}
