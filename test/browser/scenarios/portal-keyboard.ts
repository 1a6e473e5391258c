import type { Locator, Page } from 'playwright-core';
import { isConsentPage } from '../at-discord.ts';
import { startSite, type Site } from '../start-site.ts';
import { Visitor, type Scene } from '../visitor.ts';

/** More stops than any page of the portal has. */
const MAX_STOPS = 200;

/** The operator's journey from an empty store with keys alone: no pointer is moved and nothing is clicked. */
export async function portalByKeyboard(outer: Scene): Promise<void> {
  const site = await startSite({ isEmpty: true });
  try {
    await site.control.setRedirectUris({ redirect_uris: [`${site.gateway}/integration-callback`] });
    const scene: Scene = { ...outer, site };
    const visitor = await Visitor.arrive(scene);
    await scene.report.step('with keys alone: set-up code, credentials, key', () =>
      enterEverything(site, visitor.page),
    );
    await scene.report.step('with keys alone: connect at Discord, try an action', () =>
      connectAndTry(site, visitor.page),
    );
    await scene.report.step('with keys alone: disconnect, sign out', () => endEverything(visitor.page));
    await visitor.leave('portal by keyboard');
  } finally {
    await Promise.all(outer.browser.contexts().map((context) => context.close()));
    await site.stop();
  }
}

async function enterEverything(site: Site, page: Page): Promise<void> {
  await page.goto(`${site.gateway}/portal`);
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await press(page, page.getByRole('button', { name: 'First time here?' }));
  await type(page, page.getByLabel('Set-up code'), await site.loadSetupCode());
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Your operator key' }).waitFor();
  await press(page, page.getByRole('button', { name: 'I have kept it' }));
  await page.getByRole('heading', { level: 1, name: 'Set up' }).waitFor();
  await type(page, page.getByLabel('Client ID'), site.application.clientId);
  await type(page, page.getByLabel('Client secret'), site.application.clientSecret.reveal());
  await press(page, page.getByRole('button', { name: 'Save and check' }));
  await page.getByText('Saved. What Discord said').waitFor();
  await press(page, page.getByRole('button', { name: 'Make an API key' }));
  await page.getByText('It is shown only now').waitFor();
}

async function connectAndTry(site: Site, page: Page): Promise<void> {
  await press(page, page.getByRole('button', { name: 'Connect a test user' }));
  await page.waitForURL((url) => isConsentPage(site, url));
  await press(page, page.getByRole('button', { name: 'Authorize' }));
  await page.getByText('Connected as').waitFor();
  await press(page, page.getByRole('link', { name: 'Try an action' }));
  await page.getByRole('button', { name: 'Run it' }).waitFor();
  await press(page, page.getByRole('button', { name: 'Run it' }));
  await page.getByText('"username":').waitFor();
}

async function endEverything(page: Page): Promise<void> {
  await press(page, page.getByRole('navigation', { name: 'Portal' }).getByRole('link', { name: 'Connections' }));
  await page.locator('td a').first().waitFor();
  await press(page, page.locator('td a').first());
  await page.getByRole('heading', { name: 'What happened' }).waitFor();
  await press(page, page.getByRole('button', { name: 'Disconnect' }));
  await press(page, page.getByRole('dialog').getByRole('button', { name: 'Disconnect' }));
  await page.getByText('The connection was closed').waitFor();
  await press(page, page.getByRole('button', { name: 'Sign out' }));
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
}

/** Goes on with Tab until it has the focus. */
async function reach(page: Page, target: Locator): Promise<void> {
  const focused = target.and(page.locator(':focus'));
  for (let stops = 0; stops < MAX_STOPS; stops += 1) {
    if ((await focused.count()) > 0) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach ${String(target)}`);
}

async function press(page: Page, target: Locator): Promise<void> {
  await reach(page, target);
  await page.keyboard.press('Enter');
}

async function type(page: Page, target: Locator, text: string): Promise<void> {
  await reach(page, target);
  await page.keyboard.insertText(text);
}
