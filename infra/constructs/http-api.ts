import { Duration, Stack, Validations } from 'aws-cdk-lib/core';
import {
  ApiMapping,
  CorsHttpMethod,
  DomainName,
  HttpApi,
  HttpRoute,
  HttpStage,
  LogGroupLogDestination,
  SecurityPolicy,
  type CorsPreflightOptions,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { toConstructId } from './construct-id.ts';
import { buildLogGroupProps } from './log-retention.ts';
import { toHttpRouteKey } from './route-key.ts';
import type { RouteFunction } from './route-function.ts';

/** Bounds what a flood costs; at 300 ms each it fills 150 sandboxes of Lambda. */
export const DEFAULT_THROTTLE: GatewayThrottle = { rateLimit: 500, burstLimit: 1000 };

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

/** How many requests are let through, of all callers together; the others are answered with 429. */
export interface GatewayThrottle {
  /** Requests a second, in the long run. */
  readonly rateLimit: number;
  /** Requests at once. */
  readonly burstLimit: number;
}

/** A domain of the operator's under which the gateway is reached instead of the address that AWS makes up. */
export interface GatewayDomain {
  /** Lower case, without scheme, port and path: `discord.example.com`. */
  readonly name: string;
  /** Covers that name; of the region that the API is in. */
  readonly certificate: ICertificate;
}

/** What an operator may choose about the API. */
export interface GatewayApiProps {
  /** Exact origins whose browsers may call; none switches CORS off. */
  readonly returnOrigins: readonly string[];
  readonly throttle: GatewayThrottle;
  readonly logRetention: RetentionDays;
  readonly domain: GatewayDomain | undefined;
}

/** The HTTP API with its one stage, its throttling, its access log and, if there is one, its domain. */
export class GatewayApi extends Construct {
  readonly httpApi: HttpApi;
  /** Where apps and browsers reach the API, without a trailing slash. */
  readonly origin: string;
  /** Has what the DNS record of the domain must point to. */
  readonly domainName: DomainName | undefined;

  constructor(scope: Construct, id: string, { returnOrigins, throttle, logRetention, domain }: GatewayApiProps) {
    super(scope, id);
    this.httpApi = new HttpApi(this, 'Api', {
      apiName: Stack.of(this).stackName,
      createDefaultStage: false,
      // Beside a domain, a second address would be one that Discord does not send browsers back to, whose links work for nobody,
      // and one past whatever guards the domain.
      disableExecuteApiEndpoint: domain !== undefined,
      ...(returnOrigins.length > 0 && { corsPreflight: buildCorsPreflight(returnOrigins) }),
    });
    const stage = new HttpStage(this, 'Stage', {
      httpApi: this.httpApi,
      stageName: '$default',
      autoDeploy: true,
      throttle,
      accessLogSettings: {
        destination: new LogGroupLogDestination(new LogGroup(this, 'AccessLog', buildLogGroupProps(logRetention))),
        format: AccessLogFormat.custom(JSON.stringify(ACCESS_LOG_FIELDS)),
      },
    });
    this.domainName = domain && this.#serveUnder(domain, stage);
    this.origin = domain === undefined ? this.httpApi.apiEndpoint : `https://${domain.name}`;
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-APIG4',
      reason:
        'No API Gateway authorizer: every function authenticates its caller itself, in the same read that loads the connection, and the pages of the connect flow are for browsers that hold a one-time session and cookie instead.',
    });
  }

  #serveUnder({ name, certificate }: GatewayDomain, stage: HttpStage): DomainName {
    const domainName = new DomainName(this, 'Domain', {
      domainName: name,
      certificate,
      securityPolicy: SecurityPolicy.TLS_1_2,
    });
    new ApiMapping(this, 'Mapping', { api: this.httpApi, domainName, stage });
    return domainName;
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
        httpApi: this.httpApi,
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
