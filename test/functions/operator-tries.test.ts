import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readSetupCode, sendSetUp, toOperatorClient, type OperatorClient } from '../support/operator-client.ts';
import { sendFrom } from '../support/send-from.ts';
import { openStoredItems } from '../support/stored-items.ts';
import { useHarness } from '../support/use-harness.ts';
import type { JsonAnswer } from '../support/wire.ts';
import { expectProblem } from './connect-expectations.ts';

const harness = useHarness();

const WRONG_KEY = `dio_${'A'.repeat(43)}`;

let code: string;
let operator: OperatorClient;
let addresses = 1;
/** An address that nobody has used yet. */
let here: string;

beforeAll(async () => {
  code = await readSetupCode(harness);
  const made = await sendSetUp(harness, code);
  operator = toOperatorClient(harness, made, String(made.json.operator_key));
});
beforeEach(() => {
  addresses += 1;
  here = `127.0.0.${addresses}`;
});

const signIn = (key: string, address = here) =>
  sendFrom(harness, address, 'POST', '/operator/session', { json: { operator_key: key } });
const setUp = (presented: string, address = here) =>
  sendFrom(harness, address, 'POST', '/operator/setup', { json: { setup_code: presented } });
const bear = (key: string, address = here) =>
  sendFrom(harness, address, 'GET', '/operator/session', { headers: { authorization: `Bearer ${key}` } });

async function failTimes(count: number, attempt: () => Promise<JsonAnswer>): Promise<void> {
  for (let times = 0; times < count; times += 1) {
    expectProblem(await attempt(), 401, 'operator_credential_rejected');
  }
}

const findRecords = async () =>
  (await harness.scanTable()).filter((item) => item['type'] === 'operator_sign_in_failed' && isOf(item, here));

function isOf(item: Record<string, unknown>, address: string): boolean {
  return (item['details'] as { address?: string }).address === address;
}

describe('failed attempts of one address', () => {
  it('are ten in a quarter of an hour; then the right key is refused there, too, and nowhere else', async () => {
    await failTimes(10, () => signIn(WRONG_KEY));

    const refused = await signIn(operator.key);
    expectProblem(refused, 429, 'sign_in_attempts_exceeded');
    expect(refused.json.retry_after_seconds).toBe(900);
    expect(refused.cookies).toEqual([]);
    expect((await signIn(operator.key, '127.0.0.250')).status).toBe(201);

    harness.clock.advanceSeconds(899);
    expect((await signIn(operator.key)).headers['retry-after']).toBe('1');
    harness.clock.advanceSeconds(1);
    expect((await signIn(operator.key)).status).toBe(201);
    await failTimes(10, () => signIn(WRONG_KEY));
    expectProblem(await signIn(WRONG_KEY), 429, 'sign_in_attempts_exceeded');
  });

  it('count together, whatever was tried', async () => {
    await failTimes(4, () => signIn(WRONG_KEY));
    await failTimes(3, () => setUp('wrong'));
    await failTimes(3, () => bear(WRONG_KEY));

    expectProblem(await setUp(code), 429, 'sign_in_attempts_exceeded');
    expectProblem(await bear(operator.key), 429, 'sign_in_attempts_exceeded');
    expectProblem(await bear(WRONG_KEY), 429, 'sign_in_attempts_exceeded');
    expectProblem(await signIn(operator.key), 429, 'sign_in_attempts_exceeded');
  });

  it('are not more when they come all at once', async () => {
    const answers = await Promise.all(Array.from({ length: 40 }, () => signIn(WRONG_KEY)));
    const statuses = answers.map(({ status }) => status);

    expect(statuses.filter((status) => status === 401)).toHaveLength(10);
    expect(statuses.filter((status) => status === 429)).toHaveLength(30);
    expect(await findRecords()).toHaveLength(1);
  });

  it('are not forgotten by a success in between, which itself does not count', async () => {
    await failTimes(9, () => signIn(WRONG_KEY));
    for (let times = 0; times < 5; times += 1) expect((await signIn(operator.key)).status).toBe(201);
    await failTimes(1, () => signIn(WRONG_KEY));

    expectProblem(await signIn(operator.key), 429, 'sign_in_attempts_exceeded');
  });

  it('never count for successes alone', async () => {
    for (let times = 0; times < 12; times += 1) expect((await signIn(operator.key)).status).toBe(201);

    expect(await findRecords()).toEqual([]);
  });

  it('do not touch a browser that is signed in there', async () => {
    const signedIn = await signIn(operator.key);
    const cookie = signedIn.cookies[0]?.split(';', 1)[0] ?? '';
    harness.knowSecret({ kind: 'operator session', value: cookie.split('=')[1] ?? '', scope: 'logs' });
    await failTimes(10, () => bear(WRONG_KEY));

    const answer = await sendFrom(harness, here, 'GET', '/operator/session', { headers: { cookie } });
    expect(answer.status).toBe(200);
  });

  it('leave one record in each window, which names address and way and nothing that was tried', async () => {
    await failTimes(3, () => bear(WRONG_KEY));
    await failTimes(2, () => setUp('wrong'));
    expect(await findRecords()).toMatchObject([
      { pk: 'AUDIT#_installation', actor: { kind: 'operator' }, details: { address: here, way: 'bearer' } },
    ]);

    harness.clock.advanceSeconds(900);
    await failTimes(2, () => setUp('wrong'));
    expect((await findRecords()).map(({ details }) => details)).toEqual([
      { address: here, way: 'bearer' },
      { address: here, way: 'setup_code' },
    ]);
  });

  it('go from the table with the window', async () => {
    await failTimes(1, () => signIn(WRONG_KEY));
    const nowEpochSeconds = harness.clock.nowEpochMs() / 1000;

    expect(await openStoredItems(harness).load(`OPTRIES#${here}`, 'OPTRIES')).toEqual({
      pk: `OPTRIES#${here}`,
      sk: 'OPTRIES',
      failures: 1,
      isRecorded: true,
      windowEndsAtEpochSeconds: nowEpochSeconds + 900,
      expiresAtEpochSeconds: nowEpochSeconds + 900,
    });
  });

  it('do not count where nothing was guessed: no credential, an unknown session, an app’s key, a body without code', async () => {
    for (let times = 0; times < 12; times += 1) {
      const send = (options: Parameters<typeof sendFrom>[4]) =>
        sendFrom(harness, here, 'GET', '/operator/session', options);
      await send({});
      await send({ headers: { cookie: `__Host-operator=${'A'.repeat(43)}` } });
      await send({ headers: { authorization: `Bearer ${harness.key}` } });
      await sendFrom(harness, here, 'POST', '/operator/setup', { json: {} });
    }

    expect((await signIn(operator.key)).status).toBe(201);
  });

  it('are not those of an address that the caller says to have', async () => {
    await failTimes(10, () => signIn(WRONG_KEY));
    const forwarded = await sendFrom(harness, here, 'POST', '/operator/session', {
      json: { operator_key: operator.key },
      headers: { 'x-forwarded-for': '203.0.113.7', forwarded: 'for=203.0.113.7' },
    });

    expectProblem(forwarded, 429, 'sign_in_attempts_exceeded');
  });
});
