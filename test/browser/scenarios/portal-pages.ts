import assert from 'node:assert/strict';
import { SEED_USERS } from '../../../infra/local/discord/world/seed-users.ts';
import { Wire } from '../../support/wire.ts';
import { arriveAsOperator } from '../operator.ts';
import type { Site } from '../start-site.ts';
import type { Scene, Visitor } from '../visitor.ts';

/** A page of the portal, and what is there once it has loaded. */
const PAGES: readonly (readonly [path: string, name: string, ready: string])[] = [
  ['connections', 'portal-connections', 'At Discord'],
  ['doctor', 'portal-doctor', 'The redirect is registered at Discord'],
  ['keys', 'portal-keys', 'Tenant default'],
  ['audit', 'portal-audit', 'When'],
  ['settings', 'portal-settings', 'How users see you'],
  ['revoke', 'portal-revoke', 'What follows'],
  ['simulator', 'portal-simulator', 'The next refresh fails'],
  ['nothing-here', 'portal-not-found', 'Go back to'],
];

/** Every page of the portal over a store with users in it: their names are as odd as Discord allows. */
export async function portalPages(scene: Scene): Promise<void> {
  const { site, report } = scene;
  for (const user of ['ada', 'noor'] as const) await connect(site, user);
  const { visitor } = await arriveAsOperator(scene);
  const { page } = visitor;
  for (const [path, name, ready] of PAGES) {
    await report.step(`${name} opens`, async () => {
      await page.goto(`${site.gateway}/portal/${path}`);
      await page.getByText(ready).first().waitFor();
    });
    await visitor.inspect(name, { isDarkShown: true });
  }
  await oddName(scene, visitor);
  await oneConnection(scene, visitor);
  await states(scene, visitor);
  await visitor.leave('portal pages');
}

/** What a name is made of stays text, wherever it is shown. */
async function oddName({ site, report }: Scene, { page }: Visitor): Promise<void> {
  await report.check('a name made of markup is text in lists and on its own page', async () => {
    await page.goto(`${site.gateway}/portal/connections?q=noor`);
    const link = page.locator('td a bdi').first();
    await link.waitFor();
    assert.equal(await link.textContent(), SEED_USERS.noor.global_name);
    await link.click();
    await page.getByRole('heading', { level: 1, name: 'Connection' }).waitFor();
    await page.getByText('What happened').waitFor();
    assert.equal(await page.locator('main img').count(), 0);
    assert.ok((await page.locator('main').innerText()).includes('<img'));
  });
}

async function oneConnection({ site, report }: Scene, visitor: Visitor): Promise<void> {
  const { page } = visitor;
  const address = page.url();
  await visitor.inspect('portal-connection', { isDarkShown: true });
  await report.step('the Doctor tells of every action whether it would work', async () => {
    await page.getByRole('link', { name: 'Doctor' }).last().click();
    await page.getByText('actions would work').waitFor();
    await page.getByRole('switch', { name: 'Only what does not work' }).check();
    await page.getByText('Can be mended by').first().waitFor();
  });
  await visitor.inspect('portal-doctor-connection');
  await report.check('before disconnecting it is asked, and Escape leads back to the button', async () => {
    await page.goto(address);
    const button = page.getByRole('button', { name: 'Disconnect' });
    await button.click();
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    assert.equal(await button.evaluate((element) => element === element.ownerDocument.activeElement), true);
  });
  await report.check('an export is a download', async () => {
    await page.goto(`${site.gateway}/portal/audit`);
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'CSV' }).click();
    assert.match((await download).suggestedFilename(), /\.csv$/);
  });
}

/** Nothing found, something broken, nobody there. */
async function states({ site, report }: Scene, visitor: Visitor): Promise<void> {
  const { page, context } = visitor;
  await report.check('a search without a hit says so', async () => {
    await page.goto(`${site.gateway}/portal/connections?q=nobody-of-this-name`);
    await page.getByText('No connection is like this').waitFor();
  });
  await visitor.inspect('portal-connections-none');
  await report.check('during an outage a page says what failed, and trying again is all it takes', async () => {
    site.aws.faults.add({ service: 'dynamodb', operation: 'Query', error: 'ProvisionedThroughputExceededException' });
    await page.goto(`${site.gateway}/portal/keys`);
    await page.getByRole('alert').getByText('The storage is not available right now').first().waitFor();
  });
  await visitor.inspect('portal-outage');
  site.aws.faults.clear();
  await report.check('after the outage it shows what there is', async () => {
    await page.getByRole('button', { name: 'Try again' }).first().click();
    await page.getByText('Tenant default').waitFor();
  });
  await report.check('without a network what was there stays, and the page says so', async () => {
    await page.goto(`${site.gateway}/portal/audit`);
    await page.locator('tbody tr').first().waitFor();
    await context.setOffline(true);
    await page.getByRole('button', { name: 'Refresh' }).click();
    await page.getByText('No answer from the gateway').waitFor();
    assert.ok((await page.locator('tbody tr').count()) > 0);
  });
  await context.setOffline(false);
  await visitor.watch.takeFaults();
}

async function connect(site: Site, user: keyof typeof SEED_USERS): Promise<void> {
  const wire = new Wire(site.gateway, site.simulator, [], () => undefined);
  const input = { user_id: `portal-${user}`, return_url: `${site.app}/`, scopes: ['identify', 'email', 'guilds'] };
  await wire.connect(site.apiKey, input, { userId: SEED_USERS[user].id });
}
