import { HttpMethod, HttpRouteKey } from 'aws-cdk-lib/aws-apigatewayv2';

/**
 * Turns an API Gateway route key as text (`GET /connections`, `ANY /x/{rest+}`, `$default`) into CDK's own form.
 * @throws Error when it is none
 */
export function toHttpRouteKey(routeKey: string): HttpRouteKey {
  if (routeKey === '$default') return HttpRouteKey.DEFAULT;
  const [methodName, path, ...rest] = routeKey.split(' ');
  const method = Object.values(HttpMethod).find((known) => known === methodName);
  if (method === undefined || path === undefined || rest.length > 0) {
    throw new Error(`"${routeKey}" is not an API Gateway route key`);
  }
  return HttpRouteKey.with(path, method);
}
