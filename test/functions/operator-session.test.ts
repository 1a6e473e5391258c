import { beforeEach, describe, expect, it } from 'vitest';
import { rollOperatorKey } from '../../shared/app/operator-sessions.ts';
import {
  readCookie,
  sendSignIn,
  signInOperator,
  toOperatorClient,
  type OperatorClient,
} from '../support/operator-client.ts';
import { makeToken } from '../support/made-credentials.ts';
import { openStoredItems } from '../support/stored-items.ts';
import { useHarness } from '../support/use-harness.ts';
import type { JsonAnswer } from '../support/wire.ts';
import { ada, comeBack, expectProblem } from './connect-expectations.ts';

const harness = useHarness();

const CLEARED = ['__Host-operator=; Max-Age=0; Path=/; Secure; HttpOnly; SameSite=Strict'];

let operator: OperatorClient;
/** The key that is valid now: some tests roll it. */
let key = '';

beforeEach(async () => {
  operator = key === '' ? await signInOperator(harness) : await signInAnew();
  ({ key } = operator);
});

const signInAnew = async () => toOperatorClient(harness, await sendSignIn(harness, key), key);

const readSession = (client = operator) => client.call('GET', '/operator/session');

function expectSignedOut(answer: JsonAnswer): void {
  expectProblem(answer, 401, 'operator_unauthenticated');
}

async function roll(client: OperatorClient | { readonly key: string }): Promise<string> {
  const answer =
    'call' in client
      ? await client.call('POST', '/operator/key')
      : await harness.wire.send('POST', '/operator/key', { key: client.key });
  expect([answer.status, Object.keys(answer.json)]).toEqual([201, ['operator_key']]);
  key = String(answer.json.operator_key);
  harness.knowSecret({ kind: 'operator key', value: key, scope: 'logs' });
  return key;
}

describe('a session', () => {
  it('lives for twelve hours from sign-in, used or not', async () => {
    harness.clock.advanceSeconds(12 * 3600 - 1);
    expect((await readSession()).status).toBe(200);

    harness.clock.advanceSeconds(1);
    expectSignedOut(await readSession());
    expectSignedOut(await operator.call('DELETE', '/operator/session'));
  });

  it('ends with the sign-out, which clears the cookie', async () => {
    const answer = await operator.call('DELETE', '/operator/session');

    expect([answer.status, answer.text, answer.cookies]).toEqual([204, '', CLEARED]);
    expectSignedOut(await readSession());
    expectSignedOut(await operator.call('DELETE', '/operator/session'));
  });

  it('ends in every browser when an operator says so; the key stays', async () => {
    const other = await signInAnew();
    const answer = await other.call('DELETE', '/operator/sessions');

    expect([answer.status, answer.cookies]).toEqual([204, CLEARED]);
    expectSignedOut(await readSession());
    expectSignedOut(await readSession(other));
    expect((await readSession(await signInAnew())).status).toBe(200);
  });

  it.each([
    ['made up', `__Host-operator=${'A'.repeat(43)}`],
    ['empty', '__Host-operator='],
    ['much too long', `__Host-operator=${'A'.repeat(4000)}`],
    ['of another name', 'operator='],
  ])('is not there with a cookie that is %s', async (_, cookie) => {
    const value = cookie === 'operator=' ? operator.cookie.replace('__Host-', '') : cookie;

    expectSignedOut(await harness.wire.send('GET', '/operator/session', { headers: { cookie: value } }));
  });

  it('is not there without a cookie', async () => {
    const answer = await harness.wire.send('GET', '/operator/session');

    expectSignedOut(answer);
    expect(answer.headers['www-authenticate']).toBe('Bearer');
  });

  it('takes no body and no parameters where there are none', async () => {
    const known = await operator.call('GET', '/operator/session?a=1');
    expectProblem(known, 400, 'input_invalid');
    expect(known.json.errors).toMatchObject([{ parameter: 'a' }]);
    expectProblem(await operator.call('POST', '/operator/key', { force: true }), 400, 'input_invalid');
    expect((await readSession()).status).toBe(200);
  });
});

describe('a request with a session', () => {
  const changes: [string, Record<string, string>][] = [
    ['without the token', { 'x-csrf-token': '' }],
    ['with another token', { 'x-csrf-token': 'A'.repeat(43) }],
    ['with the token of another session', { 'x-csrf-token': 'OTHER' }],
    ['from another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    ['from a sibling domain', { 'sec-fetch-site': 'same-site' }],
    ['from a page without origin', { origin: 'null' }],
    ['by Origin alone from another port', { origin: 'http://localhost:1' }],
    ['typed into the address bar', { 'sec-fetch-site': 'none' }],
  ];

  it.each(changes)('changes nothing %s', async (_, headers) => {
    const other = headers['x-csrf-token'] === 'OTHER' ? { 'x-csrf-token': (await signInAnew()).csrf } : {};
    for (const [method, path] of [
      ['DELETE', '/operator/session'],
      ['DELETE', '/operator/sessions'],
      ['POST', '/operator/key'],
    ] as const) {
      expectProblem(await operator.call(method, path, undefined, { ...headers, ...other }), 403, 'request_forged');
    }

    expect((await readSession()).status).toBe(200);
    expect((await sendSignIn(harness, key)).status).toBe(201);
  });

  it('changes something with the token alone, when the browser says nothing about origins', async () => {
    const headers = { cookie: operator.cookie, 'x-csrf-token': operator.csrf };

    expect((await harness.wire.send('DELETE', '/operator/session', { headers })).status).toBe(204);
  });

  it('reads nothing for another site, and something for who types the address', async () => {
    for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }]) {
      expectProblem(await operator.call('GET', '/operator/session', undefined, headers), 403, 'request_forged');
    }
    const typed = await harness.wire.send('GET', '/operator/session', {
      headers: { cookie: operator.cookie, 'sec-fetch-site': 'none' },
    });
    expect(typed.status).toBe(200);
  });

  it('gives no page of another origin an answer that it may read', async () => {
    const headers = { cookie: operator.cookie, origin: 'http://localhost:9' };
    const answer = await harness.wire.send('GET', '/operator/session', { headers });

    expectProblem(answer, 403, 'request_forged');
    expect(answer.headers['access-control-allow-credentials']).toBeUndefined();
  });
});

describe('POST /operator/key', () => {
  it('makes another key, ends the old one and all other sessions at once, and keeps this one', async () => {
    const old = key;
    const other = await signInAnew();
    const rolled = await roll(operator);

    expect(rolled).toMatch(/^dio_[A-Za-z0-9_-]{43}$/);
    expect(rolled).not.toBe(old);
    expect((await readSession()).status).toBe(200);
    expect((await readSession()).json.csrf_token).toBe(operator.csrf);
    expectSignedOut(await readSession(other));
    expectProblem(await sendSignIn(harness, old), 401, 'operator_credential_rejected');
    expect((await sendSignIn(harness, rolled)).status).toBe(201);
  });

  it('may be repeated by the session that stays; one that was kept before ends with the next one', async () => {
    await roll(operator);
    await roll(operator);
    expect((await readSession()).status).toBe(200);

    await roll(await signInAnew());
    expectSignedOut(await readSession());
  });

  it('leaves no session when a program does it, and none that was kept when all are ended', async () => {
    await roll(operator);
    await roll({ key });
    expectSignedOut(await readSession());

    const kept = await signInAnew();
    await roll(kept);
    expect((await kept.call('DELETE', '/operator/sessions')).status).toBe(204);
    expectSignedOut(await readSession(kept));
  });

  it('gives one key to two who roll at once, and it is the one that works', async () => {
    const other = await signInAnew();
    const answers = await Promise.all([operator, other].map((client) => client.call('POST', '/operator/key')));
    const won = answers.filter(({ status }) => status === 201);
    const lost = answers.filter(({ status }) => status !== 201);

    expect([won.length, lost.length]).toEqual([1, 1]);
    key = String(won[0]?.json.operator_key);
    harness.knowSecret({ kind: 'operator key', value: key, scope: 'logs' });
    for (const answer of lost) expectSignedOut(answer);
    expect((await sendSignIn(harness, key)).status).toBe(201);
  });

  it('gives nothing to who was let in before all sessions ended, and comes a moment late', async () => {
    const stored = await openStoredItems(harness).load('OPERATOR#default', 'OPERATOR');
    const generation = String(stored?.['generation']);
    expect((await operator.call('DELETE', '/operator/sessions')).status).toBe(204);

    const late = await rollOperatorKey(harness.edges, generation, 'the hash of a session');
    expect(late).toEqual({ ok: false, failure: { reason: 'operator_unauthenticated' } });
    expect((await sendSignIn(harness, key)).status).toBe(201);
  });

  it('leaves records, without anything secret', async () => {
    await roll(operator);
    await operator.call('DELETE', '/operator/session');
    const records = (await harness.scanTable()).filter(({ type }) => String(type).startsWith('operator_'));

    expect([...new Set(records.map(({ type }) => type))].toSorted()).toEqual([
      'operator_key_rolled',
      'operator_sessions_ended',
      'operator_set_up',
      'operator_sign_in_failed',
      'operator_signed_in',
      'operator_signed_out',
    ]);
    for (const record of records) {
      expect(record['pk']).toBe('AUDIT#_installation');
      expect(record['actor']).toEqual({ kind: 'operator' });
      expect(JSON.stringify(record)).not.toMatch(/dio_|[\w-]{43}/);
    }
  });
});

describe('a bearer', () => {
  it('is the operator key, for programs: no cookie, no token, no origin', async () => {
    const { status, json, cookies } = await harness.wire.send('GET', '/operator/session', { key });

    expect([status, json.csrf_token, json.expires_at, cookies]).toEqual([200, null, null, []]);
    expect((await harness.wire.send('DELETE', '/operator/session', { key })).status).toBe(204);
  });

  it('does not write to the table as long as it is right', async () => {
    const before = await harness.scanTable();
    for (let times = 0; times < 5; times += 1) await harness.wire.send('GET', '/operator/session', { key });

    expect(await harness.scanTable()).toEqual(before);
  });

  it('decides alone: a session beside a wrong one does not count', async () => {
    const headers = { cookie: operator.cookie };
    const wrong = await harness.wire.send('GET', '/operator/session', { key: `dio_${'B'.repeat(43)}`, headers });
    expectProblem(wrong, 401, 'operator_credential_rejected');

    const basic = await operator.call('GET', '/operator/session', undefined, { authorization: 'Basic eDp5' });
    expectSignedOut(basic);
  });

  it('of an app opens nothing: neither API key nor connection token', async () => {
    const { confirm } = await comeBack(harness, { user_id: 'alice' }, { userId: ada.id });
    const { token } = await makeToken(harness, String((await confirm()).json.id));

    for (const bearer of [harness.key, token]) {
      for (const [method, path] of [
        ['GET', '/operator/session'],
        ['POST', '/operator/key'],
        ['DELETE', '/operator/sessions'],
      ] as const) {
        expectProblem(await harness.wire.send(method, path, { key: bearer }), 403, 'operator_only');
        // Also with a session, which a stranger's script may have found.
        const headers = { cookie: operator.cookie, 'x-csrf-token': operator.csrf };
        expectProblem(await harness.wire.send(method, path, { key: bearer, headers }), 403, 'operator_only');
      }
    }
  });

  it('that is an operator key is no key of an app', async () => {
    expectProblem(await harness.wire.send('GET', '/connections', { key }), 401, 'caller_unknown');
  });
});

describe('the stored session', () => {
  it('counts for its own operator record only: after a restore of an older table nobody is signed in by it', async () => {
    const items = openStoredItems(harness);
    const stored = await items.load('OPERATOR#default', 'OPERATOR');
    await items.change('OPERATOR#default', 'OPERATOR', { generation: 'of another time' });

    expectSignedOut(await readSession());
    await items.put(stored ?? {});
    expect((await readSession()).status).toBe(200);
    expect(readCookie(await sendSignIn(harness, key))).not.toBe('');
  });
});
