import assert from 'node:assert/strict';
import { SEED_USERS } from '../../../infra/local/discord/world/seed-users.ts';
import { decideAtDiscord, isConsentPage } from '../at-discord.ts';
import { Visitor, type Scene } from '../visitor.ts';

/** The same journey with JavaScript off, by a user without a display name. */
export async function withoutScript(scene: Scene): Promise<void> {
  const { site, report } = scene;
  const visitor = await Visitor.arrive(scene, { javaScript: false });
  const { page } = visitor;
  await report.step('without JavaScript a user connects', async () => {
    await page.goto(site.app);
    await page.getByRole('button', { name: 'Connect Discord' }).click();
    await decideAtDiscord(page, site, 'Linus');
    await page.getByRole('heading', { name: 'Hello, Linus' }).waitFor();
  });
  await report.check('without JavaScript he disconnects', async () => {
    await page.getByRole('button', { name: 'Disconnect' }).click();
    await page.getByRole('button', { name: 'Connect Discord' }).waitFor();
  });
  await visitor.leave('without JavaScript');
}

/** The same journey without a pointer. */
export async function byKeyboard(scene: Scene): Promise<void> {
  const { site, report } = scene;
  const visitor = await Visitor.arrive(scene);
  const { page } = visitor;
  const { keyboard } = page;
  await report.step('with the keyboard alone a user starts', async () => {
    await page.goto(site.app);
    await keyboard.press('Tab');
    await keyboard.press('Enter');
    await page.waitForURL((url) => isConsentPage(site, url));
  });
  await report.step('with the keyboard alone he chooses an account and authorizes', async () => {
    await keyboard.press('Tab');
    await keyboard.press('ArrowDown');
    assert.equal(await page.getByLabel('@grace_hopper').isChecked(), true);
    // Past Cancel, to Authorize.
    await keyboard.press('Tab');
    await keyboard.press('Tab');
    await keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Hello, Grace' }).waitFor();
  });
  await visitor.leave('keyboard');
}

/** A display name that is made to break pages. */
export async function oddName(scene: Scene): Promise<void> {
  const { site, report } = scene;
  const visitor = await Visitor.arrive(scene);
  const { page } = visitor;
  await report.step('a user whose name is markup connects', async () => {
    await page.goto(site.app);
    await page.getByRole('button', { name: 'Connect Discord' }).click();
    await decideAtDiscord(page, site, 'noor.u202e');
    await page.getByRole('button', { name: 'Disconnect' }).waitFor();
  });
  await report.check('his name is shown as text, letter by letter', async () => {
    assert.equal(await page.locator('h1').textContent(), `Hello, ${SEED_USERS.noor.global_name ?? ''}`);
    assert.equal(await page.locator('img').count(), 0);
  });
  await visitor.inspect('app-odd-name');
  await visitor.leave('odd name');
}
