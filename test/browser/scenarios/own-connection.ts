import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { SEED_USERS } from '../../../infra/local/discord/world/seed-users.ts';
import { MY_CONNECTION_PATH } from '../../../shared/connect-paths.ts';
import { Wire } from '../../support/wire.ts';
import type { Site } from '../start-site.ts';
import { Visitor, type Scene } from '../visitor.ts';

/** A channel in which Grace may make webhooks. */
const CHANNEL = '613425648685547700';

/** An end user looks at his own connection and ends it, at the gateway itself. */
export async function ownConnection(scene: Scene): Promise<void> {
  const { site, report } = scene;
  const connection = await connect(site, 'grace', ['identify', 'guilds', 'webhook.incoming'], CHANNEL);
  const visitor = await Visitor.arrive(scene);
  const { page, context } = visitor;

  await report.step('a link on another site leads to the page; its secret is gone from the address', async () => {
    await followFromAnotherSite(page, await makeLink(site, connection));
    await expectTitle(page, 'Your connection to Discord');
    assert.equal(page.url(), `${site.gateway}${MY_CONNECTION_PATH}`);
  });
  await report.check('the page says who is connected and what the app can do', async () => {
    const text = await page.locator('main').innerText();
    for (const part of ['Grace (grace_hopper)', 'see which servers you are in', 'Connected since']) {
      assert.ok(text.includes(part), `no ${part} in ${text}`);
    }
  });
  await visitor.inspect('own-connection', { isDarkShown: true });

  await report.step('Disconnect asks first, and Keep leads back', async () => {
    await page.getByRole('button', { name: 'Disconnect' }).click();
    await expectTitle(page, 'Disconnect this Discord account?');
    await page.getByRole('link', { name: 'Keep it connected' }).click();
    await expectTitle(page, 'Your connection to Discord');
    await page.getByRole('button', { name: 'Disconnect' }).click();
    await expectTitle(page, 'Disconnect this Discord account?');
  });
  await visitor.inspect('own-disconnect', { isDarkShown: true });
  const second = await context.newPage();
  await second.goto(`${site.gateway}${MY_CONNECTION_PATH}`);
  await second.getByRole('button', { name: 'Disconnect' }).click();
  await expectTitle(second, 'Disconnect this Discord account?');

  await report.step('after that it is disconnected, and its webhook is gone at Discord', async () => {
    await page.getByLabel('Also remove the webhooks').check();
    await page.getByRole('button', { name: 'Disconnect now' }).click();
    await expectTitle(page, 'Disconnected');
    assert.deepEqual((await site.control.listWebhooks()).items, []);
    assert.deepEqual(await readStatus(site, connection), ['disconnected', 'disconnected_by_user']);
  });
  await visitor.inspect('own-disconnected');
  await report.check('a second tab then says that it was over', async () => {
    await second.getByRole('button', { name: 'Disconnect now' }).click();
    await expectTitle(second, 'Already disconnected');
  });
  await second.close();
  await report.check('the page leads back to the app, which is not told where the user comes from', async () => {
    const request = page.waitForRequest((sent) => sent.url().startsWith(`${site.app}/`));
    await page.getByRole('link', { name: 'Back to' }).click();
    assert.equal((await (await request).allHeaders())['referer'], undefined);
  });
  await visitor.leave('own connection');
  await others(scene);
}

/** Other people's browsers and pages, and a name that is made to break pages. */
async function others(scene: Scene): Promise<void> {
  const { site, report } = scene;
  const connection = await connect(site, 'noor', ['identify']);
  const link = await makeLink(site, connection);
  const owner = await Visitor.arrive(scene);
  await report.step('a name made of markup is shown as text, in its place', async () => {
    await owner.page.goto(link);
    await expectTitle(owner.page, 'Your connection to Discord');
    assert.equal(await owner.page.locator('bdi').first().textContent(), SEED_USERS.noor.global_name);
    assert.equal(await owner.page.locator('img').count(), 0);
  });
  await owner.inspect('own-odd-name');

  await report.check('a form of another site does nothing: the cookie does not come along', async () => {
    await owner.page.goto('about:blank');
    await owner.page.setContent(
      `<form method="post" action="${site.gateway}${MY_CONNECTION_PATH}/disconnect"><input name="confirmed" value="yes"><button>Win</button></form>`,
    );
    await owner.page.getByRole('button', { name: 'Win' }).click();
    await expectTitle(owner.page, 'This link to your connection is not valid any more');
    const told = await owner.watch.takeFaults();
    assert.ok(told.length > 0 && told.every((issue) => issue.includes('ExcludeSameSiteLax')), told.join('\n'));
    await owner.page.goto(`${site.gateway}${MY_CONNECTION_PATH}`);
    await expectTitle(owner.page, 'Your connection to Discord');
  });
  const stranger = await Visitor.arrive(scene);
  await report.check('without the link another browser sees nothing', async () => {
    const response = await stranger.page.goto(`${site.gateway}${MY_CONNECTION_PATH}`);
    assert.equal(response?.status(), 404);
    await expectTitle(stranger.page, 'This link to your connection is not valid any more');
  });
  await stranger.inspect('own-link-invalid');
  await owner.leave('owner of the connection');
  await stranger.leave('stranger to the connection');
}

/** A page without an origin, so that the browser takes what it leads to for another site. */
async function followFromAnotherSite(page: Page, link: string): Promise<void> {
  await page.setContent(`<a href="${link}">My Discord connection</a>`);
  await page.getByRole('link', { name: 'My Discord connection' }).click();
}

/** Connects without a browser. @returns the connection's id */
async function connect(
  site: Site,
  user: keyof typeof SEED_USERS,
  scopes: readonly string[],
  channelId?: string,
): Promise<string> {
  const wire = new Wire(site.gateway, site.simulator, [], () => undefined);
  const input = { user_id: `own-${user}`, return_url: `${site.app}/`, scopes };
  const consent = { userId: SEED_USERS[user].id, ...(channelId === undefined ? {} : { channelId }) };
  return String((await wire.connect(site.apiKey, input, consent)).id);
}

async function makeLink(site: Site, connectionId: string): Promise<string> {
  const response = await fetch(`${site.gateway}/connections/${connectionId}/user-links`, {
    method: 'POST',
    headers: { authorization: `Bearer ${site.apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ return_url: `${site.app}/` }),
  });
  return ((await response.json()) as { url: string }).url;
}

async function readStatus(site: Site, connectionId: string): Promise<unknown[]> {
  const response = await fetch(`${site.gateway}/connections/${connectionId}`, {
    headers: { authorization: `Bearer ${site.apiKey}` },
  });
  const { status, status_reason: reason } = (await response.json()) as Record<string, unknown>;
  return [status, reason];
}

async function expectTitle(page: Page, title: string): Promise<void> {
  await page.getByRole('heading', { name: title, exact: true }).waitFor();
}
