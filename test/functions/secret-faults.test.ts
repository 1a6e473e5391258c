import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AwsFault } from '../../infra/local/aws/aws-faults.ts';
import { enterLocalSettings } from '../../infra/local/stack/bootstrap.ts';
import { Secret } from '../../shared/domain/secret.ts';
import { connectUser } from '../support/connected-user.ts';
import { watchDiscord, type DiscordRequests } from '../support/discord-requests.ts';
import { useHarness } from '../support/use-harness.ts';

const DAY = 86_400;

/** Seconds without another try after a refresh that failed when the old token was over. */
const PAUSE_SECONDS = 5;

/** Stands in every malformed secret: neither an answer nor a log may quote it. */
const HALF_SECRET = 'half-a-secret-that-nobody-may-see';

const FAULTS: readonly [string, Omit<AwsFault, 'service'>, string][] = [
  ['is throttled', { error: 'ThrottlingException' }, 'secret_unavailable'],
  ['denies access', { error: 'AccessDeniedException' }, 'secret_unavailable'],
  ['cannot decrypt', { error: 'DecryptionFailure' }, 'secret_unavailable'],
  ['cannot be reached', { drop: true }, 'secret_unavailable'],
  ['has no value', { error: 'ResourceNotFoundException' }, 'operator_setup_incomplete'],
];

const MALFORMED: readonly [string, string][] = [
  ['text', HALF_SECRET],
  ['cut JSON', `{"client_secret":"${HALF_SECRET}`],
  ['a list', `["${HALF_SECRET}"]`],
  ['no client id', `{"client_secret":"${HALF_SECRET}"}`],
  ['an empty client secret', `{"client_id":"${HALF_SECRET}","client_secret":""}`],
  ['a number for a secret', `{"client_id":"${HALF_SECRET}","client_secret":1}`],
];

describe('faults of Secrets Manager at a refresh', () => {
  const harness = useHarness();
  let discord: DiscordRequests;
  beforeAll(() => {
    discord = watchDiscord(harness.simulator);
    harness.knowSecret({ kind: 'malformed secret', value: HALF_SECRET, scope: 'everywhere' });
  });
  beforeEach(() => {
    vi.spyOn(Math, 'random').mockReturnValue(0);
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  const connectAndWait = async (days: number) => {
    const user = await connectUser(harness, { user: 'grace' });
    harness.clock.advanceSeconds(days * DAY + 1);
    harness.coldStart();
    await discord.clear();
    return user;
  };

  it.each(FAULTS)('do not matter when it %s and the old token works [hostile 38]', async (_, fault, code) => {
    const user = await connectAndWait(6.5);
    harness.stack.aws.faults.add({ service: 'secretsManager', ...fault });

    expect((await user.call()).status).toBe(200);
    expect(await discord.refreshes()).toBe(0);
    expect(harness.log.entries).toContainEqual(
      expect.objectContaining({ event: 'outage', code, connection_id: user.connectionId }),
    );
  });

  it.each(FAULTS)(
    'are named when it %s and the old token is over, and leave the connection alone [hostile 38]',
    async (_, fault, code) => {
      const user = await connectAndWait(7);
      harness.stack.aws.faults.add({ service: 'secretsManager', ...fault });
      const { status, json, headers } = await user.call();

      expect([status, json.code]).toEqual([503, code]);
      expect(headers['retry-after']).toBe(code === 'secret_unavailable' ? '5' : '30');
      expect(await discord.all()).toEqual([]);
      expect(await user.load()).toMatchObject({ status: 'active' });
      harness.stack.aws.faults.clear();
      harness.clock.advanceSeconds(PAUSE_SECONDS);
      expect((await user.call()).status).toBe(200);
    },
  );

  it.each(MALFORMED)('are told from a secret that holds %s, which nobody gets to see', async (_, SecretString) => {
    const user = await connectAndWait(7);
    const { local, integrationSecretArn } = harness.stack.target.operator;
    if (local === undefined) throw new Error('the secret is not a local one');
    const { secretsManagerEndpoint: endpoint, region, accessKeyId, secretAccessKey } = local;
    const client = new SecretsManagerClient({ endpoint, region, credentials: { accessKeyId, secretAccessKey } });
    await client.send(new PutSecretValueCommand({ SecretId: integrationSecretArn, SecretString }));
    const { status, json, text } = await user.call();

    expect([status, json.code]).toEqual([503, 'operator_setup_incomplete']);
    expect(text + JSON.stringify(harness.log.entries)).not.toContain(HALF_SECRET);
    const { clientId, clientSecret } = harness.simulator.application;
    await enterLocalSettings(harness.edges, { clientId, clientSecret: new Secret(clientSecret) });
    harness.clock.advanceSeconds(PAUSE_SECONDS);
    expect((await user.call()).status).toBe(200);
  });
});
