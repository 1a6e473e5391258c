import { describe, expect, it } from 'vitest';
import { readTemplate } from '../../../infra/local/gateway/read-template.ts';
import type { ReadTemplateOptions, TemplateModel } from '../../../infra/local/gateway/read-template.ts';
import { makeAssembly } from './make-template.ts';
import type { TemplateParts } from './make-template.ts';

function read(parts: TemplateParts, options: Partial<ReadTemplateOptions> = {}): TemplateModel {
  const assembly = makeAssembly(parts);
  return readTemplate({
    assembly,
    resources: new Map(),
    environment: {},
    publicOrigin: 'http://localhost:3000',
    ...options,
  });
}

/** A domain of the operator's that leads to the API. */
const DOMAIN = {
  Domain: { Type: 'AWS::ApiGatewayV2::DomainName', Properties: { DomainName: 'api.example.com' } },
  Mapping: {
    Type: 'AWS::ApiGatewayV2::ApiMapping',
    Properties: { ApiId: { Ref: 'Api' }, DomainName: { Ref: 'Domain' }, Stage: { Ref: 'Stage' } },
  },
};

function withMapping(properties: Record<string, unknown>): TemplateParts {
  const { Type, Properties } = DOMAIN.Mapping;
  return { more: { ...DOMAIN, Mapping: { Type, Properties: { ...Properties, ...properties } } } };
}

function withEnvironment(variables: Record<string, unknown>): TemplateParts {
  return { functions: { Fn: { Environment: { Variables: variables } } } };
}

describe('readTemplate', () => {
  it('resolves the environment of a function in this order: Lambda, `environment`, template, override', () => {
    const parts = withEnvironment({
      TABLE_NAME: { Ref: 'Table' },
      PUBLIC_BASE_URL: { 'Fn::GetAtt': ['Api', 'ApiEndpoint'] },
      FROM_TEMPLATE: 'template',
      OVERRIDDEN: 'template',
      REGION_AND_FUNCTION: { 'Fn::Sub': '${AWS::Region}/${AWS::StackName}/${Other}' },
    });
    const functions = { ...parts.functions, Other: { MemorySize: 256, Timeout: 29, ReservedConcurrentExecutions: 2 } };
    const more = { Table: { Type: 'AWS::DynamoDB::Table' } };

    const model = read(
      { functions, more },
      {
        resources: new Map([['Table', { ref: 'the-table', attributes: {} }]]),
        environment: {
          AWS_REGION: 'eu-west-1',
          FROM_TEMPLATE: 'environment',
          AWS_ENDPOINT_URL_KMS: 'http://localhost:1',
        },
        overrideEnvironment: { OVERRIDDEN: 'override' },
      },
    );

    expect(model.functions.get('Fn')?.environment).toEqual({
      AWS_DEFAULT_REGION: 'eu-west-1',
      AWS_ENDPOINT_URL_KMS: 'http://localhost:1',
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
      AWS_LAMBDA_FUNCTION_NAME: 'Stack-Fn',
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
      AWS_LAMBDA_LOG_FORMAT: 'Text',
      AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/Stack-Fn',
      AWS_LAMBDA_LOG_STREAM_NAME: 'local',
      AWS_REGION: 'eu-west-1',
      FROM_TEMPLATE: 'template',
      LANG: 'en_US.UTF-8',
      OVERRIDDEN: 'override',
      PUBLIC_BASE_URL: 'http://localhost:3000',
      REGION_AND_FUNCTION: 'eu-west-1/Stack/Stack-Other',
      TABLE_NAME: 'the-table',
      TZ: ':UTC',
      _HANDLER: 'index.handler',
    });
    expect(model.functions.get('Other')).toMatchObject({
      timeoutMs: 29_000,
      memoryMegabytes: 256,
      reservedConcurrency: 2,
      arn: 'arn:aws:lambda:eu-west-1:000000000000:function:Stack-Other',
    });
    expect(model.functions.get('Other')?.environment).not.toHaveProperty('OVERRIDDEN');
  });

  it('reads log settings and the log group of a function', () => {
    const LoggingConfig = { LogFormat: 'JSON', ApplicationLogLevel: 'INFO', LogGroup: { Ref: 'Logs' } };
    const more = { Logs: { Type: 'AWS::Logs::LogGroup' } };

    const model = read({ functions: { Fn: { LoggingConfig } }, more });

    expect(model.functions.get('Fn')?.environment).toMatchObject({
      AWS_LAMBDA_LOG_FORMAT: 'JSON',
      AWS_LAMBDA_LOG_LEVEL: 'INFO',
      AWS_LAMBDA_LOG_GROUP_NAME: 'Stack-Logs',
    });
  });

  it('finds the function behind API Gateway’s own form of an integration URI', () => {
    const uri = 'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${Fn.Arn}/invocations';

    const model = read({ integration: { IntegrationUri: { 'Fn::Sub': uri }, TimeoutInMillis: 5000 } });

    expect(model.api.routes).toMatchObject([{ functionLogicalId: 'Fn', integrationTimeoutMs: 5000 }]);
  });

  it('leaves out a resource whose condition is false', () => {
    const sections = { Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } } };
    const more = {
      Extra: { Type: 'AWS::ApiGatewayV2::Api', Condition: 'Never', Properties: { ProtocolType: 'HTTP' } },
    };

    expect(read({ sections, more }).api.logicalId).toBe('Api');
  });

  it('serves an API with a domain of its own, and turns addresses below the domain into local ones', () => {
    const variables = {
      BASE: { 'Fn::Join': ['', ['https://', { Ref: 'Domain' }]] },
      PAGE: 'https://api.example.com/page?x=1',
      OTHER: 'https://www.example.com',
    };

    const model = read({ ...withEnvironment(variables), api: { DisableExecuteApiEndpoint: true }, more: DOMAIN });

    expect(model.functions.get('Fn')?.environment).toMatchObject({
      BASE: 'http://localhost:3000',
      PAGE: 'http://localhost:3000/page?x=1',
      OTHER: 'https://www.example.com',
    });
  });

  it('lets resources without local meaning stand', () => {
    const types = ['IAM::Role', 'IAM::Policy', 'KMS::Key', 'Logs::LogGroup', 'Lambda::Permission', 'CDK::Metadata'];
    const more = Object.fromEntries(types.map((type, index) => [`R${index}`, { Type: `AWS::${type}` }]));

    expect(read({ more }).functions.size).toBe(1);
  });

  it.each<[string, TemplateParts, string]>([
    [
      'a resource type',
      { more: { Queue: { Type: 'AWS::SQS::Queue' } } },
      'Queue (AWS::SQS::Queue): this resource type',
    ],
    ['a custom resource', { more: { C: { Type: 'Custom::Thing' } } }, 'C (Custom::Thing): this resource type'],
    [
      'a layer',
      { functions: { Fn: { Layers: ['x'] } } },
      'Fn (AWS::Lambda::Function, Stack/Fn/Resource): property Layers',
    ],
    ['a VPC', { functions: { Fn: { VpcConfig: {} } } }, 'property VpcConfig is not implemented'],
    ['SnapStart', { functions: { Fn: { SnapStart: {} } } }, 'property SnapStart'],
    ['Python', { functions: { Fn: { Runtime: 'python3.12' } } }, 'only Node.js functions'],
    ['an image', { functions: { Fn: { PackageType: 'Image' } } }, 'only Node.js functions'],
    ['an unknown log setting', { functions: { Fn: { LoggingConfig: { X: 1 } } } }, 'property LoggingConfig.X'],
    [
      'a composed function name',
      { functions: { Fn: { FunctionName: { Ref: 'AWS::StackName' } } } },
      'must be a literal',
    ],
    ['a WebSocket API', { api: { ProtocolType: 'WEBSOCKET' } }, 'property ProtocolType is "WEBSOCKET"'],
    [
      'an API without its endpoint',
      { api: { DisableExecuteApiEndpoint: true } },
      'property DisableExecuteApiEndpoint is true',
    ],
    ['an OpenAPI body', { api: { Body: {} } }, 'Api (AWS::ApiGatewayV2::Api): property Body'],
    ['an unknown CORS setting', { api: { CorsConfiguration: { X: 1 } } }, 'property CorsConfiguration.X'],
    ['payload format 1.0', { integration: { PayloadFormatVersion: '1.0' } }, 'property PayloadFormatVersion is "1.0"'],
    [
      'no payload format',
      { integration: { PayloadFormatVersion: undefined } },
      'property PayloadFormatVersion is absent',
    ],
    [
      'an HTTP integration',
      { integration: { IntegrationType: 'HTTP_PROXY' } },
      'property IntegrationType is "HTTP_PROXY"',
    ],
    ['parameter mapping', { integration: { RequestParameters: {} } }, 'property RequestParameters'],
    ['a foreign function', { integration: { IntegrationUri: 'arn:x' } }, 'IntegrationUri arn:x is not a function'],
    ['a long time-out', { integration: { TimeoutInMillis: 30_001 } }, 'TimeoutInMillis'],
    ['an authorizer', { route: { AuthorizerId: 'x' } }, 'Route0 (AWS::ApiGatewayV2::Route): property AuthorizerId'],
    ['IAM authorization', { route: { AuthorizationType: 'AWS_IAM' } }, 'property AuthorizationType is "AWS_IAM"'],
    ['a required API key', { route: { ApiKeyRequired: true } }, 'property ApiKeyRequired'],
    ['a malformed route key', { routes: { 'GET x': 'Fn' } }, 'RouteKey GET x'],
    ['routes alike', { routes: { 'GET /{a}': 'Fn', 'GET /{b}': 'Fn' } }, 'cannot be told apart'],
    ['a foreign target', { route: { Target: 'integrations/x' } }, 'Target integrations/x'],
    ['a named stage', { stage: { StageName: 'prod' } }, 'property StageName is "prod"'],
    ['a stage without deployment', { stage: { AutoDeploy: false } }, 'property AutoDeploy is false'],
    ['stage variables', { stage: { StageVariables: {} } }, 'property StageVariables'],
    ['settings of one route', { stage: { RouteSettings: {} } }, 'property RouteSettings'],
    ['a transform', { sections: { Transform: 'AWS::Serverless-2016-10-31' } }, 'section Transform'],
    ['mappings', { sections: { Mappings: {} } }, 'section Mappings'],
    ['a second API', { more: { B: { Type: 'AWS::ApiGatewayV2::Api' } } }, 'exactly one AWS::ApiGatewayV2::Api'],
    [
      'a reference without local value',
      { ...withEnvironment({ BUCKET: { Ref: 'Key' } }), more: { Key: { Type: 'AWS::KMS::Key' } } },
      'Fn (AWS::Lambda::Function, Stack/Fn/Resource): property Environment.Variables.BUCKET: Ref: Ref Key (AWS::KMS::Key)',
    ],
    [
      'a path in front of the API',
      withMapping({ ApiMappingKey: 'v1' }),
      'Mapping (AWS::ApiGatewayV2::ApiMapping): prop',
    ],
    ['a mapping of another stage', withMapping({ Stage: 'prod' }), "only a mapping to the API's stage $default"],
    ['a mapping of another API', withMapping({ ApiId: 'x' }), "only a mapping to the API's stage $default"],
    [
      'client certificates at the domain',
      {
        more: {
          ...DOMAIN,
          Domain: { ...DOMAIN.Domain, Properties: { DomainName: 'x.example', MutualTlsAuthentication: {} } },
        },
      },
      'property MutualTlsAuthentication',
    ],
    [
      'a domain that leads nowhere, instead of the endpoint',
      { api: { DisableExecuteApiEndpoint: true }, more: { Domain: DOMAIN.Domain } },
      'property DisableExecuteApiEndpoint is true',
    ],
    [
      'a domain in something else than an https address',
      { ...withEnvironment({ SOCKET: 'wss://api.example.com' }), more: DOMAIN },
      'SOCKET: wss://api.example.com names the domain api.example.com in another way',
    ],
    [
      'a longer domain that only begins alike',
      { ...withEnvironment({ URL: 'https://api.example.com.evil.example' }), more: DOMAIN },
      'in another way than as https://api.example.com',
    ],
    ['a list as variable', withEnvironment({ LIST: ['a'] }), 'Environment.LIST: expected a string'],
    [
      'an address made of the API’s id',
      withEnvironment({ URL: { 'Fn::Sub': 'https://${Api}.execute-api.${AWS::Region}.amazonaws.com' } }),
      'URL is composed to',
    ],
  ])('refuses %s', (_, parts, message) => {
    expect(() => read(parts)).toThrow(message);
  });

  it('refuses an override that no function declares', () => {
    expect(() => read({}, { overrideEnvironment: { AWS_REGION: 'x' } })).toThrow(
      'no function of the template declares AWS_REGION',
    );
  });
});
