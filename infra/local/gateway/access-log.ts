import { toLogTime } from './build-event.ts';

/** What the access log may say about one request. Never the query, a header or a body. */
export interface AccessLogEntry {
  readonly accountId: string;
  readonly apiId: string;
  readonly domainName: string;
  readonly method: string;
  readonly path: string;
  readonly protocol: string;
  readonly sourceIp: string;
  readonly userAgent: string;
  readonly requestId: string;
  readonly routeKey: string | undefined;
  readonly statusCode: number;
  readonly responseLength: number;
  readonly receivedAtEpochMs: number;
  readonly responseLatencyMs: number;
  /** Why the integration failed, if it did. */
  readonly integrationError: string | undefined;
  /** Message of an answer of API Gateway's own. */
  readonly errorMessage: string | undefined;
  readonly integrationLatencyMs: number | undefined;
  /** Status that Lambda's invoke call has: 200 also for a handler that threw, 429 if throttled; absent if it was never heard. */
  readonly invokeStatus: number | undefined;
  /** Status that the function's code returned. */
  readonly functionStatus: number | undefined;
}

/** Types of API Gateway's own answers (Developer Guide, "Gateway response types") by status, where one fits. */
const RESPONSE_TYPES: Readonly<Record<number, string>> = {
  413: 'REQUEST_TOO_LARGE',
  429: 'THROTTLED',
  500: 'INTEGRATION_FAILURE',
  503: 'INTEGRATION_FAILURE',
};

function variables(entry: AccessLogEntry): Readonly<Record<string, string | number | undefined>> {
  return {
    accountId: entry.accountId,
    apiId: entry.apiId,
    domainName: entry.domainName,
    domainPrefix: entry.domainName.split('.', 1)[0],
    'error.message': entry.errorMessage,
    'error.messageString': entry.errorMessage === undefined ? undefined : JSON.stringify(entry.errorMessage),
    'error.responseType': entry.errorMessage === undefined ? undefined : RESPONSE_TYPES[entry.statusCode],
    extendedRequestId: entry.requestId,
    httpMethod: entry.method,
    'identity.sourceIp': entry.sourceIp,
    'identity.userAgent': entry.userAgent,
    'integration.error': entry.integrationError,
    integrationErrorMessage: entry.integrationError,
    'integration.integrationStatus': entry.invokeStatus,
    integrationStatus: entry.invokeStatus,
    'integration.status': entry.functionStatus,
    'integration.latency': entry.integrationLatencyMs,
    integrationLatency: entry.integrationLatencyMs,
    path: entry.path,
    protocol: entry.protocol,
    requestId: entry.requestId,
    requestTime: toLogTime(entry.receivedAtEpochMs),
    requestTimeEpoch: entry.receivedAtEpochMs,
    responseLatency: entry.responseLatencyMs,
    responseLength: entry.responseLength,
    routeKey: entry.routeKey,
    stage: '$default',
    status: entry.statusCode,
  };
}

/** Keeps a value inside its line and, if the format is JSON, inside its string. */
function escapeValue(value: string): string {
  return JSON.stringify(value).slice(1, -1);
}

/**
 * Writes one access log line. A variable that an HTTP API does not have is `-`, as in CloudWatch. Pure.
 * @param format - text with `$context.name` variables
 * @see API Gateway Developer Guide, "Customize HTTP API access logs"
 */
export function formatAccessLog(format: string, entry: AccessLogEntry): string {
  const values = variables(entry);
  return format.replace(/\$context\.([A-Za-z]+(?:\.[A-Za-z]+)*)/g, (_, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined || value === '') return '-';
    return name === 'error.messageString' ? String(value) : escapeValue(String(value));
  });
}
