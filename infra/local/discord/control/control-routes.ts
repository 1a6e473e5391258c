import * as z from 'zod/mini';
import type { Answer } from '../answer.ts';
import { buildJsonAnswer } from '../answer.ts';
import { isFromThisMachine } from '../http/caller.ts';
import { parseForm } from '../http/form.ts';
import type { IncomingRequest } from '../http/incoming.ts';
import { parseMediaType } from '../http/incoming.ts';
import { ControlInputError } from './control-input.ts';
import type { ControlOperationName, SimulatorControl } from './operations.ts';
import { CONTROL_OPERATIONS, CONTROL_PREFIX } from './operations.ts';

/**
 * Answers a request below `/_control`. It gives out every secret, so only programs on this machine are let in and no web
 * page is: browsers send `Origin` or `Sec-Fetch-Site` with what a page asks for.
 */
export async function answerControl(control: SimulatorControl, request: IncomingRequest): Promise<Answer> {
  if (!isFromThisMachine(request) || isFromPage(request))
    return refuse(403, 'The control API is for programs on this machine.');
  const path = request.path.slice(CONTROL_PREFIX.length);
  if (path === '' || path === '/') return buildJsonAnswer(200, { operations: listOperations() });
  const operations = Object.entries(CONTROL_OPERATIONS).filter(([, operation]) => operation.path === path);
  const match = operations.find(([, operation]) => operation.method === request.method);
  if (match === undefined) {
    return operations.length === 0 ? refuse(404, 'No such operation.') : refuse(405, 'Wrong method.');
  }
  const [name, { method, input }] = match;
  const raw = method === 'GET' ? readQuery(request) : readBody(request);
  if (!raw.ok) return refuse(raw.status, raw.problem);
  const parsed = input.safeParse(raw.value);
  if (!parsed.success) return refuse(400, z.prettifyError(parsed.error));
  try {
    return buildJsonAnswer(200, await callOperation(control, name as ControlOperationName, parsed.data));
  } catch (error) {
    if (error instanceof ControlInputError) return refuse(400, error.message);
    throw error;
  }
}

function callOperation(control: SimulatorControl, name: ControlOperationName, input: unknown): Promise<unknown> {
  // `input` was parsed with the schema of the same table row from which the method's type is made.
  const operation = control[name] as (input: unknown) => Promise<unknown>;
  return operation(input);
}

type RawInput =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly status: number; readonly problem: string };

function readQuery(request: IncomingRequest): RawInput {
  const form = parseForm(request.rawQuery);
  if (!form.ok) return { ok: false, status: 400, problem: form.problem };
  return { ok: true, value: Object.fromEntries(form.fields) };
}

function readBody(request: IncomingRequest): RawInput {
  if (request.bodyTooLarge) return { ok: false, status: 413, problem: 'The body is too large.' };
  if (request.body.length === 0) return { ok: true, value: {} };
  // A web page cannot send this type to another origin without asking first, and it is not answered.
  if (parseMediaType(request) !== 'application/json') {
    return { ok: false, status: 415, problem: 'Send application/json.' };
  }
  try {
    return { ok: true, value: JSON.parse(request.body.toString('utf8')) };
  } catch {
    return { ok: false, status: 400, problem: 'The body is not JSON.' };
  }
}

function isFromPage({ headers }: IncomingRequest): boolean {
  const site = headers['sec-fetch-site'];
  return headers.origin !== undefined || (site !== undefined && site !== 'none' && site !== 'same-origin');
}

function listOperations(): string[] {
  return Object.values(CONTROL_OPERATIONS).map(({ method, path }) => `${method} ${CONTROL_PREFIX}${path}`);
}

function refuse(status: number, message: string): Answer {
  return buildJsonAnswer(status, { message });
}
