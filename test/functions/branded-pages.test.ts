import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { signInOperator, type OperatorClient } from '../support/operator-client.ts';
import { makeUserLink, OwnPageBrowser } from '../support/own-page.ts';
import { openStoredItems } from '../support/stored-items.ts';
import { useHarness } from '../support/use-harness.ts';
import type { JsonAnswer } from '../support/wire.ts';
import { ada, comeBack, goToDiscord, noor, RETURN_URL } from './connect-expectations.ts';

const harness = useHarness();

const LOGO = `data:image/png;base64,${Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]).toString('base64')}`;
const NAME = `Acme <script>alert(1)</script> "& Sons'`;
const SHOWN = 'Acme &lt;script&gt;alert(1)&lt;/script&gt; &quot;&amp; Sons&#39;';

let operator: OperatorClient;
beforeAll(async () => {
  operator = await signInOperator(harness);
});

async function change(body: Record<string, unknown>): Promise<void> {
  const { headers } = await operator.call('GET', '/integration');
  const saved = await operator.call('PUT', '/integration', body, { 'if-match': String(headers['etag']) });
  expect(saved.status).toBe(200);
}

async function makeLink(): Promise<string> {
  const made = await harness.wire.createSession(harness.key, { user_id: 'u', return_url: RETURN_URL });
  return made.json.authorize_url as string;
}

const get = (url: string) => harness.wire.send('GET', url.slice(harness.origin.length));

async function openOwnPage(
  userId: string = ada.id,
): Promise<{ id: string; browser: OwnPageBrowser; page: JsonAnswer }> {
  const { confirm } = await comeBack(harness, { user_id: `owner of ${userId}` }, { userId });
  const id = String((await confirm()).json.id);
  const browser = new OwnPageBrowser(harness);
  return { id, browser, page: await browser.open(await makeUserLink(harness, id)) };
}

/** Every page that an end user can see once the settings have been read, by its heading. */
async function collectPages(): Promise<Record<string, JsonAnswer>> {
  await change({ connect_page: true });
  const unopened = await makeLink();
  const connectPage = await get(unopened);
  await change({ connect_page: false });
  const expired = await get(`${harness.origin}/authorize?session=cs_${'A'.repeat(43)}`);
  const { jar, callbackUrl, authorizeUrl } = await goToDiscord(harness, { user_id: 'pages' }, { userId: ada.id });
  await harness.wire.returnFromDiscord(callbackUrl, jar);
  const used = await get(authorizeUrl);
  const returnedTwice = await harness.wire.returnFromDiscord(callbackUrl, jar);
  const { browser, page } = await openOwnPage();
  const asked = await browser.press(page);
  const forged = await browser.send({ form_token: 'x' });
  const gone = await browser.press(asked);
  return { connectPage, expired, used, returnedTwice, own: page, asked, forged, gone };
}

/** The policy lets through the styles that stand in the page, and nothing else but what is said. */
function expectPolicy(
  { headers, text }: JsonAnswer,
  { hasLogo, hasForm }: { hasLogo: boolean; hasForm: boolean },
): void {
  const hashes = [...text.matchAll(/<style>([\s\S]*?)<\/style>/g)].map(
    ([, style = '']) => `'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  );
  expect(headers['content-security-policy']).toBe(
    `default-src 'none'; ${hasLogo ? 'img-src data:; ' : ''}style-src ${hashes.join(' ')}; base-uri 'none'; form-action ${hasForm ? "'self'" : "'none'"}; frame-ancestors 'none'`,
  );
  expect(headers['cache-control']).toBe('no-store');
}

function countMarkup(text: string): Record<string, number> {
  const count = (pattern: RegExp) => text.match(pattern)?.length ?? 0;
  return {
    scripts: count(/<script/gi),
    headings: count(/<h1/g),
    images: count(/<img/g),
    handlers: count(/<[^>]*\son\w+=/gi),
  };
}

describe('with name, colour and logo of the operator', () => {
  beforeAll(() => change({ branding: { name: NAME, color: '#ffcc00', logo: LOGO } }));
  afterAll(() => change({ branding: { name: null, color: null, logo: null } }));

  it('every page shows them, under a policy for no more than that', async () => {
    const pages = await collectPages();

    expect(Object.keys(pages)).toHaveLength(8);
    for (const [which, page] of Object.entries(pages)) {
      expectPolicy(page, { hasLogo: true, hasForm: ['own', 'asked', 'gone'].includes(which) });
      expect([which, countMarkup(page.text)]).toEqual([which, { scripts: 0, headings: 1, images: 1, handlers: 0 }]);
      expect(page.text).toContain(
        `<p class="by"><img src="${LOGO}" alt="${SHOWN}"><bdi aria-hidden="true">${SHOWN}</bdi></p>`,
      );
      expect(page.text.match(/<style>/g)).toHaveLength(2);
    }
    const { own, used, gone } = pages;
    expect(own?.text).toContain(`<p><bdi>${SHOWN}</bdi> is connected to your Discord account.`);
    expect(own?.text).toContain(`<dt><bdi>${SHOWN}</bdi> can</dt>`);
    expect(used?.text).toContain(`<bdi>${SHOWN}</bdi> does not show you as connected`);
    expect(gone?.text).toContain(`<bdi>${SHOWN}</bdi> can no longer use your Discord account`);
    for (const page of Object.values(pages)) expect(page.text).not.toMatch(/\[\[|\]\]|the app that sent you/);
  });

  it('a colour too light to be read is darkened for light pages, and stays on dark ones', async () => {
    const { text } = await get(`${harness.origin}/authorize?session=cs_${'A'.repeat(43)}`);

    const [, light, dark] =
      /:root { --mark: (#\w+); [^}]*} @media \(prefers-color-scheme: dark\) { :root { --mark: (#\w+);/.exec(text) ?? [];
    expect(light).not.toBe('#ffcc00');
    expect(dark).toBe('#ffcc00');
  });

  it('an outage after they were read is told on such a page, one before on a neutral one', async () => {
    const link = await makeLink();
    harness.stack.aws.faults.add({
      service: 'dynamodb',
      operation: 'UpdateItem',
      error: 'AccessDeniedException',
      times: 1,
    });
    const late = await get(link);
    harness.stack.aws.faults.add({ service: 'dynamodb', error: 'AccessDeniedException', times: 1 });
    const early = await get(link);

    expect([late.status, early.status]).toEqual([503, 503]);
    expect(late.text).toContain(SHOWN);
    expectPolicy(early, { hasLogo: false, hasForm: false });
    expect(early.text).not.toContain('Acme');
  });

  it('pages about nothing that can be known stay neutral, and read nothing for it', async () => {
    for (const path of ['/authorize?session=x', '/integration-callback?code=a&state=b', '/my/connection']) {
      const page = await harness.wire.send('GET', path);
      expectPolicy(page, { hasLogo: false, hasForm: false });
      expect(page.text).not.toContain('Acme');
    }
  });

  it.each([
    ['markup', '</bdi></dd><img src=x onerror=alert(1)>'],
    ['10,000 characters', `<b>${'W'.repeat(10_000)}`],
    ['a right-to-left override', '\u202egnp.exe\u202e'],
    ['our own brackets', '[[Discord]]'],
  ])('names at Discord of %s stay text', async (_what, name) => {
    const { id, browser } = await openOwnPage(noor.id);
    await openStoredItems(harness).change(`CONNECTION#${id}`, 'CONNECTION', {
      discordUser: { id: noor.id, username: name, globalName: name },
      guilds: [{ id: '1', name }],
    });
    const page = await browser.show();
    const pages = [page, await browser.press(page)];

    const escaped = name.replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    for (const { status, text } of pages) {
      expect([status, countMarkup(text)]).toEqual([200, { scripts: 0, headings: 1, images: 1, handlers: 0 }]);
      expect(text).toContain(`<bdi>${escaped}</bdi> (<bdi>${escaped}</bdi>)`);
    }
  });
});

describe('with one of them', () => {
  beforeEach(() => change({ branding: { name: null, color: null, logo: null } }));
  const show = () => get(`${harness.origin}/authorize?session=cs_${'A'.repeat(43)}`);

  it('a name alone needs no picture', async () => {
    await change({ branding: { name: 'Acme' } });
    const page = await show();

    expect(page.text).toContain('<p class="by"><bdi>Acme</bdi></p>');
    expectPolicy(page, { hasLogo: false, hasForm: false });
  });

  it('a logo alone says nothing to who has the page read out', async () => {
    await change({ branding: { logo: LOGO } });

    expect((await show()).text).toContain(`<p class="by"><img src="${LOGO}" alt=""></p>`);
  });

  it('a colour alone changes the style only', async () => {
    await change({ branding: { color: '#123456' } });
    const page = await show();

    expect(page.text).toContain('--mark: #123456;');
    expect(page.text).not.toContain('class="by"');
    expectPolicy(page, { hasLogo: false, hasForm: false });
  });
});

it.each([
  ['name', { name: 'a\u202eb' }],
  ['colour', { color: '#fff;}*{display:none}</style><script>alert(1)</script>' }],
  ['logo', { logo: 'https://evil.example/x.png" onerror="alert(1)' }],
])('a %s that got into the table in another way is left out', async (_part, branding) => {
  await openStoredItems(harness).change('INTEGRATION#default', 'INTEGRATION', { branding });
  const page = await get(`${harness.origin}/authorize?session=cs_${'A'.repeat(43)}`);

  expectPolicy(page, { hasLogo: false, hasForm: false });
  expect(page.text).not.toMatch(/\u202e|evil|display:none|<script|class="by"/);
});
