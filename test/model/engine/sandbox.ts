import { setImmediate as nextMacrotask } from 'node:timers/promises';
import type { Invoker } from '../../../infra/local/gateway/invoker.ts';
import type { LocalTarget } from '../../../infra/local/stack/local-target.ts';
import type { Metrics, Random, RequestLog } from '../../../shared/app/ports.ts';
import { createInProcessInvoker } from '../../support/in-process-invoker.ts';
import { createAwsClients } from './aws-clients.ts';
import { DIED, type HttpAnswer, type HttpCall } from './http-call.ts';
import { buildIncoming, type LocalDiscord } from './local-discord.ts';
import { invokeFor } from './local-gateway.ts';
import type { LocalServices } from './local-services.ts';
import type { ModelClock } from './model-clock.ts';
import { Turnstile, type Fault, type Strike, type WaitForTurn } from './turnstile.ts';

/** What all sandboxes of a world share. A reset puts others in place of Discord and Secrets Manager. */
export interface SandboxWorld {
  readonly target: LocalTarget;
  readonly clock: ModelClock;
  readonly random: Random;
  readonly log: RequestLog;
  readonly metrics: Metrics;
  readonly services: LocalServices;
  discord: LocalDiscord;
}

/** How a request is run. */
export interface RunOptions {
  readonly requestId: string;
  readonly fault?: Fault | undefined;
  /** Absent: it runs alone. */
  readonly wait?: WaitForTurn;
}

/** One warm sandbox with caches of its own, in which the real functions run; its way out is a {@link Turnstile}. */
export interface Sandbox {
  send(call: HttpCall, options: RunOptions): Promise<HttpAnswer>;
  /** Runs something else that uses the functions' edges, under the same rules. @returns false when the sandbox died */
  run(work: (invoke: Invoker) => Promise<unknown>, options: RunOptions): Promise<boolean>;
  /** Forgets what it holds in memory. */
  coldStart(): void;
  /** How the last request fared with its fault. */
  strike(): Strike;
}

export function createSandbox(world: SandboxWorld): Sandbox {
  const turnstile = new Turnstile();
  const { target, clock, random, log, metrics } = world;
  const { invoke, coldStart } = createInProcessInvoker(target, {
    clock,
    random,
    log,
    metrics,
    sleep: (milliseconds) => turnstile.rest(milliseconds, (passed) => clock.advance(passed)),
    ...createAwsClients(world.services, turnstile),
    fetch: createDiscordFetch(() => world.discord, turnstile),
  });

  // Made anew only when it is used: most sequences need two sandboxes.
  let isCold = false;
  const run = async <T>(work: () => Promise<T>, { fault, wait }: RunOptions): Promise<T | undefined> => {
    if (isCold) coldStart();
    isCold = false;
    let die = (): void => undefined;
    const death = new Promise<undefined>((resolve) => {
      die = () => resolve(undefined);
    });
    turnstile.begin({ fault, ...(wait === undefined ? {} : { wait }), onDeath: die });
    const done = await Promise.race([work(), death]);
    if (done === undefined) {
      // Whatever the dead one was about to do stands still by then; another sandbox takes its place.
      await nextMacrotask();
      isCold = true;
    }
    return done;
  };
  return {
    send: async (call, options) => {
      const { requestId } = options;
      const { publicBaseUrl: origin } = target.operator;
      const now = () => clock.nowEpochMs();
      return (await run(() => invokeFor(invoke, call, { origin, requestId, now }), options)) ?? DIED;
    },
    run: async (work, options) => (await run(async () => ({ done: await work(invoke) }), options)) !== undefined,
    coldStart: () => {
      isCold = true;
    },
    strike: () => turnstile.strike,
  };
}

/** `fetch` that asks the simulator in this process. */
function createDiscordFetch(discord: () => LocalDiscord, turnstile: Turnstile): typeof fetch {
  return (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const method = init?.method ?? 'GET';
    const body = typeof init?.body === 'string' ? init.body : '';
    const headers = init?.headers as Record<string, string>;
    const call = (): Response => {
      const answer = discord().answer(buildIncoming(method, url, headers, body));
      return new Response(answer.body === '' ? null : answer.body, { status: answer.status, headers: answer.headers });
    };
    return turnstile.passWith('discord', `${method} ${url.pathname}`, call, {
      fail: failAtDiscord,
      isRepeatable: false,
    });
  };
}

function failAtDiscord(kind: 'refused' | 'lost'): Response {
  if (kind === 'refused') return new Response('upstream connect error', { status: 503 });
  throw new TypeError('fetch failed');
}
