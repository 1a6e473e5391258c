import { describe, expect, it } from 'vitest';
import { SEED_USERS } from '../../infra/local/discord/world/seed-users.ts';
import { setConfirmation } from '../../shared/app/operate-tenants.ts';
import { signInOperator } from '../support/operator-client.ts';
import { useHarness } from '../support/use-harness.ts';
import type { CookieJar, JsonAnswer } from '../support/wire.ts';

/** The function as it is deployed, with no more than its own role allows. */
describe('the way back from Discord in the deployed function', () => {
  const harness = useHarness({ functions: 'sandboxes' });

  async function comeBack(session: JsonAnswer): Promise<JsonAnswer> {
    const jar: CookieJar = new Map();
    const opened = await harness.wire.openLink(session.json.authorize_url, jar);
    const callbackUrl = await harness.wire.consent(opened.headers['location'] ?? '', { userId: SEED_USERS.ada.id });
    return harness.wire.returnFromDiscord(callbackUrl, jar);
  }

  it("ends on the page of the connection, or with the operator's confirmation of his own test, under its role", async () => {
    const operator = await signInOperator(harness);
    const test = await operator.call('POST', '/operator/connect-sessions', { tenant_id: 'default' });
    const location = new URL((await comeBack(test)).headers['location'] ?? '');
    const confirmed = await operator.call('POST', `/operator/connect-sessions/${test.json.id}/confirm`, {
      confirmation_code: location.searchParams.get('confirmation_code'),
    });
    await setConfirmation(harness.edges, 'default', false);
    const returned = await comeBack(
      await harness.wire.send('POST', '/connect-sessions', { key: harness.key, json: { user_id: 'u' } }),
    );
    const secret = /=([^;]*)/.exec(returned.cookies[0] ?? '')?.[1] ?? '';
    harness.knowSecret({ kind: 'user link cookie', value: secret, scope: 'logs' });

    expect([confirmed.status, returned.status]).toEqual([200, 303]);
    expect(returned.headers['location']).toBe('/my/connection?connected=1');
    expect(harness.stack.aws.denials).toEqual([]);
  });
});
