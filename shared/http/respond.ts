import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Branding } from '../domain/branding.ts';
import type { Failure } from '../problems/failure.ts';
import { toProblem } from '../problems/to-problem.ts';
import { buildFailurePage } from './failure-page.ts';
import { buildPageHeaders, PAGE_HEADERS, renderPage, type PageContent, type PageOptions } from './page.ts';

export type HttpResponse = APIGatewayProxyStructuredResultV2;

/** How a route tells its failures: to a program, to a program that expects Discord's form, or to a person on one of our pages. */
export type FailureStyle = 'problem' | 'discord' | 'page' | 'own_page';

export interface FailureFacts {
  readonly publicBaseUrl: string;
  readonly requestId: string;
  /** The request's Accept header, if any. */
  readonly accept: string | undefined;
  /** How a page looks, if that is known already. */
  readonly branding?: Branding | undefined;
}

export function respondJson(statusCode: number, value: unknown, headers: Record<string, string> = {}): HttpResponse {
  return { statusCode, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(value) };
}

export function respondRedirect(location: string, cookies: string[] = [], statusCode: 302 | 303 = 302): HttpResponse {
  return { statusCode, headers: { location, ...PAGE_HEADERS }, cookies, body: '' };
}

/** A page of ours for an end user, under the policy that fits what is on it. */
export function respondPage(
  content: PageContent,
  options: PageOptions & { readonly statusCode?: number },
): HttpResponse {
  return {
    statusCode: options.statusCode ?? 200,
    headers: { ...buildPageHeaders(options), 'content-type': 'text/html; charset=utf-8' },
    body: renderPage(content, options.branding),
  };
}

/**
 * Renders a failure. Below a connection's Discord paths the problem goes as plain JSON with a `message`, since unmodified
 * Discord clients read only that; a client that names problem+json in Accept gets it as such.
 * @see RFC 9457 · RFC 9110 §10.2.3 (Retry-After), §11.6.1 (WWW-Authenticate), §10.2.1 (Allow)
 */
export function respondFailure(failure: Failure, style: FailureStyle, facts: FailureFacts): HttpResponse {
  const problem = toProblem(failure, facts.publicBaseUrl, facts.requestId);
  const headers: Record<string, string> = {};
  if (problem.retry_after_seconds !== undefined) headers['retry-after'] = String(problem.retry_after_seconds);
  if (problem.status === 401) headers['www-authenticate'] = 'Bearer';
  if (problem.status === 405 && problem.allowed !== undefined) headers['allow'] = problem.allowed.join(', ');
  if (style === 'page' || style === 'own_page') {
    const page = buildFailurePage(failure, facts.requestId, style === 'page' ? 'connecting' : 'own_connection');
    const response = respondPage(page, { statusCode: problem.status, branding: facts.branding });
    return { ...response, headers: { ...headers, ...response.headers } };
  }
  const isDiscordForm = style === 'discord' && !(facts.accept ?? '').includes('application/problem+json');
  const body = isDiscordForm
    ? { ...problem, message: `${problem.title}: ${problem.detail}`, ...toDiscordRetry(problem.retry_after_seconds) }
    : problem;
  const contentType = isDiscordForm ? 'application/json' : 'application/problem+json';
  return {
    statusCode: problem.status,
    headers: { ...headers, 'content-type': contentType },
    body: JSON.stringify(body),
  };
}

/** Discord's clients look for the wait in the body, in seconds. @see Discord docs: topics/rate-limits */
function toDiscordRetry(seconds: number | undefined): { retry_after?: number } {
  return seconds === undefined ? {} : { retry_after: seconds };
}
