import assert from 'node:assert/strict';
import { arriveAsOperator } from '../operator.ts';
import { startSite, type Site } from '../start-site.ts';
import type { Scene, Visitor } from '../visitor.ts';

const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** Milliseconds. */
const PATIENCE_MS = 10_000;

/** The portal's forms: what is refused, what somebody else does meanwhile, what is shown once, and where the focus is after each. */
export async function portalForms(outer: Scene): Promise<void> {
  const site = await startSite({ isEmpty: true });
  const scene: Scene = { ...outer, site };
  try {
    const { visitor, key } = await arriveAsOperator(scene);
    await firstTenant(scene, visitor);
    await endings(scene, visitor, key);
    await save(site, key, {
      client_id: site.application.clientId,
      client_secret: site.application.clientSecret.reveal(),
    });
    await settings(scene, visitor, key);
    await testUser(scene, visitor);
    await visitor.leave('portal forms');
  } finally {
    await Promise.all(outer.browser.contexts().map((context) => context.close()));
    await site.stop();
  }
}

async function firstTenant({ site, report }: Scene, visitor: Visitor): Promise<void> {
  const { page } = visitor;
  await page.goto(`${site.gateway}/portal/keys`);
  await page.getByText('There is no tenant yet').waitFor();
  await visitor.inspect('portal-keys-empty');
  await report.step('the first tenant is made, and told with the focus on it', async () => {
    await page.getByLabel('Id', { exact: true }).fill('shop');
    await page.getByRole('button', { name: 'Make the tenant' }).click();
    await page.getByText('Tenant shop is made.').waitFor();
    await focusIsWithin(page.getByRole('status').filter({ hasText: 'Tenant shop is made.' }));
  });
  await report.step('its first key is made on the same page, limited, and shown in view', async () => {
    await page.getByText('Make a key').click();
    await page.getByLabel('Name').fill('till');
    await page.getByLabel('Limit it to some actions').check();
    await page.getByLabel('all of users').check();
    await page.getByRole('button', { name: 'Make the key' }).click();
    const shown = page.getByRole('region', { name: 'The key till' });
    assert.match((await shown.locator('code').textContent()) ?? '', /^dik_/);
    await focusIsWithin(shown);
    assert.equal(await shown.evaluate((element) => element.getBoundingClientRect().top >= 0), true);
  });
  await visitor.inspect('portal-key-made');
}

/** What is ended is told, and offers nothing any more. */
async function endings({ site, report }: Scene, visitor: Visitor, key: string): Promise<void> {
  const { page } = visitor;
  const tenant = page.getByRole('region', { name: 'Tenant shop' });
  await report.check('going on without confirmation is asked first, and Escape changes nothing', async () => {
    await tenant.getByRole('switch').click();
    await page.getByRole('dialog').getByText('act with the victim').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    assert.equal(await tenant.getByRole('switch').isChecked(), true);
  });
  await report.check('a tenant is deleted only by who types its id, and its keys are called refused then', async () => {
    await tenant.getByRole('button', { name: 'Delete tenant' }).click();
    const confirm = page.getByRole('dialog').getByRole('button', { name: 'Delete it' });
    assert.equal(await confirm.isDisabled(), true);
    await page.getByLabel('Type shop').fill('shop');
    // The keys as they are until the sweep comes by and revokes them one by one.
    const keys = await fetch(`${site.gateway}/api-keys`, { headers: { authorization: `Bearer ${key}` } });
    const body = await keys.text();
    assert.match(body, /"state":"live"/);
    await page.route('**/api-keys', (route) => route.fulfill({ body, contentType: 'application/json' }));
    await confirm.click();
    const told = page.getByRole('status').filter({ hasText: 'The deletion of tenant shop has begun' });
    await told.waitFor();
    await focusIsWithin(told);
    await tenant.getByText('Nothing of this tenant is served').waitFor();
    await tenant.getByText('refused', { exact: true }).waitFor();
    assert.equal(await tenant.getByText('works', { exact: true }).count(), 0);
    assert.equal(await tenant.getByRole('button', { name: /^(Roll|Revoke)/ }).count(), 0);
    await page.unroute('**/api-keys');
  });
  await visitor.inspect('portal-tenant-deleted');
}

async function settings({ site, report }: Scene, visitor: Visitor, key: string): Promise<void> {
  const { page } = visitor;
  const looks = page.getByRole('region', { name: 'How users see you' });
  const rules = page.getByRole('region', { name: 'Rules' });
  const days = page.getByLabel('Audit records are kept');
  const file = page.getByLabel('Logo', { exact: true });
  await page.goto(`${site.gateway}/portal/settings`);
  await report.check('a picture that is none is told at its field, which has the focus', async () => {
    await file.setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: Buffer.from('no picture at all') });
    await looks.getByRole('button', { name: 'Save' }).click();
    await looks.getByText('is no image/png picture').waitFor();
    await focusIsWithin(file);
    await visitor.inspect('portal-settings-refused');
  });
  await report.check('two forms are saved one after the other, though nothing was read in between', async () => {
    // Never answered: a save must not need it.
    await page.route('**/integration', (route) => (route.request().method() === 'GET' ? undefined : route.continue()));
    await file.setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: PIXEL });
    await page.getByLabel('Name', { exact: true }).fill('Shop & Sons');
    await looks.getByRole('button', { name: 'Save' }).click();
    await looks.getByText('Saved.', { exact: true }).waitFor();
    await days.fill('100');
    await rules.getByRole('button', { name: 'Save' }).click();
    await rules.getByText('Saved.', { exact: true }).waitFor();
    await page.unroute('**/integration');
    const stored = await load(site, key);
    assert.equal(stored.audit_retention_days, 100);
    assert.equal(stored.branding.name, 'Shop & Sons');
  });
  await report.check(
    'what somebody else saved meanwhile is not overwritten unseen, and nothing entered is lost',
    async () => {
      await days.fill('101');
      await save(site, key, { idle_expiry_days: 77 });
      await rules.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('alert').getByText('Somebody else has changed the settings').waitFor();
      assert.equal((await load(site, key)).audit_retention_days, 100);
      await visitor.inspect('portal-settings-conflict');
      await page.getByRole('button', { name: 'Load theirs' }).click();
      const told = page.getByText('What was saved meanwhile is in the form now');
      await told.waitFor();
      await focusIsWithin(told.locator('..'));
      await waitForValue(page.getByLabel('Idle connections'), '77');
      assert.equal(await days.inputValue(), '101');
      await rules.getByRole('button', { name: 'Save' }).click();
      await rules.getByText('Saved.', { exact: true }).waitFor();
      const stored = await load(site, key);
      assert.deepEqual([stored.audit_retention_days, stored.idle_expiry_days], [101, 77]);
    },
  );
}

/** How the operator's own test of the connect flow can end besides well. */
async function testUser({ site, report }: Scene, visitor: Visitor): Promise<void> {
  const { page } = visitor;
  for (const [query, told] of [
    ['error=access_denied', 'You have refused at Discord'],
    ['error=%3Cimg%20src%3Dx%3E', '<img src=x>'],
    ['connect_session_id=none&confirmation_code=none', 'There is no such connect session'],
    ['', 'Nobody was connected here'],
  ] as const) {
    await report.check(`the test user's page with "${query}" says what happened, and how to begin again`, async () => {
      await page.goto(`${site.gateway}/portal/test-user?${query}`);
      await page.getByText(told).waitFor();
      assert.equal(await page.locator('main img').count(), 0);
      assert.equal(await page.locator('main a[href="/portal/set-up"]').count(), 1);
    });
  }
}

async function focusIsWithin(locator: ReturnType<Visitor['page']['locator']>): Promise<void> {
  await locator.waitFor();
  const isWithin = await locator.evaluate((element) => element.contains(element.ownerDocument.activeElement));
  assert.equal(isWithin, true, 'the focus is elsewhere');
}

/** By looking again: the page's policy lets no condition be evaluated in it. */
async function waitForValue(field: ReturnType<Visitor['page']['locator']>, value: string): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while ((await field.inputValue()) !== value) assert.ok(Date.now() < deadline, `the field never had ${value}`);
}

interface Stored {
  readonly audit_retention_days: number;
  readonly idle_expiry_days: number | null;
  readonly branding: { readonly name: string | null };
}

/** As another operator, or a program of his. */
async function load(site: Site, key: string): Promise<Stored> {
  const response = await fetch(`${site.gateway}/integration`, { headers: { authorization: `Bearer ${key}` } });
  return (await response.json()) as Stored;
}

async function save(site: Site, key: string, change: Readonly<Record<string, unknown>>): Promise<void> {
  const authorization = `Bearer ${key}`;
  const read = await fetch(`${site.gateway}/integration`, { headers: { authorization } });
  const response = await fetch(`${site.gateway}/integration`, {
    method: 'PUT',
    headers: { authorization, 'content-type': 'application/json', 'if-match': read.headers.get('etag') ?? '' },
    body: JSON.stringify(change),
  });
  assert.equal(response.status, 200, await response.text());
}
