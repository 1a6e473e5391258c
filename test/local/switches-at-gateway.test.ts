import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSimulatorSwitches, SWITCHES_PATH } from '../../infra/local/simulator-switches.ts';
import { connectUser } from '../support/connected-user.ts';
import { useHarness } from '../support/use-harness.ts';

const harness = useHarness();

let server: Server;
let origin: string;

beforeAll(async () => {
  const serveBeside = createSimulatorSwitches(harness.simulator.control, harness.simulator.baseUrl);
  server = createServer((request, response) => void serveBeside(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

async function flip(id: string, isOn: boolean): Promise<void> {
  const response = await fetch(`${origin}${SWITCHES_PATH}/switches/${id}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ is_on: isOn }),
  });
  expect(response.status).toBe(200);
}

describe('behind a switch an app meets', () => {
  it('discord_unavailable, as long as it is on', async () => {
    const ada = await connectUser(harness);
    await flip('discord_502', true);
    expect((await ada.call()).json).toMatchObject({
      status: 502,
      code: 'discord_unavailable',
      discord: { status: 502 },
    });
    await flip('discord_502', false);
    expect((await ada.call()).status).toBe(200);
  });

  it('discord_rate_limited, with the wait that Discord tells', async () => {
    const grace = await connectUser(harness, { user: 'grace' });
    await flip('rate_limited', true);
    const { json, headers } = await grace.call();
    expect(json).toMatchObject({ status: 429, code: 'discord_rate_limited', retry_after_seconds: 5 });
    expect(headers['retry-after']).toBe('5');
    await flip('rate_limited', false);
  });

  it('reconnect_required, once the next refresh has failed, and for that user only', async () => {
    const [linus, mina] = [await connectUser(harness, { user: 'linus' }), await connectUser(harness, { user: 'mina' })];
    await flip('next_refresh_fails', true);
    expect((await linus.call()).json).toMatchObject({ status: 409, code: 'reconnect_required' });
    expect((await mina.call()).status).toBe(200);
    expect((await linus.call()).json.code).toBe('reconnect_required');
  });
});

it('there is nothing of the kind where nobody has asked for it, as in AWS', async () => {
  const { status, json } = await harness.wire.send('GET', SWITCHES_PATH, {});
  expect([status, json.code]).toEqual([404, 'route_not_found']);
});
