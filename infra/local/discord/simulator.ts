import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { Answer } from './answer.ts';
import { buildApiErrorAnswer } from './answer.ts';
import { dispatchApi } from './api/dispatch-api.ts';
import type { RateLimits } from './api/rate-limiter.ts';
import { mergeRateLimits } from './api/rate-limiter.ts';
import type { NewApplication } from './application.ts';
import { buildApplication, DEFAULT_CLIENT_ID, findRedirectUriProblem } from './application.ts';
import { buildSimulation } from './build-simulation.ts';
import { answerWithFault } from './control/apply-fault.ts';
import { answerControl } from './control/control-routes.ts';
import { FaultEngine } from './control/fault-engine.ts';
import { createLiveControl } from './control/live-control.ts';
import type { SimulatorControl } from './control/operations.ts';
import { CONTROL_PREFIX } from './control/operations.ts';
import { RequestLog } from './control/request-log.ts';
import { createDeveloperPortal } from './developers/developer-portal.ts';
import { joinInstalledBots } from './guilds/installation.ts';
import type { IncomingRequest } from './http/incoming.ts';
import { sendAnswer } from './http/send-answer.ts';
import { listen } from './http/server.ts';
import { answerAuthorize } from './oauth/authorize.ts';
import { buildErrorPageAnswer } from './oauth/page.ts';
import type { RandomBytes } from './secret-shapes.ts';
import type { Simulation } from './simulation.ts';
import { buildEmptyState } from './state/records.ts';
import { snapshotState } from './state/simulation-state.ts';
import { createStateSaver, loadState } from './state/state-file.ts';
import type { World } from './world/world.ts';

/** How to start a simulator. Everything may be left out. */
export interface SimulatorOptions {
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** The simulator listens on the loopback interface only. */
  readonly host?: '127.0.0.1';
  /** JSON file in which applications, grants, tokens, codes and webhooks outlive the process. In memory when absent. */
  readonly stateFile?: string;
  /** Epoch milliseconds. */
  readonly now?: () => number;
  readonly random?: RandomBytes;
  /**
   * The application that there is from the start. What is given here wins over the state file, so the redirect URIs of
   * this run are the registered ones; what is not given is kept, or made once.
   */
  readonly application?: Partial<NewApplication>;
  /** Users and guilds instead of the usual ones. */
  readonly seed?: World;
  /** Rate limits that differ from the usual ones. */
  readonly limits?: Partial<RateLimits>;
}

/** A running simulator. */
export interface Simulator {
  /** `http://localhost:PORT`, in place of `https://discord.com`. */
  readonly baseUrl: string;
  readonly world: World;
  /** The application that there is from the start. */
  readonly application: { readonly clientId: string; readonly clientSecret: string; readonly botToken: string };
  readonly control: SimulatorControl;
  /** Closes all connections and writes the state file. */
  stop(): Promise<void>;
}

/**
 * Starts a stand-in for Discord on this machine.
 * @throws ListenError when the port is taken
 * @throws StateFileError when the state file is not one
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const clock = { offsetMs: 0 };
  const now = options.now ?? Date.now;
  const initialRateLimits = mergeRateLimits(options.limits);
  let port = 0;
  const simulation = buildSimulation({
    state: options.stateFile === undefined ? buildEmptyState() : loadState(options.stateFile),
    seed: options.seed,
    limits: initialRateLimits,
    random: options.random ?? randomBytes,
    nowEpochMs: () => now() + clock.offsetMs,
    baseUrl: () => `http://localhost:${port}`,
  });
  const { store, guilds, messages } = simulation;
  const faults = new FaultEngine();
  const requests = new RequestLog();
  const control = createLiveControl({ simulation, faults, requests, clock, initialRateLimits });
  const answerDeveloper = createDeveloperPortal(simulation);
  const handle = async (request: IncomingRequest, response: ServerResponse): Promise<void> => {
    if (request.path === CONTROL_PREFIX || request.path.startsWith(`${CONTROL_PREFIX}/`)) {
      await sendAnswer(response, await answerControl(control, request), { kind: 'whole' });
      return;
    }
    const record = requests.add(request, simulation.nowEpochMs());
    const met = faults.take(request);
    record.fault_id = met?.id ?? null;
    const process = (): Answer =>
      request.segments?.[0] === 'developers' ? answerDeveloper(request) : route(simulation, request);
    if (met === undefined) {
      const answer = process();
      record.status = answer.status;
      await sendAnswer(response, answer, { kind: 'whole' });
    } else {
      record.status = await answerWithFault(response, met, process);
    }
  };
  const server = await listen(options.host ?? '127.0.0.1', options.port ?? 0, handle);
  port = server.port;
  const saver =
    options.stateFile === undefined ? undefined : createStateSaver(options.stateFile, () => snapshotState(simulation));
  store.onChange = () => saver?.noteChange();
  guilds.onChange = () => saver?.noteChange();
  messages.onChange = () => saver?.noteChange();
  const clientId = registerFirstApplication(simulation, options.application ?? {});
  joinInstalledBots(simulation);
  return {
    baseUrl: simulation.baseUrl(),
    world: simulation.world,
    get application() {
      const { clientSecret, botToken } = store.findApplication(clientId) ?? { clientSecret: '', botToken: '' };
      return { clientId, clientSecret, botToken };
    },
    control,
    async stop() {
      faults.clear();
      await server.close();
      saver?.flush();
    },
  };
}

function route(simulation: Simulation, request: IncomingRequest): Answer {
  if (request.segments === undefined) return buildApiErrorAnswer(404, 0, '404: Not Found');
  if (request.segments[0] === 'api') return dispatchApi(simulation, request);
  if (request.segments.join('/') === 'oauth2/authorize') return answerAuthorize(simulation, request);
  return buildErrorPageAnswer(404, 'Not Found', 'The simulator has no such page.');
}

/** Makes the application on the first run and brings it up to date on later ones. @returns its client id */
function registerFirstApplication(simulation: Simulation, given: Partial<NewApplication>): string {
  const problem = findRedirectUriProblem(given.redirect_uris ?? []);
  if (problem !== undefined) throw new Error(problem);
  const { store } = simulation;
  const clientId = given.client_id ?? DEFAULT_CLIENT_ID;
  const known = store.findApplication(clientId);
  const application = buildApplication(simulation, {
    name: 'Demo application',
    description: 'The application that the simulator has from the start.',
    ...(known === undefined
      ? {}
      : {
          client_secret: known.clientSecret,
          bot_token: known.botToken,
          name: known.name,
          description: known.description,
          owner_user_id: known.ownerUserId,
          redirect_uris: known.redirectUris,
          bot_require_code_grant: known.botRequireCodeGrant,
          bot_public: known.botPublic,
          approved_scopes: known.approvedScopes,
          intents: known.intents,
        }),
    ...given,
    client_id: clientId,
  });
  store.saveApplication(known === undefined ? application : { ...application, signingSeedHex: known.signingSeedHex });
  return clientId;
}
