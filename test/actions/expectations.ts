import { expect } from 'vitest';
import type { ActionDefinition } from '../../shared/catalogue/action.ts';
import type { JsonAnswer } from '../support/wire.ts';
import type { SeenRequest } from './action-world.ts';
import type { BuiltCall } from './build-call.ts';

/** One of the action's success statuses, and a body as the action describes it. */
export function expectSuccess(answer: JsonAnswer, { successStatuses, answer: schema }: ActionDefinition): void {
  expect(successStatuses, answer.text).toContain(answer.status);
  if (answer.text === '') return;
  const parsed = schema?.safeParse(answer.json);
  expect(parsed?.error?.issues ?? [], answer.text).toEqual([]);
  expect(parsed).toBeDefined();
}

/** A problem that says what it is about. */
export function expectRefusal(answer: JsonAnswer): void {
  expect(answer.headers['content-type'], answer.text).toBe('application/problem+json');
  expect([400, 403], answer.text).toContain(answer.status);
}

/** Neither a webhook's token nor its address. */
export function expectNothingSecret({ text }: JsonAnswer): void {
  expect(text).not.toMatch(/"(?:access_)?token"\s*:|\/webhooks\/[0-9]{15,20}\/[A-Za-z0-9_-]{20,}/);
}

/** What decisions read: also operations of their own, which then cannot be told apart. */
const FACT_PATHS = [
  /^\/guilds\/[0-9]+$/,
  /^\/guilds\/[0-9]+\/members\/[0-9]+$/,
  /^\/channels\/[0-9]+$/,
  /^\/channels\/[0-9]+\/messages\/[0-9]+$/,
  /^\/channels\/[0-9]+\/thread-members\/[0-9]+$/,
  /^\/webhooks\/[0-9]+$/,
];

/** Nothing was changed at Discord, and the operation of the call was not asked for. */
export function expectNothingDone({ method, path }: BuiltCall, requests: readonly SeenRequest[]): void {
  expect(requests.filter((request) => request.method !== 'GET')).toEqual([]);
  if (method !== 'GET' || FACT_PATHS.some((fact) => fact.test(path))) return;
  expect(requests.map((request) => request.path)).not.toContain(`/api/v10${path}`);
}
