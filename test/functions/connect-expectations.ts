import { setImmediate } from 'node:timers/promises';
import { expect } from 'vitest';
import { SEED_USERS } from '../../infra/local/discord/world/seed-users.ts';
import type { Harness } from '../support/harness.ts';
import type { Consent, CookieJar, JsonAnswer, SessionInput } from '../support/wire.ts';

/** Where the app of these tests takes its users back. */
export const RETURN_URL = 'http://localhost:9/back';

export const { ada, grace, linus, mina, noor, solo } = SEED_USERS;

const REQUEST_ID = /^[A-Za-z0-9=_-]{8,64}$/;

/** A problem of RFC 9457 with this status and code, a page behind its `type`, and the request id that is also a header. */
export function expectProblem(answer: JsonAnswer, status: number, code: string): void {
  expect([answer.status, answer.json?.code, answer.json?.detail]).toEqual([status, code, expect.any(String)]);
  expect(answer.headers['content-type']).toBe('application/problem+json');
  expect(answer.json.type).toMatch(new RegExp(`/problems/${code}$`));
  expect(answer.headers['x-request-id']).toMatch(REQUEST_ID);
  expect(answer.json.instance).toBe(`urn:request:${answer.headers['x-request-id'] ?? ''}`);
  expect(answer.headers['retry-after']).toBe(answer.json.retry_after_seconds?.toString());
}

/** A page for the end user: whole, without script, under a strict policy, with a reference and no cookie. */
export function expectPage(answer: JsonAnswer, status: number, title: string): void {
  expect([answer.status, /<h1>(.*)<\/h1>/.exec(answer.text)?.[1]]).toEqual([status, title]);
  expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
  expectSafePageHeaders(answer);
  expect(answer.text).not.toMatch(/<script|javascript:|onerror|<img/i);
  expect(answer.text).toContain(answer.headers['x-request-id'] ?? 'no request id');
  expect(answer.cookies).toEqual([]);
}

export function expectSafePageHeaders(answer: JsonAnswer): void {
  expect(answer.headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-/);
  expect(answer.headers['content-security-policy']).toContain("frame-ancestors 'none'");
  expect(answer.headers['referrer-policy']).toBe('no-referrer');
  expect(answer.headers['cache-control']).toBe('no-store');
  expect(answer.headers['x-content-type-options']).toBe('nosniff');
}

/** The answer without what differs from request to request: two refusals that must not be told apart are equal in it. */
export function withoutRequestId(answer: JsonAnswer): unknown {
  const id = answer.headers['x-request-id'] ?? 'none';
  const { date: _date, 'apigw-requestid': _gateway, ...headers } = answer.headers;
  return { status: answer.status, headers: { ...headers, 'x-request-id': '' }, text: answer.text.replaceAll(id, '') };
}

/** How many requests the simulator has received at its token endpoint. */
export async function countTokenRequests(harness: Harness): Promise<number> {
  return (await harness.simulator.control.listRequests({ method: 'POST', path: '/api/oauth2/token' })).count;
}

export async function countRevocations(harness: Harness): Promise<number> {
  return (await harness.simulator.control.listRequests({ method: 'POST', path: '/api/oauth2/token/revoke' })).count;
}

/** How many refresh tokens of this Discord user live at the simulator. */
export async function countLiveTokens(harness: Harness, discordUserId: string): Promise<number> {
  const { items } = await harness.simulator.control.listAuthorizations();
  return items.find(({ user_id }) => user_id === discordUserId)?.live_refresh_tokens ?? 0;
}

/** Session, link and consent: the browser has Discord's redirect back to us but has not followed it yet. */
export async function goToDiscord(
  harness: Harness,
  input: Partial<SessionInput> & { readonly user_id: string },
  consent: Consent,
  key: string = harness.key,
): Promise<{ sessionId: string; jar: CookieJar; callbackUrl: string; authorizeUrl: string }> {
  const session = await harness.wire.createSession(key, { return_url: RETURN_URL, ...input });
  expect(session.status).toBe(201);
  const jar: CookieJar = new Map();
  const opened = await harness.wire.openLink(session.json.authorize_url, jar);
  const callbackUrl = await harness.wire.consent(opened.headers['location'] ?? '', consent);
  return { sessionId: session.json.id, jar, callbackUrl, authorizeUrl: session.json.authorize_url };
}

/** Everything up to the confirmation, with a `confirm` that sends the right one. */
export async function comeBack(
  harness: Harness,
  input: Partial<SessionInput> & { readonly user_id: string },
  consent: Consent,
  key: string = harness.key,
) {
  const whole = { return_url: RETURN_URL, ...input };
  const returned = await harness.wire.comeBack(key, whole, consent);
  const confirm = () => harness.wire.confirm(key, returned.sessionId, input.user_id, returned.confirmationCode);
  return { ...returned, confirm };
}

/** Parameters of the redirect to the app. */
export function returnParameters(answer: JsonAnswer): Record<string, string> {
  expect(answer.status).toBe(302);
  return Object.fromEntries(new URL(answer.headers['location'] ?? '').searchParams);
}

export async function listConnections(harness: Harness, userId: string): Promise<JsonAnswer['json'][]> {
  const query = new URLSearchParams({ user_id: userId }).toString();
  return (await harness.wire.send('GET', `/connections?${query}`, { key: harness.key })).json.items;
}

/** Resolves when the simulator keeps a request back. */
export async function untilHeld(harness: Harness): Promise<void> {
  const isHeld = async () => (await harness.simulator.control.listFaults()).items.some(({ held }) => held > 0);
  while (!(await isHeld())) await setImmediate();
}
