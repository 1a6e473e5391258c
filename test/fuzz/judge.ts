import { PROBLEM_TEXTS } from '../../shared/problems/problem-texts.ts';
import type { LogEntry } from '../support/recorded-log.ts';
import type { FuzzAnswer, FuzzedRequest } from './fuzzed-request.ts';
import { isKnownCall, type UpstreamCall } from './upstream.ts';

/** A request with all that came of it. */
export interface Sent {
  readonly request: FuzzedRequest;
  /** Absent: there was none within the function's time. */
  readonly answer: FuzzAnswer | undefined;
  readonly log: readonly LogEntry[];
  /** What else was written: facts of log lines, lines of the gateway. */
  readonly written: readonly string[];
  readonly upstream: readonly UpstreamCall[];
}

/** A secret that may stand in no answer and no log. */
export interface FuzzSecret {
  readonly kind: string;
  readonly value: string;
}

/** Statuses that API Gateway gives by itself; its throttle is out of reach here. */
const GATEWAY_STATUSES = [204, 400, 403, 404, 413, 431];

/** Routes whose refusals are pages for people. */
const PAGE_ROUTE = /^[A-Z]+ \/(?:authorize|integration-callback|my\/connection(?:\/disconnect)?)$/;

/** Says what is wrong about a request, its answer and its traces; empty when nothing is. No fault was planted anywhere. */
export function findViolations(sent: Sent, secrets: readonly FuzzSecret[]): string[] {
  const { answer, log, upstream } = sent;
  return [
    ...(answer === undefined ? ['no answer within the time of the function'] : judgeAnswer(sent, answer)),
    ...log
      .filter(({ level, event }) => level === 'error' || event === 'bug')
      .map((entry) => `the log has ${JSON.stringify(entry)}`),
    ...upstream.flatMap(judgeCall),
    ...findLeaks(sent, secrets),
    ...Object.keys(Object.prototype).map((name) => `every object has got a member ${name}`),
  ];
}

function judgeAnswer({ request, log }: Sent, answer: FuzzAnswer): string[] {
  const { status, headers, text } = answer;
  const line = log.find(({ event }) => event === 'request');
  if (status >= 500) return [`the answer is ${status}: ${text}`];
  const injected = 'x-injected' in headers ? ['a header was injected'] : [];
  if (line === undefined) return [...injected, ...judgeGatewayAnswer(status, text)];
  const named = headers['x-request-id'] === undefined ? ['the answer has no request id'] : [];
  const isBodiless = request.method === 'HEAD' && text === '';
  const problems =
    status < 400 || isBodiless ? judgeDecision(text) : judgeRefusal(answer, String(line['route']), line['code']);
  return [...injected, ...named, ...problems];
}

function judgeGatewayAnswer(status: number, text: string): string[] {
  if (!GATEWAY_STATUSES.includes(status)) return [`the gateway answers ${status}: ${text}`];
  const isSilent = text === '';
  return isSilent || typeof readJson(text)?.['message'] === 'string' ? [] : [`the gateway says ${text}`];
}

/** Every refusal is a problem with a pinned code; on a page the code stands in the log only. */
function judgeRefusal({ status, headers, text }: FuzzAnswer, route: string, logged: unknown): string[] {
  const contentType = headers['content-type'] ?? '';
  if (!isPinned(logged)) return [`the log names no pinned code: ${String(logged)}`];
  if (contentType.startsWith('text/html'))
    return PAGE_ROUTE.test(route) ? [] : [`${route} answers ${status} with a page`];
  const problem = readJson(text);
  if (problem === undefined || !/^application\/(?:problem\+)?json$/.test(contentType)) {
    return [`${status} is no problem: ${contentType} ${text}`];
  }
  const { code, type, title, detail, instance } = problem;
  const texts = [type, title, detail, instance];
  const isWhole = texts.every((value) => typeof value === 'string' && value !== '') && problem['status'] === status;
  return isPinned(code) && code === logged && isWhole ? [] : [`${status} is no whole problem: ${text}`];
}

/** What a dry run says stands against a call are problems, too. */
function judgeDecision(text: string): string[] {
  const answer = text.startsWith('{"dry_run":true') ? readJson(text) : undefined;
  const problems = (answer?.['problems'] ?? []) as readonly { readonly code?: unknown }[];
  return problems.filter(({ code }) => !isPinned(code)).map(({ code }) => `a dry run names ${String(code)}`);
}

function isPinned(code: unknown): boolean {
  return typeof code === 'string' && Object.hasOwn(PROBLEM_TEXTS, code);
}

/** The simulator answers a method that a route does not have with 405, and has a fault of its own at 500. */
function judgeCall(call: UpstreamCall): string[] {
  const { method, path, query, status } = call;
  if (!isKnownCall(call)) return [`Discord was asked for ${method} ${path} (${query.join(', ')}), which nobody knows`];
  const isRouted = status !== null && status !== 405 && status < 500;
  return isRouted ? [] : [`Discord answered ${method} ${path} with ${status ?? 'nothing'}`];
}

/** Characters. A shorter value would be found by chance. */
const MIN_SECRET_LENGTH = 12;

function findLeaks({ answer, log, written }: Sent, secrets: readonly FuzzSecret[]): string[] {
  const places = [
    ['answer', answer === undefined ? '' : JSON.stringify(answer)],
    ['log', [...log.map((entry) => JSON.stringify(entry)), ...written].join('\n')],
  ] as const;
  return secrets
    .filter(({ value }) => value.length >= MIN_SECRET_LENGTH)
    .flatMap(({ kind, value }) =>
      places
        .filter(([, text]) => text.includes(value) || text.includes(encodeURIComponent(value)))
        .map(([place]) => `a secret (${kind}) stands in the ${place}`),
    );
}

function readJson(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
