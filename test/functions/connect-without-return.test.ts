import { beforeAll, describe, expect, it } from 'vitest';
import { changeIntegration } from '../../shared/app/operate-integration.ts';
import { setConfirmation } from '../../shared/app/operate-tenants.ts';
import { OWN_PAGE, OwnPageBrowser } from '../support/own-page.ts';
import { openStoredItems } from '../support/stored-items.ts';
import { useHarness } from '../support/use-harness.ts';
import type { Consent, CookieJar, JsonAnswer } from '../support/wire.ts';
import {
  ada,
  countLiveTokens,
  countTokenRequests,
  expectPage,
  expectProblem,
  expectSafePageHeaders,
  grace,
  listConnections,
  RETURN_URL,
} from './connect-expectations.ts';

const harness = useHarness();
beforeAll(async () => {
  expect((await setConfirmation(harness.edges, 'default', false)).ok).toBe(true);
});

const create = (json: Record<string, unknown>, key = harness.key) =>
  harness.wire.send('POST', '/connect-sessions', { key, json });

/** A browser that has agreed at Discord and is about to come back. */
async function goToDiscord(userId: string, consent: Consent, json: Record<string, unknown> = {}) {
  const session = await create({ user_id: userId, ...json });
  expect(session.status).toBe(201);
  const jar: CookieJar = new Map();
  const opened = await harness.wire.openLink(session.json.authorize_url, jar);
  const callbackUrl = await harness.wire.consent(opened.headers['location'] ?? '', consent);
  const back = async () => {
    const answer = await harness.wire.returnFromDiscord(callbackUrl, jar);
    const [, secret] = /^__Host-my-connection=([^;]*)/.exec(answer.cookies[0] ?? '') ?? [];
    if (secret !== undefined) harness.knowSecret({ kind: 'user link cookie', value: secret, scope: 'logs' });
    return answer;
  };
  return { sessionId: String(session.json.id), jar, callbackUrl, back };
}

/** Where the browser is sent with the cookie that it was given. */
async function follow(answer: JsonAnswer): Promise<{ browser: OwnPageBrowser; page: JsonAnswer }> {
  const browser = new OwnPageBrowser(harness);
  const [pair = ''] = (answer.cookies[0] ?? '').split(';');
  const [name = '', value = ''] = pair.split('=');
  browser.jar.set(name, value);
  return { browser, page: await browser.follow(`${harness.origin}${answer.headers['location'] ?? ''}`) };
}

const readTitle = ({ text }: JsonAnswer) => /<h1>(.*)<\/h1>/.exec(text)?.[1];

describe('a connect session without a return URL', () => {
  it('ends on a page that says as whom and for whom the user is connected', async () => {
    const { back } = await goToDiscord('result', { userId: ada.id });
    const returned = await back();

    expect([returned.status, returned.headers['location']]).toEqual([303, `${OWN_PAGE}?connected=1`]);
    expectSafePageHeaders(returned);
    expect(returned.cookies).toEqual([
      expect.stringMatching(
        /^__Host-my-connection=[A-Za-z0-9_-]{43}; Path=\/; Max-Age=900; Secure; HttpOnly; SameSite=Lax$/,
      ),
    ]);
    const { page } = await follow(returned);
    expect([page.status, readTitle(page)]).toEqual([200, 'You are connected']);
    expect(page.text).toContain('The app that sent you here is now connected to your Discord account.');
    expect(page.text).toContain('<bdi>Ada</bdi> (<bdi>ada.lovelace</bdi>)');
    expect(page.text).not.toMatch(/result|con_|default/);
    const [connection] = await listConnections(harness, 'result');
    expect(connection).toMatchObject({ status: 'active', discord_user: { id: ada.id } });
  });

  it('names the operator, where he has entered a name', async () => {
    const branded = await changeIntegration(harness.edges, { branding: { name: 'Acme' } });
    const { page } = await follow(await (await goToDiscord('branded', { userId: ada.id })).back());
    await changeIntegration(harness.edges, { branding: { name: undefined } });

    expect(branded.ok).toBe(true);
    expect(page.text).toContain('<bdi>Acme</bdi> is now connected to your Discord account.');
  });

  it('lets the user disconnect there and then', async () => {
    const { browser, page } = await follow(await (await goToDiscord('regrets', { userId: grace.id })).back());
    const gone = await browser.disconnect(page);

    expect([gone.status, readTitle(gone)]).toEqual([200, 'Disconnected']);
    expect(await listConnections(harness, 'regrets')).toMatchObject([
      { status: 'disconnected', status_reason: 'disconnected_by_user' },
    ]);
    const again = await browser.follow(`${harness.origin}${OWN_PAGE}?connected=1`);
    expect(readTitle(again)).toBe('You are not connected');
  });

  it('stores the link as a hash, with a record that the user was given it', async () => {
    const returned = await (await goToDiscord('stored', { userId: ada.id })).back();
    const secret = /=([^;]*)/.exec(returned.cookies[0] ?? '')?.[1] ?? '';
    const [{ id }] = (await listConnections(harness, 'stored')) as [{ id: string }];
    const table = await harness.scanTable();

    expect(secret).toHaveLength(43);
    expect(JSON.stringify(table)).not.toContain(secret);
    expect(table.find((item) => item['type'] === 'user_link_created' && item['connectionId'] === id)).toMatchObject({
      actor: { kind: 'end_user' },
    });
  });

  it('shows nothing to a browser without the cookie, whatever the address says', async () => {
    const page = await harness.wire.send('GET', `${OWN_PAGE}?connected=1`);

    expectPage(page, 404, 'This link to your connection is not valid any more');
  });

  it.each([
    ['access_denied', 'You did not agree at Discord'],
    ['invalid_scope', 'Discord did not let you through'],
  ])('says that nothing was connected when Discord says %s, and opens nothing by it', async (error, told) => {
    const { jar, callbackUrl, sessionId } = await goToDiscord(`no ${error}`, { userId: ada.id });
    const url = new URL(callbackUrl);
    url.searchParams.delete('code');
    url.searchParams.set('error', error);
    url.searchParams.set('error_description', '<script>alert(1)</script>https://evil.example');
    const page = await harness.wire.returnFromDiscord(url.href, jar);

    expect([page.status, readTitle(page)]).toEqual([200, 'Not connected']);
    expectSafePageHeaders(page);
    expect(page.text).toContain(told);
    expect(page.text).not.toMatch(/script|evil/);
    expect([page.cookies, page.headers['location']]).toEqual([[], undefined]);
    expectProblem(
      await harness.wire.confirm(harness.key, sessionId, `no ${error}`, 'x'),
      409,
      'connect_session_refused',
    );
    expect(await listConnections(harness, `no ${error}`)).toEqual([]);
  });

  it('exchanges once when the same callback comes ten times at once', async () => {
    const { back } = await goToDiscord('ten', { userId: ada.id });
    const before = await countTokenRequests(harness);
    const answers = await Promise.all(Array.from({ length: 10 }, back));

    const others = answers.filter(({ status }) => status !== 303);
    expect(others).toHaveLength(9);
    for (const other of others) {
      expectPage(other, 409, expect.stringMatching(/^(This link was already used|Your account is being connected)$/));
    }
    expect(await countTokenRequests(harness)).toBe(before + 1);
    expect(await listConnections(harness, 'ten')).toHaveLength(1);
  });

  it.each([
    ['before the exchange', '/api/oauth2/token'],
    ['after it', '/api/v10/oauth2/@me'],
  ])('goes on when the page is loaded again after an outage at Discord %s', async (when, path) => {
    const { back } = await goToDiscord(`down ${when}`, { userId: grace.id });
    await harness.simulator.control.addFault({ path, fault: { kind: 'answer', status: 500 } });
    const failed = await back();

    expectPage(failed, 502, 'Connecting does not work right now');
    expect(failed.text).toContain('reload this page');
    expect((await back()).status).toBe(303);
    expect(await listConnections(harness, `down ${when}`)).toMatchObject([{ status: 'active' }]);
    expectPage(await back(), 409, 'This link was already used');
  });

  it('goes on likewise after an outage of the storage, without a second exchange', async () => {
    const { back } = await goToDiscord('storage', { userId: ada.id });
    const before = await countTokenRequests(harness);
    harness.stack.aws.faults.add({
      service: 'dynamodb',
      operation: 'PutItem',
      match: 'CONNECTION#',
      error: 'AccessDeniedException',
    });
    const failed = await back();
    harness.stack.aws.faults.clear();

    expectPage(failed, 503, 'Connecting does not work right now');
    expect((await back()).status).toBe(303);
    expect(await countTokenRequests(harness)).toBe(before + 1);
  });

  it('is over when the code is no good, and leaves no tokens', async () => {
    const { back } = await goToDiscord('final', { userId: grace.id });
    const live = await countLiveTokens(harness, grace.id);
    await harness.simulator.control.addFault({
      path: '/api/oauth2/token',
      fault: { kind: 'answer', status: 400, json: { error: 'invalid_grant' } },
    });
    const failed = await back();

    expectPage(failed, 410, 'Connecting does not work right now');
    expect(failed.text).toContain('Nothing was connected.');
    expectPage(await back(), 409, 'This link was already used');
    expect(await countLiveTokens(harness, grace.id)).toBe(live);
  });

  it('says that the user is connected even when his page cannot be made', async () => {
    const { back } = await goToDiscord('unseen', { userId: ada.id });
    harness.stack.aws.faults.add({
      service: 'dynamodb',
      operation: 'PutItem',
      match: 'LINK#',
      error: 'AccessDeniedException',
    });
    const page = await back();
    harness.stack.aws.faults.clear();

    expect([page.status, readTitle(page), page.cookies]).toEqual([200, 'You are connected', []]);
    expect(page.text).toContain('cannot show more right now');
    expect(await listConnections(harness, 'unseen')).toMatchObject([{ status: 'active' }]);
  });

  it('still demands the browser’s own cookie', async () => {
    const { callbackUrl } = await goToDiscord('no cookie', { userId: ada.id });
    const refused = await harness.wire.returnFromDiscord(callbackUrl, new Map());

    expectPage(refused, 400, 'We could not match this to a connection you started');
    expect(await listConnections(harness, 'no cookie')).toEqual([]);
  });

  it('cannot be made where connections are confirmed; the answer says why', async () => {
    const key = await harness.makeTenant('careful');
    const refused = await create({ user_id: 'u' }, key);

    expectProblem(refused, 400, 'input_invalid');
    expect(refused.json.errors).toEqual([
      { pointer: '/return_url', detail: expect.stringMatching(/is required.*confirmation code.*without confirmation/) },
    ]);
  });

  it.each([[null], [7], ['']])('is not one whose return URL is %j', async (return_url) => {
    const refused = await create({ user_id: 'u', return_url });

    expectProblem(refused, 400, 'input_invalid');
    expect(refused.json.errors[0].pointer).toBe('/return_url');
  });

  it('is never exchanged when it is to be confirmed, whatever is stored', async () => {
    const { sessionId, back } = await goToDiscord('forged', { userId: ada.id }, { return_url: RETURN_URL });
    await openStoredItems(harness).change(`SESSION#${sessionId}`, 'SESSION', {
      returnUrl: undefined,
      isConfirmationRequired: true,
    });
    const before = await countTokenRequests(harness);

    expectPage(await back(), 404, 'This link is not valid any more');
    expect(await countTokenRequests(harness)).toBe(before);
  });
});
