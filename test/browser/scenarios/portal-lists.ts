import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { SEED_USERS } from '../../../infra/local/discord/world/seed-users.ts';
import { Wire } from '../../support/wire.ts';
import { arriveAsOperator } from '../operator.ts';
import type { Scene, Visitor } from '../visitor.ts';

/** More than the Doctor shows at once, and with two records each more than the audit does. */
const COUNT = 27;

/** Connections, Doctor and audit with more in them than fits: searching, paging, filtering, and what does not go well. */
export async function portalLists(scene: Scene): Promise<void> {
  const { site } = scene;
  const wire = new Wire(site.gateway, site.simulator, [], () => undefined);
  const connect = async (user: keyof typeof SEED_USERS, userId: string): Promise<string> => {
    const input = { user_id: userId, return_url: `${site.app}/`, scopes: ['identify', 'email', 'guilds'] };
    return String((await wire.connect(site.apiKey, input, { userId: SEED_USERS[user].id })).id);
  };
  for (let number = 1; number <= COUNT; number += 1) await connect('grace', `lists-${number}`);
  const mina = await connect('mina', 'lists-mina');
  const { visitor } = await arriveAsOperator(scene);
  await search(scene, visitor);
  await reconnect(scene, visitor, mina);
  await doctor(scene, visitor, mina);
  await disconnect(scene, visitor, mina);
  await audit(scene, visitor);
  await visitor.leave('portal lists');
}

async function search({ site, report }: Scene, { page }: Visitor): Promise<void> {
  await report.check('a search stands in the address, and the way back leads to the one before', async () => {
    await page.goto(`${site.gateway}/portal/connections`);
    await page.getByText('Grace').first().waitFor();
    await page.getByLabel('Name or id').fill('MINA');
    await page.keyboard.press('Enter');
    await page.getByText('1 connection.').waitFor();
    assert.equal(new URL(page.url()).searchParams.get('q'), 'MINA');
    await page.getByLabel('State').selectOption('disconnected');
    await page.getByText('No connection is like this').waitFor();
    await page.goBack();
    await page.getByText('1 connection.').waitFor();
    await page.goBack();
    await page.getByText('Grace').first().waitFor();
    assert.equal(await page.getByLabel('Name or id').inputValue(), '');
  });
}

async function reconnect({ site, report }: Scene, visitor: Visitor, id: string): Promise<void> {
  const { page } = visitor;
  const button = page.getByRole('button', { name: 'Send a reconnect link' });
  await report.step('a reconnect link returns to allowed addresses only', async () => {
    await page.goto(`${site.gateway}/portal/connections/${id}`);
    await button.click();
    await page.getByLabel('Return address').fill('https://elsewhere.example/');
    await page.getByRole('button', { name: 'Make the link' }).click();
    await page.locator('.fault').waitFor();
  });
  await visitor.inspect('portal-reconnect-refused');
  await report.check('and is shown with what to do with it; closing leads back to its button', async () => {
    await page.getByLabel('Return address').fill(`${site.app}/back`);
    await page.getByRole('button', { name: 'Make the link' }).click();
    await page.getByText('It works once').waitFor();
    const link = (await page.getByRole('dialog').locator('.copy code').textContent()) ?? '';
    assert.ok(link.startsWith(`${site.gateway}/`), link);
    await page.getByRole('button', { name: 'Close', exact: true }).click();
    await button.and(page.locator(':focus')).waitFor();
  });
}

async function doctor({ site, report }: Scene, visitor: Visitor, id: string): Promise<void> {
  const { page } = visitor;
  const radios = page.getByRole('radio');
  await report.check('who is chosen stands there, whatever is searched for', async () => {
    await page.goto(`${site.gateway}/portal/doctor?connection_id=${id}`);
    await page.getByText('actions would work').waitFor();
    await find(page, 'nobody-of-this-name');
    await page.getByText('Nothing found').waitFor();
    assert.equal(await radios.count(), 1);
    assert.equal(await radios.first().isChecked(), true);
    await find(page, 'lists-9');
    await page.getByText('lists-9,').waitFor();
    await radios.nth(1).check();
    await page.waitForURL((url) => url.searchParams.get('connection_id') !== id);
  });
  await report.check('an id that is none is said at its field, and what was typed stays', async () => {
    await page.getByLabel('Channel id').fill('12');
    await page.keyboard.press('Enter');
    await page.locator('.fault').waitFor();
    assert.equal(await page.getByLabel('Channel id').inputValue(), '12');
  });
  await visitor.inspect('portal-doctor-refused');
}

async function disconnect({ site, report }: Scene, visitor: Visitor, id: string): Promise<void> {
  const { page } = visitor;
  await report.step(
    'while Discord is down a connection is closed all the same, and the page says what is owed',
    async () => {
      const path = '/api/oauth2/token/revoke';
      await site.control.addFault({ path, fault: { kind: 'answer', status: 502 }, times: null });
      await page.goto(`${site.gateway}/portal/connections/${id}`);
      await page.getByRole('button', { name: 'Disconnect' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Disconnect' }).click();
      await page.getByText('Discord could not be told yet').waitFor();
      assert.equal(await isFocused(page.locator('.notice').filter({ hasText: 'Disconnected.' })), true);
    },
  );
  // The browser reports the failed answer itself; that it comes is what was wanted.
  await visitor.watch.takeFaults();
  await visitor.inspect('portal-revocation-owed', { isDarkShown: true });
  await report.check('once Discord is back, it can be told', async () => {
    await site.control.clearFaults();
    await page.getByRole('button', { name: 'Try to revoke now' }).click();
    await page.getByText('revoked at Discord: yes').waitFor();
    assert.equal(await page.getByText('Discord could not be told yet').count(), 0);
  });
  await report.check('the Doctor says once what stands against every action of it', async () => {
    await page.getByRole('link', { name: 'Doctor' }).last().click();
    await page.getByText('One thing stands against all of them').waitFor();
    assert.equal(await page.getByText('Can be mended by').count(), 1);
  });
  await visitor.inspect('portal-doctor-ended');
}

async function audit({ site, report }: Scene, visitor: Visitor): Promise<void> {
  const { page } = visitor;
  const rows = page.locator('tbody tr');
  await report.check(
    'the audit goes on where it ended, without a network as well once there is one again',
    async () => {
      await page.goto(`${site.gateway}/portal/audit`);
      await page.getByText('50 records so far').waitFor();
      await visitor.context.setOffline(true);
      await page.getByRole('button', { name: 'Show more' }).click();
      await page.getByText('No answer from the gateway').waitFor();
      assert.equal(await rows.count(), 50);
      await visitor.context.setOffline(false);
      await page.getByRole('button', { name: 'Show more' }).click();
      await rows.nth(50).waitFor();
    },
  );
  await visitor.watch.takeFaults();
  await report.check('filters hold for the exports too', async () => {
    await page.getByLabel('What').selectOption('connection_disconnected');
    await page.getByText(/^\d+ records?\.$/).waitFor();
    const href = (await page.getByRole('link', { name: 'Export as NDJSON' }).getAttribute('href')) ?? '';
    const exported = await page.evaluate<string>(`fetch(${JSON.stringify(href)}).then((answer) => answer.text())`);
    const lines = exported.trimEnd().split('\n');
    assert.equal(lines.length, await rows.count());
    for (const line of lines) assert.match(line, /"type":"connection_disconnected"/);
  });
  await report.check('a record opens with all that is known of it, and closing leads back to it', async () => {
    const first = page.getByRole('button', { name: 'The connection was closed' }).first();
    await first.click();
    await page.getByRole('dialog').getByText('As JSON').click();
    await page.getByRole('dialog').getByText('"position"').waitFor();
    await page.getByRole('button', { name: 'Close', exact: true }).click();
    assert.equal(await isFocused(first), true);
  });
  await report.check('a time is asked for once it is entered, and nothing found is said', async () => {
    await page.getByLabel('To', { exact: true }).fill('2020-01-01T00:00');
    await page.keyboard.press('Enter');
    await page.getByText('Nothing was recorded that is like this').waitFor();
    assert.equal(
      new URL(page.url()).searchParams.get('to'),
      new Date('2020-01-01T00:00').toISOString().replace('.000', ''),
    );
  });
  await visitor.inspect('portal-audit-none');
}

async function find(page: Page, text: string): Promise<void> {
  await page.getByLabel('Find a connection by name or id').fill(text);
  await page.keyboard.press('Enter');
}

function isFocused(locator: Locator): Promise<boolean> {
  return locator.evaluate((element) => element === element.ownerDocument.activeElement);
}
