import { describe, expect, it } from 'vitest';
import type { AwsFault } from '../../infra/local/aws/aws-faults.ts';
import { useHarness } from '../support/use-harness.ts';
import {
  ada,
  comeBack,
  countLiveTokens,
  countRevocations,
  countTokenRequests,
  expectProblem,
  grace,
  linus,
  listConnections,
  mina,
  noor,
  solo,
} from './connect-expectations.ts';

const harness = useHarness();

/** An error that the SDK does not repeat by itself, so that only our own retries are at work. */
const REFUSED = 'AccessDeniedException';

const KEEP_ANSWER = { service: 'dynamodb', operation: 'UpdateItem', match: 'sealedAnswer = :answer' } as const;
const ENTER_GRANT = { service: 'dynamodb', operation: 'UpdateItem', match: 'ADD members' } as const;
const STORE_CONNECTION = { service: 'dynamodb', operation: 'PutItem', match: 'CONNECTION#' } as const;

const plant = (...faults: AwsFault[]) => {
  for (const fault of faults) harness.stack.aws.faults.add(fault);
};
const storageWorksAgain = () => harness.stack.aws.faults.clear();

const profileStatus = async (connectionId: string) =>
  (await harness.wire.send('GET', `/connections/${connectionId}/api/v10/users/@me`, { key: harness.key })).status;

describe('storage that fails for a moment after the exchange', () => {
  const passing: [string, AwsFault[]][] = [
    ['keeping the answer is refused twice', [{ ...KEEP_ANSWER, error: REFUSED, times: 2 }]],
    ['keeping the answer is throttled', [{ ...KEEP_ANSWER, error: 'ThrottlingException', times: 1 }]],
    ['storing the connection is refused three times', [{ ...STORE_CONNECTION, error: REFUSED, times: 3 }]],
    ['the answer to keeping is lost', [{ ...KEEP_ANSWER, drop: true, after: 'after', times: 1 }]],
    ['the answer to entering the grant is lost', [{ ...ENTER_GRANT, drop: true, after: 'after', times: 1 }]],
    ['the answer to storing the connection is lost', [{ ...STORE_CONNECTION, drop: true, after: 'after', times: 1 }]],
    ['keeping fails for good but storing works', [{ ...KEEP_ANSWER, error: REFUSED, times: 4 }]],
  ];
  it.each(passing)('loses nothing: %s [hostile 9]', async (what, faults) => {
    const { confirm } = await comeBack(harness, { user_id: what }, { userId: ada.id });
    const before = await countTokenRequests(harness);
    plant(...faults);

    const confirmed = await confirm();
    expect(confirmed.status).toBe(200);
    expect(await listConnections(harness, what)).toEqual([confirmed.json]);
    expect(await countTokenRequests(harness)).toBe(before + 1);
    expect(await profileStatus(confirmed.json.id)).toBe(200);
  });

  it('loses nothing in a cold sandbox, which has yet to look up its data key [hostile 9]', async () => {
    const { confirm } = await comeBack(harness, { user_id: 'cold' }, { userId: ada.id });
    harness.coldStart();
    plant({ service: 'dynamodb', operation: 'GetItem', match: '"DATAKEY"', error: REFUSED, times: 2 });

    expect((await confirm()).status).toBe(200);
  });
});

describe('storage that stays down after the exchange', () => {
  it('keeps the tokens in the session: confirming again stores them without another exchange [hostile 9]', async () => {
    const { confirm } = await comeBack(harness, { user_id: 'kept' }, { userId: grace.id });
    const before = await countTokenRequests(harness);
    plant({ ...STORE_CONNECTION, error: REFUSED });

    expectProblem(await confirm(), 503, 'storage_unavailable');
    storageWorksAgain();
    expect(await listConnections(harness, 'kept')).toEqual([]);
    expect((await confirm()).status).toBe(200);
    expect(await countTokenRequests(harness)).toBe(before + 1);
  });

  it.each([
    [
      'nor the grant entered',
      [
        { ...KEEP_ANSWER, error: REFUSED },
        { ...ENTER_GRANT, error: REFUSED },
      ],
    ],
    [
      'nor the connection stored',
      [
        { ...KEEP_ANSWER, error: REFUSED },
        { ...STORE_CONNECTION, error: REFUSED },
      ],
    ],
  ])('revokes tokens that can neither be kept %s: none stays in nobody’s hands [hostile 9]', async (what, faults) => {
    const { confirm } = await comeBack(harness, { user_id: `new ${what}` }, { userId: linus.id });
    plant(...faults);

    expectProblem(await confirm(), 503, 'storage_unavailable');
    storageWorksAgain();
    expect(await countLiveTokens(harness, linus.id)).toBe(0);
    expectProblem(await confirm(), 410, 'authorization_code_expired');
    // Nothing of the failed attempt is in the way of the next one, nor counts as a connection that shares its tokens.
    const again = await comeBack(harness, { user_id: `new ${what}` }, { userId: linus.id });
    const { id } = (await again.confirm()).json;
    await harness.wire.send('DELETE', `/connections/${id}`, { key: harness.key });
    expect(await countLiveTokens(harness, linus.id)).toBe(0);
  });

  it('revokes tokens that cannot be kept when Discord does not say whose they are at first', async () => {
    const { confirm } = await comeBack(harness, { user_id: 'unkept and unnamed' }, { userId: mina.id });
    plant({ ...KEEP_ANSWER, error: REFUSED });
    await harness.simulator.control.addFault({ path: '/api/v10/oauth2/@me', fault: { kind: 'answer', status: 500 } });

    expectProblem(await confirm(), 502, 'discord_unavailable');
    storageWorksAgain();
    expect(await countLiveTokens(harness, mina.id)).toBe(0);
  });

  it('does not revoke when the user is connected already: his connection works on [hostile 9]', async () => {
    const first = await comeBack(harness, { user_id: 'again' }, { userId: noor.id });
    const connection = (await first.confirm()).json;
    const before = await countRevocations(harness);
    const { confirm } = await comeBack(harness, { user_id: 'again' }, { userId: noor.id });
    plant({ ...KEEP_ANSWER, error: REFUSED }, { ...STORE_CONNECTION, error: REFUSED });

    expectProblem(await confirm(), 503, 'storage_unavailable');
    storageWorksAgain();
    expect(await countRevocations(harness)).toBe(before);
    expect(await profileStatus(connection.id)).toBe(200);
    expect(await listConnections(harness, 'again')).toEqual([connection]);
  });

  it('does not revoke while it cannot be known who else shares the authorization, and says so in the log', async () => {
    const { confirm } = await comeBack(harness, { user_id: 'blind' }, { userId: solo.id });
    const before = await countRevocations(harness);
    const grant = `GRANT#${harness.simulator.application.clientId}#${solo.id}`;
    plant({ ...KEEP_ANSWER, error: REFUSED }, { service: 'dynamodb', match: grant, error: REFUSED });

    expectProblem(await confirm(), 503, 'storage_unavailable');
    storageWorksAgain();
    expect(await countRevocations(harness)).toBe(before);
    expect(harness.log.entries).toContainEqual({
      level: 'error',
      event: 'unwanted_tokens_not_revoked',
      reason: 'storage_unavailable',
    });
  });

  it.each([
    ['the claim', { service: 'dynamodb', operation: 'UpdateItem', match: 'claimedUntilEpochMs = :until' }],
    ['the read of key and session', { service: 'dynamodb', operation: 'BatchGetItem' }],
    ['the read of the settings', { service: 'dynamodb', operation: 'GetItem', match: 'INTEGRATION' }],
  ] as const)('does not exchange at all when %s fails [hostile 38]', async (what, fault) => {
    const { confirm } = await comeBack(harness, { user_id: `before ${what}` }, { userId: ada.id });
    const before = await countTokenRequests(harness);
    plant({ ...fault, error: REFUSED, times: 1 });

    const refused = await confirm();
    expectProblem(refused, 503, 'storage_unavailable');
    expect(refused.headers['retry-after']).toBe('5');
    expect(await countTokenRequests(harness)).toBe(before);
    expect((await confirm()).status).toBe(200);
  });

  it('does not exchange a code that it could not seal the answer for: key service down [hostile 38]', async () => {
    const { confirm } = await comeBack(harness, { user_id: 'kms down' }, { userId: ada.id });
    const before = await countTokenRequests(harness);
    harness.coldStart();
    plant({ service: 'kms', error: 'DisabledException', times: 1 });

    expectProblem(await confirm(), 503, 'key_service_unavailable');
    expect(await countTokenRequests(harness)).toBe(before);
    expect((await confirm()).status).toBe(200);
  });

  it.each(['SESSION#', 'APIKEY#'])(
    'asks again for a key that DynamoDB left unprocessed instead of taking %s for absent [hostile 38]',
    async (match) => {
      const { confirm } = await comeBack(harness, { user_id: `unprocessed ${match}` }, { userId: ada.id });
      plant({ service: 'dynamodb', operation: 'BatchGetItem', unprocessed: true, match, times: 1 });

      expect((await confirm()).status).toBe(200);
    },
  );

  it('takes it for confirmed when only the answer to the last write was lost', async () => {
    const { confirm } = await comeBack(harness, { user_id: 'last write' }, { userId: ada.id });
    plant({
      service: 'dynamodb',
      operation: 'UpdateItem',
      match: 'REMOVE sealedCode, sealedAnswer',
      drop: true,
      after: 'after',
      times: 1,
    });

    expect((await confirm()).status).toBe(200);
    expectProblem(await confirm(), 409, 'connect_session_used');
  });
});
