import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { beforeEach, describe, expect, it } from 'vitest';
import { changeIntegration } from '../../shared/app/operate-integration.ts';
import { Secret } from '../../shared/domain/secret.ts';
import { useHarness } from '../support/use-harness.ts';
import { ada, comeBack, countTokenRequests, expectProblem } from './connect-expectations.ts';

const harness = useHarness();

/** What the operator does at Discord: the old secret is void at once. */
async function resetSecretAtDiscord(): Promise<string> {
  const { client_secret } = await harness.simulator.control.resetClientSecret({});
  harness.knowSecret({ kind: 'client secret', value: client_secret, scope: 'everywhere' });
  return client_secret;
}

async function enterSecret(clientSecret: string): Promise<void> {
  const { clientId } = harness.simulator.application;
  const entered = await changeIntegration(harness.edges, {
    credentials: { clientId, clientSecret: new Secret(clientSecret) },
  });
  expect(entered.ok).toBe(true);
}

async function putRawSecret(SecretString: string): Promise<void> {
  const { local, integrationSecretArn } = harness.stack.target.operator;
  const client = new SecretsManagerClient({
    endpoint: local?.secretsManagerEndpoint ?? '',
    region: local?.region ?? '',
    credentials: { accessKeyId: local?.accessKeyId ?? '', secretAccessKey: local?.secretAccessKey ?? '' },
  });
  await client.send(new PutSecretValueCommand({ SecretId: integrationSecretArn, SecretString }));
  client.destroy();
}

/** Seconds after which nobody has to catch up any more with what an earlier test held back. */
const CATCH_UP_SECONDS = 10 * 60;

describe('the integration’s credentials at the exchange', () => {
  beforeEach(() => {
    harness.clock.advanceSeconds(CATCH_UP_SECONDS);
  });

  it('are read again once when Discord rejects them: a secret entered a moment ago works at once [hostile 15]', async () => {
    const warm = await comeBack(harness, { user_id: 'warm' }, { userId: ada.id });
    expect((await warm.confirm()).status).toBe(200);
    await enterSecret(await resetSecretAtDiscord());
    const { confirm } = await comeBack(harness, { user_id: 'reset' }, { userId: ada.id });
    const before = await countTokenRequests(harness);

    expect((await confirm()).status).toBe(200);
    expect(await countTokenRequests(harness)).toBe(before + 2);
  });

  it('are the operator’s fault when they stay wrong; nothing is lost, and the code still works afterwards [hostile 15]', async () => {
    const secret = await resetSecretAtDiscord();
    const { confirm } = await comeBack(harness, { user_id: 'rejected' }, { userId: ada.id });
    const before = await countTokenRequests(harness);

    const refused = await confirm();
    expectProblem(refused, 503, 'operator_credentials_rejected');
    expect(refused.headers['retry-after']).toBe('30');
    expect(await countTokenRequests(harness)).toBe(before + 1);
    await enterSecret(secret);
    expect((await confirm()).status).toBe(200);
  });

  it('are rejected as wrong also when Discord says so with WWW-Authenticate [hostile 15]', async () => {
    const { confirm } = await comeBack(harness, { user_id: 'challenged' }, { userId: ada.id });
    const headers = { 'www-authenticate': 'Basic realm="discord"' };
    const fault = { kind: 'answer', status: 401, json: { error: 'invalid_client' }, headers } as const;
    await harness.simulator.control.addFault({ path: '/api/oauth2/token', fault });

    expectProblem(await confirm(), 503, 'operator_credentials_rejected');
    // Until a probe is due nothing is sent; the code lives longer than that.
    expectProblem(await confirm(), 503, 'operator_credentials_rejected');
    harness.clock.advanceSeconds(31);
    expect((await confirm()).status).toBe(200);
  });

  it('are not used when they belong to another application than the settings', async () => {
    const { clientId } = harness.simulator.application;
    const before = await harness.edges.secretWriter.load();
    const { confirm } = await comeBack(harness, { user_id: 'mismatch' }, { userId: ada.id });
    const tokenRequests = await countTokenRequests(harness);
    await putRawSecret(
      JSON.stringify({ client_id: '999999999999999999', client_secret: 'another-secret-of-this-app' }),
    );
    harness.coldStart();

    expectProblem(await confirm(), 503, 'operator_credentials_rejected');
    expect(await countTokenRequests(harness)).toBe(tokenRequests);
    await putRawSecret(JSON.stringify({ client_id: clientId, client_secret: before?.clientSecret.reveal() ?? '' }));
    expect((await confirm()).status).toBe(200);
  });

  const broken: [string, string][] = [
    ['no JSON', 'client_secret=abc'],
    ['JSON of another shape', '["client_secret"]'],
    ['an empty secret', JSON.stringify({ client_id: '1', client_secret: '' })],
  ];
  it.each(broken)('are asked of the operator when the stored secret is %s [hostile 38]', async (_what, text) => {
    const good = await harness.edges.secretWriter.load();
    const { confirm } = await comeBack(harness, { user_id: 'malformed' }, { userId: ada.id });
    await putRawSecret(text);
    harness.coldStart();

    const refused = await confirm();
    expectProblem(refused, 503, 'operator_setup_incomplete');
    expect(refused.text).not.toContain(text);
    await enterSecret(good?.clientSecret.reveal() ?? '');
    expect((await confirm()).status).toBe(200);
  });

  it.each([
    ['missing', 'ResourceNotFoundException', 'operator_setup_incomplete'],
    ['denied', 'AccessDeniedException', 'secret_unavailable'],
    ['not decryptable', 'DecryptionFailure', 'secret_unavailable'],
  ])('cost nothing but time while their secret is %s [hostile 38]', async (_what, error, code) => {
    const { confirm } = await comeBack(harness, { user_id: 'secret down' }, { userId: ada.id });
    const before = await countTokenRequests(harness);
    harness.coldStart();
    harness.stack.aws.faults.add({ service: 'secretsManager', error, times: 1 });

    expectProblem(await confirm(), 503, code);
    expect(await countTokenRequests(harness)).toBe(before);
    expect((await confirm()).status).toBe(200);
  });

  it('may come slowly [hostile 38]', async () => {
    const { confirm } = await comeBack(harness, { user_id: 'slow secret' }, { userId: ada.id });
    harness.coldStart();
    harness.stack.aws.faults.add({ service: 'secretsManager', delayMs: 30, times: 1 });
    harness.stack.aws.faults.add({ service: 'kms', delayMs: 30, times: 1 });

    expect((await confirm()).status).toBe(200);
  });
});
