import assert from 'node:assert/strict';
import { AUTHORIZE_PATH } from '../../../shared/connect-paths.ts';
import { isConsentPage } from '../at-discord.ts';
import { Visitor, type Scene } from '../visitor.ts';

/** Pages that no journey leads to: a problem code's own page, and an outage. */
export async function gatewayPages(scene: Scene): Promise<void> {
  const { site, report } = scene;
  const visitor = await Visitor.arrive(scene);
  const { page } = visitor;

  await report.check("a problem's type opens its page", async () => {
    const response = await page.goto(`${site.gateway}/problems/scope_missing`);
    assert.equal(response?.status(), 200);
    assert.match(await page.locator('main').innerText(), /scope_missing/);
  });
  await visitor.inspect('problem');

  await page.goto(site.app);
  const link = await visitor.takeLink();
  await report.check('during an outage a link says to wait', async () => {
    site.aws.faults.add({ service: 'dynamodb', error: 'ProvisionedThroughputExceededException' });
    const response = await page.goto(link);
    assert.equal(response?.status(), 503);
    assert.match(await page.locator('main').innerText(), /reload this page/);
  });
  await visitor.inspect('outage');
  site.aws.faults.clear();
  await report.check('after the outage reloading is all it takes', async () => {
    assert.ok(page.url().startsWith(`${site.gateway}${AUTHORIZE_PATH}`));
    await page.reload();
    await page.waitForURL((url) => isConsentPage(site, url));
  });
  await visitor.leave('gateway pages');
}
