import { beforeAll, describe, expect, it } from 'vitest';
import { changeIntegration } from '../../shared/app/operate-integration.ts';
import { useHarness } from '../support/use-harness.ts';
import type { CookieJar } from '../support/wire.ts';
import {
  ada,
  expectPage,
  expectSafePageHeaders,
  goToDiscord,
  RETURN_URL,
  returnParameters,
} from './connect-expectations.ts';

const harness = useHarness();
const show = (isConnectPageShown: boolean) => changeIntegration(harness.edges, { isConnectPageShown });
beforeAll(async () => {
  expect((await show(true)).ok).toBe(true);
});

const open = (link: string, jar: CookieJar = new Map()) => harness.wire.openLink(link, jar);

async function makeLink(input: Record<string, unknown> = {}): Promise<string> {
  const made = await harness.wire.createSession(harness.key, { user_id: 'user-42', return_url: RETURN_URL, ...input });
  return made.json.authorize_url as string;
}

const readGoLink = (text: string): string =>
  `${harness.origin}${(/<a class="button act" href="([^"]*)">/.exec(text)?.[1] ?? '').replaceAll('&amp;', '&')}`;

const loadSession = async (link: string) => {
  const id = new URL(link).searchParams.get('session');
  return (await harness.scanTable()).find((item) => item['id'] === id);
};

describe('GET /authorize with a page before Discord', () => {
  it('first says who asks and for what, in plain words', async () => {
    const page = await open(await makeLink({ scopes: ['guilds', 'email', 'bot'] }));

    expect([page.status, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(page.text).toContain('<h1>Connect your Discord account</h1>');
    expect(page.text).toContain('The app that sent you here asks to be connected to your Discord account.');
    const items = [...page.text.matchAll(/<li>(.*?)<\/li>/g)].map(([, item]) => item);
    expect(items).toEqual([
      'see your Discord name and picture',
      'see which servers you are in',
      'see your email address',
      'have its bot in servers that you manage',
    ]);
    expect(page.text).not.toMatch(/user-42|<form|<script/);
    expectSafePageHeaders(page);
  });

  it('makes nothing before the user goes on, however often the page is opened', async () => {
    const link = await makeLink();
    const before = (await harness.scanTable()).length;
    for (let opening = 1; opening <= 7; opening += 1) {
      const page = await open(link);
      expect([page.status, page.cookies]).toEqual([200, []]);
    }

    expect(await harness.scanTable()).toHaveLength(before);
    expect(await loadSession(link)).toMatchObject({ starts: 0, status: 'open' });
  });

  it('leads to Discord by its link, and the flow goes on as always', async () => {
    const link = await makeLink();
    const goLink = readGoLink((await open(link)).text);
    const jar: CookieJar = new Map();
    const opened = await open(goLink, jar);

    expect(goLink).toBe(`${link}&go=1`);
    expect(opened.status).toBe(302);
    expect(opened.headers['location']).toMatch(new RegExp(`^${harness.simulator.baseUrl}/oauth2/authorize\\?`));
    const callbackUrl = await harness.wire.consent(opened.headers['location'] ?? '', { userId: ada.id });
    expect(returnParameters(await harness.wire.returnFromDiscord(callbackUrl, jar))).toHaveProperty(
      'confirmation_code',
    );
  });

  it.each(['', '0', '2', 'https://evil.example/', '//evil.example', 'true'])(
    'does not go on by go=%j, and leads nowhere else',
    async (go) => {
      const page = await open(`${await makeLink()}&go=${encodeURIComponent(go)}`);

      expect(page.status).toBe(200);
      expect(page.headers['location']).toBeUndefined();
      expect(page.text).not.toContain('evil');
    },
  );

  it('refuses on the page what would be refused behind it', async () => {
    const { jar, callbackUrl, authorizeUrl } = await show(false).then(() =>
      goToDiscord(harness, { user_id: 'used' }, { userId: ada.id }),
    );
    await harness.wire.returnFromDiscord(callbackUrl, jar);
    const exhausted = await makeLink();
    for (let opening = 1; opening <= 5; opening += 1) await open(exhausted);
    await show(true);

    expectPage(await open(authorizeUrl), 409, 'This link was already used');
    expectPage(await open(exhausted), 429, 'This link was opened too often');
    const expired = await makeLink();
    harness.clock.advanceSeconds(600);
    expectPage(await open(expired), 404, 'This link is not valid any more');
  });

  it('is off unless the operator wants it', async () => {
    await show(false);
    const link = await makeLink();

    expect((await open(link)).status).toBe(302);
    expect((await open(`${link}&go=1`)).status).toBe(302);
    await show(true);
  });
});
