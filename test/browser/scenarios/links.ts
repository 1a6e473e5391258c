import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { SEED_USERS } from '../../../infra/local/discord/world/seed-users.ts';
import { AUTHORIZE_PATH, CALLBACK_PATH } from '../../../shared/connect-paths.ts';
import { MAX_STARTS } from '../../../shared/domain/connect-session.ts';
import { countTokenRequests, decideAtDiscord, isConsentPage, takeCallbackUrl } from '../at-discord.ts';
import { Visitor, type Scene } from '../visitor.ts';

/** What becomes of connect links that are opened twice, too often, too late, elsewhere or by somebody else. */
export async function links(scene: Scene): Promise<void> {
  const { site, report } = scene;
  const visitor = await Visitor.arrive(scene);
  const { page, context } = visitor;
  await page.goto(site.app);

  const second = await context.newPage();
  await report.check('a link opened in two tabs works in the first one', async () => {
    const link = await visitor.takeLink();
    for (const tab of [page, second]) {
      await tab.goto(link);
      await tab.waitForURL((url) => isConsentPage(site, url));
    }
    await decideAtDiscord(page, site, 'solo');
    await page.getByRole('heading', { name: 'Hello, Solo' }).waitFor();
  });
  await report.check('the second tab then says that the link was used', async () => {
    await decideAtDiscord(second, site, 'solo');
    await expectTitle(second, 'This link was already used');
  });
  await second.close();
  await visitor.inspect('app-no-servers');

  await report.check('a link that has connected somebody says so when it is opened again', async () => {
    const link = await visitor.takeLink();
    await page.goto(link);
    await decideAtDiscord(page, site, 'solo');
    await page.getByRole('heading', { name: 'Hello, Solo' }).waitFor();
    await expectRefusal(page, link, 409, 'This link was already used');
  });
  await visitor.inspect('link-used', { isDarkShown: true });

  await report.check('an unknown link says so', () =>
    expectRefusal(page, `${site.gateway}${AUTHORIZE_PATH}?session=unknown`, 404, 'This link is not valid any more'),
  );
  await visitor.inspect('link-unknown');

  await report.check('a link can be opened five times, not six', async () => {
    const link = await visitor.takeLink();
    for (let opening = 1; opening <= MAX_STARTS; opening += 1) {
      await page.goto(link);
      await page.waitForURL((url) => isConsentPage(site, url));
    }
    await expectRefusal(page, link, 429, 'This link was opened too often');
  });
  await visitor.inspect('link-exhausted');

  await report.check('an address that Discord does not make says so', () =>
    expectRefusal(
      page,
      `${site.gateway}${CALLBACK_PATH}?code=a&code=b&state=c`,
      400,
      'The answer from Discord was incomplete',
    ),
  );
  await visitor.inspect('callback-malformed');
  await visitor.leave('links');
}

/** One person's link or way back in another person's browser: connection fixation and stolen codes. */
export async function otherBrowsers(scene: Scene): Promise<void> {
  const { site, report } = scene;
  const owner = await Visitor.arrive(scene);
  const stranger = await Visitor.arrive(scene);
  await owner.page.goto(site.app);
  await stranger.page.goto(site.app);
  const before = await countTokenRequests(site);

  await report.check('the way back from Discord does not work in another browser', async () => {
    await owner.page.goto(await owner.takeLink());
    await owner.page.waitForURL((url) => isConsentPage(site, url));
    const callbackUrl = await takeCallbackUrl(owner.page, SEED_USERS.ada.id);
    await expectRefusal(stranger.page, callbackUrl, 400, 'We could not match this to a connection you started');
    await expectRefusal(owner.page, callbackUrl, 400, 'We could not match this to a connection you started');
  });
  await stranger.inspect('not-recognized');
  await report.check("somebody else's link ends at the app without a connection", async () => {
    await stranger.page.goto(await owner.takeLink());
    await decideAtDiscord(stranger.page, site, 'grace_hopper');
    assert.match(await stranger.page.getByRole('status').innerText(), /not started here/);
  });
  await stranger.inspect('app-foreign-link');
  await report.check('nothing was exchanged for either of them', async () => {
    assert.equal(await countTokenRequests(site), before);
  });
  await owner.leave('owner');
  await stranger.leave('stranger');
}

/** Opens an address and expects a page with this status and a heading that begins like this. */
async function expectRefusal(page: Page, url: string, status: number, title: string): Promise<void> {
  const response = await page.goto(url);
  assert.equal(response?.status(), status);
  await expectTitle(page, title);
}

async function expectTitle(page: Page, title: string): Promise<void> {
  await page.getByRole('heading', { name: title }).waitFor();
}
