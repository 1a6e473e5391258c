import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod/mini';
import type { Failure } from '../../shared/problems/failure.ts';
import { toProblem } from '../../shared/problems/to-problem.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { FaultRule, FaultStatus } from './discord/control/fault.ts';
import type { SimulatorControl } from './discord/control/operations.ts';
import { readBody } from './gateway/read-body.ts';

/** Path at which the portal of a local gateway finds the simulator's switches. It is no route of the template. */
export const SWITCHES_PATH = '/local/simulator';

interface SimulatorSwitch {
  readonly title: string;
  readonly detail: string;
  readonly rule: FaultRule;
  /** Lets all access tokens run out when it is switched on: else the next refresh would be days away. */
  readonly isRefreshForced?: boolean;
}

/** Every path of Discord's REST API; the OAuth endpoints are not among them. */
const ACTIONS = '/api/v10/**';

const SLOW_MS = 3_000;

/** What Discord can be made to do wrong, for a developer who wants to see what his app makes of it. */
const SWITCHES: Readonly<Record<string, SimulatorSwitch>> = {
  next_refresh_fails: {
    title: 'The next refresh fails',
    detail:
      'All access tokens run out, and Discord answers the first refresh with invalid_grant: that user must connect again. Then it goes off by itself.',
    isRefreshForced: true,
    rule: {
      method: 'POST',
      path: '/api/**',
      body_includes: 'grant_type=refresh_token',
      times: 1,
      fault: { kind: 'answer', status: 400, json: { error: 'invalid_grant' } },
    },
  },
  discord_502: {
    title: 'Discord answers 502',
    detail: 'Every action meets a page of HTML in place of an answer.',
    rule: {
      path: ACTIONS,
      times: null,
      fault: {
        kind: 'answer',
        status: 502,
        headers: { 'content-type': 'text/html' },
        body: '<h1>502 Bad Gateway</h1>',
      },
    },
  },
  discord_slow: {
    title: 'Discord is slow',
    detail: `Every action takes ${SLOW_MS / 1_000} seconds longer.`,
    rule: { path: ACTIONS, times: null, fault: { kind: 'delay', delay_ms: SLOW_MS } },
  },
  rate_limited: {
    title: 'Discord rate-limits',
    detail: 'Every action gets a 429 and is told to wait for 5 seconds.',
    rule: { path: ACTIONS, times: null, fault: { kind: 'rate_limit', retry_after_seconds: 5 } },
  },
};

const switchBody = z.strictObject({ is_on: z.boolean() });

const BODY_RULE = 'is an object with `is_on`, true or false, and nothing else';

/** Bytes. */
const MAX_BODY_BYTES = 1_000;

const LOOPBACK_HOST = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::[0-9]+)?$/;

/** What is asked of the simulator, by path. */
type Target = { readonly kind: 'list' } | { readonly kind: 'switch'; readonly chosen: SimulatorSwitch };

/**
 * Serves the switches, for pages of the local gateway only. What is on stands in the simulator, which is asked each time:
 * a reload of the page or another browser sees the same.
 * @param simulatorUrl - its origin, for links to its pages
 * @returns whether the request was for it
 */
export function createSimulatorSwitches(
  control: SimulatorControl,
  simulatorUrl: string,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  return (request, response) => {
    const [path = ''] = (request.url ?? '').split('?');
    if (path !== SWITCHES_PATH && !path.startsWith(`${SWITCHES_PATH}/`)) return false;
    answer(control, request, path).then(
      (switches) =>
        send(request, response, switches.ok ? ok({ ...switches.value, discord_base_url: simulatorUrl }) : switches),
      // The simulator is a process of its own, which may have ended.
      () => send(request, response, fail({ reason: 'discord_unavailable' })),
    );
    return true;
  };
}

async function answer(
  control: SimulatorControl,
  request: IncomingMessage,
  path: string,
): Promise<Result<{ readonly switches: unknown[] }, Failure>> {
  if (!isFromOwnPage(request)) return fail({ reason: 'request_forged' });
  const target = parseTarget(path);
  if (target === undefined) return fail({ reason: 'route_not_found' });
  const allowed = target.kind === 'list' ? 'GET' : 'PUT';
  if (request.method !== allowed) return fail({ reason: 'method_not_allowed', allowed: [allowed] });
  const [parameter] = new URL(request.url ?? '', 'http://localhost').searchParams.keys();
  if (parameter !== undefined) {
    return fail({ reason: 'input_invalid', errors: [{ parameter, detail: 'is not known here: there are none' }] });
  }
  if (target.kind === 'switch') {
    const isOn = await readIsOn(request);
    if (!isOn.ok) return isOn;
    for (const fault of await findFaults(control, target.chosen)) await control.removeFault({ id: fault.id });
    if (isOn.value) await switchOn(control, target.chosen);
  }
  return ok({ switches: await listSwitches(control) });
}

async function switchOn(control: SimulatorControl, { rule, isRefreshForced }: SimulatorSwitch): Promise<void> {
  await control.addFault(rule);
  if (isRefreshForced !== true) return;
  for (const { client_id, user_id } of (await control.listAuthorizations()).items) {
    await control.expireAccessTokens({ client_id, user_id });
  }
}

function parseTarget(path: string): Target | undefined {
  if (path === SWITCHES_PATH) return { kind: 'list' };
  const prefix = `${SWITCHES_PATH}/switches/`;
  const id = path.startsWith(prefix) ? path.slice(prefix.length) : '';
  const chosen = Object.hasOwn(SWITCHES, id) ? SWITCHES[id] : undefined;
  return chosen === undefined ? undefined : { kind: 'switch', chosen };
}

async function readIsOn(request: IncomingMessage): Promise<Result<boolean, Failure>> {
  if (!/^application\/json *(?:;|$)/i.test(request.headers['content-type'] ?? '')) {
    return fail({ reason: 'input_media_type' });
  }
  const read = await readBody(request, MAX_BODY_BYTES);
  if (!read.ok) return fail({ reason: 'input_too_large', maxBytes: MAX_BODY_BYTES });
  const value = parseJson(read.body.toString('utf8'));
  if (value === undefined) return fail({ reason: 'input_not_json', detail: 'The body is no JSON.' });
  const body = switchBody.safeParse(value);
  return body.success
    ? ok(body.data.is_on)
    : fail({ reason: 'input_invalid', errors: [{ pointer: '', detail: BODY_RULE }] });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function listSwitches(control: SimulatorControl): Promise<unknown[]> {
  const { items } = await control.listFaults();
  return Object.entries(SWITCHES).map(([id, chosen]) => {
    const { title, detail } = chosen;
    return { id, title, detail, is_on: items.some((item) => isOf(chosen, item)) };
  });
}

async function findFaults(control: SimulatorControl, chosen: SimulatorSwitch): Promise<FaultStatus[]> {
  return (await control.listFaults()).items.filter((item) => isOf(chosen, item));
}

/** Whether a fault is the switch's and still waits for requests. */
function isOf({ rule }: SimulatorSwitch, { remaining, rule: other }: FaultStatus): boolean {
  return remaining !== 0 && isDeepStrictEqual(other, rule);
}

/** Browsers say where a request comes from; another name than that of this machine means DNS rebinding. */
function isFromOwnPage({ headers }: IncomingMessage): boolean {
  const { host = '', origin, 'sec-fetch-site': site } = headers;
  if (!LOOPBACK_HOST.test(host)) return false;
  return (site === undefined || site === 'same-origin') && (origin === undefined || origin === `http://${host}`);
}

function send(request: IncomingMessage, response: ServerResponse, result: Result<unknown, Failure>): void {
  const { host = '' } = request.headers;
  const problem = result.ok
    ? undefined
    : toProblem(result.failure, `http://${LOOPBACK_HOST.test(host) ? host : 'localhost'}`, randomUUID());
  response.writeHead(problem?.status ?? 200, {
    'content-type': problem === undefined ? 'application/json' : 'application/problem+json',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...(result.ok || result.failure.reason !== 'method_not_allowed'
      ? {}
      : { allow: result.failure.allowed.join(', ') }),
  });
  response.end(JSON.stringify(result.ok ? result.value : problem));
}
