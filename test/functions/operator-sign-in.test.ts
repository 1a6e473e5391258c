import { PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  openSetupSecret,
  readCookie,
  readSetupCode,
  sendSetUp,
  sendSignIn,
  toOperatorClient,
} from '../support/operator-client.ts';
import { openStoredItems, type StoredItems } from '../support/stored-items.ts';
import { useHarness } from '../support/use-harness.ts';
import type { JsonAnswer } from '../support/wire.ts';
import { expectProblem } from './connect-expectations.ts';

const harness = useHarness();

const KEY = /^dio_[A-Za-z0-9_-]{43}$/;
const ATTRIBUTES = /^__Host-operator=[A-Za-z0-9_-]{43}; Max-Age=43200; Path=\/; Secure; HttpOnly; SameSite=Strict$/;

let items: StoredItems;
let code: string;

beforeAll(async () => {
  items = openStoredItems(harness);
  code = await readSetupCode(harness);
});

/** As right after the deployment: no operator, and no failed attempt. */
beforeEach(async () => {
  for (const { pk, sk } of await harness.scanTable()) {
    if (/^OP(ERATOR|SESSION|TRIES)#/.test(String(pk))) await items.remove(String(pk), String(sk));
  }
  await putCode(code);
});

const putCode = (value: string) =>
  openSetupSecret(harness, (client, SecretId) =>
    client.send(new PutSecretValueCommand({ SecretId, SecretString: value })),
  );

const find = async (type: string) => (await harness.scanTable()).filter((item) => item['type'] === type);

const readSession = (cookie: string) => harness.wire.send('GET', '/operator/session', { headers: { cookie } });

function expectSignedIn(answer: JsonAnswer, session: unknown): void {
  expect(answer.status).toBe(201);
  expect(session).toEqual({ csrf_token: expect.stringMatching(/^[\w-]{43}$/), expires_at: expect.any(String) });
  expect(answer.cookies).toEqual([expect.stringMatching(ATTRIBUTES)]);
  expect(answer.headers['cache-control']).toBe('no-store');
}

describe('POST /operator/setup', () => {
  it('makes the operator key with the code that the stack has made, and signs in', async () => {
    expect(code).toMatch(/^[A-Za-z0-9]{40}$/);
    const records = (await find('operator_set_up')).length;
    const answer = await sendSetUp(harness, code);

    expectSignedIn(answer, answer.json.session);
    expect(Object.keys(answer.json)).toEqual(['operator_key', 'session']);
    expect(answer.json.operator_key).toMatch(KEY);
    const { status, json } = await readSession(readCookie(answer));
    expect([status, json]).toEqual([
      200,
      {
        csrf_token: answer.json.session.csrf_token,
        expires_at: answer.json.session.expires_at,
        public_base_url: harness.origin,
        redirect_uri: `${harness.origin}/integration-callback`,
        discord_base_url: harness.simulator.baseUrl,
        version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      },
    ]);
    expect(Date.parse(json.expires_at)).toBe(harness.clock.nowEpochMs() + 12 * 3_600_000);
    expect(await find('operator_set_up')).toHaveLength(records + 1);
  });

  it('stores key, code and session as hashes only', async () => {
    const answer = await sendSetUp(harness, code);
    const table = await harness.scanTable();
    const operator = table.find(({ pk }) => pk === 'OPERATOR#default');
    const session = table.find(({ pk }) => String(pk).startsWith('OPSESSION#'));

    expect(Object.keys(operator ?? {}).toSorted()).toEqual(
      ['generation', 'keyCreatedAtEpochSeconds', 'keyHash', 'pk', 'setupCodeHash', 'sk'].toSorted(),
    );
    expect(session?.['pk']).toMatch(/^OPSESSION#[0-9a-f]{64}$/);
    const lines = [...harness.lines, ...[...harness.log.entries, ...harness.log.noted].map((e) => JSON.stringify(e))];
    const [, sessionId = ''] = readCookie(answer).split('=');
    for (const secret of [code, String(answer.json.operator_key), sessionId]) {
      expect(JSON.stringify(table)).not.toContain(secret);
      expect(lines.filter((line) => line.includes(secret))).toEqual([]);
    }
    expect(lines.filter((line) => line.includes(String(answer.json.session.csrf_token)))).toEqual([]);
  });

  it('takes each code once', async () => {
    const first = await sendSetUp(harness, code);
    const again = await sendSetUp(harness, code);

    expectProblem(again, 401, 'operator_credential_rejected');
    expect(again.cookies).toEqual([]);
    expect((await sendSignIn(harness, first.json.operator_key)).status).toBe(201);
  });

  it('gives one key when the code is entered several times at once', async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => sendSetUp(harness, code)));
    const [winner, ...more] = answers.filter(({ status }) => status === 201);

    expect(more).toEqual([]);
    for (const lost of answers.filter((answer) => answer !== winner)) {
      expectProblem(lost, 401, 'operator_credential_rejected');
    }
    expect((await sendSignIn(harness, winner?.json.operator_key)).status).toBe(201);
    // A session that a loser may have left is one of a generation that never was.
    const live = [];
    for (const answer of answers) live.push((await readSession(readCookie(answer))).status);
    expect(live.filter((status) => status === 200)).toHaveLength(1);
  });

  it('breaks the glass with a new code: another key, the old one and its sessions end', async () => {
    const first = await sendSetUp(harness, code);
    const newCode = 'N'.repeat(40);
    await putCode(`${newCode}\n`);
    const second = await sendSetUp(harness, ` ${newCode} `);

    expectSignedIn(second, second.json.session);
    expect(second.json.operator_key).not.toBe(first.json.operator_key);
    expectProblem(await readSession(readCookie(first)), 401, 'operator_unauthenticated');
    expectProblem(await sendSignIn(harness, first.json.operator_key), 401, 'operator_credential_rejected');
    expectProblem(await sendSetUp(harness, newCode), 401, 'operator_credential_rejected');
    expect((await find('operator_set_up')).at(-1)?.['details']).toEqual({ is_first: false });
  });

  it.each([
    ['another one', 'A'.repeat(40)],
    ['nothing', ''],
    ['part of it', 'PART'],
    ['much too much', 'x'.repeat(10_000)],
  ])('refuses %s in one way, whatever is stored', async (_, presented) => {
    const value = presented === 'PART' ? code.slice(0, -1) : presented;
    const before = await sendSetUp(harness, value);
    const used = await sendSetUp(harness, code);
    const after = await sendSetUp(harness, value);

    for (const answer of [before, after]) {
      expectProblem(answer, 401, 'operator_credential_rejected');
      expect(answer.cookies).toEqual([]);
    }
    expect(used.status).toBe(201);
  });

  it('takes no code that somebody has thought of and that could be guessed', async () => {
    await putCode('hunter2');

    expectProblem(await sendSetUp(harness, 'hunter2'), 401, 'operator_credential_rejected');
  });

  it('is unavailable while the secret cannot be read, and counts nothing then', async () => {
    harness.stack.aws.faults.add({ service: 'secretsManager', error: 'AccessDeniedException', times: 1 });

    expectProblem(await sendSetUp(harness, code), 503, 'secret_unavailable');
    expect((await harness.scanTable()).find(({ sk }) => sk === 'OPTRIES')?.['failures']).toBe(0);
    expect((await sendSetUp(harness, code)).status).toBe(201);
  });

  it.each<[string, unknown, string]>([
    ['a missing code', {}, '/setup_code'],
    ['a code that is no text', { setup_code: 7 }, '/setup_code'],
    ['an unknown field', { setup_code: 'x', role: 'admin' }, '/role'],
  ])('names what is wrong with %s', async (_, json, pointer) => {
    const answer = await harness.wire.send('POST', '/operator/setup', { json });

    expectProblem(answer, 400, 'input_invalid');
    expect(answer.json.errors).toMatchObject([{ pointer }]);
  });

  it('takes no form, no unknown parameter, and nothing from another site', async () => {
    const form = await harness.wire.send('POST', '/operator/setup', {
      body: `setup_code=${code}`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expectProblem(form, 415, 'input_media_type');
    expectProblem(
      await harness.wire.send('POST', '/operator/setup?debug=1', { json: { setup_code: code } }),
      400,
      'input_invalid',
    );
    const headers = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
    expectProblem(await sendSetUp(harness, code, headers), 403, 'request_forged');
    expect((await sendSetUp(harness, code)).status).toBe(201);
  });
});

describe('POST /operator/session', () => {
  let key: string;
  let first: JsonAnswer;

  beforeEach(async () => {
    first = await sendSetUp(harness, code);
    key = String(first.json.operator_key);
  });

  it('signs in with the key, from a program without origin, too, and leaves a record', async () => {
    const records = (await find('operator_signed_in')).length;
    const answer = await harness.wire.send('POST', '/operator/session', { json: { operator_key: key } });
    harness.knowSecret({ kind: 'operator session', value: readCookie(answer).split('=')[1] ?? '', scope: 'logs' });

    expectSignedIn(answer, answer.json);
    const record = (await find('operator_signed_in')).at(-1);
    expect(await find('operator_signed_in')).toHaveLength(records + 1);
    expect([record?.['actor'], record?.['tenantId']]).toEqual([{ kind: 'operator' }, undefined]);
  });

  it('makes a new id each time, whatever cookie comes along, and ends what that one held', async () => {
    const planted = `__Host-operator=${'A'.repeat(43)}`;
    const onPlanted = await sendSignIn(harness, key, { cookie: planted });
    expect(readCookie(onPlanted)).not.toBe(planted);
    expectProblem(await readSession(planted), 401, 'operator_unauthenticated');

    const onOwn = await sendSignIn(harness, key, { cookie: readCookie(onPlanted) });
    expect(readCookie(onOwn)).not.toBe(readCookie(onPlanted));
    expectProblem(await readSession(readCookie(onPlanted)), 401, 'operator_unauthenticated');
    expect((await readSession(readCookie(onOwn))).status).toBe(200);
    expect((await readSession(readCookie(first))).status).toBe(200);
  });

  it('refuses another key, and an API key of an app', async () => {
    for (const wrong of [`dio_${'A'.repeat(43)}`, harness.key, key.slice(0, -1), `${key}A`, key.toLowerCase()]) {
      expectProblem(await sendSignIn(harness, wrong), 401, 'operator_credential_rejected');
    }
  });

  it('refuses everything while nobody has set it up', async () => {
    await items.remove('OPERATOR#default', 'OPERATOR');

    expectProblem(await sendSignIn(harness, key), 401, 'operator_credential_rejected');
    expectProblem(await readSession(readCookie(first)), 401, 'operator_unauthenticated');
    expectProblem(await harness.wire.send('GET', '/operator/session', { key }), 401, 'operator_credential_rejected');
  });

  it('lets no other site sign a browser in', async () => {
    const headers = { origin: 'https://evil.example' };
    expectProblem(await sendSignIn(harness, key, headers), 403, 'request_forged');
    expectProblem(await sendSignIn(harness, key, { 'sec-fetch-site': 'same-site' }), 403, 'request_forged');
  });

  it('is no way in for who has only read the table', async () => {
    const stored = await items.load('OPERATOR#default', 'OPERATOR');
    const hashed = String((await harness.scanTable()).find(({ sk }) => sk === 'OPSESSION')?.['pk']).split('#')[1];

    expectProblem(await sendSignIn(harness, String(stored?.['keyHash'])), 401, 'operator_credential_rejected');
    expectProblem(await readSession(`__Host-operator=${hashed ?? ''}`), 401, 'operator_unauthenticated');
    expect(toOperatorClient(harness, first, key).csrf).not.toContain(String(stored?.['generation']));
  });
});
