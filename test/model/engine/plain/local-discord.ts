import type { Answer } from '../../../../infra/local/discord/answer.ts';
import { buildApiErrorAnswer } from '../../../../infra/local/discord/answer.ts';
import { dispatchApi } from '../../../../infra/local/discord/api/dispatch-api.ts';
import type { RateLimits, RateWindow } from '../../../../infra/local/discord/api/rate-limiter.ts';
import { buildApplication } from '../../../../infra/local/discord/application.ts';
import { buildSimulation } from '../../../../infra/local/discord/build-simulation.ts';
import { FaultEngine } from '../../../../infra/local/discord/control/fault-engine.ts';
import { createLiveControl } from '../../../../infra/local/discord/control/live-control.ts';
import type { SimulatorControl } from '../../../../infra/local/discord/control/operations.ts';
import { RequestLog } from '../../../../infra/local/discord/control/request-log.ts';
import type { IncomingRequest } from '../../../../infra/local/discord/http/incoming.ts';
import { answerAuthorize } from '../../../../infra/local/discord/oauth/authorize.ts';
import { buildEmptyState } from '../../../../infra/local/discord/state/records.ts';
import type { SimulatorStore } from '../../../../infra/local/discord/state/store.ts';

/** Below any model command's reach: rate limits are not what is tested here. */
const NO_LIMIT: RateWindow = { limit: 1_000_000, window_ms: 1000 };
const LIMITS: RateLimits = {
  route: NO_LIMIT,
  routes: {},
  global_per_bot: NO_LIMIT,
  global_per_user: NO_LIMIT,
  global_per_ip: NO_LIMIT,
};

const TOKEN_PATH = '/api/oauth2/token';

/** The simulator without its HTTP server: the same routes, state and control. */
export interface LocalDiscord {
  readonly control: SimulatorControl;
  readonly store: SimulatorStore;
  answer(request: IncomingRequest): Answer;
}

export function openLocalDiscord(options: {
  readonly baseUrl: string;
  readonly redirectUri: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly now: () => number;
  readonly random: (bytes: number) => Buffer;
  /** Told of each request for a refresh, once it is answered. */
  readonly onRefresh: (refreshToken: string, status: number) => void;
}): LocalDiscord {
  const simulation = buildSimulation({
    state: buildEmptyState(),
    limits: LIMITS,
    random: options.random,
    nowEpochMs: options.now,
    baseUrl: () => options.baseUrl,
  });
  const { store } = simulation;
  store.saveApplication(
    buildApplication(simulation, {
      name: 'Model',
      client_id: options.clientId,
      client_secret: options.clientSecret,
      redirect_uris: [options.redirectUri],
    }),
  );
  const control = createLiveControl({
    simulation,
    faults: new FaultEngine(),
    requests: new RequestLog(),
    initialRateLimits: LIMITS,
    clock: { offsetMs: 0 },
  });
  const route = (request: IncomingRequest): Answer => {
    if (request.segments?.[0] === 'api') return dispatchApi(simulation, request);
    if (request.segments?.join('/') === 'oauth2/authorize') return answerAuthorize(simulation, request);
    return buildApiErrorAnswer(404, 0, '404: Not Found');
  };
  return {
    control,
    store,
    answer: (request) => {
      const answer = route(request);
      if (request.path === TOKEN_PATH) {
        const refreshToken = new URLSearchParams(request.body.toString()).get('refresh_token');
        if (refreshToken !== null) options.onRefresh(refreshToken, answer.status);
      }
      return answer;
    },
  };
}

/** A request as the simulator's HTTP server would have read it. */
export function buildIncoming(
  method: string,
  url: URL,
  headers: Readonly<Record<string, string>>,
  body: string,
): IncomingRequest {
  return {
    method,
    path: url.pathname,
    segments: url.pathname.slice(1).split('/').map(decodeURIComponent),
    rawQuery: url.search.slice(1),
    headers,
    authorizationCount: 'authorization' in headers ? 1 : 0,
    remoteAddress: '127.0.0.1',
    body: Buffer.from(body),
    bodyTooLarge: false,
  };
}
