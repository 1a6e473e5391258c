import assert from 'node:assert/strict';
import { decideAtDiscord } from '../at-discord.ts';
import { setUp, signIn } from '../operator.ts';
import { startSite } from '../start-site.ts';
import { Visitor, type Scene } from '../visitor.ts';

/** The operator's whole way, from an empty store to the first action and back: by what the pages say. */
export async function portalJourney(outer: Scene): Promise<void> {
  const site = await startSite({ isEmpty: true });
  const scene: Scene = { ...outer, site };
  try {
    await travel(scene);
  } finally {
    await Promise.all(outer.browser.contexts().map((context) => context.close()));
    await site.stop();
  }
}

async function travel(scene: Scene): Promise<void> {
  const { site, report } = scene;
  const { clientId, clientSecret, botToken } = site.application;
  const visitor = await Visitor.arrive(scene);
  const { page } = visitor;
  const step = (title: string) => page.getByRole('region', { name: title });

  await page.goto(`${site.gateway}/portal`);
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await visitor.inspect('portal-sign-in', { isDarkShown: true });
  await report.step('a wrong set-up code is refused, in words', async () => {
    await page.getByRole('button', { name: 'First time here?' }).click();
    await page.getByLabel('Set-up code').fill('x'.repeat(40));
    await page.getByRole('button', { name: 'Make the operator key' }).click();
    await page.getByRole('alert').getByText('The set-up code or operator key is not valid').waitFor();
  });
  await visitor.inspect('portal-sign-in-refused');
  let key = '';
  await report.step('the set-up code makes the operator key', async () => {
    await page.reload();
    key = await setUp(visitor, await site.loadSetupCode());
    assert.match(key, /^dio_/);
  });
  await page.getByRole('region', { name: '3. Enter what Discord gave you' }).waitFor();
  await visitor.inspect('portal-set-up-empty', { isDarkShown: true });

  await report.step('a client id that is none is named at its field', async () => {
    await page.getByLabel('Client ID').fill('abc');
    await page.getByLabel('Client secret').fill(clientSecret.reveal());
    await page.getByRole('button', { name: 'Save and check' }).click();
    await step('3. Enter what Discord gave you').getByText('the number of 17 to 20 digits').waitFor();
  });
  await report.step('a wrong secret is refused by Discord, and said at its field', async () => {
    await page.getByLabel('Client ID').fill(clientId);
    await page.getByLabel('Client secret').fill('w'.repeat(32));
    await page.getByRole('button', { name: 'Save and check' }).click();
    await step('3. Enter what Discord gave you').getByText('Discord refuses the two together').waitFor();
  });
  await visitor.inspect('portal-set-up-refused');
  await report.step('the minimum of scopes cannot be left out', async () => {
    await page.getByRole('checkbox', { name: /^email/ }).uncheck();
    await page.getByText('profiles come without address').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Save and check' }).isDisabled(), true);
    await page.getByRole('checkbox', { name: /^email/ }).check();
  });
  await report.step('the right ones are saved, and the redirect is found missing, with the text to paste', async () => {
    await page.getByLabel('Client secret').fill(clientSecret.reveal());
    await page.getByText('Bot token (for everything').click();
    await page.getByLabel('Bot token', { exact: true }).fill(botToken?.reveal() ?? '');
    await page.getByRole('checkbox', { name: /^connections/ }).check();
    await page.getByRole('button', { name: 'Save and check' }).click();
    await page.getByText('Saved. What Discord said').waitFor();
    const redirect = step('2. Tell Discord where users come back to');
    await redirect.getByText('missing is').waitFor();
    assert.ok((await redirect.innerText()).includes(`${site.gateway}/integration-callback`));
  });
  await visitor.inspect('portal-set-up-redirect');
  await report.step('once it is registered, the check says so', async () => {
    await site.control.setRedirectUris({ redirect_uris: [`${site.gateway}/integration-callback`] });
    await page.getByRole('button', { name: 'Check again' }).click();
    await step('2. Tell Discord where users come back to').getByText('done', { exact: true }).waitFor();
  });
  await report.step('an API key is made and shown once', async () => {
    await page.getByRole('button', { name: 'Make an API key' }).click();
    await page.getByText('It is shown only now').waitFor();
    assert.match((await page.getByRole('status').locator('.copy code').textContent()) ?? '', /^dik_/);
  });
  await visitor.inspect('portal-set-up-key');
  await report.step('the operator connects himself as a test user', async () => {
    await page.getByRole('button', { name: 'Connect a test user' }).click();
    await decideAtDiscord(page, site, 'ada.lovelace');
    await page.getByText('Connected as').waitFor();
    assert.ok((await page.locator('main').innerText()).includes('Ada'));
  });
  await visitor.inspect('portal-test-user');
  await report.check('a reload shows the same, with no code in the address', async () => {
    assert.doesNotMatch(page.url(), /code/);
    await page.reload();
    await page.getByText('Connected as').waitFor();
  });
  await report.step('an action is tried, and answered by Discord', async () => {
    await page.getByRole('link', { name: 'Try an action' }).click();
    await page.getByRole('button', { name: 'Run it' }).click();
    await page.getByText('"username": "ada.lovelace"').waitFor();
  });
  await visitor.inspect('portal-try', { isDarkShown: true });
  await report.step('the set-up is done', async () => {
    await page.getByRole('link', { name: 'Set up' }).click();
    await page.getByText('Everything works').waitFor();
  });
  await visitor.inspect('portal-set-up-done', { isDarkShown: true });
  await look(scene, visitor, key);
}

/** What was done is to be seen elsewhere, and can be ended. */
async function look({ report }: Scene, visitor: Visitor, key: string): Promise<void> {
  const { page } = visitor;
  await report.step('it stands in the audit', async () => {
    await page.getByRole('link', { name: 'Audit' }).click();
    await page.getByRole('button', { name: 'The user connected' }).waitFor();
    await page.getByRole('button', { name: 'Settings were changed' }).first().click();
    await page.getByRole('dialog').getByText('settings_changed', { exact: true }).waitFor();
  });
  await visitor.inspect('portal-audit-record');
  await page.keyboard.press('Escape');
  await report.step('it stands in Health', async () => {
    await page.getByRole('link', { name: 'Health' }).click();
    await page.getByRole('heading', { name: 'What it stands on' }).waitFor();
    await page.getByText('Requests', { exact: true }).first().waitFor();
  });
  await visitor.inspect('portal-health', { isDarkShown: true });
  await report.step('the connection is disconnected', async () => {
    await page.getByRole('link', { name: 'Connections' }).click();
    await page.getByRole('link', { name: 'Ada' }).click();
    await page.getByRole('button', { name: 'Disconnect' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Disconnect' }).click();
    await page.getByText('The connection was closed').waitFor();
  });
  await visitor.inspect('portal-connection-closed');
  await report.step('signing out ends the session, and the key opens a new one', async () => {
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await signIn(visitor, key);
  });
  await visitor.leave('portal journey');
}
