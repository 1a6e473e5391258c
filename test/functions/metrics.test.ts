import { beforeAll, beforeEach, describe, expect, it, vi, afterEach } from 'vitest';
import { SEED_USERS } from '../../infra/local/discord/world/seed-users.ts';
import type { AwsFault } from '../../infra/local/aws/aws-faults.ts';
import type { Fault } from '../../infra/local/discord/control/fault.ts';
import { connectUser, type ConnectedUser } from '../support/connected-user.ts';
import { TOKEN_PATH } from '../support/discord-requests.ts';
import { openStoredItems } from '../support/stored-items.ts';
import { useHarness } from '../support/use-harness.ts';

const DAY = 86_400;
const REVOKE_PATH = '/api/oauth2/token/revoke';
const PROFILE_PATH = '/api/v10/users/@me';

/** Tries of one write that must not be lost, and the tries of the AWS SDK in each. */
const WRITE_TRIES = 4 * 3;

const harness = useHarness({ maxCallMs: 150 });
let ada: ConnectedUser;

beforeAll(async () => {
  ada = await connectUser(harness);
});
beforeEach(() => {
  // The SDK draws its waiting times; a throttled call would otherwise take seconds.
  vi.spyOn(Math, 'random').mockReturnValue(0);
  harness.metrics.clear();
  harness.log.noted.length = 0;
});
afterEach(async () => {
  vi.restoreAllMocks();
  // A refusal that a test has planted is not to hold the next one back.
  await harness.edges.gate.recover(harness.clock.nowEpochMs());
});

const plantAtDiscord = (path: string, fault: Fault) => harness.simulator.control.addFault({ path, fault });
const plantAtAws = (fault: AwsFault) => harness.stack.aws.faults.add(fault);
const connectAndWait = async (days: number): Promise<ConnectedUser> => {
  const user = await connectUser(harness, { user: 'linus' });
  harness.clock.advanceSeconds(days * DAY + 1);
  harness.metrics.clear();
  return user;
};

describe('metrics of a request', () => {
  it('are how it ended and how long Discord took', async () => {
    await ada.call();

    expect(harness.metrics.counts()).toEqual({ RequestsOk: 1, DiscordApiLatency: 1 });
  });

  it.each([
    ['the input', 'RequestsInput', () => ada.call('/users/@me?x=1')],
    ['an address that is not there', 'RequestsInput', () => harness.wire.send('GET', '/nothing')],
    ['the caller', 'RequestsCaller', () => ada.call('/users/@me', { key: 'wrong' })],
    ['the connection', 'RequestsConnection', () => ada.call('/users/@me/connections')],
  ])('name the family that the failure belongs to: %s', async (_what, name, send) => {
    await send();

    expect(harness.metrics.counts()).toEqual({ [name]: 1 });
  });

  it('name a bug, which nobody foresaw', async () => {
    const broken = await connectUser(harness, { user: 'grace' });
    await openStoredItems(harness).change(`CONNECTION#${broken.connectionId}`, 'CONNECTION', { status: 'dancing' });
    harness.metrics.clear();

    expect((await broken.call()).status).toBe(500);
    expect(harness.metrics.counts()).toEqual({ RequestsBug: 1 });
  });

  it('name what the operator has to mend', async () => {
    const input = { user_id: 'rejected', return_url: 'http://localhost:9/back' };
    const back = await harness.wire.comeBack(harness.key, input, { userId: SEED_USERS.ada.id });
    await plantAtDiscord(TOKEN_PATH, { kind: 'answer', status: 401, json: { error: 'invalid_client' } });
    harness.metrics.clear();
    await harness.wire.confirm(harness.key, back.sessionId, input.user_id, back.confirmationCode);

    expect(harness.metrics.counts()).toEqual({
      RequestsOperator: 1,
      OperatorCredentialsRejected: 1,
      DiscordOauthLatency: 1,
    });
  });
});

describe('metrics of Discord', () => {
  it.each<[string, Fault, Record<string, number>]>([
    ['a rate limit', { kind: 'rate_limit', retry_after_seconds: 1 }, { DiscordRateLimited: 1 }],
    ['the page of the edge', { kind: 'cloudflare' }, { DiscordRateLimited: 1 }],
    ['a server error', { kind: 'answer', status: 503, body: '' }, { DiscordUnavailable: 1 }],
    ['silence', { kind: 'hold' }, { DiscordUnavailable: 1 }],
    ['a closed connection', { kind: 'drop', phase: 'before' }, { DiscordUnavailable: 1 }],
    ['half an answer', { kind: 'truncate', after_bytes: 5 }, { DiscordUnavailable: 1 }],
    ['a refusal, which is an answer', { kind: 'answer', status: 403, json: { code: 50001 } }, {}],
  ])('tell %s', async (_what, fault, counted) => {
    await plantAtDiscord(PROFILE_PATH, fault);
    await ada.call();

    expect(harness.metrics.counts()).toEqual({ RequestsDiscord: 1, DiscordApiLatency: 1, ...counted });
  });

  it('go with a note beside our request id: how it ended, how long it took, and Discord’s own id of the answer', async () => {
    await plantAtDiscord(PROFILE_PATH, { kind: 'cloudflare' });
    const { headers } = await ada.call();

    expect(harness.log.noted).toEqual([
      { request_id: headers['x-request-id'], function_request_id: expect.any(String) },
      { discord_api_end: 429, discord_api_ms: expect.any(Number), discord_api_id: '8f1e5c0d2b7a4c11-FRA' },
    ]);
  });
});

const plantSaveFault = ({ connectionId }: ConnectedUser) => {
  const match = `"CONNECTION#${connectionId}"`;
  plantAtAws({ service: 'dynamodb', operation: 'PutItem', match, error: 'InternalServerError', times: WRITE_TRIES });
};

describe('metrics of token refreshes', () => {
  it('are one for each, beside the request and the two calls to Discord', async () => {
    const user = await connectAndWait(6.5);
    await user.call();

    expect(harness.metrics.counts()).toEqual({
      RequestsOk: 1,
      RefreshesOk: 1,
      DiscordOauthLatency: 1,
      DiscordApiLatency: 1,
    });
  });

  it('tell a postponed one, although the request itself ends well', async () => {
    const user = await connectAndWait(6.5);
    await plantAtDiscord(TOKEN_PATH, { kind: 'answer', status: 500, body: '' });
    await user.call();

    expect(harness.metrics.counts()).toMatchObject({ RequestsOk: 1, RefreshesFailed: 1, DiscordUnavailable: 1 });
  });

  it('tell rejected credentials, also while the old token still works', async () => {
    const user = await connectAndWait(6.5);
    await plantAtDiscord(TOKEN_PATH, { kind: 'answer', status: 401, json: { error: 'invalid_client' } });
    await user.call();

    expect(harness.metrics.counts()).toMatchObject({ RefreshesFailed: 1, OperatorCredentialsRejected: 1 });
  });

  it('tell a secret that cannot be read, and that a policy is the reason', async () => {
    const user = await connectAndWait(6.5);
    harness.coldStart();
    plantAtAws({ service: 'secretsManager', error: 'AccessDeniedException', times: 1 });
    await user.call();

    expect(harness.metrics.counts()).toMatchObject({
      RequestsOk: 1,
      RefreshesFailed: 1,
      SecretUnavailable: 1,
      AwsAccessDenied: 1,
    });
  });

  it('tell a user who has to connect again', async () => {
    const user = await connectAndWait(8);
    await plantAtDiscord(TOKEN_PATH, { kind: 'answer', status: 400, json: { error: 'invalid_grant' } });
    await user.call();

    expect(harness.metrics.counts()).toMatchObject({
      RequestsConnection: 1,
      RefreshesEnded: 1,
      ReconnectRequired: 1,
    });
  });

  it('tell a new pair that could not be stored', async () => {
    const user = await connectAndWait(8);
    plantSaveFault(user);
    plantAtAws({ service: 'secretsManager', operation: 'CreateSecret', error: 'InternalServiceError', times: 3 });
    await user.call();

    expect(harness.metrics.counts()).toEqual({
      RequestsOutage: 1,
      RefreshesFailed: 1,
      SecretUnavailable: 1,
      RotatedTokensUnsaved: 1,
      DiscordOauthLatency: 1,
    });
  });

  it('tell a new pair that waits in the second place', async () => {
    const user = await connectAndWait(8);
    plantSaveFault(user);
    await user.call();

    expect(harness.metrics.counts()).toMatchObject({ RequestsOk: 1, RefreshesOk: 1, RotatedTokensSpilled: 1 });
  });

  it('tell one that was held back apart from one that failed', async () => {
    const first = await connectAndWait(0);
    const second = await connectAndWait(8);
    await plantAtDiscord(TOKEN_PATH, { kind: 'answer', status: 401, json: { error: 'invalid_client' } });
    await first.call();
    harness.metrics.clear();
    await second.call();

    expect(harness.metrics.counts()).toEqual({ RequestsOperator: 1, RefreshesHeld: 1 });
  });
});

describe('metrics of the key service', () => {
  it.each([
    ['DisabledException', { KeyServiceUnavailable: 1, AwsAccessDenied: 1 }],
    ['AccessDeniedException', { KeyServiceUnavailable: 1, AwsAccessDenied: 1 }],
    ['KMSInternalException', { KeyServiceUnavailable: 1 }],
    ['InvalidCiphertextException', { SealedDataUnreadable: 1 }],
  ])('tell %s apart', async (error, counted) => {
    const user = await connectUser(harness);
    harness.coldStart();
    harness.metrics.clear();
    plantAtAws({ service: 'kms', error });
    expect((await user.call()).status).toBe(503);
    harness.stack.aws.faults.clear();

    expect(harness.metrics.counts()).toEqual({ RequestsOutage: 1, ...counted });
  });
});

describe('metrics of what is left at Discord', () => {
  it('tell a revocation that is owed', async () => {
    const user = await connectUser(harness, { user: 'noor' });
    await plantAtDiscord(REVOKE_PATH, { kind: 'answer', status: 500, body: '' });
    harness.metrics.clear();
    await harness.wire.send('DELETE', `/connections/${user.connectionId}`, { key: harness.key });

    expect(harness.metrics.counts()).toMatchObject({ RequestsDiscord: 1, RevocationOwed: 1 });
  });

  it('tell unwanted tokens that could not be revoked, and an answer that could not be kept', async () => {
    const { wire, key } = harness;
    const input = { user_id: 'unkept', return_url: 'http://localhost:9/back' };
    const back = await wire.comeBack(key, input, { userId: SEED_USERS.mina.id });
    const refused = { service: 'dynamodb', error: 'AccessDeniedException', times: 4 } as const;
    plantAtAws({ ...refused, operation: 'UpdateItem', match: 'sealedAnswer = :answer' });
    plantAtAws({ ...refused, operation: 'PutItem', match: 'CONNECTION#' });
    await plantAtDiscord(REVOKE_PATH, { kind: 'answer', status: 500, body: '' });
    harness.metrics.clear();
    await wire.confirm(key, back.sessionId, input.user_id, back.confirmationCode);

    expect(harness.metrics.counts()).toMatchObject({ TokenAnswerUnkept: 1, UnwantedTokensNotRevoked: 1 });
  });
});
