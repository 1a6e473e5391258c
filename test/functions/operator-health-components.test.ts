import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AwsFault } from '../../infra/local/aws/aws-faults.ts';
import type { Fault } from '../../infra/local/discord/control/fault.ts';
import { ENV } from '../../shared/env.ts';
import { signInOperator } from '../support/operator-client.ts';
import { openStoredItems } from '../support/stored-items.ts';
import { useHarness } from '../support/use-harness.ts';
import type { JsonAnswer } from '../support/wire.ts';

const GATEWAY_PATH = '/api/v10/gateway';
const ALL_OK = { table: 'ok', secret: 'ok', token_key: 'ok', discord: 'ok', metrics: 'ok' };

interface Component {
  readonly name: string;
  readonly state: string;
  readonly detail: string;
  readonly took_ms: number;
}

const harness = useHarness({ maxCallMs: 1_000 });
beforeEach(() => {
  // The SDK draws its waiting times; a refused call would otherwise take seconds.
  vi.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => void vi.restoreAllMocks());

const read = async (): Promise<JsonAnswer> => (await signInOperator(harness)).call('GET', '/health');
const componentsOf = ({ json }: JsonAnswer): Record<string, Component> =>
  Object.fromEntries((json.components as Component[]).map((component) => [component.name, component]));
const statesOf = (answer: JsonAnswer) =>
  Object.fromEntries(Object.entries(componentsOf(answer)).map(([name, { state }]) => [name, state]));
const plantAtAws = (fault: AwsFault) => harness.stack.aws.faults.add(fault);
const plantAtDiscord = (fault: Fault) => harness.simulator.control.addFault({ path: GATEWAY_PATH, fault });

describe('components of GET /health', () => {
  it('all work', async () => {
    const answer = await read();

    expect(statesOf(answer)).toEqual(ALL_OK);
    expect(componentsOf(answer)['secret']?.detail).toBe('It holds a client secret and a bot token.');
    for (const component of Object.values(componentsOf(answer))) {
      expect(component).toEqual({ ...component, detail: expect.stringMatching(/^[A-Z].+\.$/), took_ms: 0 });
    }
    expect(answer.json.work).toEqual({
      credentials_rejected_since: null,
      revocations_owed: 0,
      last_pass_ended_at: null,
    });
  });

  it.each<[string, AwsFault, string]>([
    [
      'table',
      { service: 'dynamodb', operation: 'GetItem', match: 'INTEGRATION#', error: 'AccessDeniedException' },
      'AccessDeniedException',
    ],
    [
      'secret',
      { service: 'secretsManager', operation: 'GetSecretValue', error: 'InternalServiceError' },
      'InternalServiceError',
    ],
    ['token_key', { service: 'kms', operation: 'GenerateDataKey', error: 'DisabledException' }, 'DisabledException'],
    ['token_key', { service: 'kms', operation: 'Decrypt', error: 'AccessDeniedException' }, 'AccessDeniedException'],
    ['metrics', { service: 'cloudwatch', error: 'AccessDeniedException' }, 'AccessDeniedException'],
  ])('tell that %s is down, and nothing else of it', async (name, fault, cause) => {
    plantAtAws(fault);
    const answer = await read();

    expect(answer.status).toBe(200);
    expect(statesOf(answer)).toEqual({ ...ALL_OK, [name]: 'failed' });
    expect(componentsOf(answer)[name]?.detail).toContain(`answers with ${cause}.`);
    expect(answer.json.is_metrics_available).toBe(name !== 'metrics');
  });

  it('show no figures when there are none to be had', async () => {
    plantAtAws({ service: 'cloudwatch', error: 'InternalServiceFault' });
    const { json } = await read();

    expect(json).toMatchObject({ is_metrics_available: false, outcomes: {}, errors: [], series: { calls: [] } });
    expect(json.components).toHaveLength(5);
  });

  it('give up one that does not answer, and do not wait for it', async () => {
    plantAtAws({ service: 'secretsManager', operation: 'GetSecretValue', delayMs: 2_500 });
    const answer = await read();

    expect(statesOf(answer)).toEqual({ ...ALL_OK, secret: 'failed' });
    expect(componentsOf(answer)['secret']?.detail).toBe('It did not answer within 2 s.');
  });

  it.each<[string, Fault, string, string]>([
    ['a server error', { kind: 'answer', status: 503, body: '' }, 'failed', 'Its API answers with 503.'],
    ['a closed connection', { kind: 'drop', phase: 'before' }, 'failed', 'No answer.'],
    ['silence', { kind: 'hold' }, 'failed', 'It did not answer within 2 s.'],
    [
      'a rate limit',
      { kind: 'rate_limit', retry_after_seconds: 1 },
      'unknown',
      'It answers, but limits our requests just now (429).',
    ],
  ])('tell how Discord does: %s', async (_what, fault, state, detail) => {
    await plantAtDiscord(fault);
    const answer = await read();

    expect(statesOf(answer)).toEqual({ ...ALL_OK, discord: state });
    expect(componentsOf(answer)['discord']?.detail).toBe(detail);
  });

  it('are all that is told when the work that is left cannot be read', async () => {
    plantAtAws({ service: 'dynamodb', operation: 'GetItem', match: 'GATE#', error: 'InternalServerError' });
    const answer = await read();

    expect([answer.status, answer.json.work, statesOf(answer)]).toEqual([200, null, ALL_OK]);
  });

  it('tell that nothing is set up yet from that something fails', async () => {
    await openStoredItems(harness).remove('INTEGRATION#default', 'INTEGRATION');
    await putSecret('{}');
    const answer = await read();

    expect(statesOf(answer)).toEqual({ ...ALL_OK, secret: 'unknown' });
    expect(componentsOf(answer)).toMatchObject({
      table: { detail: 'It can be read; no settings are saved yet.' },
      secret: { detail: 'No client secret is entered yet.' },
    });
  });
});

async function putSecret(text: string): Promise<void> {
  const { target } = harness.stack;
  const {
    secretsManagerEndpoint: endpoint = '',
    region = '',
    accessKeyId = '',
    secretAccessKey = '',
  } = target.operator.local ?? {};
  const client = new SecretsManagerClient({ endpoint, region, credentials: { accessKeyId, secretAccessKey } });
  const SecretId = target.environment[ENV.integrationSecretArn] ?? '';
  await client.send(new PutSecretValueCommand({ SecretId, SecretString: text }));
  client.destroy();
}
