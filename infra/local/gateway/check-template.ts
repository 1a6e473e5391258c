import { describeResource, isRecord, TemplateError } from './template.ts';
import type { Template } from './template.ts';

/** Resource types that the gateway serves; their properties are checked one by one below. */
const SERVED_TYPES = new Set([
  'AWS::ApiGatewayV2::Api',
  'AWS::ApiGatewayV2::ApiMapping',
  'AWS::ApiGatewayV2::DomainName',
  'AWS::ApiGatewayV2::Integration',
  'AWS::ApiGatewayV2::Route',
  'AWS::ApiGatewayV2::Stage',
  'AWS::Events::Rule',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::Lambda::Function',
]);

/**
 * Resource types that change nothing in how a request is served here: permissions, observation, and stores that the local AWS
 * servers provide (a reference to one of them must then be in the `resources` of the gateway).
 */
const TYPES_WITHOUT_LOCAL_MEANING = new Set([
  'AWS::CDK::Metadata',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::CompositeAlarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::DynamoDB::Table',
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::KMS::Alias',
  'AWS::KMS::Key',
  'AWS::Lambda::Permission',
  'AWS::Logs::LogGroup',
  'AWS::Logs::MetricFilter',
  'AWS::Logs::QueryDefinition',
  'AWS::Logs::ResourcePolicy',
  'AWS::SecretsManager::ResourcePolicy',
  'AWS::SecretsManager::Secret',
  'AWS::SNS::Subscription',
  'AWS::SNS::Topic',
  'AWS::SNS::TopicPolicy',
]);

/**
 * Per type: `read` properties decide how a request is served and are implemented; `ignored` ones change nothing here (names,
 * tags, permissions, architecture). Whatever is on neither list is refused.
 */
const PROPERTIES: Readonly<Record<string, { read: readonly string[]; ignored: readonly string[] }>> = {
  'AWS::ApiGatewayV2::Api': {
    read: ['ProtocolType', 'CorsConfiguration', 'DisableExecuteApiEndpoint'],
    ignored: ['Name', 'Description', 'Tags', 'IpAddressType', 'Version'],
  },
  'AWS::ApiGatewayV2::ApiMapping': {
    // Not `ApiMappingKey`: it would stand in front of every path.
    read: ['ApiId', 'DomainName', 'Stage'],
    ignored: [],
  },
  'AWS::ApiGatewayV2::DomainName': {
    read: ['DomainName'],
    // Certificate and TLS version: the gateway speaks plain http on loopback.
    ignored: ['DomainNameConfigurations', 'Tags'],
  },
  'AWS::ApiGatewayV2::Integration': {
    read: ['ApiId', 'IntegrationType', 'IntegrationUri', 'PayloadFormatVersion', 'TimeoutInMillis'],
    ignored: ['Description', 'IntegrationMethod'],
  },
  'AWS::ApiGatewayV2::Route': {
    read: ['ApiId', 'RouteKey', 'Target', 'AuthorizationType'],
    ignored: ['OperationName'],
  },
  'AWS::ApiGatewayV2::Stage': {
    read: ['ApiId', 'StageName', 'AutoDeploy', 'AccessLogSettings', 'DefaultRouteSettings'],
    ignored: ['Description', 'Tags'],
  },
  'AWS::Events::Rule': {
    read: ['ScheduleExpression', 'State', 'Targets'],
    ignored: ['Description', 'Name', 'Tags'],
  },
  'AWS::Lambda::EventInvokeConfig': {
    read: ['FunctionName', 'MaximumRetryAttempts', 'Qualifier'],
    // Nothing waits here before it runs.
    ignored: ['MaximumEventAgeInSeconds'],
  },
  'AWS::Lambda::Function': {
    read: [
      'Code',
      'Environment',
      'FunctionName',
      'Handler',
      'LoggingConfig',
      'MemorySize',
      'PackageType',
      'ReservedConcurrentExecutions',
      'Runtime',
      'Timeout',
    ],
    ignored: [
      'Architectures',
      'DeadLetterConfig',
      'Description',
      'EphemeralStorage',
      'KmsKeyArn',
      'RecursiveLoop',
      'Role',
      'RuntimeManagementConfig',
      'Tags',
      'TracingConfig',
    ],
  },
};

/** Settings inside a property, likewise. */
const SETTINGS: Readonly<Record<string, readonly string[]>> = {
  'AWS::ApiGatewayV2::Api.CorsConfiguration': [
    'AllowCredentials',
    'AllowHeaders',
    'AllowMethods',
    'AllowOrigins',
    'ExposeHeaders',
    'MaxAge',
  ],
  'AWS::ApiGatewayV2::Stage.AccessLogSettings': ['DestinationArn', 'Format'],
  'AWS::ApiGatewayV2::Stage.DefaultRouteSettings': [
    'DetailedMetricsEnabled',
    'ThrottlingBurstLimit',
    'ThrottlingRateLimit',
  ],
  'AWS::Lambda::Function.LoggingConfig': ['ApplicationLogLevel', 'LogFormat', 'LogGroup', 'SystemLogLevel'],
  'AWS::Lambda::Function.Environment': ['Variables'],
};

/**
 * Refuses a template that says anything which would matter and is not implemented. Pure.
 * @throws TemplateError naming logical id, construct and property
 */
export function checkTemplate(template: Template): void {
  for (const [logicalId, resource] of Object.entries(template.Resources)) {
    const where = describeResource(template, logicalId);
    if (TYPES_WITHOUT_LOCAL_MEANING.has(resource.Type)) continue;
    const known = PROPERTIES[resource.Type];
    if (!SERVED_TYPES.has(resource.Type) || known === undefined) {
      throw new TemplateError(`${where}: this resource type is not implemented by the local gateway`);
    }
    for (const [property, value] of Object.entries(resource.Properties)) {
      if (!known.read.includes(property) && !known.ignored.includes(property)) {
        throw new TemplateError(`${where}: property ${property} is not implemented by the local gateway`);
      }
      const settings = SETTINGS[`${resource.Type}.${property}`];
      if (settings === undefined || !isRecord(value)) continue;
      const unknown = Object.keys(value).find((setting) => !settings.includes(setting));
      if (unknown !== undefined) {
        throw new TemplateError(`${where}: property ${property}.${unknown} is not implemented by the local gateway`);
      }
    }
  }
}
