import { makeUserLink, OwnPageBrowser } from '../../support/own-page.ts';
import type { JsonAnswer, SendOptions } from '../../support/wire.ts';
import type { ConnectInput, CrashWorld } from '../crash-world.ts';
import { always, type Scenario } from '../scenario.ts';

const USER: ConnectInput = { user_id: 'plain-user', user: 'solo' };

/** A request that leaves a connection as it is. */
function harmless(
  name: string,
  status: number,
  build: (world: CrashWorld, connectionId: string) => Promise<() => Promise<JsonAnswer>> | (() => Promise<JsonAnswer>),
): Scenario {
  return {
    name,
    prepare: async (world) => {
      const run = await build(world, await world.connect(USER));
      return { run, status, whose: USER, ends: always('active') };
    },
  };
}

function send(method: string, path: (id: string) => string, options: SendOptions = {}) {
  return ({ harness: { wire, key } }: CrashWorld, id: string) =>
    () =>
      wire.send(method, path(id), { key, ...options });
}

/** Everything else that the functions do. */
export const REQUEST_SCENARIOS: readonly Scenario[] = [
  harmless(
    'connections are listed',
    200,
    send('GET', () => '/connections?limit=10'),
  ),
  harmless(
    'a connection is read',
    200,
    send('GET', (id) => `/connections/${id}`),
  ),
  harmless(
    'an impossible connection is read',
    404,
    send('GET', () => '/connections/none'),
  ),
  harmless(
    'an action of an impossible connection',
    404,
    send('GET', () => '/connections/none/api/v10/users/@me'),
  ),
  harmless(
    'an impossible session is confirmed',
    404,
    send('POST', () => '/connect-sessions/none/confirm', { json: { confirmation_code: 'x', user_id: 'x' } }),
  ),
  harmless(
    'a connection token is made',
    201,
    send('POST', (id) => `/connections/${id}/tokens`),
  ),
  harmless('a connection token is revoked', 204, async ({ harness: { wire, key } }, id) => {
    const made = await wire.send('POST', `/connections/${id}/tokens`, { key });
    return () => wire.send('DELETE', `/connections/${id}/tokens/${String(made.json.id)}`, { key });
  }),
  harmless('a connection token is used', 200, async ({ harness: { wire, key } }, id) => {
    const made = await wire.send('POST', `/connections/${id}/tokens`, { key });
    return () => wire.send('GET', `/connections/${id}/api/v10/users/@me`, { key: String(made.json.token) });
  }),
  harmless(
    'a link for the end user is made',
    201,
    send('POST', (id) => `/connections/${id}/user-links`, { json: { return_url: 'http://localhost:9/back' } }),
  ),
  harmless('the page of the end user is shown', 200, async ({ harness }, id) => {
    const browser = new OwnPageBrowser(harness);
    await browser.follow(await makeUserLink(harness, id));
    return () => browser.show();
  }),
  harmless('a link of the end user is opened', 303, async ({ harness }, id) => {
    const link = await makeUserLink(harness, id);
    return () => new OwnPageBrowser(harness).follow(link);
  }),
];
