import assert from 'node:assert/strict';
import type { Request } from 'playwright-core';
import { CALLBACK_PATH } from '../../../shared/connect-paths.ts';
import { decideAtDiscord, isConsentPage } from '../at-discord.ts';
import { Visitor, type Scene } from '../visitor.ts';

/** From the app to Discord and back, profile and servers, and out again. */
export async function journey(scene: Scene): Promise<void> {
  const { site, report } = scene;
  const visitor = await Visitor.arrive(scene);
  const { page, context } = visitor;
  const requests: Request[] = [];
  context.on('request', (request) => requests.push(request));

  await report.step('the app offers to connect', async () => {
    await page.goto(site.app);
    await page.getByRole('button', { name: 'Connect Discord' }).waitFor();
  });
  await visitor.inspect('app-home', { isDarkShown: true });
  await report.step('Connect leads to the consent page', async () => {
    await page.getByRole('button', { name: 'Connect Discord' }).click();
    await page.waitForURL((url) => isConsentPage(site, url));
  });
  await report.check('Chromium keeps the __Host- cookie of http://localhost', async () => {
    const cookies = (await context.cookies(site.gateway)).filter(({ name }) => name.startsWith('__Host-connect-'));
    assert.equal(cookies.length, 1);
    const [{ path, secure, httpOnly, sameSite } = assert.fail('no cookie')] = cookies;
    assert.deepEqual(
      { path, secure, httpOnly, sameSite },
      { path: '/', secure: true, httpOnly: true, sameSite: 'Lax' },
    );
  });
  await visitor.inspect('consent', { isDarkShown: true });
  await report.step('authorizing leads back to the app, which greets by name', async () => {
    await decideAtDiscord(page, site, 'ada.lovelace');
    await page.getByRole('heading', { name: 'Hello, Ada' }).waitFor();
  });
  await report.check('the callback was sent the __Host- cookie', async () => {
    const callback = requests.find((request) => new URL(request.url()).pathname === CALLBACK_PATH);
    assert.match((await callback?.allHeaders())?.['cookie'] ?? '', /__Host-connect-[0-9a-f]{8}=/);
  });
  await report.check('the app shows profile and servers', async () => {
    const text = await page.locator('main').innerText();
    for (const part of ['ada.lovelace', 'ada@example.com', 'Analytical Engine', 'Compilers & <b>Debuggers</b>']) {
      assert.ok(text.includes(part), `no ${part} in ${text}`);
    }
  });
  await report.check('neither code nor state stays in the address bar or goes out as referrer', async () => {
    assert.equal(page.url(), `${site.app}/`);
    const referrers = await Promise.all(
      requests.map(async (request) => {
        const referrer = (await request.headerValue('referer')) ?? '';
        // The consent page posts its form to itself: that one stays at home.
        return referrer.startsWith(new URL(request.url()).origin) ? '' : referrer;
      }),
    );
    const telling = referrers.filter((referrer) => /code=|state=|session=/.test(referrer));
    assert.deepEqual(telling, []);
  });
  await visitor.inspect('app-connected', { isDarkShown: true });
  await report.check('reloading shows the same', async () => {
    await page.reload();
    await page.getByRole('heading', { name: 'Hello, Ada' }).waitFor();
  });
  await report.check('Disconnect leads back to the start, and Discord has no live token left', async () => {
    await page.getByRole('button', { name: 'Disconnect' }).click();
    await page.getByRole('button', { name: 'Connect Discord' }).waitFor();
    const { items } = await site.control.listAuthorizations();
    assert.deepEqual(
      items.filter((item) => item.live_access_tokens + item.live_refresh_tokens > 0),
      [],
    );
  });
  await visitor.leave('journey');
}
