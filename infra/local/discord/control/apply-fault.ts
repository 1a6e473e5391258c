import type { ServerResponse } from 'node:http';
import type { Answer } from '../answer.ts';
import { buildRateLimitedAnswer } from '../api/rate-limiter.ts';
import type { Delivery } from '../http/send-answer.ts';
import { dropConnection, pause, sendAnswer } from '../http/send-answer.ts';
import type { Fault } from './fault.ts';
import type { MetFault } from './fault-engine.ts';

/**
 * Answers a request that met a fault.
 * @param process - does the real work once and gives the real answer; not called where the fault says "no effect"
 * @returns the status that was sent, or null when the connection was dropped
 */
export async function answerWithFault(
  response: ServerResponse,
  { fault, untilReleased }: MetFault,
  process: () => Answer,
): Promise<number | null> {
  const standIn = buildStandIn(fault);
  if (standIn !== undefined) {
    if (fault.kind === 'answer' && fault.phase === 'after') process();
    return send(response, standIn);
  }
  const isBefore = 'phase' in fault && fault.phase !== 'after';
  if (fault.kind === 'drop' && isBefore) {
    dropConnection(response);
    return null;
  }
  if (isBefore) await waitAsTold(response, fault, untilReleased);
  const answer = process();
  if (fault.kind === 'drop') {
    dropConnection(response);
    return null;
  }
  if (!isBefore) await waitAsTold(response, fault, untilReleased);
  return send(response, changeAnswer(answer, fault), toDelivery(fault));
}

async function send(response: ServerResponse, answer: Answer, delivery: Delivery = { kind: 'whole' }): Promise<number> {
  await sendAnswer(response, answer, delivery);
  return answer.status;
}

async function waitAsTold(response: ServerResponse, fault: Fault, untilReleased: () => Promise<void>): Promise<void> {
  if (fault.kind === 'delay') await pause(response, fault.delay_ms);
  if (fault.kind === 'hold') await untilReleased();
}

function buildStandIn(fault: Fault): Answer | undefined {
  if (fault.kind === 'rate_limit') {
    const answer = buildRateLimitedAnswer(fault.retry_after_seconds * 1000, fault.scope ?? 'user', {});
    return fault.with_headers === false ? { ...answer, headers: { 'content-type': 'application/json' } } : answer;
  }
  if (fault.kind === 'cloudflare') return buildCloudflareAnswer(fault.status ?? 429, fault.error_number ?? 1015);
  if (fault.kind !== 'answer') return undefined;
  const body = fault.json === undefined ? (fault.body ?? '') : JSON.stringify(fault.json);
  const type = fault.json === undefined ? 'text/plain; charset=utf-8' : 'application/json';
  const headers: Record<string, string> = { 'content-type': type };
  for (const [name, value] of Object.entries(fault.headers ?? {})) headers[name.toLowerCase()] = value;
  return { status: fault.status, headers, body };
}

function buildCloudflareAnswer(status: number, errorNumber: number): Answer {
  const body = `<!DOCTYPE html>
<html lang="en-US"><head><title>Access denied | discord.com used Cloudflare to restrict access</title></head>
<body><h1>Error ${errorNumber}</h1><h2>You are being rate limited</h2></body></html>
`;
  const headers = {
    'content-type': 'text/html; charset=UTF-8',
    server: 'cloudflare',
    'cf-ray': '8f1e5c0d2b7a4c11-FRA',
  };
  return { status, headers, body };
}

function changeAnswer(answer: Answer, fault: Fault): Answer {
  if (fault.kind === 'content_type') {
    const headers: Record<string, string> = { ...answer.headers };
    delete headers['content-type'];
    if (fault.content_type !== null) headers['content-type'] = fault.content_type;
    return { ...answer, headers };
  }
  const isJson = answer.headers['content-type'] === 'application/json';
  if (fault.kind !== 'edit_json' || !isJson || answer.status >= 300) return answer;
  const value: unknown = JSON.parse(answer.body);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return answer;
  const removed = fault.remove ?? [];
  const kept = Object.entries(value).filter(([name]) => !removed.includes(name));
  return { ...answer, body: JSON.stringify({ ...Object.fromEntries(kept), ...fault.set }) };
}

function toDelivery(fault: Fault): Delivery {
  if (fault.kind === 'truncate') return { kind: 'truncate', afterBytes: fault.after_bytes };
  if (fault.kind === 'drip') return { kind: 'drip', bytesPerPiece: fault.bytes_per_piece, pauseMs: fault.pause_ms };
  if (fault.kind === 'oversize') return { kind: 'oversize', bytes: fault.bytes };
  return { kind: 'whole' };
}
