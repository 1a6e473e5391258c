import { beforeAll, describe, expect, it } from 'vitest';
import { setConfirmation } from '../../shared/app/operate-tenants.ts';
import { useHarness } from '../support/use-harness.ts';
import {
  ada,
  countLiveTokens,
  countTokenRequests,
  expectPage,
  expectProblem,
  goToDiscord,
  grace,
  listConnections,
  returnParameters,
} from './connect-expectations.ts';

const harness = useHarness();
beforeAll(async () => {
  expect((await setConfirmation(harness.edges, 'default', false)).ok).toBe(true);
});

const comeBackUnconfirmed = async (user_id: string, userId: string) => {
  const flow = await goToDiscord(harness, { user_id }, { userId });
  return { ...flow, back: () => harness.wire.returnFromDiscord(flow.callbackUrl, flow.jar) };
};

describe('GET /integration-callback of a tenant without confirmation', () => {
  it('exchanges at once and brings the connection’s id to the app', async () => {
    const { back, sessionId } = await comeBackUnconfirmed('direct', ada.id);

    const parameters = returnParameters(await back());
    expect(parameters).toEqual({ connect_session_id: sessionId, connection_id: expect.stringMatching(/^con_/) });
    const [connection] = await listConnections(harness, 'direct');
    expect(connection).toMatchObject({ id: parameters['connection_id'], status: 'active' });
    expectProblem(await harness.wire.confirm(harness.key, sessionId, 'direct', 'x'), 409, 'connect_session_used');
  });

  it('exchanges once when the same callback comes ten times at once [hostile 3]', async () => {
    const { back } = await comeBackUnconfirmed('ten', ada.id);
    const before = await countTokenRequests(harness);

    const answers = await Promise.all(Array.from({ length: 10 }, back));
    expect(answers.filter(({ status }) => status === 302)).toHaveLength(1);
    for (const answer of answers.filter(({ status }) => status !== 302)) {
      expectPage(answer, 409, 'This link was already used');
    }
    expect(await countTokenRequests(harness)).toBe(before + 1);
  });

  it.each([
    ['before the exchange', '/api/oauth2/token'],
    ['after it', '/api/v10/oauth2/@me'],
  ])('tells the app of an outage at Discord %s, with a code to take it up by [hostile 9]', async (when, path) => {
    const { back, sessionId } = await comeBackUnconfirmed(`discord down ${when}`, grace.id);
    await harness.simulator.control.addFault({ path, fault: { kind: 'answer', status: 500 } });

    const { error, confirmation_code = '' } = returnParameters(await back());
    expect(error).toBe('discord_unavailable');
    const confirmed = await harness.wire.confirm(harness.key, sessionId, `discord down ${when}`, confirmation_code);
    expect(confirmed.json).toMatchObject({ status: 'active', discord_user: { id: grace.id } });
  });

  it('tells the app of an outage of the storage after the exchange likewise [hostile 9]', async () => {
    const { back, sessionId } = await comeBackUnconfirmed('storage down', ada.id);
    const before = await countTokenRequests(harness);
    harness.stack.aws.faults.add({
      service: 'dynamodb',
      operation: 'PutItem',
      match: 'CONNECTION#',
      error: 'AccessDeniedException',
    });
    const { error, confirmation_code = '' } = returnParameters(await back());
    harness.stack.aws.faults.clear();

    expect(error).toBe('storage_unavailable');
    expect((await harness.wire.confirm(harness.key, sessionId, 'storage down', confirmation_code)).status).toBe(200);
    expect(await countTokenRequests(harness)).toBe(before + 1);
  });

  it('tells the app of a failure that is final; confirming says so too', async () => {
    const { back, sessionId } = await comeBackUnconfirmed('final', grace.id);
    const live = await countLiveTokens(harness, grace.id);
    await harness.simulator.control.addFault({
      path: '/api/oauth2/token',
      fault: { kind: 'answer', status: 400, json: { error: 'invalid_grant' } },
    });

    const { error, confirmation_code = '' } = returnParameters(await back());
    expect(error).toBe('authorization_code_expired');
    const confirmed = await harness.wire.confirm(harness.key, sessionId, 'final', confirmation_code);
    expectProblem(confirmed, 410, 'authorization_code_expired');
    expect(await countLiveTokens(harness, grace.id)).toBe(live);
  });

  it('still demands the browser’s own cookie [hostile 2]', async () => {
    const { callbackUrl } = await comeBackUnconfirmed('no cookie', ada.id);
    const before = await countTokenRequests(harness);

    const refused = await harness.wire.returnFromDiscord(callbackUrl, new Map());
    expectPage(refused, 400, 'We could not match this to a connection you started');
    expect(await countTokenRequests(harness)).toBe(before);
  });

  it('leaves sessions that were made before the switch as they were', async () => {
    await setConfirmation(harness.edges, 'default', true);
    const { back, sessionId } = await comeBackUnconfirmed('before', ada.id);
    await setConfirmation(harness.edges, 'default', false);

    expect(returnParameters(await back())).toEqual({
      connect_session_id: sessionId,
      confirmation_code: expect.any(String),
    });
  });
});
