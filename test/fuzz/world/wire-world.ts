import { request as openRequest } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import { ROUTES } from '../../../shared/http/routes.ts';
import type { Harness } from '../../support/harness.ts';
import type { FuzzAnswer, FuzzedRequest } from '../fuzzed-request.ts';
import type { FuzzSecret } from '../judge.ts';
import { connectPeople, furnish } from './furnish.ts';
import { withinTime, type FuzzWorld } from './fuzz-world.ts';
import type { Gate } from './gate.ts';
import { NO_LIMITS } from './local-discord.ts';
import { watchSecrets } from './watch-secrets.ts';

/** Seconds from one reset to the next: the gateway's throttle has filled up by then, and what sandboxes remember is forgotten. */
const BETWEEN_SECONDS = 6;

/**
 * The whole product over HTTP: gateway, handlers, AWS servers and simulator. A reset puts Discord back; the table keeps what
 * requests wrote, but for connections that they ended, which are made again.
 */
export async function openWireFuzzWorld(harness: Harness): Promise<FuzzWorld> {
  const { simulator, log, lines, clock } = harness;
  const { control } = simulator;
  await control.setRateLimits(NO_LIMITS);
  const gate: Gate = {
    control,
    clientId: simulator.application.clientId,
    send: (request) => sendBytes(harness.origin, request),
    decide: async (location, form) => {
      const response = await fetch(new URL('/oauth2/authorize', location), {
        method: 'POST',
        body: form,
        redirect: 'manual',
      });
      const back = response.headers.get('location');
      if (back === null) throw new Error(`the consent page answered ${response.status}: ${await response.text()}`);
      return back;
    },
  };
  const keys = { own: harness.key, foreign: await harness.makeTenant('elsewhere') };
  const places = await furnish(gate, keys);
  const secrets = await watchSecrets(control, places.credentials);
  const { state: first } = await control.saveState();
  let state = first;
  let isAnyEnded = false;

  return {
    places,
    takes: () => true,
    reset: async () => {
      clock.advanceSeconds(BETWEEN_SECONDS);
      // Connecting makes a webhook: from the first state on there is always room for it.
      await control.restoreState({ state: isAnyEnded ? first : state });
      if (isAnyEnded) {
        await connectPeople(gate, keys);
        ({ state } = await control.saveState());
        isAnyEnded = false;
      }
      await secrets.reset();
    },
    send: async (request) => {
      const [entries, noted, written] = [log.entries.length, log.noted.length, lines.length];
      await control.clearRequests();
      const answer = await withinTime(gate.send(request));
      const own = log.entries.slice(entries);
      isAnyEnded ||= own.some(({ route, status }) => route === ROUTES.connections.disconnect && Number(status) < 300);
      const { items } = await control.listRequests({});
      return {
        request,
        answer,
        log: own,
        written: [...log.noted.slice(noted).map((facts) => JSON.stringify(facts)), ...lines.slice(written)],
        upstream: items.map(({ method, path, query, status }) => ({ method, path, query: Object.keys(query), status })),
      };
    },
    listSecrets: (): Promise<readonly FuzzSecret[]> => secrets.list(),
  };
}

/** Sends a request whose target and headers go out exactly as given. */
async function sendBytes(origin: string, { method, target, headers, body }: FuzzedRequest): Promise<FuzzAnswer> {
  const { hostname, port, host } = new URL(origin);
  return new Promise((resolve, reject) => {
    const sent = openRequest(
      {
        hostname,
        port,
        method,
        path: target,
        headers: ['Host', host, ...headers.flat(), 'Content-Length', String(body.byteLength), 'Connection', 'close'],
      },
      (response) => {
        readText(response).then((text) => {
          const { 'set-cookie': cookies = [], ...others } = response.headers;
          const single = Object.entries(others).map(([name, value]) => [name, [value].flat().join(', ')] as const);
          resolve({ status: response.statusCode ?? 0, headers: Object.fromEntries(single), cookies, text });
        }, reject);
      },
    );
    sent.on('error', reject).end(body);
  });
}
