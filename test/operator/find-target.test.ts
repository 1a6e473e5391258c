import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { startAwsServers } from '../../infra/local/aws/aws-servers.ts';
import { saveRunFile } from '../../infra/local/stack/run-file.ts';
import { runOperator } from '../../infra/operator/run-operator.ts';
import { startHarness } from '../support/harness.ts';
import { CLIENT_ID, CLIENT_SECRET, OperatorWorld, type OperatorRun } from './operator-world.ts';

/** Milliseconds. Each child loads TypeScript and the SDK, which takes a second alone and many on a loaded machine. */
const CHILD_TIMEOUT_MS = 120_000;

let world: OperatorWorld;
beforeAll(async () => {
  world = await OperatorWorld.start();
});
afterEach(() => {
  vi.unstubAllEnvs();
  world.aws.faults.clear();
});
afterAll(() => world.stop());

function makeFolder(name: string): string {
  const folder = path.join(world.folder, name);
  mkdirSync(folder, { recursive: true });
  return folder;
}

function writeOutputs(name: string, content: unknown): string {
  const file = path.join(world.folder, name);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

/** What every failure has to look like: one line that helps, exit code 1, no stack trace. */
function expectOneLine(run: OperatorRun, message: string | RegExp): void {
  const told = run.stderr.split('\n').filter((line) => line !== '' && !line.startsWith('Working on'));
  expect(told).toEqual([expect.stringMatching(message)]);
  expect([run.code, run.stdout]).toEqual([1, '']);
}

describe('npm run operator as a process of its own', { timeout: CHILD_TIMEOUT_MS }, () => {
  it('works on the installation that the variables name, with the usual AWS variables', async () => {
    const env = { ...world.aws.environment, ...world.targetVariables };
    const stdin = JSON.stringify({ client_secret: CLIENT_SECRET });
    const entered = await world.spawn(['set-credentials', '--client-id', CLIENT_ID], { env, stdin });

    expect(entered.code).toBe(0);
    expect(entered.stdout).toContain('https://gateway.example.com/integration-callback');
    expect(entered.stderr).toBe(
      `Working on the installation of TABLE_NAME, INTEGRATION_SECRET_ARN, PUBLIC_BASE_URL, https://gateway.example.com, table ${world.tableName}.\n`,
    );
    expect((await world.edges.secretWriter.load())?.clientSecret.reveal()).toBe(CLIENT_SECRET);
  });

  it('works on the stack whose outputs cdk deploy wrote', async () => {
    writeOutputs('cdk-outputs.json', {
      SomethingElse: { BucketName: 'x' },
      DiscordIntegration: {
        GatewayUrl: 'https://a1b2c3.execute-api.us-east-1.amazonaws.com',
        TableName: world.tableName,
        IntegrationSecretArn: world.integrationSecretArn,
        RedirectUri: 'unused',
      },
    });
    const run = await world.spawn(['--outputs', 'cdk-outputs.json', 'create-tenant', 'by-outputs'], {
      env: world.aws.environment,
    });

    expect([run.code, run.stderr]).toEqual([0, expect.stringContaining('Working on the stack of cdk-outputs.json')]);
    expect(await world.edges.tenants.load('by-outputs')).toBeDefined();
  });

  it('works on the local gateway that runs, and makes keys there that work until they are revoked', async () => {
    const harness = await startHarness();
    try {
      const folder = makeFolder('running');
      saveRunFile(harness.stack.target, path.join(folder, '.local'));
      const made = await world.spawn(['create-key', '--tenant', 'default', '--json'], { cwd: folder });
      const { api_key: key, id } = JSON.parse(made.stdout) as { api_key: string; id: string };
      harness.knowSecret({ kind: 'API key', value: key, scope: 'everywhere' });
      const before = await harness.wire.send('GET', '/connections', { key });
      const revoked = await world.spawn(['revoke-key', id], { cwd: folder });
      const after = await harness.wire.send('GET', '/connections', { key });

      expect(made.stderr).toContain(
        `Working on the local gateway that runs at ${harness.origin} (process ${process.pid})`,
      );
      expect([before.status, revoked.code, after.status]).toEqual([200, 0, 401]);
      expect(after.json).toMatchObject({ code: 'caller_unknown' });
    } finally {
      await harness.stop();
    }
  });

  it('opens the local store itself while nothing runs, and finds there what an earlier command stored', async () => {
    const folder = makeFolder('cold');
    // No `npm start` was here: the template is synthesized.
    const made = await world.spawn(['create-tenant', 'kept'], { cwd: folder });
    mkdirSync(path.join(folder, '.local'), { recursive: true });
    symlinkSync(inject('assemblyDir'), path.join(folder, '.local', 'cdk.out'));
    const listed = await world.spawn(['list-tenants', '--json'], { cwd: folder, env: { PORT: '4100' } });

    expect([made.code, made.stderr]).toEqual([0, 'Working on the local store in .local (no gateway runs on it).\n']);
    expect(JSON.parse(listed.stdout)).toMatchObject({ items: [{ id: 'kept' }] });
  });

  it('tells a command line that makes no sense in one line with the usage, and exits with 2', async () => {
    const run = await world.spawn(['frobnicate']);

    expect([run.code, run.stdout]).toEqual([2, '']);
    expect(run.stderr).toMatch(/^operator: unknown command frobnicate\n\nUsage: npm run operator -- <command>/);
  });

  it('says in one line that AWS cannot be reached, without a stack trace', async () => {
    const env = { ...world.aws.environment, ...world.targetVariables, AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:9' };
    expectOneLine(await world.spawn(['status'], { env }), /^operator: DynamoDB cannot be reached; check the network/);
  });

  it('says in one line that there are no AWS credentials', async () => {
    const { AWS_REGION: region = '' } = world.aws.environment;
    const env = { AWS_REGION: region, HOME: world.folder, ...world.targetVariables };
    expectOneLine(await world.spawn(['status'], { env }), /^operator: there are no usable AWS credentials; sign in/);
  });
});

describe('findTarget', () => {
  /** In this process, the SDK finds the local AWS as it would find the real one: by its own variables. */
  const runDeployed = (
    args: readonly string[],
    variables: Readonly<Record<string, string>> = {},
    env = world.targetVariables,
  ) => {
    for (const [name, value] of Object.entries({ ...world.aws.environment, ...variables })) vi.stubEnv(name, value);
    return world.run(args, { env });
  };

  it.each(['TABLE_NAME', 'INTEGRATION_SECRET_ARN', 'PUBLIC_BASE_URL'])(
    'takes no other installation when only %s is missing',
    async (name) => {
      const env = { ...world.targetVariables, [name]: '' };
      expectOneLine(await world.run(['status'], { env }), `go together; missing: ${name}$`);
    },
  );

  it.each([
    ['no file', undefined, 'cannot read .*; write it by cdk deploy --outputs-file'],
    ['no JSON', '{', 'is not JSON'],
    ['no object', '[]', 'has no stack with the outputs GatewayUrl, TableName, IntegrationSecretArn'],
    ['another stack', { Other: { TableName: 't' } }, 'has no stack with the outputs'],
  ])('refuses an outputs file with %s', async (_what, content, message) => {
    const file = content === undefined ? path.join(world.folder, 'absent.json') : writeOutputs('bad.json', content);
    expectOneLine(await world.run(['status', '--outputs', file]), message);
  });

  it('refuses an outputs file with two stacks of ours, and a gateway URL that is none', async () => {
    const stack = {
      GatewayUrl: 'https://g.example/path',
      TableName: 'table',
      IntegrationSecretArn: world.integrationSecretArn,
    };
    const two = writeOutputs('two.json', { One: stack, Two: stack });
    const one = writeOutputs('one.json', { One: stack });

    expectOneLine(await world.run(['status', '--outputs', two]), 'has 2 stacks with the outputs');
    expectOneLine(await world.run(['status', '--outputs', one]), "the gateway's URL must be an origin");
  });

  it('names the region to set when there is none, or another', async () => {
    const nowhere = { AWS_REGION: '', AWS_CONFIG_FILE: path.join(world.folder, 'none') };

    expectOneLine(
      await runDeployed(['status'], nowhere),
      'no AWS region is set; the stack is in us-east-1: AWS_REGION=us-east-1$',
    );
    expectOneLine(
      await runDeployed(['status'], { AWS_REGION: 'eu-west-1' }),
      'the AWS region is eu-west-1, but the stack is in us-east-1: set AWS_REGION=us-east-1$',
    );
  });

  it.each([
    ['dynamodb', 'ExpiredTokenException', 'the AWS credentials have expired; sign in again'],
    ['dynamodb', 'UnrecognizedClientException', 'AWS does not accept these credentials'],
    ['dynamodb', 'AccessDeniedException', 'AWS denies access to table '],
    ['dynamodb', 'ResourceNotFoundException', 'there is no table '],
    ['dynamodb', 'ThrottlingException', 'AWS is busy \\(ThrottlingException\\); try again'],
    ['dynamodb', 'ValidationException', 'unexpected fault \\(ValidationException\\)'],
    ['secretsManager', 'ExpiredTokenException', 'the AWS credentials have expired; sign in again'],
    ['secretsManager', 'AccessDeniedException', 'AWS denies access to secret arn:aws:secretsmanager:'],
    ['secretsManager', 'DecryptionFailure', 'AWS did not do it: DecryptionFailure on secret arn:'],
  ] as const)('tells %s %s in one line', async (service, error, message) => {
    world.aws.faults.add({ service, error });

    expectOneLine(await runDeployed(['status']), `^operator: ${message}`);
  });

  it('says that a secret which cannot be written is not there, and shows no secret on the way', async () => {
    for (const [name, value] of Object.entries(world.aws.environment)) vi.stubEnv(name, value);
    const env = {
      ...world.targetVariables,
      INTEGRATION_SECRET_ARN: world.integrationSecretArn.replace(/secret:.*/, 'secret:gone-AbCdEf'),
    };
    const run = await world.run(['set-credentials', '--client-id', CLIENT_ID], {
      env,
      stdin: JSON.stringify({ client_secret: CLIENT_SECRET }),
    });

    expectOneLine(run, '^operator: there is no secret arn:.*gone-AbCdEf in this AWS account and region');
    expect(run.stderr).not.toContain(CLIENT_SECRET);
  });

  it('opens the local store when the gateway of the run file does not answer, though some process has its id', async () => {
    const localDir = path.join(makeFolder('stale'), '.local');
    const local = { region: '', accessKeyId: '', secretAccessKey: '', secretsManagerEndpoint: 'http://127.0.0.1:9' };
    const operator = {
      tableName: 'gone',
      integrationSecretArn: 'gone',
      publicBaseUrl: 'http://localhost:3000',
      local: { ...local, dynamodbEndpoint: 'http://127.0.0.1:9' },
    };
    saveRunFile({ environment: {}, awsEnvironment: {}, operator }, localDir);
    symlinkSync(inject('assemblyDir'), path.join(localDir, 'cdk.out'));
    const lines: string[] = [];
    const io = { write: (text: string) => lines.push(text) };
    const code = await runOperator(['list-tenants'], {
      stdin: process.stdin,
      stdout: io,
      stderr: io,
      env: {},
      localDir,
    });

    expect([code, lines[0]]).toEqual([0, expect.stringContaining('(no gateway runs on it)')]);
  });

  it('says which process holds the local store', async () => {
    const localDir = path.join(makeFolder('held'), '.local');
    const holder = await startAwsServers({ dataDir: path.join(localDir, 'aws') });
    try {
      const lines: string[] = [];
      const io = { write: (text: string) => lines.push(text) };
      const code = await runOperator(['status'], { stdin: process.stdin, stdout: io, stderr: io, env: {}, localDir });

      expect([code, lines.length]).toEqual([1, 1]);
      expect(lines[0]).toMatch(`aws is in use by process ${process.pid}`);
    } finally {
      await holder.stop();
    }
  });

  it('refuses a run file that it cannot read, and a port that is none', async () => {
    const localDir = makeFolder('unreadable');
    writeFileSync(path.join(localDir, 'run.json'), '{"pid":');
    const lines: string[] = [];
    const io = { write: (text: string) => lines.push(text) };
    const world = { stdin: process.stdin, stdout: io, stderr: io, localDir };

    expect(await runOperator(['status'], { ...world, env: {} })).toBe(1);
    expect(await runOperator(['status'], { ...world, localDir: makeFolder('portless'), env: { PORT: 'http' } })).toBe(
      1,
    );
    expect(lines).toEqual([
      expect.stringMatching(
        /^operator: unreadable local state: .*run.json; delete the file if no local gateway runs\n$/,
      ),
      expect.stringMatching(/^operator: PORT must be a number/),
    ]);
  });
});
