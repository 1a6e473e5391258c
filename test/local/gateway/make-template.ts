import { fileURLToPath } from 'node:url';
import type { Assembly } from '../../../infra/local/gateway/load-assembly.ts';
import { parseTemplate } from '../../../infra/local/gateway/template.ts';

type Properties = Record<string, unknown>;

/** Directory with the fixture handlers, as an asset. */
export const HANDLERS_DIR = fileURLToPath(new URL('./fixtures/handlers', import.meta.url));

/** What a hand-made template is to say. */
export interface TemplateParts {
  /** Route key → logical id of its function. */
  readonly routes?: Readonly<Record<string, string>>;
  /** Logical id → properties beside the defaults. */
  readonly functions?: Readonly<Record<string, Properties>>;
  readonly api?: Properties;
  readonly stage?: Properties;
  readonly integration?: Properties;
  readonly route?: Properties;
  readonly more?: Readonly<Record<string, unknown>>;
  readonly sections?: Properties;
}

/** A template document of the form that CDK emits. Default: `$default` to the function `Fn`. */
export function makeTemplate(parts: TemplateParts = {}): Record<string, unknown> {
  const resources: Record<string, unknown> = {
    Api: {
      Type: 'AWS::ApiGatewayV2::Api',
      Properties: { DisableExecuteApiEndpoint: false, Name: 'Api', ProtocolType: 'HTTP', ...parts.api },
    },
    Stage: {
      Type: 'AWS::ApiGatewayV2::Stage',
      Properties: { ApiId: { Ref: 'Api' }, AutoDeploy: true, StageName: '$default', ...parts.stage },
    },
  };
  for (const [logicalId, properties] of Object.entries(parts.functions ?? { Fn: {} })) {
    resources[logicalId] = {
      Type: 'AWS::Lambda::Function',
      Metadata: { 'aws:cdk:path': `Stack/${logicalId}/Resource` },
      Properties: {
        Code: { S3Bucket: 'assets', S3Key: `${logicalId}.zip` },
        Handler: 'index.handler',
        Runtime: 'nodejs24.x',
        ...properties,
      },
    };
    resources[`${logicalId}Integration`] = {
      Type: 'AWS::ApiGatewayV2::Integration',
      Properties: {
        ApiId: { Ref: 'Api' },
        IntegrationType: 'AWS_PROXY',
        IntegrationUri: { 'Fn::GetAtt': [logicalId, 'Arn'] },
        PayloadFormatVersion: '2.0',
        ...parts.integration,
      },
    };
  }
  for (const [index, [routeKey, functionId]] of Object.entries(parts.routes ?? { $default: 'Fn' }).entries()) {
    resources[`Route${index}`] = {
      Type: 'AWS::ApiGatewayV2::Route',
      Properties: {
        ApiId: { Ref: 'Api' },
        AuthorizationType: 'NONE',
        RouteKey: routeKey,
        Target: { 'Fn::Join': ['', ['integrations/', { Ref: `${functionId}Integration` }]] },
        ...parts.route,
      },
    };
  }
  return { Resources: { ...resources, ...parts.more }, ...parts.sections };
}

/** An assembly of a hand-made template; every function's code is the fixture handlers. */
export function makeAssembly(parts: TemplateParts = {}): Assembly {
  return {
    stackName: 'Stack',
    template: parseTemplate(makeTemplate(parts), 'hand-made'),
    assetPath: () => HANDLERS_DIR,
  };
}
