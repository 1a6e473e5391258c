import assert from 'node:assert/strict';
import { SEED_USERS } from '../../../infra/local/discord/world/seed-users.ts';
import { CALLBACK_PATH } from '../../../shared/connect-paths.ts';
import { countTokenRequests, decideAtDiscord, isConsentPage } from '../at-discord.ts';
import { Visitor, type Scene } from '../visitor.ts';

/** What the app tells a user who comes back without a connection, or whose connection has ended. */
export async function refusals(scene: Scene): Promise<void> {
  const { site, report } = scene;
  const visitor = await Visitor.arrive(scene);
  const { page } = visitor;
  const connect = async (): Promise<void> => {
    await page.goto(site.app);
    await page.getByRole('button', { name: 'Connect Discord' }).click();
    await page.waitForURL((url) => isConsentPage(site, url));
  };
  const readNotice = () => page.getByRole('status').innerText();

  await report.check('Cancel leads back to the app, which says so; nothing is exchanged', async () => {
    const before = await countTokenRequests(site);
    await connect();
    await decideAtDiscord(page, site, 'ada.lovelace', 'Cancel');
    assert.match(await readNotice(), /cancelled at Discord/);
    assert.equal(await countTokenRequests(site), before);
  });
  await visitor.inspect('app-refused');

  await report.check("an error of Discord's own is not told as the user's refusal", async () => {
    await connect();
    const state = new URL(page.url()).searchParams.get('state') ?? '';
    await page.goto(`${site.gateway}${CALLBACK_PATH}?error=server_error&state=${state}`);
    assert.match(await readNotice(), /did not work/);
  });

  await report.check('a failing exchange leads back to the app, which offers to try again', async () => {
    await site.control.addFault({
      method: 'POST',
      path: '/api/oauth2/token',
      times: null,
      fault: { kind: 'answer', status: 500, json: { message: 'from upstream' } },
    });
    await connect();
    await decideAtDiscord(page, site, 'ada.lovelace');
    assert.match(await readNotice(), /did not work/);
    await page.getByRole('button', { name: 'Connect Discord' }).waitFor();
  });
  await site.control.clearFaults();
  await visitor.inspect('app-failed');

  await report.check('who removes the app in his Discord settings is asked to connect again, and can', async () => {
    await connect();
    await decideAtDiscord(page, site, 'ada.lovelace');
    await page.getByRole('heading', { name: 'Hello, Ada' }).waitFor();
    await site.control.revokeAuthorization({ user_id: SEED_USERS.ada.id });
    await page.reload();
    assert.match(await readNotice(), /connection to Discord has ended/);
    await connect();
    await decideAtDiscord(page, site, 'ada.lovelace');
    await page.getByRole('heading', { name: 'Hello, Ada' }).waitFor();
  });

  await report.check('while Discord is down the app says to try again, and goes on afterwards', async () => {
    await site.control.addFault({
      method: 'GET',
      path: '/api/v10/users/@me',
      times: null,
      fault: { kind: 'answer', status: 500, json: { message: 'from upstream' } },
    });
    await page.reload();
    await page.getByRole('heading', { name: 'That did not work' }).waitFor();
    assert.doesNotMatch(await page.content(), /upstream/);
  });
  await visitor.inspect('app-error');
  await site.control.clearFaults();
  await report.check('Back leads out of it', async () => {
    await page.getByRole('link', { name: 'Back' }).click();
    await page.getByRole('heading', { name: 'Hello, Ada' }).waitFor();
  });

  await report.check('an address that the app does not have has a way home', async () => {
    await page.goto(`${site.app}/nowhere`);
    await page.getByRole('link', { name: 'Home' }).waitFor();
  });
  await visitor.inspect('app-not-found');
  await visitor.leave('refusals');
}
