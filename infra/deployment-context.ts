import { DEFAULT_DISCORD_BASE_URL } from '../shared/env.ts';
import { findDomainNameFault } from './constructs/domain-name-fault.ts';
import { findOriginFault } from './constructs/origin-fault.ts';

/** What an operator may choose at deployment, by `cdk -c name=value` or in the `context` of `cdk.json`. */
export interface DeploymentContext {
  /** Processor of every function. `arm64` unless chosen otherwise: it costs less for the same work. */
  readonly architecture: 'arm64' | 'x86_64';
  /** Origin of Discord, without a trailing slash. */
  readonly discordBaseUrl: string;
  /** Exact origins whose browsers may call the gateway (CORS); none means that no browser of another origin may. */
  readonly returnOrigins: readonly string[];
  /** Storage of an earlier deployment to work on; undefined: the stack makes its own. */
  readonly existingStorage: ExistingStorage | undefined;
  /** Domain under which the gateway is reached; undefined: the address that API Gateway makes up. */
  readonly domain: DomainContext | undefined;
  /** SNS topic that alarms tell; undefined: none. */
  readonly alarmTopicArn: string | undefined;
  /** Where the operator's copy of the runbook is; undefined: its path in the repository. */
  readonly runbookUrl: string | undefined;
}

/** A domain of the operator's, and the certificate that covers it. */
export interface DomainContext {
  readonly name: string;
  /** Of AWS Certificate Manager, in the region of the deployment. */
  readonly certificateArn: string;
}

/** Table, keys and secret that an earlier deployment (or a restore) left, in the account and region of this one. */
export interface ExistingStorage {
  readonly tableName: string;
  readonly tableKeyArn: string;
  readonly tokenKeyArn: string;
  readonly integrationSecretArn: string;
}

/** Thrown at synth when a context value can't be used; the message names the value and says what to write instead. */
export class DeploymentContextError extends Error {
  override name = 'DeploymentContextError';
}

/** Stack name unless `stackName` says otherwise. */
export const DEFAULT_STACK_NAME = 'DiscordIntegration';

/**
 * Reads the name of the stack: another one for each deployment in the same account and region, such as test and production.
 * @throws DeploymentContextError when CloudFormation would refuse it
 * @see CloudFormation API Reference: CreateStack, `StackName`
 */
export function parseStackName(value: unknown = DEFAULT_STACK_NAME): string {
  if (typeof value === 'string' && /^[A-Za-z][A-Za-z0-9-]{0,127}$/.test(value)) return value;
  throw new DeploymentContextError(
    `context stackName: ${JSON.stringify(value)} is not a letter followed by at most 127 letters, digits and hyphens`,
  );
}

/**
 * Reads and checks the context.
 * @param read - gives one context value, or undefined when it is not set (`construct.node.tryGetContext`)
 * @throws DeploymentContextError on the first value that is wrong
 */
export function parseDeploymentContext(read: (name: string) => unknown): DeploymentContext {
  return {
    architecture: parseArchitecture(read('architecture') ?? 'arm64'),
    discordBaseUrl: parseOrigin('discordBaseUrl', read('discordBaseUrl') ?? DEFAULT_DISCORD_BASE_URL),
    returnOrigins: parseReturnOrigins(read('returnOrigins') ?? []),
    existingStorage: parseExistingStorage(read),
    domain: parseDomain(read),
    alarmTopicArn: parseAlarmTopic(read('alarmTopicArn')),
    runbookUrl: parseRunbookUrl(read('runbookUrl')),
  };
}

function parseArchitecture(value: unknown): DeploymentContext['architecture'] {
  if (value === 'arm64' || value === 'x86_64') return value;
  throw new DeploymentContextError(`context architecture: ${JSON.stringify(value)} is neither arm64 nor x86_64`);
}

/** `cdk -c` can only give text, so a comma-separated list means the same as an array in `cdk.json`. */
function parseReturnOrigins(value: unknown): string[] {
  const listed: unknown = typeof value === 'string' ? value.split(',').filter((part) => part.trim() !== '') : value;
  if (!Array.isArray(listed)) {
    throw new DeploymentContextError(
      `context returnOrigins: ${JSON.stringify(value)} is neither an array nor a comma-separated list of origins`,
    );
  }
  const origins = listed.map((entry: unknown) =>
    parseOrigin('returnOrigins', typeof entry === 'string' ? entry.trim() : entry),
  );
  return [...new Set(origins)];
}

function parseOrigin(name: string, value: unknown): string {
  const fault = findOriginFault(value);
  if (typeof value === 'string' && fault === undefined) return value;
  throw new DeploymentContextError(`context ${name}: ${JSON.stringify(value)} ${fault ?? ''}`);
}

const TOPIC_ARN = /^arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,256}$/;

function parseAlarmTopic(value: unknown): string | undefined {
  if (value === undefined || (typeof value === 'string' && TOPIC_ARN.test(value))) return value;
  throw new DeploymentContextError(
    `context alarmTopicArn: ${JSON.stringify(value)} is not the ARN of an SNS topic (FIFO topics take no alarms)`,
  );
}

function parseRunbookUrl(value: unknown): string | undefined {
  if (value === undefined) return value;
  if (typeof value === 'string' && /^https:\/\/[^\s#]{1,500}$/.test(value)) return value;
  throw new DeploymentContextError(
    `context runbookUrl: ${JSON.stringify(value)} is not an https address without a fragment`,
  );
}

const CERTIFICATE_ARN = /^arn:aws[a-z-]*:acm:[a-z0-9-]+:[0-9]{12}:certificate\/[A-Za-z0-9-]+$/;

/** Both or none: API Gateway takes no domain without a certificate. */
function parseDomain(read: (name: string) => unknown): DomainContext | undefined {
  const name = read('domainName');
  const certificateArn = read('certificateArn');
  if (name === undefined && certificateArn === undefined) return undefined;
  if (name === undefined || certificateArn === undefined) {
    const missing = name === undefined ? 'domainName' : 'certificateArn';
    throw new DeploymentContextError(`context domainName, certificateArn go together; missing: ${missing}`);
  }
  const fault = findDomainNameFault(name);
  if (typeof name !== 'string' || fault !== undefined) {
    throw new DeploymentContextError(`context domainName: ${JSON.stringify(name)} ${fault ?? ''}`);
  }
  if (typeof certificateArn !== 'string' || !CERTIFICATE_ARN.test(certificateArn)) {
    throw new DeploymentContextError(
      `context certificateArn: ${JSON.stringify(certificateArn)} is not the ARN of a certificate of AWS Certificate Manager`,
    );
  }
  return { name, certificateArn };
}

const KEY_ARN = /^arn:aws[a-z-]*:kms:([a-z0-9-]+):([0-9]{12}):key\/[A-Za-z0-9-]+$/;

/** Shape of each value, and what a wrong one is told; in the order in which they are reported as missing. */
const EXISTING_SHAPES = {
  existingTableName: { shape: /^[A-Za-z0-9_.-]{3,255}$/, wanted: 'the name of a DynamoDB table' },
  existingTableKeyArn: { shape: KEY_ARN, wanted: 'the ARN of a KMS key' },
  existingTokenKeyArn: { shape: KEY_ARN, wanted: 'the ARN of a KMS key' },
  existingIntegrationSecretArn: {
    // With the six characters that Secrets Manager appends: conditions of IAM compare the whole.
    shape: /^arn:aws[a-z-]*:secretsmanager:([a-z0-9-]+):([0-9]{12}):secret:[^*?\s]+-[A-Za-z0-9]{6}$/,
    wanted: 'the whole ARN of a Secrets Manager secret',
  },
} as const;

type ExistingName = keyof typeof EXISTING_SHAPES;

/** All four or none: a table without the key that opens its tokens is of no use, and half a storage would hide that. */
function parseExistingStorage(read: (name: string) => unknown): ExistingStorage | undefined {
  const names = Object.keys(EXISTING_SHAPES) as ExistingName[];
  const missing = names.filter((name) => read(name) === undefined);
  if (missing.length === names.length) return undefined;
  if (missing.length > 0) {
    throw new DeploymentContextError(
      `context ${names.join(', ')} go together, to take over the storage of an earlier deployment; missing: ${missing.join(', ')}`,
    );
  }
  const existing = {
    tableName: parseExisting('existingTableName', read),
    tableKeyArn: parseExisting('existingTableKeyArn', read),
    tokenKeyArn: parseExisting('existingTokenKeyArn', read),
    integrationSecretArn: parseExisting('existingIntegrationSecretArn', read),
  };
  const places = [existing.tableKeyArn, existing.tokenKeyArn, existing.integrationSecretArn].map(
    (arn) => `${arn.split(':')[4] ?? ''} ${arn.split(':')[3] ?? ''}`,
  );
  if (new Set(places).size > 1) {
    throw new DeploymentContextError(
      `context existing…Arn: all must be of one account and region; these are of ${[...new Set(places)].join(', ')}`,
    );
  }
  return existing;
}

function parseExisting(name: ExistingName, read: (name: string) => unknown): string {
  const value = read(name);
  const { shape, wanted } = EXISTING_SHAPES[name];
  if (typeof value === 'string' && shape.test(value)) return value;
  throw new DeploymentContextError(`context ${name}: ${JSON.stringify(value)} is not ${wanted}`);
}
