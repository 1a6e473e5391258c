import { buildApiErrorAnswer, type Answer } from '../../../infra/local/discord/answer.ts';
import { dispatchApi } from '../../../infra/local/discord/api/dispatch-api.ts';
import type { RateLimits, RateWindow } from '../../../infra/local/discord/api/rate-limiter.ts';
import { buildApplication, DEFAULT_CLIENT_ID } from '../../../infra/local/discord/application.ts';
import { buildSimulation } from '../../../infra/local/discord/build-simulation.ts';
import { FaultEngine } from '../../../infra/local/discord/control/fault-engine.ts';
import { createLiveControl } from '../../../infra/local/discord/control/live-control.ts';
import type { SimulatorControl } from '../../../infra/local/discord/control/operations.ts';
import { RequestLog } from '../../../infra/local/discord/control/request-log.ts';
import type { IncomingRequest } from '../../../infra/local/discord/http/incoming.ts';
import { answerAuthorize } from '../../../infra/local/discord/oauth/authorize.ts';
import { buildEmptyState } from '../../../infra/local/discord/state/records.ts';
import { CALLBACK_PATH } from '../../../shared/http/routes.ts';
import type { UpstreamCall } from '../upstream.ts';

/** Out of reach: rate limits are not what is tested here. */
const NO_LIMIT: RateWindow = { limit: 1_000_000, window_ms: 1000 };
export const NO_LIMITS: RateLimits = {
  route: NO_LIMIT,
  routes: {},
  global_per_bot: NO_LIMIT,
  global_per_user: NO_LIMIT,
  global_per_ip: NO_LIMIT,
};

/** The simulator's own code without its HTTP server. */
export interface FuzzDiscord {
  readonly control: SimulatorControl;
  readonly application: { readonly clientId: string; readonly clientSecret: string; readonly botToken: string };
  readonly fetch: typeof fetch;
  decide(location: string, form: URLSearchParams): Promise<string>;
}

export function openFuzzDiscord(options: {
  readonly origin: string;
  readonly baseUrl: string;
  readonly now: () => number;
  readonly random: (bytes: number) => Buffer;
  readonly onCall: (call: UpstreamCall) => void;
}): FuzzDiscord {
  const simulation = buildSimulation({
    state: buildEmptyState(),
    limits: NO_LIMITS,
    random: options.random,
    nowEpochMs: options.now,
    baseUrl: () => options.baseUrl,
  });
  const application = buildApplication(simulation, {
    name: 'Fuzz',
    client_id: DEFAULT_CLIENT_ID,
    redirect_uris: [`${options.origin}${CALLBACK_PATH}`],
  });
  simulation.store.saveApplication(application);
  const control = createLiveControl({
    simulation,
    faults: new FaultEngine(),
    requests: new RequestLog(),
    initialRateLimits: NO_LIMITS,
    clock: { offsetMs: 0 },
  });
  const route = (request: IncomingRequest): Answer => {
    if (request.segments?.[0] === 'api') return dispatchApi(simulation, request);
    if (request.segments?.join('/') === 'oauth2/authorize') return answerAuthorize(simulation, request);
    return buildApiErrorAnswer(404, 0, '404: Not Found');
  };
  const take = (method: string, url: URL, headers: Record<string, string>, body: Uint8Array): Response => {
    const call = { method, path: url.pathname, query: [...url.searchParams.keys()] };
    let status: number | null = null;
    try {
      const answer = route(buildIncoming(method, url, headers, Buffer.from(body)));
      status = answer.status;
      return new Response(answer.body === '' ? null : answer.body, { status, headers: answer.headers });
    } finally {
      // Without a status it has thrown, which the layer sees as a broken connection.
      options.onCall({ ...call, status });
    }
  };
  return {
    control,
    application,
    fetch: async (input, init) => {
      // As the real one reads them: dot segments resolved, header values checked, the body as bytes.
      const request = new Request(input, init);
      const body = new Uint8Array(await request.arrayBuffer());
      return take(request.method, new URL(request.url), Object.fromEntries(request.headers), body);
    },
    decide: (location, form) => {
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const url = new URL('/oauth2/authorize', location);
      const {
        status,
        body,
        headers: answered,
      } = route(buildIncoming('POST', url, headers, Buffer.from(form.toString())));
      const back = answered['location'];
      if (back === undefined) throw new Error(`the consent page answered ${status}: ${body}`);
      return Promise.resolve(back);
    },
  };
}

function buildIncoming(method: string, url: URL, headers: Record<string, string>, body: Buffer): IncomingRequest {
  return {
    method,
    path: url.pathname,
    segments: parseSegments(url.pathname),
    rawQuery: url.search.slice(1),
    headers,
    authorizationCount: 'authorization' in headers ? 1 : 0,
    remoteAddress: '127.0.0.1',
    body,
    // The simulator takes 25 MiB where files can come; no body here is larger, and elsewhere the layer's own limits are.
    bodyTooLarge: false,
  };
}

function parseSegments(path: string): string[] | undefined {
  try {
    const segments = path.slice(1).split('/').map(decodeURIComponent);
    return segments.some((segment) => ['', '.', '..'].includes(segment)) ? undefined : segments;
  } catch {
    return undefined;
  }
}
