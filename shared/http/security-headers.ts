import type middy from '@middy/core';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { HttpResponse } from './respond.ts';

/** Headers on every answer; a route's own value stands. @see OWASP REST Security Cheat Sheet (Security Headers) */
const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const;

/** Two years, as the preload list asks for; only where the gateway is reached by https. */
const STRICT_TRANSPORT = 'max-age=63072000; includeSubDomains';

/** Middleware: adds the security headers to whatever answer goes out. */
export function securityHeaders(options: {
  readonly isHttps: boolean;
}): middy.MiddlewareObj<APIGatewayProxyEventV2, HttpResponse> {
  return {
    after: (request) => {
      const { response } = request;
      if (response === null) return;
      response.headers = {
        ...HEADERS,
        ...(options.isHttps ? { 'strict-transport-security': STRICT_TRANSPORT } : {}),
        ...response.headers,
      };
    },
  };
}
