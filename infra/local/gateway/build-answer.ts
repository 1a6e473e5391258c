import { validateHeaderName, validateHeaderValue } from 'node:http';
import { isHopByHop } from './build-event.ts';
import { isRecord } from './template.ts';

/** An HTTP answer, ready to be written. */
export interface HttpAnswer {
  readonly statusCode: number;
  /** Name and value; a name may repeat (`set-cookie`). */
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer;
}

/** What API Gateway makes of a function's answer. `malformed` becomes its 500. */
export type AnswerResult =
  { readonly ok: true; readonly answer: HttpAnswer } | { readonly ok: false; readonly malformed: string };

/** An answer of API Gateway's own: `{"message":"…"}`. */
export function gatewayAnswer(statusCode: number, message: string): HttpAnswer {
  return {
    statusCode,
    headers: [['Content-Type', 'application/json']],
    body: Buffer.from(JSON.stringify({ message })),
  };
}

function malformed(what: string): AnswerResult {
  return { ok: false, malformed: what };
}

function readHeaders(value: unknown): [string, string][] | string {
  if (value === undefined || value === null) return [];
  if (!isRecord(value)) return 'headers is not an object';
  const headers: [string, string][] = [];
  for (const [name, item] of Object.entries(value)) {
    if (typeof item !== 'string' && typeof item !== 'number' && typeof item !== 'boolean') {
      return `header ${name} is not a string (format 2.0 has no lists; several cookies go into cookies)`;
    }
    headers.push([name, String(item)]);
  }
  return headers;
}

function readCookies(value: unknown): [string, string][] | string {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value) || !value.every((cookie) => typeof cookie === 'string'))
    return 'cookies is not a list of strings';
  return value.map((cookie) => ['set-cookie', cookie]);
}

/** Header that cannot be written to the wire, if there is one. */
function findBadHeader(headers: readonly (readonly [string, string])[]): string | undefined {
  return headers.find(([name, value]) => {
    try {
      validateHeaderName(name);
      validateHeaderValue(name, value);
      return false;
    } catch {
      return true;
    }
  })?.[0];
}

function readBody(value: unknown, isBase64Encoded: unknown): Buffer | string {
  if (value === undefined || value === null) return Buffer.alloc(0);
  if (typeof value !== 'string') return 'body is not a string';
  if (isBase64Encoded !== true) return Buffer.from(value);
  return /^[A-Za-z0-9+/]*={0,2}$/.test(value) && value.replaceAll('=', '').length % 4 !== 1
    ? Buffer.from(value, 'base64')
    : 'body is not base64, though isBase64Encoded says so';
}

/** Headers that the gateway writes itself. */
function isOwnHeader(name: string): boolean {
  return isHopByHop(name) || name.toLowerCase() === 'content-length';
}

/**
 * Makes an HTTP answer of a function's result by the rules of payload format 2.0. Pure.
 * - An object with `statusCode`: taken as it is; the type defaults to `text/plain; charset=utf-8` (observed by AWS's own Lambda
 *   test tool, aws-lambda-dotnet, ApiGatewayResponseExtensions). `multiValueHeaders` is not part of 2.0 and ignored.
 * - Anything else: 200, `application/json`, a string as it is and every other value as JSON.
 * A status that is no integer from 200 to 599 and whatever cannot be written as HTTP is malformed.
 * @param result - the result after its way through JSON
 * @see API Gateway Developer Guide, "Create AWS Lambda proxy integrations for HTTP APIs" ("Lambda function response for format 2.0")
 */
export function buildAnswer(result: unknown): AnswerResult {
  if (!isRecord(result) || !Object.hasOwn(result, 'statusCode')) {
    const text = typeof result === 'string' ? result : JSON.stringify(result ?? null);
    return {
      ok: true,
      answer: { statusCode: 200, headers: [['Content-Type', 'application/json']], body: Buffer.from(text) },
    };
  }
  const { statusCode } = result;
  if (typeof statusCode !== 'number' || !Number.isInteger(statusCode) || statusCode < 200 || statusCode > 599) {
    return malformed('statusCode is not an integer from 200 to 599');
  }
  const headers = readHeaders(result['headers']);
  if (typeof headers === 'string') return malformed(headers);
  const cookies = readCookies(result['cookies']);
  if (typeof cookies === 'string') return malformed(cookies);
  const body = readBody(result['body'], result['isBase64Encoded']);
  if (typeof body === 'string') return malformed(body);
  const all = [...headers.filter(([name]) => !isOwnHeader(name)), ...cookies];
  const bad = findBadHeader(all);
  if (bad !== undefined) return malformed(`header ${JSON.stringify(bad)} cannot be written`);
  const typed = all.some(([name]) => name.toLowerCase() === 'content-type');
  const defaultType: [string, string][] = typed ? [] : [['Content-Type', 'text/plain; charset=utf-8']];
  return { ok: true, answer: { statusCode, headers: [...all, ...defaultType], body } };
}
