import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { toHttpRouteKey } from '../../infra/constructs/route-key.ts';
import { catalogue } from '../../shared/catalogue/index.ts';
import { toRoutes } from '../../shared/catalogue/to-routes.ts';
import { ROUTES } from '../../shared/http/routes.ts';
import { synthesizeTemplate } from './synthesized-template.ts';

const template = synthesizeTemplate();
const withOrigins = synthesizeTemplate({ returnOrigins: 'https://app.example, http://localhost:5173' });
const stage = template.one('AWS::ApiGatewayV2::Stage', 'Gateway');

const routeSchema = z.object({
  RouteKey: z.string(),
  AuthorizationType: z.string(),
  Target: z.object({ 'Fn::Join': z.tuple([z.string(), z.tuple([z.string(), z.object({ Ref: z.string() })])]) }),
});
const routes = template.ofType('AWS::ApiGatewayV2::Route').map((route) => z.parse(routeSchema, route.Properties));

/** Construct path of the function that a route leads to. */
function servedBy(route: z.infer<typeof routeSchema>): string | undefined {
  const integrationId = route.Target['Fn::Join'][1][1].Ref;
  const integration = template.resources.find(({ logicalId }) => logicalId === integrationId);
  const uri = z.parse(z.object({ 'Fn::GetAtt': z.array(z.string()) }), integration?.Properties?.IntegrationUri);
  const served = template.resources.find(({ logicalId }) => logicalId === uri['Fn::GetAtt'][0]);
  return served?.Metadata['aws:cdk:path'].split('/').slice(1, -2).join('/');
}

describe('GatewayApi', () => {
  it('has every route of the route table and of the catalogue, and no other', () => {
    const fixed = Object.values(ROUTES).flatMap((group) => Object.values(group));
    const expected = [...fixed, ...toRoutes(catalogue).map(({ routeKey }) => routeKey)];

    expect(routes.map(({ RouteKey }) => RouteKey).toSorted()).toEqual(expected.toSorted());
  });

  it('leads each route to the function that serves it', () => {
    expect(Object.fromEntries(routes.map((route) => [route.RouteKey, servedBy(route)]))).toMatchObject({
      'GET /authorize': 'Authorize',
      'GET /integration-callback': 'Callback',
      'POST /connect-sessions/{session_id}/confirm': 'Callback',
      'POST /connect-sessions': 'Connections',
      'DELETE /connections/{connection_id}': 'Connections',
      'ANY /connections/{connection_id}/api/v10/users/{discord_path+}': 'Actions/Users',
      $default: 'Portal',
    });
  });

  it('authenticates no caller at the gateway: the functions do it themselves', () => {
    expect(template.ofType('AWS::ApiGatewayV2::Authorizer')).toEqual([]);
    expect(new Set(routes.map(({ AuthorizationType }) => AuthorizationType))).toEqual(new Set(['NONE']));
  });

  it('lets API Gateway call each function only for its own routes of this API', () => {
    const byApi = template
      .ofType('AWS::Lambda::Permission')
      .filter(({ Properties }) => Properties?.['Principal'] !== 'events.amazonaws.com');

    for (const permission of byApi) {
      expect(permission.Properties).toMatchObject({ Principal: 'apigateway.amazonaws.com' });
      expect(JSON.stringify(permission.Properties?.FunctionName)).not.toContain('Maintenance');
      expect(JSON.stringify(permission.Properties?.SourceArn)).toContain(
        template.one('AWS::ApiGatewayV2::Api', 'Gateway').logicalId,
      );
    }
    expect(byApi).toHaveLength(routes.length);
  });

  it('sends events of payload version 2.0', () => {
    for (const integration of template.ofType('AWS::ApiGatewayV2::Integration')) {
      expect(integration.Properties).toMatchObject({ PayloadFormatVersion: '2.0', IntegrationType: 'AWS_PROXY' });
    }
  });

  it('deploys its one stage by itself and throttles it', () => {
    expect(template.ofType('AWS::ApiGatewayV2::Stage')).toHaveLength(1);
    expect(stage.Properties).toMatchObject({
      StageName: '$default',
      AutoDeploy: true,
      DefaultRouteSettings: { ThrottlingRateLimit: 500, ThrottlingBurstLimit: 1000 },
    });
  });

  it('logs these variables of a request and no others: no query string, no path, no header', () => {
    const { Format } = z.parse(z.object({ Format: z.string() }), stage.Properties?.AccessLogSettings);
    const variables = Object.values(z.parse(z.record(z.string(), z.string()), JSON.parse(Format)));

    expect(variables.toSorted()).toEqual(
      [
        '$context.error.responseType',
        '$context.httpMethod',
        '$context.identity.sourceIp',
        '$context.integrationErrorMessage',
        '$context.integrationLatency',
        '$context.integrationStatus',
        '$context.protocol',
        '$context.requestId',
        '$context.requestTimeEpoch',
        '$context.responseLatency',
        '$context.responseLength',
        '$context.routeKey',
        '$context.status',
      ].toSorted(),
    );
    expect(Format).not.toMatch(/query|path|header|override|authorizer|userAgent/i);
  });

  it('keeps the access log 90 days in its own log group', () => {
    const group = template.one('AWS::Logs::LogGroup', 'Gateway');

    expect(group.Properties).toMatchObject({ RetentionInDays: 90 });
    expect(stage.Properties?.AccessLogSettings).toMatchObject({
      DestinationArn: { 'Fn::GetAtt': [group.logicalId, 'Arn'] },
    });
  });

  it('lets no browser of another origin call when no return origin is given', () => {
    expect(template.one('AWS::ApiGatewayV2::Api', 'Gateway').Properties).not.toHaveProperty('CorsConfiguration');
  });

  it('lets browsers of the return origins call, without cookies', () => {
    expect(withOrigins.one('AWS::ApiGatewayV2::Api', 'Gateway').Properties?.CorsConfiguration).toEqual({
      AllowOrigins: ['https://app.example', 'http://localhost:5173'],
      AllowMethods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
      AllowHeaders: ['Authorization', 'Content-Type', 'Idempotency-Key', 'Dry-Run'],
      AllowCredentials: false,
      MaxAge: 600,
    });
  });
});

describe('toHttpRouteKey', () => {
  it.each(['GET', 'FETCH /x', 'GET /x y', ''])('refuses %j', (text) => {
    expect(() => toHttpRouteKey(text)).toThrow('is not an API Gateway route key');
  });
});
