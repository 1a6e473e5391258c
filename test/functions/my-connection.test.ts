import { beforeAll, describe, expect, it } from 'vitest';
import type { JsonAnswer } from '../support/wire.ts';
import { makeUserLink, OWN_PAGE, OwnPageBrowser, readHiddenFields, readLinkSecret } from '../support/own-page.ts';
import { openStoredItems, type StoredItems } from '../support/stored-items.ts';
import { useHarness } from '../support/use-harness.ts';
import {
  ada,
  comeBack,
  countLiveTokens,
  countRevocations,
  expectProblem,
  grace,
  linus,
  noor,
} from './connect-expectations.ts';

const harness = useHarness();

const COOKIE = '__Host-my-connection';
const RETURN_URL = 'http://localhost:9/settings?tab=discord';
const CHANNEL = '613425648685547700';
const COMPILERS = '613425648685547541';

let items: StoredItems;
let users = 0;

/** A connection for tests that leave it as it is. */
let lasting: string;

beforeAll(async () => {
  items = openStoredItems(harness);
  lasting = await connect();
});

/** A connection of a new app user. */
async function connect(discordUserId: string = ada.id, scopes?: string[], key = harness.key): Promise<string> {
  users += 1;
  const { confirm } = await comeBack(
    harness,
    { user_id: `owner-${users}`, ...(scopes === undefined ? {} : { scopes }) },
    { userId: discordUserId, ...(scopes === undefined ? {} : { channelId: CHANNEL, guildId: COMPILERS }) },
    key,
  );
  return String((await confirm()).json.id);
}

/** A browser that has opened a link to the connection. */
async function visit(id: string, body?: unknown): Promise<{ browser: OwnPageBrowser; page: JsonAnswer }> {
  const browser = new OwnPageBrowser(harness);
  return { browser, page: await browser.open(await makeUserLink(harness, id, body)) };
}

const read = async (id: string) => (await harness.wire.send('GET', `/connections/${id}`, { key: harness.key })).json;

const load = (id: string) => items.load(`CONNECTION#${id}`, 'CONNECTION');

/** A whole page under a policy that lets its form go to this gateway and nothing else happen. */
function expectOwnPage(answer: JsonAnswer, status: number, title: string): void {
  expect([answer.status, readTitle(answer)]).toEqual([status, title]);
  expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
  expect(answer.headers['content-security-policy']).toMatch(
    /^default-src 'none'; style-src 'sha256-[^']+'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'$/,
  );
  expect(answer.headers['referrer-policy']).toBe('same-origin');
  expect(answer.headers['cache-control']).toBe('no-store');
  expect(answer.headers['x-content-type-options']).toBe('nosniff');
  expect(answer.cookies).toEqual([]);
}

/** The page of a refusal, which has no form and reveals nothing. */
function expectRefusal(answer: JsonAnswer, status: number, title: string): void {
  expect([answer.status, readTitle(answer)]).toEqual([status, title]);
  expect(answer.headers['content-security-policy']).toContain("form-action 'none'");
  expect(answer.text).not.toMatch(/<form|Ada|ada\.lovelace/);
  expect(answer.text).toContain(answer.headers['x-request-id'] ?? 'no request id');
  expect(answer.cookies).toEqual([]);
}

const expectInvalid = (answer: JsonAnswer) =>
  expectRefusal(answer, 404, 'This link to your connection is not valid any more');
const expectNotOurs = (answer: JsonAnswer) =>
  expectRefusal(answer, 403, 'We could not match this to the page you had open');

function readTitle({ text }: JsonAnswer): string | undefined {
  return /<h1>(.*)<\/h1>/.exec(text)?.[1];
}

describe('POST /connections/{id}/user-links', () => {
  it('gives a link of fifteen minutes, which is stored as a hash, and leaves a record', async () => {
    const id = await connect();
    const { status, json } = await harness.wire.send('POST', `/connections/${id}/user-links`, { key: harness.key });

    expect(status).toBe(201);
    expect(Object.keys(json)).toEqual(['url', 'expires_at']);
    expect(json.url).toMatch(new RegExp(`^${harness.origin}/my/connection\\?link=[A-Za-z0-9_-]{43}$`));
    const nowEpochSeconds = Math.floor(harness.clock.nowEpochMs() / 1000);
    expect(Date.parse(json.expires_at)).toBe((nowEpochSeconds + 900) * 1000);
    const table = await harness.scanTable();
    const link = table.find((item) => item['sk'] === 'LINK' && item['connectionId'] === id);
    expect(link).toEqual({
      pk: expect.stringMatching(/^LINK#[0-9a-f]{64}$/),
      sk: 'LINK',
      tenantId: 'default',
      connectionId: id,
      createdAtEpochSeconds: nowEpochSeconds,
      expiresAtEpochSeconds: nowEpochSeconds + 900,
    });
    expect(JSON.stringify(table)).not.toContain(readLinkSecret(json.url));
    const record = table.find((item) => item['type'] === 'user_link_created' && item['connectionId'] === id);
    expect(record).toMatchObject({ tenantId: 'default', actor: { kind: 'api_key', id: harness.key.split('_')[1] } });
  });

  it.each([
    'https://evil.example/',
    'http://localhost:9@evil.example/',
    'javascript:alert(1)',
    '//evil.example',
    'http://localhost:9\\@evil.example',
  ])('refuses the return URL %j [hostile 27]', async (return_url) => {
    const refused = await harness.wire.send('POST', `/connections/${lasting}/user-links`, {
      key: harness.key,
      json: { return_url },
    });

    expectProblem(refused, 400, 'return_url_not_allowed');
  });

  it.each([
    ['another field', { return_uri: RETURN_URL }, '/return_uri'],
    ['a number', { return_url: 7 }, '/return_url'],
    ['no text', { return_url: '' }, '/return_url'],
    ['a list', [], ''],
  ])('refuses %s in the body and says where', async (_, json, pointer) => {
    const refused = await harness.wire.send('POST', `/connections/${lasting}/user-links`, { key: harness.key, json });

    expectProblem(refused, 400, 'input_invalid');
    expect(refused.json.errors).toMatchObject([{ pointer }]);
  });

  it('is for the API key of the tenant only [hostile 21]', async () => {
    const id = await connect();
    const path = `/connections/${id}/user-links`;
    const foreign = await harness.makeTenant('links-foreign');

    expectProblem(await harness.wire.send('POST', path, { key: foreign }), 404, 'connection_not_found');
    expectProblem(await harness.wire.send('POST', path), 401, 'caller_missing');
    expect((await harness.scanTable()).filter((item) => item['connectionId'] === id && item['sk'] === 'LINK')).toEqual(
      [],
    );
  });
});

describe('GET /my/connection', () => {
  it('takes the secret out of the address and puts it into a cookie for this origin only', async () => {
    const url = await makeUserLink(harness, lasting);
    const answer = await new OwnPageBrowser(harness).follow(url);

    expect([answer.status, answer.headers['location'], answer.text]).toEqual([303, OWN_PAGE, '']);
    expect(answer.headers['referrer-policy']).toBe('no-referrer');
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.cookies).toEqual([
      `${COOKIE}=${readLinkSecret(url)}; Path=/; Max-Age=900; Secure; HttpOnly; SameSite=Lax`,
    ]);
  });

  it('shows what is connected, in plain words', async () => {
    const id = await connect(grace.id, ['identify', 'guilds', 'bot', 'webhook.incoming']);
    const { page } = await visit(id);

    expectOwnPage(page, 200, 'Your connection to Discord');
    const { created_at } = await read(id);
    expect(page.text).toContain('<bdi>Grace</bdi> (<bdi>grace_hopper</bdi>)');
    expect(page.text).toContain('<li>see which servers you are in</li>');
    expect(page.text).toContain('<li><bdi>Compilers &amp; &lt;b&gt;Debuggers&lt;/b&gt;</bdi></li>');
    expect(page.text).toContain('1, made when you connected');
    expect(page.text).toContain(`<time datetime="${String(created_at)}">`);
    expect(page.text).toContain('<dd>Connected</dd>');
    expect(page.text).not.toMatch(/owner-\d|<script|<a /);
  });

  it('changes nothing, however often and by whomever it is opened: link previews open links, too', async () => {
    const url = await makeUserLink(harness, lasting);
    const before = await load(lasting);
    for (let opening = 0; opening < 7; opening += 1) {
      expectOwnPage(await new OwnPageBrowser(harness).open(url), 200, 'Your connection to Discord');
    }

    expect(await load(lasting)).toEqual(before);
  });

  it('says the same of an unknown, an impossible and a doubled link and of a browser that has none', async () => {
    const url = await makeUserLink(harness, lasting);
    const secret = readLinkSecret(url);
    const other = `${secret.startsWith('A') ? 'B' : 'A'}${secret.slice(1)}`;
    const follow = (query: string) => new OwnPageBrowser(harness).follow(`${harness.origin}${OWN_PAGE}?${query}`);

    for (const query of [`link=${other}`, 'link=', 'link=x', `link=${secret}&link=${secret}`, `link=${secret}%00`]) {
      expectInvalid(await follow(query));
    }
    expectInvalid(await new OwnPageBrowser(harness).show());
    expectInvalid(await new OwnPageBrowser(harness).send({ confirmed: 'yes' }));
  });

  it('ends after fifteen minutes, for the link and for the page that is open', async () => {
    const url = await makeUserLink(harness, lasting);
    const browser = new OwnPageBrowser(harness);
    const page = await browser.open(url);
    harness.clock.advanceSeconds(600);
    const later = await browser.follow(url);
    expect(later.cookies[0]).toContain('Max-Age=300;');
    harness.clock.advanceSeconds(300);

    expectInvalid(await browser.follow(url));
    expectInvalid(await browser.show());
    expectInvalid(await browser.disconnect(page));
    expect((await read(lasting)).status).toBe('active');
  });

  it('says that a user must connect again, and that he is not connected', async () => {
    const id = await connect();
    await items.change(`CONNECTION#${id}`, 'CONNECTION', { status: 'reconnect_required', statusReason: 'grant_dead' });
    const { browser, page } = await visit(id);
    expectOwnPage(page, 200, 'Your connection to Discord');
    expect(page.text).toContain('Discord no longer accepts it');

    expectOwnPage(await browser.disconnect(page), 200, 'Disconnected');
    const { page: after } = await visit(id);
    expectOwnPage(after, 200, 'You are not connected');
    expect(after.text).not.toContain('<form');
  });

  it.each([
    ['markup', `<script>alert(1)</script>"'&`, '&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;'],
    ['a right-to-left override', 'evil\u202egnp.exe', 'evil\u202egnp.exe'],
    ['a closing isolate', 'a\u2069\u202eb</bdi><h1>', 'a\u2069\u202eb&lt;/bdi&gt;&lt;h1&gt;'],
    ['backticks', '`code`', '`code`'],
  ])('shows names with %s as text that stays in its place [hostile 33]', async (_, name, shown) => {
    const id = await connect(noor.id);
    await items.change(`CONNECTION#${id}`, 'CONNECTION', {
      discordUser: { id: noor.id, username: name, globalName: name },
      guilds: [{ id: COMPILERS, name }],
      scopes: ['identify', name],
    });
    const { browser, page } = await visit(id);
    const pages = [page, await browser.press(page), await browser.disconnect(page), await browser.show()];

    for (const { text } of pages) {
      expect(text).toContain(`<bdi>${shown}</bdi> (<bdi>${shown}</bdi>)`);
      expect(text).not.toMatch(/<script|<h1>.*<h1>/);
      expect(text.match(/<h1/g)).toHaveLength(1);
      expect(text.split('<bdi>')).toHaveLength(text.split('</bdi>').length);
    }
    expect(page.text).toContain(`<li><code>${shown}</code></li>`);
    expect(page.text).toContain(`<li><bdi>${shown}</bdi></li>`);
  });

  it('leads back where the app has said, as long as the operator allows it', async () => {
    const id = await connect();
    const { browser, page } = await visit(id, { return_url: RETURN_URL });
    expect(page.text).toContain(`<a href="${RETURN_URL}">Back to localhost:9</a>`);
    const integration = await items.load('INTEGRATION#default', 'INTEGRATION');
    await items.change('INTEGRATION#default', 'INTEGRATION', { returnOrigins: ['https://app.example.com'] });

    expect((await browser.show()).text).not.toContain('localhost:9');
    await items.put(integration ?? {});
    expect((await browser.disconnect(page)).text).toContain(`<a href="${RETURN_URL}">`);
  });

  it('leads nowhere once tenant or connection are gone, or belong to somebody else', async () => {
    const key = await harness.makeTenant('links-deleted');
    const id = await connect(linus.id, undefined, key);
    const url = await makeUserLink(harness, id, undefined, key);
    const browser = new OwnPageBrowser(harness);
    const page = await browser.open(url);
    const tenant = await items.load('TENANT#links-deleted', 'TENANT');
    await items.remove('TENANT#links-deleted', 'TENANT');
    expectInvalid(await browser.follow(url));
    expectInvalid(await browser.disconnect(page));
    expect((await load(id))?.['status']).toBe('active');

    await items.put(tenant ?? {});
    expectOwnPage(await browser.show(), 200, 'Your connection to Discord');
    await items.change(`CONNECTION#${id}`, 'CONNECTION', { tenantId: 'default' });
    expectInvalid(await browser.show());
    await items.remove(`CONNECTION#${id}`, 'CONNECTION');
    expectInvalid(await browser.show());
  });

  it('says during an outage that it is nobody’s fault, and nothing about connecting [hostile 38]', async () => {
    const { browser } = await visit(lasting);
    harness.stack.aws.faults.add({ service: 'dynamodb', match: 'LINK#', error: 'AccessDeniedException', times: 1 });
    const outage = await browser.show();

    expectRefusal(outage, 503, 'This page does not work right now');
    expect(outage.text).toMatch(/not your fault/);
    expect(outage.text).not.toMatch(/connected|Connecting/);
    expectOwnPage(await browser.show(), 200, 'Your connection to Discord');
  });

  it('leaves its secret and its cookie in no log', async () => {
    const url = await makeUserLink(harness, await connect());
    const browser = new OwnPageBrowser(harness);
    await browser.disconnect(await browser.open(url));
    const logged = [...harness.lines, ...[...harness.log.entries, ...harness.log.noted].map((e) => JSON.stringify(e))];

    expect(logged.length).toBeGreaterThan(0);
    expect(logged.filter((line) => line.includes(readLinkSecret(url)))).toEqual([]);
  });
});

describe('POST /my/connection/disconnect', () => {
  it('asks first and says what follows, then disconnects here and at Discord', async () => {
    const id = await connect(noor.id);
    const { browser, page } = await visit(id);
    const asked = await browser.press(page);
    expectOwnPage(asked, 200, 'Disconnect this Discord account?');
    expect(asked.text).toMatch(/can no longer use your Discord account through this connection/);
    expect(asked.text).not.toContain('delete_webhooks');
    expect((await read(id)).status).toBe('active');

    const done = await browser.press(asked);
    expectOwnPage(done, 200, 'Disconnected');
    expect(done.text).not.toMatch(/could not be told|<form/);
    expect(await read(id)).toMatchObject({ status: 'disconnected', status_reason: 'disconnected_by_user' });
    expect(await countLiveTokens(harness, noor.id)).toBe(0);
    const called = await harness.wire.send('GET', `/connections/${id}/api/v10/users/@me`, { key: harness.key });
    expectCode(called, 409, 'connection_disconnected');
    const record = (await harness.scanTable()).find(
      (item) => item['type'] === 'connection_disconnected' && item['connectionId'] === id,
    );
    expect(record).toMatchObject({ actor: { kind: 'end_user' }, details: { reason: 'disconnected_by_user' } });
    expectOwnPage(await browser.show(), 200, 'You are not connected');
  });

  it('may be repeated, says then that it was over, and tells Discord once', async () => {
    const id = await connect(noor.id);
    const { browser, page } = await visit(id);
    const asked = await browser.press(page);
    expectOwnPage(await browser.press(asked), 200, 'Disconnected');
    const sent = await countRevocations(harness);
    const before = await load(id);

    for (const form of [asked, asked, page]) expectOwnPage(await browser.press(form), 200, 'Already disconnected');
    expect(await countRevocations(harness)).toBe(sent);
    expect(await load(id)).toEqual(before);
  });

  it('is safe against five clicks at once', async () => {
    const id = await connect(noor.id);
    const { browser, page } = await visit(id);
    const asked = await browser.press(page);
    const answers = await Promise.all(Array.from({ length: 5 }, () => browser.press(asked)));

    for (const answer of answers) expect(readTitle(answer)).toMatch(/^(Disconnected|Already disconnected)$/);
    expect((await read(id)).status).toBe('disconnected');
    expect(await countLiveTokens(harness, noor.id)).toBe(0);
  });

  it.each<[string, (fields: Record<string, string>) => Record<string, string>, Record<string, string>]>([
    ['without the token', ({ form_token: _, ...others }) => others, {}],
    ['with another token', (fields) => ({ ...fields, form_token: 'x'.repeat(43) }), {}],
    ['with an empty token', (fields) => ({ ...fields, form_token: '' }), {}],
    ['from another site', (fields) => fields, { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    ['from a sibling domain', (fields) => fields, { 'sec-fetch-site': 'same-site' }],
    ['from a page without origin', (fields) => fields, { origin: 'null' }],
    ['by Origin alone from another port', (fields) => fields, { origin: 'http://localhost:1' }],
    ['typed into the address bar', (fields) => fields, { 'sec-fetch-site': 'none' }],
    ['as JSON', (fields) => fields, { 'content-type': 'application/json' }],
    ['as plain text', (fields) => fields, { 'content-type': 'text/plain' }],
    ['much too long', (fields) => ({ ...fields, more: 'x'.repeat(5000) }), {}],
  ])('does nothing with a form that comes %s', async (_, change, headers) => {
    const { browser, page } = await visit(lasting);
    const fields = readHiddenFields(await browser.press(page));
    expect(fields['confirmed']).toBe('yes');

    expectNotOurs(await browser.send(change(fields), headers));
    expect((await read(lasting)).status).toBe('active');
    // Everything else about it was good.
    expectOwnPage(await browser.send(readHiddenFields(page)), 200, 'Disconnect this Discord account?');
  });

  it('does nothing with a form in which a field stands twice', async () => {
    const { browser, page } = await visit(lasting);
    const { form_token: token = '' } = readHiddenFields(await browser.press(page));
    const twice = await harness.wire.send('POST', `${OWN_PAGE}/disconnect`, {
      body: `form_token=${token}&confirmed=yes&confirmed=yes`,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        cookie: `${COOKIE}=${browser.jar.get(COOKIE) ?? ''}`,
      },
    });

    expectNotOurs(twice);
    expect((await read(lasting)).status).toBe('active');
  });

  it('takes a form from a browser that says nothing about origins: the token is what counts', async () => {
    const id = await connect();
    const { browser, page } = await visit(id);
    const fields = readHiddenFields(await browser.press(page));
    const sent = await harness.wire.send('POST', `${OWN_PAGE}/disconnect`, {
      body: new URLSearchParams(fields).toString(),
      headers: {
        'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
        cookie: `${COOKIE}=${browser.jar.get(COOKIE) ?? ''}`,
      },
    });

    expectOwnPage(sent, 200, 'Disconnected');
  });

  it('does nothing in a browser without the cookie', async () => {
    const { browser, page } = await visit(lasting);
    const asked = await browser.press(page);

    expectInvalid(await new OwnPageBrowser(harness).press(asked));
    expect((await read(lasting)).status).toBe('active');
  });

  it('does nothing with the form of one connection and the cookie of another', async () => {
    const [mine, other] = [lasting, await connect()];
    const { browser, page } = await visit(mine);
    const asked = await browser.press(page);
    await browser.open(await makeUserLink(harness, other));

    expectNotOurs(await browser.press(asked));
    expect((await read(mine)).status).toBe('active');
    expect((await read(other)).status).toBe('active');
  });

  it('has no other method and no side effect on GET', async () => {
    const { browser } = await visit(lasting);
    const headers = { cookie: `${COOKIE}=${browser.jar.get(COOKIE) ?? ''}` };
    const opened = await harness.wire.send('GET', `${OWN_PAGE}/disconnect?confirmed=yes`, { headers });

    expectProblem(opened, 405, 'method_not_allowed');
    expect(opened.json.allowed).toEqual(['POST']);
    expect((await read(lasting)).status).toBe('active');
  });

  it('says honestly that Discord could not be told yet; it is disconnected all the same', async () => {
    const id = await connect(noor.id);
    const { browser, page } = await visit(id);
    await harness.simulator.control.addFault({
      path: '/api/oauth2/token/revoke',
      fault: { kind: 'answer', status: 500 },
    });
    const done = await browser.disconnect(page);
    expectOwnPage(done, 200, 'Disconnected');
    expect(done.text).toContain('Discord could not be told yet');
    expect((await read(id)).status).toBe('disconnected');
    expect((await browser.show()).text).toContain('Discord could not be told yet');
    expect(await countLiveTokens(harness, noor.id)).toBe(1);

    // Pressing once more is another try.
    const again = await browser.send({
      ...readHiddenFields(await browser.press(page)),
      ...readHiddenFields(page),
      confirmed: 'yes',
    });
    expectOwnPage(again, 200, 'Already disconnected');
    expect(again.text).not.toContain('Discord could not be told yet');
    expect(await countLiveTokens(harness, noor.id)).toBe(0);
  });

  it('says the same when the tokens could not be opened to tell Discord [hostile 38]', async () => {
    const id = await connect(noor.id);
    const { browser, page } = await visit(id);
    harness.coldStart();
    harness.stack.aws.faults.add({ service: 'kms', error: 'AccessDeniedException', times: 1 });
    const done = await browser.disconnect(page);

    expectOwnPage(done, 200, 'Disconnected');
    expect(done.text).toContain('Discord could not be told yet');
    expect(harness.log.entries.some((entry) => JSON.stringify(entry).includes('key_service_unavailable'))).toBe(true);
    await harness.wire.send('DELETE', `/connections/${id}`, { key: harness.key });
    expect(await countLiveTokens(harness, noor.id)).toBe(0);
  });

  it('leaves the user’s other connections alone', async () => {
    const [mine, other] = [await connect(noor.id), await connect(noor.id)];
    const { browser, page } = await visit(mine);
    const sent = await countRevocations(harness);
    expectOwnPage(await browser.disconnect(page), 200, 'Disconnected');

    expect(await countRevocations(harness)).toBe(sent);
    expect((await read(other)).status).toBe('active');
    await harness.wire.send('DELETE', `/connections/${other}`, { key: harness.key });
  });
});

describe('webhooks on the page', () => {
  const SCOPES = ['identify', 'webhook.incoming'];
  const TICKED = { delete_webhooks: 'yes' };
  const listWebhooks = async (id: string): Promise<string[]> =>
    (await read(id)).webhooks.map((webhook: { id: string }) => webhook.id);
  const listAtDiscord = async (): Promise<string[]> =>
    (await harness.simulator.control.listWebhooks()).items.map((webhook) => webhook.id);

  it('stay unless the user ticks that they shall go', async () => {
    const id = await connect(grace.id, SCOPES);
    const [webhookId = ''] = await listWebhooks(id);
    const { browser, page } = await visit(id);
    const asked = await browser.press(page);
    expect(asked.text).toMatch(/<label><input type="checkbox" name="delete_webhooks" value="yes">/);

    expectOwnPage(await browser.press(asked), 200, 'Disconnected');
    expect(await listAtDiscord()).toContain(webhookId);
  });

  it('go when he does', async () => {
    const id = await connect(grace.id, SCOPES);
    const [webhookId = ''] = await listWebhooks(id);
    const { browser, page } = await visit(id);

    expectOwnPage(await browser.disconnect(page, TICKED), 200, 'Disconnected');
    expect(await listAtDiscord()).not.toContain(webhookId);
  });

  it('keep everything as it is when Discord does not remove them, and the user can choose again', async () => {
    const id = await connect(grace.id, SCOPES);
    const [webhookId = ''] = await listWebhooks(id);
    const { browser, page } = await visit(id);
    await harness.simulator.control.addFault({
      method: 'DELETE',
      path: '/api/v10/webhooks/**',
      fault: { kind: 'answer', status: 500 },
    });
    const left = await browser.disconnect(page, TICKED);
    expectOwnPage(left, 502, 'Not disconnected yet');
    expect(left.text).toContain('Nothing was disconnected.');
    expect(await read(id)).toMatchObject({ status: 'active', webhooks: [{ id: webhookId }] });

    expectOwnPage(await browser.press(left, TICKED), 200, 'Disconnected');
    expect(await listAtDiscord()).not.toContain(webhookId);
  });
});

function expectCode(answer: JsonAnswer, status: number, code: string): void {
  expect([answer.status, answer.json?.code]).toEqual([status, code]);
}
