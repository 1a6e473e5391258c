import type { Explanation } from './differences.ts';

/**
 * Differences between the local gateway and SAM that stay, each with its reason; the first that fits counts. In all of them the
 * gateway does what API Gateway does, as far as it is documented or measured. One that no longer shows is a failure, too.
 * @see API Gateway Developer Guide, "Create AWS Lambda proxy integrations for HTTP APIs" (examples of the event, format 2.0)
 */
export const EXPLAINED_DIFFERENCES: readonly Explanation[] = [
  {
    field:
      /^(event\.(requestContext\.(requestId|time|accountId|apiId)|headers\.(host|x-forwarded-port))|headers\.date)$/,
    gateway: /./,
    reason: 'ids, times and ports are each one’s own',
  },
  {
    exchange: /^bytes$/,
    field: /./,
    reason: 'SAM answers 502 to a body that is not UTF-8; API Gateway passes it on in base64',
  },
  {
    exchange: /^form$/,
    field: /^event\.(body|isBase64Encoded)$/,
    gateway: /^("YT0xJmI9eCt5"|true)$/,
    sam: /^("a=1&b=x\+y"|false)$/,
    reason: 'SAM passes every other body on as text; API Gateway encodes forms, as measured',
  },
  {
    field: /^event\.headers \(case of names\)$/,
    gateway: /^lower$/,
    reason: 'SAM spells names of headers in its own way; API Gateway in lower case (the handlers take both)',
  },
  {
    exchange: /^(encoded slash|greedy path)$/,
    field: /routeKey$/,
    gateway: /^"ANY \/greedy\/\{rest\+\}"$/,
    sam: /^"(GET|DELETE) \/greedy\/\{rest\+\}"$/,
    reason: 'SAM names the method instead of ANY in routeKey (the handlers take both)',
  },
  {
    field: /^event\.requestContext\.timeEpoch$/,
    gateway: /^\d{13}$/,
    sam: /^\d{10}$/,
    reason: 'SAM gives the second in which it was started, not the millisecond of the request',
  },
  {
    field: /^event\.requestContext\.http\.userAgent$/,
    sam: /^"Custom User Agent String"$/,
    reason: 'SAM has a fixed text for the user agent',
  },
  {
    field: /^event\.(body|cookies|stageVariables|pathParameters)$/,
    gateway: /^absent$/,
    sam: /^(""|\[\]|null|\{\})$/,
    reason: 'SAM sends members without content; API Gateway leaves them out',
  },
  {
    exchange: /^(other method|unknown path)$/,
    field: /^event\.pathParameters\.any_path$/,
    gateway: /^absent$/,
    reason: 'SAM serves $default by a path parameter of its own',
  },
  {
    exchange: /^cookies$/,
    field: /^event\.(cookies|headers\.cookie)$/,
    reason: 'SAM takes quotes off a cookie’s value and leaves the cookie header in place as well',
  },
  {
    field: /^event\.headers\.connection$/,
    gateway: /^absent$/,
    reason: 'SAM passes a hop-by-hop header on',
  },
  {
    field: /^event\.headers\.(content-length|x-amzn-trace-id|x-forwarded-for)$/,
    sam: /^absent$/,
    reason: 'SAM adds nothing of what API Gateway adds',
  },
  {
    field: /^headers\.(apigw-requestid|connection|keep-alive|server)$/,
    reason: 'SAM answers with the headers of its own server',
  },
  {
    exchange: /^answer (empty|untyped|redirect)$/,
    field: /^headers\.content-type$/,
    gateway: /^text\/plain; charset=utf-8$/,
    sam: /^application\/json$/,
    reason: 'SAM takes an untyped answer for JSON; API Gateway for text, as measured',
  },
  {
    exchange: /^answer plain$/,
    field: /^headers\.content-length$/,
    reason: 'SAM writes JSON with spaces',
  },
  {
    exchange: /^answer (malformed|throw)$/,
    field: /^(status|body\.message|headers\.content-length)$/,
    reason: 'SAM tells failures in other words, and a malformed answer as 502',
  },
];
