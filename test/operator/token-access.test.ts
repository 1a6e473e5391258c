import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { readCdkOutputs } from '../../infra/operator/read-cdk-outputs.ts';
import { OperatorWorld } from './operator-world.ts';

const KEY = 'arn:aws:kms:us-east-1:000000000000:key/0b8ddcd2-2a64-45a3-9e0a-5a5e0a3b5c11';

/** Commands that open tokens, as they are typed. */
const COMMANDS = [
  ['sweep'],
  ['disconnect', 'con_0123456789012345678901'],
  ['revoke-all'],
  ['rotate-tenant-key', 'acme'],
  ['delete-tenant', 'acme'],
];

describe('commands that open tokens', () => {
  let world: OperatorWorld;
  beforeAll(async () => {
    world = await OperatorWorld.start();
  });
  afterEach(() => vi.unstubAllEnvs());
  afterAll(() => world.stop());
  const useAws = () => {
    for (const [name, value] of Object.entries(world.aws.environment)) vi.stubEnv(name, value);
  };

  it.each(COMMANDS)('%s wants to know how, on a stack that is named without it', async (...args) => {
    useAws();
    const run = await world.run(args, { env: world.targetVariables });

    expect([run.code, run.stdout]).toEqual([1, '']);
    expect(run.stderr).toContain('operator: this command opens tokens: set TOKEN_KEY_ARN and DEPLOYMENT_NAME too');
  });

  it('want a gateway that runs on a local store, since that knows which Discord is meant', async () => {
    const run = await world.run(['sweep']);

    expect(run.stderr).toContain('start the local gateway first (npm start)');
  });

  it('work with the two variables, and are refused half of it', async () => {
    useAws();
    const env = { ...world.targetVariables, TOKEN_KEY_ARN: KEY };
    expect((await world.run(['sweep'], { env })).stderr).toContain('TOKEN_KEY_ARN and DEPLOYMENT_NAME go together');
    const run = await world.run(['sweep', '--json'], { env: { ...env, DEPLOYMENT_NAME: 'Ours' } });

    expect([run.code, JSON.parse(run.stdout)]).toEqual([0, expect.objectContaining({ is_pass_complete: true })]);
  });

  it('say that the key cannot be reached, or does not open what is stored', async () => {
    useAws();
    const env = { ...world.targetVariables, TOKEN_KEY_ARN: KEY, DEPLOYMENT_NAME: 'Ours' };
    await world.edges.tenants.create({ tenantId: 'acme', isConfirmationRequired: true, createdAtEpochSeconds: 1 });
    await world.edges.table.put({ pk: 'TENANT#acme', sk: 'DATAKEY' }, { tenantId: 'acme', keyId: '00112233445566aa' });
    const run = await world.run(['rotate-tenant-key', 'acme'], { env });

    expect(run.stderr).toContain(`operator: AWS did not do it: NotFoundException on key ${KEY}`);
  });

  it('leave the others alone, which need the table only', async () => {
    useAws();

    expect((await world.run(['status'], { env: world.targetVariables })).code).toBe(0);
  });
});

describe('readCdkOutputs', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'outputs-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const read = (outputs: object) => {
    const file = path.join(folder, 'outputs.json');
    writeFileSync(file, JSON.stringify({ 'Ours-Eu': outputs }));
    return readCdkOutputs(file).tokenAccess;
  };
  const ALL = { GatewayUrl: 'https://a.example', TableName: 't', IntegrationSecretArn: 's' };

  it('takes the token key, the stack’s name as that of the deployment, and Discord itself', () => {
    expect(read({ ...ALL, TokenKeyArn: KEY })).toEqual({
      tokenKeyArn: KEY,
      deploymentName: 'Ours-Eu',
      discordBaseUrl: 'https://discord.com',
    });
  });

  it('takes what stands in for Discord where the stack says so', () => {
    const outputs = { ...ALL, TokenKeyArn: KEY, DiscordBaseUrl: 'https://simulator.example' };
    expect(read(outputs)?.discordBaseUrl).toBe('https://simulator.example');
  });

  it('does without in a file of an earlier version', () => {
    expect(read(ALL)).toBeUndefined();
  });
});
