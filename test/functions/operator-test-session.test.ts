import { beforeAll, describe, expect, it } from 'vitest';
import { SEED_USERS } from '../../infra/local/discord/world/seed-users.ts';
import { TEST_RETURN_PATH } from '../../shared/connect-paths.ts';
import { signInOperator, type OperatorClient } from '../support/operator-client.ts';
import { useHarness } from '../support/use-harness.ts';
import type { CookieJar } from '../support/wire.ts';

describe("the operator's own test of the connect flow", () => {
  const harness = useHarness();
  let operator: OperatorClient;
  beforeAll(async () => {
    operator = await signInOperator(harness);
  });

  const create = async (body: Record<string, unknown> = {}) =>
    await operator.call('POST', '/operator/connect-sessions', { tenant_id: 'default', ...body });

  /** Goes through Discord's consent. @returns where the browser ends up */
  async function goThroughDiscord(authorizeUrl: string, decision: 'authorize' | 'cancel' = 'authorize'): Promise<URL> {
    const { wire } = harness;
    const jar: CookieJar = new Map();
    const start = await wire.openLink(authorizeUrl, jar);
    const callback = await wire.consent(String(start.headers['location']), { userId: SEED_USERS.ada.id, decision });
    const back = await wire.returnFromDiscord(callback, jar);
    return new URL(String(back.headers['location']));
  }

  it('connects the operator as a user of a tenant, and needs neither return origin nor API key', async () => {
    const { headers } = await operator.call('GET', '/integration');
    await operator.call('PUT', '/integration', { return_origins: [] }, { 'if-match': String(headers['etag']) });
    const created = await create();
    const location = await goThroughDiscord(created.json.authorize_url);

    expect(created.status).toBe(201);
    expect(`${location.origin}${location.pathname}`).toBe(`${harness.origin}${TEST_RETURN_PATH}`);
    const sessionId = location.searchParams.get('connect_session_id');
    const confirmed = await operator.call('POST', `/operator/connect-sessions/${sessionId}/confirm`, {
      confirmation_code: location.searchParams.get('confirmation_code'),
    });
    expect(confirmed.status).toBe(200);
    expect(confirmed.json).toMatchObject({
      user_id: 'test-user',
      status: 'active',
      discord_user: { id: SEED_USERS.ada.id },
    });
    expect(confirmed.text).not.toMatch(/token/);
  });

  it('tells a refusal at Discord by its return', async () => {
    const location = await goThroughDiscord((await create()).json.authorize_url, 'cancel');

    expect(location.pathname).toBe(TEST_RETURN_PATH);
    expect(location.searchParams.get('error')).toBe('access_denied');
  });

  it('takes the same care as with an app: five wrong codes burn the session', async () => {
    const created = await create({ user_id: 'burnt' });
    const location = await goThroughDiscord(created.json.authorize_url);
    const path = `/operator/connect-sessions/${created.json.id}/confirm`;
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      await operator.call('POST', path, { confirmation_code: 'wrong' });
    }
    const right = await operator.call('POST', path, {
      confirmation_code: location.searchParams.get('confirmation_code'),
    });

    expect([right.status, right.json.code]).toEqual([409, 'connect_session_burnt']);
  });

  it('does not let the operator confirm what an app has begun', async () => {
    const { headers } = await operator.call('GET', '/integration');
    const returnOrigins = { return_origins: ['https://app.example'] };
    await operator.call('PUT', '/integration', returnOrigins, { 'if-match': String(headers['etag']) });
    const session = await harness.wire.createSession(harness.key, { user_id: 'u', return_url: 'https://app.example/' });
    const answer = await operator.call('POST', `/operator/connect-sessions/${session.json.id}/confirm`, {
      confirmation_code: 'x',
    });

    expect([answer.status, answer.json.code]).toEqual([404, 'connect_session_not_found']);
  });

  it('gives apps no way to return to the portal', async () => {
    const answer = await harness.wire.createSession(harness.key, {
      user_id: 'u',
      return_url: `${harness.origin}${TEST_RETURN_PATH}`,
    });

    expect(answer.json.code).toBe('return_url_not_allowed');
    const forged = await harness.wire.send('POST', '/connect-sessions', {
      key: harness.key,
      json: { user_id: 'u', return_url: `${harness.origin}/`, is_operator_test: true },
    });
    expect(forged.json.code).toBe('input_invalid');
  });

  it.each([
    ['an unknown tenant', { tenant_id: 'nobody' }, 404, 'tenant_not_found'],
    ['no tenant', { tenant_id: undefined }, 400, 'input_invalid'],
    ['a scope that is not enabled', { scopes: ['identify', 'rpc'] }, 400, 'scope_not_enabled'],
    ['a return URL', { return_url: 'https://evil.example/' }, 400, 'input_invalid'],
  ])('refuses %s', async (_what, body, status, code) => {
    const answer = await create(body);

    expect([answer.status, answer.json.code]).toEqual([status, code]);
  });

  it('is closed to apps', async () => {
    const options = { key: harness.key, json: { tenant_id: 'default' } };
    const made = await harness.wire.send('POST', '/operator/connect-sessions', options);
    const confirmed = await harness.wire.send('POST', '/operator/connect-sessions/cs_x/confirm', {
      key: harness.key,
      json: { confirmation_code: 'x' },
    });

    expect([made.json.code, confirmed.json.code]).toEqual(['operator_only', 'operator_only']);
  });
});
