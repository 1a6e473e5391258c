import { Duration, Validations } from 'aws-cdk-lib/core';
import {
  CorsHttpMethod,
  HttpApi,
  HttpRoute,
  HttpStage,
  LogGroupLogDestination,
  type CorsPreflightOptions,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { toConstructId } from './construct-id.ts';
import { LOG_RETENTION } from './log-retention.ts';
import { toHttpRouteKey } from './route-key.ts';
import type { RouteFunction } from './route-function.ts';

/** Requests a second for the whole gateway. Bounds what a flood costs; at 300 ms each it fills 150 sandboxes of Lambda. */
const THROTTLE = { rateLimit: 500, burstLimit: 1000 };

/** How long a browser may keep the answer to a preflight: short enough that a removed origin is soon refused. */
const PREFLIGHT_MAX_AGE = Duration.minutes(10);

/**
 * One line for each request. The query string is a secret (`code`, `state`) and a path can hold one (a webhook token), so
 * neither is logged: the route key says which route it was, the request id leads to the function's own line.
 * @see API Gateway docs: Customize HTTP API access logs
 */
const ACCESS_LOG_FIELDS = {
  request_id: '$context.requestId',
  time_epoch_ms: '$context.requestTimeEpoch',
  route: '$context.routeKey',
  method: '$context.httpMethod',
  protocol: '$context.protocol',
  source_ip: '$context.identity.sourceIp',
  status: '$context.status',
  response_bytes: '$context.responseLength',
  latency_ms: '$context.responseLatency',
  integration_status: '$context.integrationStatus',
  integration_latency_ms: '$context.integrationLatency',
  integration_error: '$context.integrationErrorMessage',
  error_type: '$context.error.responseType',
};

/** What an operator may choose about the API. */
export interface GatewayApiProps {
  /** Exact origins whose browsers may call; none switches CORS off. */
  readonly returnOrigins: readonly string[];
}

/** The HTTP API with its one stage, its throttling and its access log. */
export class GatewayApi extends Construct {
  readonly #api: HttpApi;

  /** Origin of the API, without a trailing slash. */
  readonly endpoint: string;

  constructor(scope: Construct, id: string, { returnOrigins }: GatewayApiProps) {
    super(scope, id);
    this.#api = new HttpApi(this, 'Api', {
      apiName: 'Discord Integration',
      createDefaultStage: false,
      disableExecuteApiEndpoint: false,
      ...(returnOrigins.length > 0 && { corsPreflight: buildCorsPreflight(returnOrigins) }),
    });
    this.endpoint = this.#api.apiEndpoint;
    new HttpStage(this, 'Stage', {
      httpApi: this.#api,
      stageName: '$default',
      autoDeploy: true,
      throttle: THROTTLE,
      accessLogSettings: {
        destination: new LogGroupLogDestination(new LogGroup(this, 'AccessLog', LOG_RETENTION)),
        format: AccessLogFormat.custom(JSON.stringify(ACCESS_LOG_FIELDS)),
      },
    });
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-APIG4',
      reason:
        'No API Gateway authorizer: every function authenticates its caller itself, in the same read that loads the connection, and the pages of the connect flow are for browsers that hold a one-time session and cookie instead.',
    });
  }

  /**
   * Adds routes that a function serves.
   * @param routes - API Gateway route keys, each under the name that its construct is called after
   */
  serve(served: RouteFunction, routes: Readonly<Record<string, string>>): void {
    const scope = new Construct(this, served.node.id);
    const integration = new HttpLambdaIntegration('Integration', served.function);
    for (const [name, routeKey] of Object.entries(routes)) {
      new HttpRoute(scope, toConstructId(name), {
        httpApi: this.#api,
        routeKey: toHttpRouteKey(routeKey),
        integration,
      });
    }
  }
}

/** No credentials: the browser sends a connection token in `Authorization`, never a cookie. */
function buildCorsPreflight(returnOrigins: readonly string[]): CorsPreflightOptions {
  return {
    allowOrigins: [...returnOrigins],
    allowMethods: [
      CorsHttpMethod.GET,
      CorsHttpMethod.POST,
      CorsHttpMethod.PUT,
      CorsHttpMethod.PATCH,
      CorsHttpMethod.DELETE,
    ],
    allowHeaders: ['Authorization', 'Content-Type', 'Idempotency-Key', 'Dry-Run'],
    allowCredentials: false,
    maxAge: PREFLIGHT_MAX_AGE,
  };
}
