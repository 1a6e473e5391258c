import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { inject } from 'vitest';
import { startAwsServers, type AwsServers } from '../../infra/local/aws/aws-servers.ts';
import { provisionFromTemplate } from '../../infra/local/aws/provision/provision-from-template.ts';
import { resolveText } from '../../infra/local/aws/provision/template.ts';
import { saveRunFile } from '../../infra/local/stack/run-file.ts';
import { createOperatorEdges, type OperatorEdges } from '../../infra/operator/operator-edges.ts';
import { runOperator } from '../../infra/operator/run-operator.ts';
import { saveEvidence, type KnownSecret, type Sighting } from '../support/evidence.ts';

const MAIN = path.resolve('infra/operator/main.ts');
/** By its path: the child's working directory has no packages. */
const TSX = createRequire(import.meta.url).resolve('tsx');

/** What one run of the command line left. */
export interface OperatorRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** Standard input; a stream stands for itself. Absent: empty. */
  readonly stdin?: string | (NodeJS.ReadableStream & { readonly isTTY?: boolean });
  readonly env?: Readonly<Record<string, string>>;
}

/** Made-up credentials of the right shape. */
export const CLIENT_ID = '1157382094513872926';
export const CLIENT_SECRET = createHash('sha256').update('operator test: client secret').digest('base64url');
export const BOT_TOKEN = createHash('sha512').update('operator test: bot token').digest('base64url').slice(0, 72);

/** A fresh local AWS with table, keys and secret, told of in a run file, and everything that the command line said. */
export class OperatorWorld {
  readonly aws: AwsServers;
  /** The working directory of children; its `.local` has the run file. */
  readonly folder: string;
  readonly tableName: string;
  readonly integrationSecretArn: string;
  readonly setupCodeSecretArn: string;
  readonly edges: OperatorEdges;
  readonly #secrets: KnownSecret[] = [];
  readonly #sightings: Sighting[] = [];

  private constructor(
    aws: AwsServers,
    folder: string,
    names: { tableName: string; integrationSecretArn: string; setupCodeSecretArn: string },
  ) {
    this.aws = aws;
    this.folder = folder;
    this.tableName = names.tableName;
    this.integrationSecretArn = names.integrationSecretArn;
    this.setupCodeSecretArn = names.setupCodeSecretArn;
    const operator = { ...names, publicBaseUrl: 'http://localhost:3000', local: toLocal(aws) };
    this.edges = createOperatorEdges(operator);
    saveRunFile({ environment: {}, awsEnvironment: aws.environment, operator }, this.localDir);
    this.knowSecret('client secret', CLIENT_SECRET);
    this.knowSecret('bot token', BOT_TOKEN);
  }

  static async start(): Promise<OperatorWorld> {
    const aws = await startAwsServers();
    const template = loadTemplate();
    const made = await provisionFromTemplate(template, aws);
    const read = (output: string): string => resolveText(output, template.Outputs[output]?.Value, made);
    const names = {
      tableName: read('TableName'),
      integrationSecretArn: read('IntegrationSecretArn'),
      setupCodeSecretArn: read('SetupCodeSecretArn'),
    };
    return new OperatorWorld(aws, mkdtempSync(path.join(tmpdir(), 'operator-')), names);
  }

  get localDir(): string {
    return path.join(this.folder, '.local');
  }

  /** The variables that name this installation, as those of a deployed one would. */
  get targetVariables(): Record<string, string> {
    return {
      TABLE_NAME: this.tableName,
      INTEGRATION_SECRET_ARN: this.integrationSecretArn,
      PUBLIC_BASE_URL: 'https://gateway.example.com',
    };
  }

  /** Runs a command line in this process, on the installation of the run file unless `env` names another. */
  async run(args: readonly string[], { stdin = '', env = {} }: RunOptions = {}): Promise<OperatorRun> {
    const [stdout, stderr] = [new PassThrough(), new PassThrough()];
    const input = typeof stdin === 'string' ? Readable.from(stdin === '' ? [] : [Buffer.from(stdin)]) : stdin;
    const code = await runOperator(args, { stdin: input, stdout, stderr, env, localDir: this.localDir });
    return this.#record({ code, stdout: readAll(stdout), stderr: readAll(stderr) });
  }

  /** Runs the real command line as a process of its own, with this world's AWS endpoints and nothing else of ours. */
  async spawn(args: readonly string[], options: RunOptions & { readonly cwd?: string } = {}): Promise<OperatorRun> {
    const child = spawn(process.execPath, ['--import', TSX, MAIN, ...args], {
      cwd: options.cwd ?? this.folder,
      env: { PATH: process.env['PATH'] ?? '', AWS_EC2_METADATA_DISABLED: 'true', ...options.env },
    });
    child.stdin.end(typeof options.stdin === 'string' ? options.stdin : '');
    const [out, err]: string[][] = [[], []];
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => out?.push(chunk));
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => err?.push(chunk));
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    return this.#record({ code, stdout: out?.join('') ?? '', stderr: err?.join('') ?? '' });
  }

  knowSecret(kind: string, value: string): void {
    this.#secrets.push({ kind, value, scope: 'everywhere' });
  }

  async stop(): Promise<void> {
    const client = DynamoDBDocumentClient.from(new DynamoDBClient(toClientConfig(this.aws)));
    const { Items = [] } = await client.send(new ScanCommand({ TableName: this.tableName }));
    const stored = Items.map((item) => ({ place: 'table' as const, text: JSON.stringify(item) }));
    saveEvidence({ source: 'operator', secrets: this.#secrets, sightings: [...this.#sightings, ...stored] });
    this.edges.close();
    await this.aws.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** A made key or code is known as a secret from here on, and its one showing is not a sighting. */
  #record(run: OperatorRun): OperatorRun {
    const key = /dik_[0-9a-f]{16}_[A-Za-z0-9_-]{43}/.exec(run.stdout)?.[0];
    const code = /(?:^Set-up code {2}|"setup_code":")([A-Za-z0-9]{40})/m.exec(run.stdout)?.[1];
    if (key !== undefined) this.knowSecret('API key', key);
    else if (code !== undefined) this.knowSecret('set-up code', code);
    else this.#sightings.push({ place: 'log', text: run.stdout });
    this.#sightings.push({ place: 'log', text: run.stderr });
    return run;
  }
}

function toLocal({ endpoints, environment }: AwsServers) {
  return {
    dynamodbEndpoint: endpoints.dynamodb,
    secretsManagerEndpoint: endpoints.secretsManager,
    region: environment['AWS_REGION'] ?? '',
    accessKeyId: environment['AWS_ACCESS_KEY_ID'] ?? '',
    secretAccessKey: environment['AWS_SECRET_ACCESS_KEY'] ?? '',
  };
}

function toClientConfig(aws: AwsServers) {
  const { dynamodbEndpoint: endpoint, region, accessKeyId, secretAccessKey } = toLocal(aws);
  return { endpoint, region, credentials: { accessKeyId, secretAccessKey } };
}

interface OutputsOfTemplate {
  readonly Outputs: Readonly<Record<string, { readonly Value: unknown }>>;
}

function loadTemplate(): OutputsOfTemplate {
  const assemblyDir = inject('assemblyDir');
  const file = readdirSync(assemblyDir).find((name) => name.endsWith('.template.json')) ?? '';
  return JSON.parse(readFileSync(path.join(assemblyDir, file), 'utf8')) as OutputsOfTemplate;
}

function readAll(stream: PassThrough): string {
  return String((stream.read() as Buffer | null) ?? '');
}
