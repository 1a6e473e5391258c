import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectControl } from '../../infra/local/discord/control/control-client.ts';
import { startSimulator, type Simulator } from '../../infra/local/discord/simulator.ts';
import { createSimulatorSwitches, SWITCHES_PATH } from '../../infra/local/simulator-switches.ts';
import { sendRaw } from '../support/raw-request.ts';

let simulator: Simulator;
let server: Server;
let origin: string;

beforeAll(async () => {
  simulator = await startSimulator();
  const serveBeside = createSimulatorSwitches(simulator.control, simulator.baseUrl);
  server = createServer((request, response) => {
    if (!serveBeside(request, response)) response.writeHead(418).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await simulator.stop();
});

async function flip(id: string, isOn: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(`${origin}${SWITCHES_PATH}/switches/${id}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ is_on: isOn }),
  });
  return { status: response.status, json: await response.json() };
}

/** Status and code of a refusal. */
async function readCode(response: Response): Promise<[status: number, code: unknown]> {
  return [response.status, ((await response.json()) as { code?: unknown }).code];
}

async function read(): Promise<{ id: string; is_on: boolean }[]> {
  const answer = (await (await fetch(`${origin}${SWITCHES_PATH}`)).json()) as {
    switches: { id: string; is_on: boolean }[];
  };
  return answer.switches;
}
const isOn = async (id: string) => (await read()).find((item) => item.id === id)?.is_on;
const askDiscord = () => fetch(`${simulator.baseUrl}/api/v10/users/@me`);

describe('the switches of the simulator', () => {
  it('are all off, with words for each', async () => {
    expect((await read()).map(({ id, is_on }) => [id, is_on])).toEqual([
      ['next_refresh_fails', false],
      ['discord_502', false],
      ['discord_slow', false],
      ['rate_limited', false],
    ]);
  });

  it('let Discord answer 502, and as always when it is off again', async () => {
    const before = (await askDiscord()).status;
    expect((await flip('discord_502', true)).status).toBe(200);
    expect([await isOn('discord_502'), (await askDiscord()).status]).toEqual([true, 502]);
    await flip('discord_502', false);
    expect([await isOn('discord_502'), (await askDiscord()).status]).toEqual([false, before]);
  });

  it('are each for themselves, and on once however often one says so', async () => {
    await flip('rate_limited', true);
    await flip('rate_limited', true);
    await flip('discord_slow', true);
    expect((await simulator.control.listFaults()).items.map(({ rule }) => rule.fault)).toEqual([
      { kind: 'rate_limit', retry_after_seconds: 5 },
      { kind: 'delay', delay_ms: 3_000 },
    ]);
    await flip('discord_slow', false);
    const limited = await askDiscord();
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '5']);
    await flip('rate_limited', false);
  });

  it('let exactly the next refresh fail, and no exchange', async () => {
    const { clientId, clientSecret } = simulator.application;
    const ask = async (fields: Record<string, string>) => {
      const body = new URLSearchParams({ client_id: clientId, client_secret: clientSecret, ...fields });
      return await (await fetch(`${simulator.baseUrl}/api/oauth2/token`, { method: 'POST', body })).json();
    };
    await flip('next_refresh_fails', true);
    const exchange = { grant_type: 'authorization_code', code: 'x', redirect_uri: 'http://x' };
    await ask(exchange);
    expect(await isOn('next_refresh_fails')).toBe(true);
    const hits = async () => (await simulator.control.listFaults()).items.map((item) => item.hits);
    expect(await hits()).toEqual([0]);
    expect(await ask({ grant_type: 'refresh_token', refresh_token: 'x' })).toEqual({ error: 'invalid_grant' });
    expect(await hits()).toEqual([1]);
    expect(await isOn('next_refresh_fails')).toBe(false);
    await simulator.control.clearFaults();
  });

  it('leave faults alone that somebody else has set', async () => {
    const { id } = await simulator.control.addFault({
      path: '/api/v10/gateway',
      fault: { kind: 'drop', phase: 'before' },
    });
    await flip('discord_502', true);
    await flip('discord_502', false);
    expect((await simulator.control.listFaults()).items.map((item) => item.id)).toEqual([id]);
    await simulator.control.clearFaults();
  });

  it('are for pages of this gateway only', async () => {
    for (const headers of [
      { origin: 'https://evil.example' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ]) {
      expect((await flip('discord_502', true, headers)).status).toBe(403);
    }
    const rebound = await sendRaw(origin, 'GET', SWITCHES_PATH, { host: 'evil.example' });
    expect(rebound.status).toBe(403);
    expect(await isOn('discord_502')).toBe(false);
  });

  it.each([
    ['POST', '', 405, 'GET'],
    ['PUT', '', 405, 'GET'],
    ['GET', '/switches/discord_502', 405, 'PUT'],
    ['PUT', '/switches/nothing', 404, null],
    ['PUT', '/switches/constructor', 404, null],
    ['PUT', '/switches/discord_502/more', 404, null],
    ['PUT', '/elsewhere', 404, null],
  ])('answer %s %s with %i', async (method, path, status, allow) => {
    const response = await fetch(`${origin}${SWITCHES_PATH}${path}`, { method });
    expect([response.status, response.headers.get('allow')]).toEqual([status, allow]);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
  });

  it.each([
    ['text', '"on"', 'application/json', 400, 'input_invalid'],
    ['a value that is no boolean', '{"is_on":"yes"}', 'application/json', 400, 'input_invalid'],
    ['an unknown field', '{"is_on":true,"times":2}', 'application/json', 400, 'input_invalid'],
    ['no JSON', '{', 'application/json', 400, 'input_not_json'],
    ['a form', 'is_on=true', 'application/x-www-form-urlencoded', 415, 'input_media_type'],
    ['too much', `{"is_on":true,"x":"${'x'.repeat(1_000)}"}`, 'application/json', 413, 'input_too_large'],
  ])('refuse %s', async (_what, body, type, status, code) => {
    const response = await fetch(`${origin}${SWITCHES_PATH}/switches/discord_502`, {
      method: 'PUT',
      headers: { 'content-type': type },
      body,
    });
    expect(await readCode(response)).toEqual([status, code]);
    expect(await isOn('discord_502')).toBe(false);
  });

  it('refuse parameters, and name the one that came', async () => {
    const problem = await (await fetch(`${origin}${SWITCHES_PATH}?page=2`)).json();
    expect(problem).toMatchObject({ status: 400, code: 'input_invalid', errors: [{ parameter: 'page' }] });
  });

  it('leave every other path alone', async () => {
    expect((await fetch(`${origin}/local/simulators`)).status).toBe(418);
    expect((await fetch(`${origin}/portal`)).status).toBe(418);
  });

  it('say that Discord cannot be reached when the simulator is gone', async () => {
    const gone = await startSimulator();
    const control = connectControl(gone.baseUrl);
    await gone.stop();
    const lone = createServer((request, response) => {
      createSimulatorSwitches(control, gone.baseUrl)(request, response);
    });
    await new Promise<void>((resolve) => lone.listen(0, '127.0.0.1', resolve));
    const response = await fetch(`http://127.0.0.1:${(lone.address() as AddressInfo).port}${SWITCHES_PATH}`);
    expect(await readCode(response)).toEqual([502, 'discord_unavailable']);
    lone.close();
  });
});
