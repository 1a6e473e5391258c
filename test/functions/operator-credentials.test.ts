import { GetSecretValueCommand, SecretsManagerClient, UpdateSecretCommand } from '@aws-sdk/client-secrets-manager';
import { beforeEach, beforeAll, describe, expect, it } from 'vitest';
import { saveIntegration, type IntegrationChange } from '../../shared/app/operate-integration.ts';
import { Secret } from '../../shared/domain/secret.ts';
import { signInOperator, type OperatorClient } from '../support/operator-client.ts';
import { useHarness } from '../support/use-harness.ts';

const SECRETS = ['one', 'two', 'three'].map((name) => `${name}-secret-that-nobody-asks-about`);
const [ONE = '', TWO = '', THREE = ''] = SECRETS;
const BOT = 't'.repeat(72);

interface IntegrationJson {
  readonly version: number;
  readonly client_id: string;
  readonly client_secret: { readonly set_at: string };
  readonly bot_token: { readonly set_at: string };
  readonly gaps: readonly unknown[];
}

describe('credentials that two operators enter', () => {
  const harness = useHarness();
  let operator: OperatorClient;
  beforeAll(async () => {
    operator = await signInOperator(harness);
    for (const value of [...SECRETS, BOT]) harness.knowSecret({ kind: 'client secret', value, scope: 'everywhere' });
  });
  beforeEach(async () => {
    const { clientId, clientSecret } = harness.simulator.application;
    await harness.edges.secretWriter.save({ clientId, clientSecret: new Secret(clientSecret) });
    const { status } = await write({
      client_id: clientId,
      client_secret: clientSecret,
      bot_token: harness.simulator.application.botToken,
    });
    expect(status).toBe(200);
  });

  const read = async () => {
    const { json } = await operator.call('GET', '/integration');
    return json as IntegrationJson;
  };
  const write = async (body: unknown) => {
    const { headers } = await operator.call('GET', '/integration');
    return await operator.call('PUT', '/integration', body, { 'if-match': String(headers['etag']) });
  };
  const loadSecret = async () => {
    const { clientId, clientSecret, botToken } = (await harness.edges.secretWriter.load()) ?? {};
    return [clientId, clientSecret?.reveal(), botToken?.reveal()];
  };
  /** As another operator, at a moment of the test's choosing. */
  const save = async (change: IntegrationChange, version: number, beforeSecret = () => Promise.resolve()) => {
    const { secretWriter } = harness.edges;
    const deps = {
      ...harness.edges,
      secretWriter: {
        ...secretWriter,
        save: async (...args: Parameters<typeof secretWriter.save>) => {
          await beforeSecret();
          return await secretWriter.save(...args);
        },
      },
    };
    return await saveIntegration(deps, change, version);
  };

  it('are those of whoever saved, never a mixture, when both save over the same version', async () => {
    const { clientId, botToken } = harness.simulator.application;
    const { version } = await read();
    const enter = (secret: string) => save({ credentials: { clientSecret: new Secret(secret) } }, version);
    const both = await Promise.all([enter(ONE), enter(TWO)]);

    const winners = [ONE, TWO].filter((_secret, index) => both[index]?.ok === true);
    expect(winners).toHaveLength(1);
    expect(await loadSecret()).toEqual([clientId, winners[0], botToken]);
  });

  it('do not undo what another one has entered between the two writes: the later writer is told', async () => {
    const { clientId, clientSecret } = harness.simulator.application;
    const { version } = await read();
    // The second one reads the settings that the first one has just saved, and is faster with the secret.
    const first = await save({ credentials: { clientSecret: new Secret(ONE) } }, version, async () => {
      const second = await save({ credentials: { botToken: new Secret(BOT) } }, version + 1);
      expect(second.ok).toBe(true);
    });

    expect(first).toMatchObject({ ok: false, failure: { reason: 'settings_changed_meanwhile' } });
    expect(await loadSecret()).toEqual([clientId, clientSecret, BOT]);
    const { version: current } = await read();
    expect((await save({ credentials: { clientSecret: new Secret(ONE) } }, current)).ok).toBe(true);
    expect(await loadSecret()).toEqual([clientId, ONE, BOT]);
  });

  it('do not undo it in the other order either', async () => {
    const { clientId, botToken } = harness.simulator.application;
    const { version } = await read();
    let first: Promise<unknown> = Promise.resolve();
    let goOn = (): void => undefined;
    const isSaved = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const hasBegun = new Promise<void>((resolve) => {
      first = save({ credentials: { clientSecret: new Secret(ONE) } }, version, () => {
        resolve();
        return isSaved;
      });
    });
    await hasBegun;
    const second = await save({ credentials: { clientSecret: new Secret(TWO) } }, version + 1, async () => {
      goOn();
      await first;
    });

    expect([await first, second]).toMatchObject([{ ok: true }, { ok: false }]);
    expect(await loadSecret()).toEqual([clientId, ONE, botToken]);
  });

  it('are told apart from settings that broke off before them, which a bot token alone does not bring back', async () => {
    const { application, control } = harness.simulator;
    const other = await control.registerApplication({ name: 'Next' });
    const { version } = await read();
    const change = { credentials: { clientId: other.client_id, clientSecret: new Secret(other.client_secret) } };
    const lost = { ...harness.edges.secretWriter, save: () => Promise.reject(new Error('killed')) };
    await expect(saveIntegration({ ...harness.edges, secretWriter: lost }, change, version)).rejects.toThrow('killed');

    const broken = await read();
    expect(broken.client_id).toBe(other.client_id);
    expect(broken.gaps).toContainEqual({
      reason: 'credentials_of_another_application',
      client_id: application.clientId,
    });
    const { json } = await operator.call('POST', '/integration/checks', {});
    expect(json.items.find(({ id }: { id: string }) => id === 'client_secret')).toMatchObject({
      state: 'failed',
      detail: `The secret is of application ${application.clientId}, entered is ${other.client_id}.`,
    });
    const botOnly = await write({ bot_token: other.bot_token });
    expect([botOnly.status, botOnly.json.errors[0].pointer]).toEqual([400, '/client_secret']);
    expect((await read()).client_id).toBe(other.client_id);
    const whole = await write({ client_secret: other.client_secret, bot_token: other.bot_token });
    expect([whole.status, whole.json.gaps]).toEqual([200, []]);
    expect(await loadSecret()).toEqual([other.client_id, other.client_secret, other.bot_token]);
  });

  it('are noted with the time at which they changed, each by itself', async () => {
    const before = await read();
    harness.clock.advanceSeconds(60);
    const { json } = await write({ client_secret: harness.simulator.application.clientSecret });
    expect(json.client_secret).toEqual(before.client_secret);
    await save({ credentials: { botToken: new Secret(BOT) } }, json.version);

    const after = await read();
    expect(after.client_secret).toEqual(before.client_secret);
    expect(Date.parse(after.bot_token.set_at) - Date.parse(before.bot_token.set_at)).toBeGreaterThanOrEqual(60_000);
  });

  it('are never in the table', async () => {
    await save({ credentials: { clientSecret: new Secret(THREE), botToken: new Secret(BOT) } }, (await read()).version);
    const table = JSON.stringify(await harness.scanTable());

    for (const secret of [THREE, BOT]) expect(table).not.toContain(secret);
  });

  it('can be entered after somebody has put an earlier secret back by hand', async () => {
    const { local, integrationSecretArn: SecretId } = harness.stack.target.operator;
    if (local === undefined) throw new Error('the secret is not a local one');
    const { secretsManagerEndpoint: endpoint, region, accessKeyId, secretAccessKey } = local;
    const client = new SecretsManagerClient({ endpoint, region, credentials: { accessKeyId, secretAccessKey } });
    const enter = async (secret: string) =>
      (await save({ credentials: { clientSecret: new Secret(secret) } }, (await read()).version)).ok;
    expect(await enter(ONE)).toBe(true);
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId }));
    expect(await enter(TWO)).toBe(true);
    await client.send(new UpdateSecretCommand({ SecretId, SecretString: String(SecretString) }));
    client.destroy();

    expect((await loadSecret())[1]).toBe(ONE);
    expect(await enter(TWO)).toBe(true);
    expect((await loadSecret())[1]).toBe(TWO);
  });
});
