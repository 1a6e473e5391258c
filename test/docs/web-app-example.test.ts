import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWebApp } from '../../docs/examples/web-app.ts';
import { useHarness } from '../support/use-harness.ts';
import type { CookieJar } from '../support/wire.ts';

const ADA = '175928847299117063';

describe('docs/examples/web-app.ts', () => {
  const harness = useHarness();
  let app: Server;
  let appUrl: string;
  beforeAll(async () => {
    app = await startWebApp({ gatewayUrl: harness.origin, apiKey: harness.key, port: 0 });
    appUrl = `http://localhost:${(app.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    app.closeAllConnections();
    app.close();
  });

  /** A browser at the app: one cookie, no redirects followed. */
  const visit = async (method: string, path: string, cookie: string) => {
    const response = await fetch(`${appUrl}${path}`, { method, redirect: 'manual', headers: { cookie } });
    return {
      location: response.headers.get('location') ?? '',
      cookie: response.headers.get('set-cookie')?.split(';')[0] ?? cookie,
      html: await response.text(),
    };
  };

  const goThroughDiscord = async (authorizeUrl: string, decision: 'authorize' | 'cancel') => {
    const jar: CookieJar = new Map();
    const opened = await harness.wire.openLink(authorizeUrl, jar);
    const callback = await harness.wire.consent(opened.headers['location'] ?? '', { userId: ADA, decision });
    const returned = await harness.wire.returnFromDiscord(callback, jar);
    return new URL(returned.headers['location'] ?? '');
  };

  it('connects its user, shows profile and guilds with markup escaped, and disconnects', async () => {
    const home = await visit('GET', '/', '');
    expect(home.html).toContain('Connect Discord');
    const connect = await visit('POST', '/connect', home.cookie);
    const back = await goThroughDiscord(connect.location, 'authorize');
    expect(back.origin).toBe(appUrl);
    await visit('GET', `${back.pathname}${back.search}`, home.cookie);

    const connected = await visit('GET', '/', home.cookie);
    expect(connected.html).toContain('ada.lovelace');
    expect(connected.html).not.toContain('<b>Debuggers</b>');
    await visit('POST', '/disconnect', home.cookie);
    expect((await visit('GET', '/', home.cookie)).html).toContain('Connect Discord');
    const authorizations = await harness.simulator.control.listAuthorizations();
    expect(authorizations.items.filter((item) => item.live_refresh_tokens > 0)).toEqual([]);
  });

  it('does not confirm a link that another user started', async () => {
    const attacker = await visit('GET', '/', '');
    const victim = await visit('GET', '/', '');
    const connect = await visit('POST', '/connect', attacker.cookie);
    const back = await goThroughDiscord(connect.location, 'authorize');
    const landed = await visit('GET', `${back.pathname}${back.search}`, victim.cookie);

    expect(landed.location).toBe('/?notice=foreign_link');
    expect((await visit('GET', landed.location, victim.cookie)).html).toContain('not started here');
  });

  it('tells the user when he said no', async () => {
    const home = await visit('GET', '/', '');
    const connect = await visit('POST', '/connect', home.cookie);
    const back = await goThroughDiscord(connect.location, 'cancel');

    expect((await visit('GET', `${back.pathname}${back.search}`, home.cookie)).location).toBe('/?notice=refused');
  });
});
